//! Messages on their way out: the list with its reasons, and one as the customer sees it.

mod body;
mod list;
mod period;
mod reason;
mod seen;
mod show;
mod title;

use axum::{
    Router,
    routing::{get, post},
};
use words::EffectKey;

use crate::{App, pages::encoded};

pub(crate) use list::because;
pub(crate) use period::{PERIODS, since};
pub(crate) use reason::{needs_a_look, reason_key, reason_text};
pub(crate) use seen::{POLICY, Seen, document, language, seen};
pub(crate) use title::{Titles, halts, notice, own_title};

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/berichten", get(list::show))
        .route("/berichten/{key}", get(show::show))
        .route("/berichten/{key}/opnieuw", post(show::send_again))
        .route("/berichten/{key}/inhoud/{channel}", get(body::show))
}

/// The address of a message's page.
pub(crate) fn path(key: &EffectKey) -> String {
    format!("/berichten/{}", segment(key))
}

/// A key as one part of an address; the ids of events in it may hold slashes.
pub(crate) fn segment(key: &EffectKey) -> String {
    encoded(key.as_str()).replace('/', "%2F")
}
