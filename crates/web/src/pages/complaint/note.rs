//! A complaint that a member of staff hears at the desk or by telephone.

use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
};
use minijinja::context;
use serde::{Deserialize, Serialize};
use serde_json::json;
use service::complaining::Noted;
use store::HeardBy;
use words::{CustomerId, JourneyId, RunId, Scale, TouchpointId, limits::TEXT_CHARS_MAX};

use super::felt;
use crate::{
    App,
    form::Remarks,
    language::Text,
    pages::{
        ask,
        customer::{self, Portrait},
        naming, staff_event,
    },
    problem::{Answer, Problem},
    session::{Staff, Viewer},
    views::data,
};

/// Contacts that one may choose from.
const CONTACTS_MAX: usize = 12;

/// What was typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Typed {
    text: String,
    /// `desk` or `phone`.
    heard: String,
    /// Run, journey and touchpoint with strokes between; nothing: about something else.
    about: String,
    mark: String,
    nonce: String,
}

/// What a complaint may be about: its value, its words, and what it stands for.
struct About {
    value: String,
    title: String,
    about: (RunId, JourneyId, TouchpointId),
}

pub(super) async fn show(viewer: Viewer, State(app): State<App>, Path(id): Path<String>) -> Answer {
    let portrait = found(&app, &viewer, &id).await?;
    let typed = Typed { heard: "phone".into(), nonce: crate::ids::fresh(&app).to_string(), ..Typed::default() };
    page(&viewer, StatusCode::OK, &portrait, &typed, &Remarks::default())
}

pub(super) async fn keep(
    viewer: Viewer,
    State(app): State<App>,
    Path(id): Path<String>,
    Form(typed): Form<Typed>,
) -> Answer {
    let portrait = found(&app, &viewer, &id).await?;
    let mut remarks = Remarks::default();
    let text = typed.text.trim();
    remarks.expect(!text.is_empty(), "text", "complaint-remark-text");
    remarks.expect(text.chars().count() <= TEXT_CHARS_MAX, "text", "about-remark-long");
    let heard = HeardBy::parse(&typed.heard).filter(|heard| matches!(heard, HeardBy::Desk | HeardBy::Phone));
    remarks.expect(heard.is_some(), "heard", "remark-choice");
    let about = abouts(&portrait).into_iter().find(|about| about.value == typed.about);
    remarks.expect(about.is_some() || typed.about.is_empty(), "about", "remark-choice");
    let (Some(heard), true) = (heard, remarks.is_empty()) else {
        return page(&viewer, StatusCode::UNPROCESSABLE_ENTITY, &portrait, &typed, &remarks);
    };
    let customer = &portrait.stored.customer;
    let noted = Noted {
        organisation: viewer.house.id.clone(),
        heard,
        text: text.to_owned(),
        before: felt(&typed.mark),
        about: about.map(|about| about.about),
        staff: viewer.account.name.clone(),
        nonce: typed.nonce,
    };
    if let Some(event) = app.service.answering.noted(&noted, customer, viewer.speech.now).await? {
        staff_event::applied(&app, &event).await?;
        viewer.record("complaint.noted", &customer.id.to_string(), json!({})).await?;
    }
    viewer.go(&customer::path(customer.id), Text::new("complaint-noted"))
}

async fn found(app: &App, staff: &Staff, id: &str) -> Result<Portrait, Problem> {
    let id: CustomerId = id.parse().map_err(|_| Problem::NotFound)?;
    Portrait::load(&app.service, &staff.house.id, id).await?.ok_or(Problem::NotFound)
}

/// What happened last, of each touchpoint of a run once.
fn abouts(portrait: &Portrait) -> Vec<About> {
    let mut found: Vec<About> = Vec::new();
    for contact in portrait.contacts.iter().rev() {
        let Some(seen) = portrait.run(contact.run) else { continue };
        let Some(touchpoint) = seen.definition().touchpoint(&contact.touchpoint) else { continue };
        let value = format!("{}|{}", contact.run, contact.touchpoint);
        if found.len() < CONTACTS_MAX && found.iter().all(|about| about.value != value) {
            let about = (contact.run, contact.journey.clone(), contact.touchpoint.clone());
            let title = format!("{} ({})", touchpoint.title, seen.definition().title);
            found.push(About { value, title, about });
        }
    }
    found
}

fn page(staff: &Staff, status: StatusCode, portrait: &Portrait, typed: &Typed, remarks: &Remarks) -> Answer {
    let customer = &portrait.stored.customer;
    let page = context! {
        id => customer.id.to_string(),
        name => naming::person(customer, &staff.speech),
        abouts => abouts(portrait).into_iter().map(|about| [about.value, about.title]).collect::<Vec<_>>(),
        heard => ["phone", "desk"].map(|id| [id.to_owned(), naming::channel(&staff.speech, id)]).to_vec(),
        options => ask::options(Scale::Csat, staff, &typed.mark),
        typed => data(typed),
        remarks => remarks.said_by(staff),
    };
    staff.render_as(status, "complaint/note.html", page)
}
