//! One-off messages: written, and sent to a group.

mod group;
mod job;
mod list;
mod new;

use axum::{
    Router,
    routing::{get, post},
};

pub(crate) use job::Mailings;

use crate::App;

/// Below it the one-off messages.
const PATH: &str = "/berichten/los";

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route(PATH, get(list::show))
        .route("/berichten/los/nieuw", get(new::show).post(new::make))
        .route("/berichten/los/{journey}", get(group::show).post(group::send))
        .route("/berichten/los/{journey}/stop", post(group::stop))
}

/// The page on which a message goes to its group.
fn path(journey: &str) -> String {
    format!("{PATH}/{}", crate::pages::encoded(journey))
}
