//! What machines call. No cookies here: a key says who calls.

mod body;
mod browser;
mod caller;
mod channel;
mod erasures;
mod intake;
mod room;
mod webhook;

use axum::{Router, middleware};

use crate::App;

pub(crate) use room::DELIVERIES_MAX;

/// Every route for machines.
pub(crate) fn router(app: &App) -> Router<App> {
    let deliveries = Router::new()
        .merge(intake::router())
        .merge(webhook::router())
        .merge(channel::router())
        .layer(middleware::from_fn_with_state(app.deliveries.clone(), room::only_so_many));
    Router::new().merge(deliveries).merge(browser::router()).merge(erasures::router()).layer(browser::from_anywhere())
}
