//! What an organisation sets once: itself, its people, its senders, its keys.

mod audit;
mod back;
pub(crate) mod kept;
mod key;
pub(crate) mod link;
mod logo;
mod member;
mod organisation;
mod organisation_fields;
mod persona;
mod principal;
mod principal_fields;
mod sender;
mod sender_domain;
mod sender_provider;
mod sender_test;
mod staff_address;
mod state;
mod suppression;
pub(crate) mod used;
mod voice;

use axum::{Router, response::Redirect, routing::get};

use words::Language;

use crate::{App, language::Text};

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/instellingen", get(|| async { Redirect::to(organisation::PATH) }))
        .merge(organisation::router())
        .merge(link::router())
        .merge(voice::router())
        .merge(persona::router())
        .merge(member::router())
        .merge(principal::router())
        .merge(sender::router())
        .merge(sender_domain::router())
        .merge(sender_test::router())
        .merge(staff_address::router())
        .merge(suppression::router())
        .merge(key::router())
        .merge(audit::router())
        .merge(state::router())
}

/// Why an edit of the organisation's text was refused, as a remark.
fn refusal(refused: &journey::Refused, language: Language) -> Text {
    Text::new("organisation-remark").with("reason", refused.message(language))
}
