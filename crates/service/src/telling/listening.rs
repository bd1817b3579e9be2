use std::collections::BTreeSet;

use store::{Delivery, DeliveryState, Store, customer_bucket};
use words::{CustomerId, OrganisationId};

use super::{Happening, Kind, said_kinds};
use crate::Result;

/// Which endpoints of an organisation are told what.
#[derive(Clone, Debug, Default)]
pub struct Listening(Vec<(String, BTreeSet<Kind>)>);

impl Listening {
    /// As it is now.
    pub async fn load(store: &dyn Store, organisation: &OrganisationId) -> Result<Self> {
        let listening = store.listening(organisation).await?.into_iter();
        Ok(Self(listening.map(|(endpoint, kinds)| (endpoint, said_kinds(&kinds))).collect()))
    }

    /// Whether nobody is told anything.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn hears(&self, kind: Kind) -> bool {
        self.0.iter().any(|(_, kinds)| kinds.contains(&kind))
    }

    /// What each endpoint that wants it is told.
    pub(crate) fn deliveries<'a>(
        &'a self,
        organisation: &'a OrganisationId,
        customer: CustomerId,
        happening: &'a Happening,
        now: jiff::Timestamp,
    ) -> impl Iterator<Item = Delivery> + 'a {
        let wants = self.0.iter().filter(|(_, kinds)| kinds.contains(&happening.kind));
        wants.map(move |(endpoint, _)| Delivery {
            organisation: organisation.clone(),
            bucket: customer_bucket(organisation, customer),
            endpoint: endpoint.clone(),
            id: happening.id(organisation),
            customer: Some(customer),
            kind: happening.kind.as_str().to_owned(),
            time: happening.time,
            body: happening.body(),
            state: DeliveryState::Waiting,
            due: Some(now),
            attempts: 0,
            tried: None,
            status: None,
            trouble: None,
        })
    }
}
