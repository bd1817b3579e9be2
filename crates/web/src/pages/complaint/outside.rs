//! A complaint of somebody who has no message at hand: the organisation's own page, for its site.

use std::sync::Arc;

use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
};
use journey::Organisation;
use minijinja::context;
use serde::{Deserialize, Serialize};
use service::{
    answering::{Reply, Taken},
    complaining::Grievance,
};
use store::HeardBy;
use words::{Channel, OrganisationId, Scale, derived_id, limits::TEXT_CHARS_MAX};

use super::felt;
use crate::{
    App,
    form::{self, Remarks},
    language::Speech,
    pages::{ask, session::Stranger, staff_event},
    problem::{Answer, Problem},
    shell::Visitor,
    views::data,
};

/// Characters of a name.
const NAME_CHARS_MAX: usize = 200;

/// What was typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Typed {
    name: String,
    /// An address for mail, or a number.
    contact: String,
    text: String,
    mark: String,
    /// Nobody sees this field: whoever fills it in is a machine.
    website: String,
}

pub(super) async fn show(visitor: Visitor, State(app): State<App>, Path(house): Path<String>) -> Answer {
    let (_, organisation) = found(&app, &house).await?;
    page(&visitor, StatusCode::OK, (&house, &organisation), &Typed::default(), &Remarks::default(), false)
}

pub(super) async fn make(
    visitor: Visitor,
    State(app): State<App>,
    Stranger(stranger): Stranger,
    Path(house): Path<String>,
    Form(typed): Form<Typed>,
) -> Answer {
    let now = app.clock.now();
    app.limits.stranger.take(&stranger, now).map_err(|seconds| Problem::TooMany { seconds })?;
    let (id, organisation) = found(&app, &house).await?;
    let text = typed.text.trim();
    let mut remarks = Remarks::default();
    remarks.expect(!text.is_empty(), "text", "complaint-remark-text");
    remarks.expect(text.chars().count() <= TEXT_CHARS_MAX, "text", "about-remark-long");
    let name = form::line(&typed.name, NAME_CHARS_MAX);
    remarks.expect(name.is_some(), "name", "remark-name");
    let mail = form::email(&typed.contact).map(|address| (Channel::email(), address));
    let reached = mail.or_else(|| {
        let number = service::intake::e164(&typed.contact, "31")?;
        Some((Channel::new("phone"), number))
    });
    remarks.expect(reached.is_some(), "contact", "complaint-remark-contact");
    let (Some((channel, from)), true) = (reached, remarks.is_empty()) else {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return page(&visitor, status, (&house, &organisation), &typed, &remarks, false);
    };
    if typed.website.is_empty() {
        let minute = (now.as_second() / 60).to_string();
        let reply = Reply {
            organisation: id,
            channel,
            id: format!("outside:{}", derived_id(&[&house, &from, text, &minute])),
            from,
            name,
            answers: None,
            subject: None,
            text: text.to_owned(),
            time: now,
            automatic: false,
            grievance: Some(Grievance { heard: HeardBy::Page, before: felt(&typed.mark), about: None }),
        };
        match app.service.answering.take(reply, now).await? {
            Taken::New(event) => staff_event::applied(&app, &event).await?,
            Taken::Duplicate => {}
            Taken::TooMany => return Err(Problem::TooMany { seconds: 3_600 }),
        }
    }
    page(&visitor, StatusCode::OK, (&house, &organisation), &Typed::default(), &Remarks::default(), true)
}

async fn found(app: &App, house: &str) -> Result<(OrganisationId, Arc<Organisation>), Problem> {
    let id = OrganisationId::new(house);
    let organisation = app.service.catalog.organisation(&id).await?.ok_or(Problem::NotFound)?;
    Ok((id, organisation))
}

fn page(
    visitor: &Visitor,
    status: StatusCode,
    (house, organisation): (&str, &Organisation),
    typed: &Typed,
    remarks: &Remarks,
    said: bool,
) -> Answer {
    let (language, zone) = (organisation.language, organisation.zone.clone());
    let shell = visitor.speaking(Speech { language, zone, ..visitor.speech.clone() });
    let page = context! {
        organisation => organisation.name.as_str(),
        face => (),
        house,
        address => organisation.address.as_str(),
        said,
        options => ask::options(Scale::Csat, &shell, &typed.mark),
        typed => data(typed),
        remarks => remarks.said_by(&shell),
        phone => None::<String>,
        back => None::<String>,
    };
    shell.render_as(status, "complaint/outside.html", page)
}
