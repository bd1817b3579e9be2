//! Events that staff make on our own pages. They go the way of every event: accepted, then applied.

use store::{EventRef, NewEvent};
use words::{CustomerId, Event, EventName, Properties};

use crate::{App, problem::Problem, session::Staff};

/// An event of this moment about somebody whom the caller names.
pub(crate) fn made(staff: &Staff, name: EventName, properties: Properties) -> Event {
    Event::ours(crate::ids::fresh(&staff.app).to_string(), staff.speech.now, name, properties)
}

/// Accepts it, and applies what is pending, so that the next page shows what came of it. `name`: of a customer who is new.
pub(crate) async fn keep(
    app: &App,
    staff: &Staff,
    customer: CustomerId,
    event: Event,
    name: Option<String>,
) -> Result<(), Problem> {
    let house = staff.house.id.clone();
    let event = match name {
        Some(_) => NewEvent::from_outside(house, event),
        None => NewEvent::about(house, customer, event),
    };
    let reference = event.reference();
    app.store.accept(vec![event]).await?;
    applied(app, &reference).await
}

/// Applies what is pending at this moment, or lets another process do so; what takes longer goes on behind the page.
pub(crate) async fn applied(app: &App, event: &EventRef) -> Result<(), Problem> {
    Ok(app.service.applied(event).await?)
}
