//! Customers: found, made, and one of them with the whole story.

mod ahead;
mod edit;
mod leaving;
mod line;
mod list;
mod merged;
mod new;
mod portrait;
mod profile;
mod show;
mod start;
mod story;
mod told;

use axum::{Router, routing::get};
use words::CustomerId;

use crate::App;

pub(crate) use ahead::{ahead, reasons};
pub(crate) use line::line;
pub(crate) use portrait::{Portrait, RunSeen};
pub(crate) use told::{checks, consent_title, refusal, waits, withdrawn};

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/klanten", get(list::show))
        .route("/klanten/nieuw", get(new::show).post(new::make))
        .route("/klanten/samengevoegd", get(merged::list))
        .route("/klanten/samengevoegd/{winner}/{loser}/{time}", get(merged::show).post(merged::undo))
        .route("/klanten/{id}", get(show::show))
        .route("/klanten/{id}/gegevens", get(edit::show).post(edit::save))
        .route("/klanten/{id}/meegeven.json", get(leaving::document))
        .route("/klanten/{id}/meegeven.csv", get(leaving::story))
        .route("/klanten/{id}/wissen", get(leaving::ask).post(leaving::erase))
        .route("/klanten/{id}/toestemming", get(edit::consents).post(edit::save_consents))
        .route("/klanten/{id}/start", get(start::choose))
        .route("/klanten/{id}/start/{journey}", get(start::show).post(start::begin))
}

/// The address of a customer's page.
pub(crate) fn path(id: CustomerId) -> String {
    format!("/klanten/{id}")
}
