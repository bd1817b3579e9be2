//! The page of a message: who sent it and how one knows, that it came to the wrong place, and somebody to speak to. By the link
//! below the message, without a log-in; reading changes nothing.

mod masked;
mod seen;
mod tell;

use axum::{
    Router,
    extract::{Path, Query, State},
    http::StatusCode,
    routing::{get, post},
};
use serde::Deserialize;

use crate::{
    App,
    form::Remarks,
    problem::Answer,
    shell::{Shell, Visitor},
};

use seen::{Found, Seen};
use tell::Typed;

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/bericht/{token}", get(show))
        .route("/bericht/{token}/verkeerd", post(tell::misaddressed))
        .route("/bericht/{token}/vraag", post(tell::question))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    /// What was told just now: `not_me`, `moved`, `vraag`.
    gezegd: String,
}

async fn show(
    visitor: Visitor,
    State(app): State<App>,
    Path(token): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    match seen::find(&app, &token).await? {
        Found::Seen(seen) => {
            let said = ["not_me", "moved", "vraag"].into_iter().find(|one| *one == asked.gezegd);
            seen.page(&app, &visitor, StatusCode::OK, &Typed::default(), &Remarks::default(), said).await
        }
        gone => gone.page(&app, &visitor).await,
    }
}

/// The page once more, with what is wrong.
async fn again(app: &App, shell: &Shell, seen: &Seen, typed: &Typed, remarks: &Remarks) -> Answer {
    seen.page(app, shell, StatusCode::UNPROCESSABLE_ENTITY, typed, remarks, None).await
}
