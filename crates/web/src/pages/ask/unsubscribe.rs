//! Wanting no more, by the link in a message: reading changes nothing, a mail program's one click (RFC 8058) does without a page.

use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::IntoResponse,
};
use minijinja::context;
use serde::Deserialize;
use service::unsubscribing::{NoMore, Unsubscribing};

use super::given::Trouble;
use crate::{
    App,
    language::Speech,
    pages::{face::Seen, naming},
    problem::{Answer, Problem},
    shell::{Shell, Visitor},
};

/// What a mail program or the button sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    #[serde(rename = "List-Unsubscribe")]
    one_click: String,
    /// `kanaal` or `alles`.
    wat: String,
}

pub(super) async fn ask(visitor: Visitor, State(app): State<App>, Path(token): Path<String>) -> Answer {
    match Unsubscribing::by(app.store.as_ref(), &token).await? {
        Some(link) => page(&app, &visitor, &link, &token, None).await,
        None => Trouble::Unknown.page(&visitor),
    }
}

pub(super) async fn stop(
    visitor: Visitor,
    State(app): State<App>,
    Path(token): Path<String>,
    Form(wanted): Form<Wanted>,
) -> Answer {
    let store = app.store.as_ref();
    let link = Unsubscribing::by(store, &token).await?;
    let is_one_click = wanted.one_click == "One-Click";
    let Some(link) = link else {
        return if is_one_click { Ok(StatusCode::NOT_FOUND.into_response()) } else { Trouble::Unknown.page(&visitor) };
    };
    let what = if wanted.wat == "alles" { NoMore::AtAll } else { NoMore::ByThisChannel };
    let event = link.withdraw(store, what, app.clock.now()).await?;
    app.service.applied(&event).await?;
    if is_one_click {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    page(&app, &visitor, &link, &token, Some(what)).await
}

async fn page(app: &App, visitor: &Shell, link: &Unsubscribing, token: &str, done: Option<NoMore>) -> Answer {
    let organisation = app.service.catalog.organisation(link.organisation()).await?.ok_or(Problem::NotFound)?;
    let seen = Seen::of(&app.service, link.given()).await?;
    let customer = &link.customer.customer;
    let shell = visitor.speaking(Speech {
        language: customer.language.unwrap_or(organisation.language),
        zone: service::sending::zone(customer, &organisation),
        ..visitor.speech.clone()
    });
    let page = context! {
        organisation => seen.name.as_str(),
        face => seen.context(),
        phone => seen.phone.as_deref(),
        back => (),
        action => format!("/afmelden/{token}"),
        preferences => format!("/voorkeuren/{token}"),
        channel => naming::channel(&shell.speech, link.channel.as_str()),
        done => done.map(|done| if done == NoMore::AtAll { "all" } else { "channel" }),
        address => customer.address_as.unwrap_or(organisation.address).as_str(),
    };
    shell.render("ask/unsubscribe.html", page)
}
