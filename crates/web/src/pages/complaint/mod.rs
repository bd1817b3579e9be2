//! Complaints: how customers make them, what staff do with them, and what came of it.

mod act;
mod list;
mod note;
mod opened;
mod outside;

use axum::{
    Router,
    routing::{get, post},
};
use words::{Experience, Scale};

use crate::App;

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/klacht/{token}", get(opened::show).post(opened::make))
        .route("/klacht/{token}/oordeel", post(opened::rate))
        .route("/klacht/bij/{organisation}", get(outside::show).post(outside::make))
        .route("/klanten/{id}/klacht", get(note::show).post(note::keep))
        .route("/taken/{key}/klacht", post(act::call))
        .route("/taken/{key}/oppakken", post(act::take))
        .route(list::PATH, get(list::show))
        .route("/vandaag/klachten.csv", get(list::file))
}

/// How somebody feels, as one of five answers.
fn felt(mark: &str) -> Option<Experience> {
    Scale::Csat.experience(mark.parse().ok()?)
}

/// The answer by which [`felt`] is chosen.
fn answer(felt: Experience) -> Option<String> {
    let (low, high) = Scale::Csat.bounds();
    (low..=high).find(|answer| Scale::Csat.experience(*answer as f64) == Some(felt)).map(|answer| answer.to_string())
}
