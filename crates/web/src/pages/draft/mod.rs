//! One's own journey: begun, edited in a table and in forms, published, paused, switched live. No YAML needed.
//!
//! Viewers read. Editors edit, publish, pause and go on: each can be taken back. Owners alone decide whom a journey
//! reaches, since a message to a customer cannot be taken back.
//!
//! Every edit is a [`journey::Edit`] of the draft's text, saved by compare-and-set. Forms carry a digest of the part they
//! show: only when a colleague changed that very part in the meantime is it shown again, with what stands there now.

mod along;
mod beside;
mod blank;
mod condition;
mod edit;
mod events;
mod fields;
mod history;
mod known;
mod live;
mod message;
mod moment;
mod naming;
mod opened;
mod outcome;
mod own;
mod people;
mod phase;
mod rehearse;
mod settings;
mod show;
mod standing;
mod start;
mod table;
mod text;
mod todo;
mod trigger;
mod version;
mod where_form;

use axum::{
    Router,
    routing::{get, post},
};

pub(crate) use naming::id_of;
pub(crate) use opened::newest;
pub(crate) use rehearse::Rehearsals;

use crate::App;

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/klantreizen/nieuw", get(start::show).post(start::create))
        .route("/klantreizen/{id}/concept", get(show::show).post(table::save))
        .route("/klantreizen/{id}/concept/moment/{moment}", get(moment::show).post(moment::save))
        .route("/klantreizen/{id}/concept/gegevens", get(settings::show).post(settings::save))
        .route("/klantreizen/{id}/concept/bericht/{message}", get(message::show).post(message::save))
        .route("/klantreizen/{id}/concept/bericht/{message}/mail", get(message::mail))
        .route("/klantreizen/{id}/concept/bericht/{message}/brief.pdf", get(message::paper))
        .route("/klantreizen/{id}/concept/tekst", get(text::show).post(text::save))
        .route("/klantreizen/{id}/concept/eerder", get(history::list).post(history::take_back))
        .route("/klantreizen/{id}/concept/proefdraaien", get(rehearse::show).post(rehearse::start))
        .route("/klantreizen/{id}/concept/proefdraaien/stop", post(rehearse::stop))
        .route("/klantreizen/{id}/concept/proefdraaien/wie.csv", get(rehearse::download))
        .route("/klantreizen/{id}/concept/live", get(live::show).post(live::publish))
        .route("/klantreizen/{id}/concept/live/wie.csv", get(live::download))
        .route("/klantreizen/{id}/concept/weg", post(standing::throw_away))
        .route("/klantreizen/{id}/pauze", post(standing::pause))
        .route("/klantreizen/{id}/bereik", get(standing::reach).post(standing::switch))
        .route("/klantreizen/{id}/versies", get(version::list))
        .route("/klantreizen/{id}/versies/{number}", get(version::show).post(version::draft_from))
}

/// The address of a page of a journey's draft.
fn draft_path(id: &str, rest: &str) -> String {
    format!("/klantreizen/{}/concept{rest}", crate::pages::encoded(id))
}
