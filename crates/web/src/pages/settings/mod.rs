//! What an organisation sets once: itself, its people, its senders, its keys.

mod audit;
mod key;
mod member;
mod organisation;
mod organisation_fields;
mod sender;
mod sender_test;
mod staff_address;
mod suppression;

use axum::{Router, response::Redirect, routing::get};

use crate::App;

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/instellingen", get(|| async { Redirect::to(organisation::PATH) }))
        .merge(organisation::router())
        .merge(member::router())
        .merge(sender::router())
        .merge(sender_test::router())
        .merge(staff_address::router())
        .merge(suppression::router())
        .merge(key::router())
        .merge(audit::router())
}
