//! Letters and cards: what waits to be printed, the piles that lie printed, and what goes into parcels.

mod packing;
mod paper;
mod pile;
mod queue;

use axum::{
    Router,
    routing::{get, post},
};

use crate::App;

pub(crate) use paper::document;
use paper::of_message;

const PATH: &str = "/berichten/post";

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route(PATH, get(queue::show))
        .route("/berichten/post/drukken", post(queue::print))
        .route("/berichten/post/paklijst", get(packing::show))
        .route("/berichten/post/stapel/{pile}", get(pile::show))
        .route("/berichten/post/stapel/{pile}/brieven.pdf", get(pile::letters))
        .route("/berichten/post/stapel/{pile}/etiketten.pdf", get(pile::labels))
        .route("/berichten/post/stapel/{pile}/gepost", post(pile::posted))
        .route("/berichten/post/stapel/{pile}/terug", post(pile::put_back))
        .route("/berichten/{key}/brief.pdf", get(of_message))
}

/// The address of a pile.
pub(crate) fn path(pile: &str) -> String {
    format!("{PATH}/stapel/{pile}")
}
