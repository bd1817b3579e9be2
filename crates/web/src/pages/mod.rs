//! The pages, one folder or file per noun. Each has a `router()` that [`router`] merges.

mod about;
mod account;
mod ask;
mod complaint;
pub(crate) mod connection;
mod customer;
mod desk;
mod draft;
mod face;
mod halt;
mod happening;
mod home;
pub(crate) mod import;
mod invitation;
pub(crate) mod journey;
mod mailing;
mod message;
mod naming;
mod password;
mod play;
mod post;
mod poster;
mod preference;
mod session;
mod settings;
mod staff_event;
mod today;
pub(crate) mod voice;
mod welcome;

pub(crate) use draft::Rehearsals;
pub use import::resume as resume_imports;
pub(crate) use mailing::Mailings;
pub(crate) use play::Plays;

use axum::{Router, http::StatusCode, response::IntoResponse};

use crate::{App, problem::Problem};

/// Every page.
pub(crate) fn router() -> Router<App> {
    Router::new()
        .merge(home::router())
        .merge(welcome::router())
        .merge(session::router())
        .merge(password::router())
        .merge(invitation::router())
        .merge(account::router())
        .merge(today::router())
        .merge(desk::router())
        .merge(poster::router())
        .merge(customer::router())
        .merge(mailing::router())
        .merge(message::router())
        .merge(post::router())
        .merge(voice::router())
        .merge(halt::router())
        .merge(ask::router())
        .merge(face::router())
        .merge(about::router())
        .merge(complaint::router())
        .merge(preference::router())
        .merge(play::router())
        .merge(settings::router())
        .merge(connection::router())
        .merge(import::router())
        .merge(draft::router())
        .merge(journey::router())
        .fallback(|| async { Problem::NotFound })
        .method_not_allowed_fallback(|| async { StatusCode::METHOD_NOT_ALLOWED.into_response() })
}

/// A text as part of an address.
pub(crate) fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_no_sign_with_a_meaning() {
        assert_eq!(encoded("/klanten?zoek=de Vries&x"), "/klanten%3Fzoek%3Dde%20Vries%26x");
    }
}
