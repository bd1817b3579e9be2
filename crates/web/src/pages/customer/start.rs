//! Starting a journey for a customer: staff make the event with which it begins.

use std::collections::BTreeMap;

use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
};
use journey::{Definition, EventMatch};
use minijinja::{Value, context};
use serde_json::json;
use service::Live;
use words::{EventName, JourneyId, Performer, Rail};

use super::edit::found;
use crate::{
    App,
    form::Remarks,
    language::Text,
    pages::{happening, naming, staff_event},
    problem::{Answer, Problem},
    session::{Staff, Viewer},
    views::data,
};

/// The journeys that staff may begin.
pub(super) async fn choose(viewer: Viewer, State(app): State<App>, Path(id): Path<String>) -> Answer {
    let stored = found(&app, &viewer, &id).await?;
    let live = app.service.catalog.live(&viewer.house.id).await?;
    let rows = live.iter().filter(|live| !live.row.paused && by_staff(&live.published.definition).is_some()).map(|live| {
        context! {
            href => format!("/klanten/{}/start/{}", stored.customer.id, crate::pages::encoded(live.row.id.as_str())),
            title => live.published.definition.title.as_str(),
            proof => live.row.mode == store::Mode::Proof,
        }
    });
    let page = context! {
        id => stored.customer.id.to_string(),
        name => naming::person(&stored.customer, &viewer.speech),
        rows => rows.collect::<Vec<Value>>(),
    };
    viewer.render("customer/start.html", page)
}

pub(super) async fn show(
    viewer: Viewer,
    State(app): State<App>,
    Path((id, journey)): Path<(String, String)>,
) -> Answer {
    let live = begun(&app, &viewer, &journey).await?;
    page(&app, &viewer, StatusCode::OK, &id, &live.published.definition, &BTreeMap::new(), &Remarks::default()).await
}

pub(super) async fn begin(
    viewer: Viewer,
    State(app): State<App>,
    Path((id, journey)): Path<(String, String)>,
    Form(filled): Form<BTreeMap<String, String>>,
) -> Answer {
    let stored = found(&app, &viewer, &id).await?;
    let live = begun(&app, &viewer, &journey).await?;
    let definition = &live.published.definition;
    let start = by_staff(definition).ok_or(Problem::NotFound)?;
    let Some(mut properties) = happening::read(definition, &start.event, &filled, &viewer.speech) else {
        let mut remarks = Remarks::default();
        remarks.add("form", Text::new("start-remark"));
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return page(&app, &viewer, status, &id, definition, &filled, &remarks).await;
    };
    if happening::keeps_apart(definition, start.event.object()) {
        let id = crate::ids::fresh(&app).simple().to_string();
        properties.entry("id".to_owned()).or_insert_with(|| json!(format!("K-{}", &id[20..])));
    }
    properties.insert("staff".to_owned(), json!(viewer.account.name));
    let customer = stored.customer.id;
    let event = staff_event::made(&viewer, start.event.clone(), properties);
    staff_event::keep(&app, &viewer, customer, event, None).await?;
    viewer.record("journey.started", &customer.to_string(), json!({ "journey": definition.id })).await?;
    viewer.go(&super::path(customer), Text::new("start-done").with("journey", definition.title.clone()))
}

async fn begun(app: &App, staff: &Staff, journey: &str) -> Result<Live, Problem> {
    let journey = JourneyId::new(journey);
    let live = app.service.catalog.live(&staff.house.id).await?;
    let found = live.into_iter().find(|live| live.row.id == journey && !live.row.paused);
    found.filter(|live| by_staff(&live.published.definition).is_some()).ok_or(Problem::NotFound)
}

/// The first start that a member of staff can be the one to tell of: nothing sees it, or a person or a rail outside screens
/// is at the touchpoint that does.
fn by_staff(definition: &Definition) -> Option<&EventMatch> {
    definition.starts.iter().find(|start| {
        let at: Vec<_> =
            definition.touchpoints.iter().filter(|t| t.seen.iter().any(|seen| seen.event == start.event)).collect();
        at.is_empty()
            || at.iter().any(|touchpoint| {
                let offline = |channel: &words::Channel| channel.known_rail() == Some(Rail::Offline);
                touchpoint.by == Some(Performer::Human) || touchpoint.channels.iter().any(offline)
            })
    })
}

async fn page(
    app: &App,
    staff: &Staff,
    status: StatusCode,
    id: &str,
    definition: &Definition,
    filled: &BTreeMap<String, String>,
    remarks: &Remarks,
) -> Answer {
    let stored = found(app, staff, id).await?;
    let start = by_staff(definition).ok_or(Problem::NotFound)?;
    let given = happening::read(definition, &start.event, filled, &staff.speech).unwrap_or_default();
    let page = context! {
        id => stored.customer.id.to_string(),
        name => naming::person(&stored.customer, &staff.speech),
        journey => definition.id.as_str(),
        title => definition.title.as_str(),
        event => naming::saying(definition, &staff.speech).event(&start.event),
        fields => data(happening::fields(definition, &start.event, &given, &staff.speech)),
        channels => channels(definition, &start.event, staff),
        remarks => remarks.said_by(staff),
    };
    staff.render_as(status, "customer/start_one.html", page)
}

/// The channels of the touchpoint that sees the start, to choose from.
fn channels(definition: &Definition, event: &EventName, staff: &Staff) -> Vec<Value> {
    let at = definition.touchpoints.iter().find(|touchpoint| touchpoint.seen.iter().any(|seen| seen.event == *event));
    let channels = at.map(|touchpoint| touchpoint.channels.as_slice()).unwrap_or_default();
    channels
        .iter()
        .map(|channel| context! { id => channel.as_str(), name => naming::channel(&staff.speech, channel.as_str()) })
        .collect()
}
