//! Groups that are being told, behind the pages of this process. What was told stays told: begun anew it goes on with the rest.

use std::ops::ControlFlow;

use service::{
    Live,
    mailing::{Group, Sent},
};
use words::{JourneyId, OrganisationId};

use crate::{
    App,
    jobs::{Busy, Jobs},
};

/// Groups that are told at one time, of all organisations together.
const AT_ONCE_MAX: usize = 4;

/// Messages to groups that are under way: one of each journey at a time.
#[derive(Default)]
pub(crate) struct Mailings(Jobs<(OrganisationId, JourneyId), Sent>);

impl Mailings {
    /// How far one is; `None`: it is not under way.
    pub(super) fn progress(&self, organisation: &OrganisationId, journey: &JourneyId) -> Option<Sent> {
        self.0.progress(&(organisation.clone(), journey.clone()))
    }

    /// Asks one to stop.
    pub(super) fn call_off(&self, organisation: &OrganisationId, journey: &JourneyId) -> bool {
        self.0.call_off(&(organisation.clone(), journey.clone()))
    }

    /// Begins it behind the page.
    pub(super) fn begin(
        &self,
        app: &App,
        organisation: &OrganisationId,
        live: &Live,
        group: Group,
    ) -> Result<(), Busy> {
        let key = (organisation.clone(), live.row.id.clone());
        self.0.begin(key.clone(), Sent::default(), AT_ONCE_MAX)?;
        let (app, published) = (app.clone(), live.published.clone());
        tokio::spawn(async move {
            let jobs = &app.mailings.0;
            let _ending = jobs.ending(&key);
            let going = |sent: Sent| match jobs.tell(&key, |known| *known = sent) {
                true => ControlFlow::Continue(()),
                false => ControlFlow::Break(()),
            };
            if let Err(error) = app.service.begin_for(&key.0, &published.definition, &group, going).await {
                tracing::error!(%error, "a message did not reach all of its group; it can be begun again");
            }
        });
        Ok(())
    }
}
