//! What machines call. No cookies here: a key says who calls.

mod body;
mod browser;
mod caller;
mod erasures;
mod intake;
mod webhook;

use axum::Router;

use crate::App;

/// Every route for machines.
pub(crate) fn router() -> Router<App> {
    Router::new()
        .merge(intake::router())
        .merge(browser::router())
        .merge(webhook::router())
        .merge(erasures::router())
        .layer(browser::from_anywhere())
}
