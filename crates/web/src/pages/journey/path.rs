//! One customer's path over the map.

use serde::Serialize;
use words::{CustomerId, RunId, Status, TouchpointId};

use super::{
    choice::{Asked, filled},
    open::Opened,
};
use crate::{App, customer_name, problem::Problem, session::Staff};

/// Whose path it is, and how far it came.
#[derive(Serialize)]
pub(super) struct Whose {
    name: String,
    customer: String,
    started: String,
    ended: Option<(&'static str, String)>,
    steps: usize,
    /// Touchpoints that this version of the journey has no more.
    unknown: usize,
    close: String,
}

/// A path with its owner.
pub(super) struct Path {
    pub(super) touchpoints: Vec<TouchpointId>,
    pub(super) whose: Whose,
}

/// The path of the customer that was asked for; none when nobody was, or there is no such run.
pub(super) async fn of(staff: &Staff, app: &App, opened: &Opened, asked: &Asked) -> Result<Option<Path>, Problem> {
    let customer = filled(&asked.klant).and_then(|text| text.parse::<CustomerId>().ok());
    let run = filled(&asked.run).and_then(|text| text.parse::<RunId>().ok());
    let (Some(customer), Some(run)) = (customer, run) else { return Ok(None) };
    let house = &staff.house.id;
    let Some(stored) = app.store.customer(house, customer).await? else { return Ok(None) };
    let runs = app.store.runs_of(house, customer).await?;
    let Some(found) = runs.into_iter().find(|found| found.id == run && found.journey == opened.row.id) else {
        return Ok(None);
    };
    let (contacts, _) = app.store.story_of(house, customer).await?;
    let visits: Vec<&TouchpointId> =
        contacts.iter().filter(|contact| contact.run == run).map(|contact| &contact.touchpoint).collect();
    let known = |id: &&TouchpointId| opened.definition.touchpoint(id).map(|touchpoint| touchpoint.id.clone());
    let touchpoints: Vec<TouchpointId> = visits.iter().filter_map(known).collect();
    let ended = match (&found.status, &found.dropped) {
        (_, Some(exit)) => Some(("dropped", exit.time.to_string())),
        (Status::Ended { ending, exit, .. }, None) => Some((ending_key(*ending), exit.time.to_string())),
        (Status::Open, None) => None,
    };
    let whose = Whose {
        name: customer_name(&stored.customer, &staff.speech),
        customer: customer.to_string(),
        started: found.started.to_string(),
        ended,
        steps: touchpoints.len(),
        unknown: visits.len() - touchpoints.len(),
        close: opened.link("kaart", &[]),
    };
    Ok(Some(Path { touchpoints, whose }))
}

/// End of the key of the text that says how a run ended.
pub(super) const fn ending_key(ending: words::Ending) -> &'static str {
    match ending {
        words::Ending::Done => "done",
        words::Ending::Left => "left",
        words::Ending::Stopped => "stopped",
    }
}
