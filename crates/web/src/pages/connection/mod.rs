//! Connections: where events come from, what was refused and why.

mod bars;
mod quarantine;
mod sheet;
mod silence;
mod source;

use axum::Router;

use crate::App;

pub(crate) use silence::is_silent;

pub(crate) fn router() -> Router<App> {
    Router::new().merge(source::router()).merge(quarantine::router()).merge(sheet::router())
}
