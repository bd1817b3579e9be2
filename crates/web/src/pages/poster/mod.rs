//! Posters: a code that hangs where a touchpoint takes place, and opens a page with one question. Whoever answers is nobody by
//! name; the answer is a contact with a mark.

mod answer;
mod hung;

use axum::{Router, routing::get};
use serde::{Deserialize, Serialize};
use service::token;
use store::{Link, Purpose};
use words::{JourneyId, TouchpointId};

use crate::{App, problem::Problem};

/// Below it the posters of an organisation.
const PATH: &str = "/vandaag/balie/posters";

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route(PATH, get(hung::list).post(hung::hang))
        .route("/vandaag/balie/posters/{token}", get(hung::show).post(hung::take_down))
        .route("/p/{token}", get(answer::show).post(answer::keep))
}

/// What a poster is about, as its link keeps it. Its token hangs on a wall and is no secret.
#[derive(Clone, Debug, Deserialize, Serialize)]
struct Poster {
    token: String,
    journey: JourneyId,
    touchpoint: TouchpointId,
    /// Where it hangs.
    place: Option<String>,
    question: String,
}

impl Poster {
    /// The poster of a token, with its link.
    async fn find(app: &App, token: &str) -> Result<Option<(Link, Self)>, Problem> {
        let link = app.store.link(&token::hash(&token::as_given(token)), Purpose::Poster).await?;
        Ok(link.and_then(|link| Some((link.clone(), serde_json::from_value(link.subject).ok()?))))
    }
}
