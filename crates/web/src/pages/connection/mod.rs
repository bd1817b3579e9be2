//! Connections: where events come from, what was refused and why, and which other systems are told what happens.

mod bars;
mod becomes;
mod endpoint;
mod fetch;
mod pointed;
mod quarantine;
mod sheet;
mod silence;
mod source;
mod webhook;

use axum::Router;

use crate::App;

pub(crate) use endpoint::troubled as troubled_endpoints;
pub(crate) use fetch::troubled;
pub(crate) use silence::silence;

pub(crate) fn router() -> Router<App> {
    Router::new()
        .merge(source::router())
        .merge(webhook::router())
        .merge(fetch::router())
        .merge(endpoint::router())
        .merge(quarantine::router())
        .merge(sheet::router())
}
