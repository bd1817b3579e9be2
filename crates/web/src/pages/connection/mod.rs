//! Connections: where events come from, what was refused and why.

mod bars;
mod becomes;
mod fetch;
mod pointed;
mod quarantine;
mod sheet;
mod silence;
mod source;
mod webhook;

use axum::Router;

use crate::App;

pub(crate) use fetch::troubled;
pub(crate) use silence::silence;

pub(crate) fn router() -> Router<App> {
    Router::new()
        .merge(source::router())
        .merge(webhook::router())
        .merge(fetch::router())
        .merge(quarantine::router())
        .merge(sheet::router())
}
