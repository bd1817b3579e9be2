//! Mail that a mail server hands over as it came: `POST /api/v1/mail`, so that Postfix can pipe to it.

use axum::{
    Json, Router,
    body::Bytes,
    extract::{DefaultBodyLimit, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::post,
};
use channels::inbound::{self, Unreadable, limits::MAIL_BYTES_MAX};
use serde_json::json;

use super::{caller::Caller, intake::Refused};
use crate::App;

pub(super) fn router() -> Router<App> {
    let take = post(take).layer(DefaultBodyLimit::max(MAIL_BYTES_MAX + 1024));
    Router::new().route("/api/v1/mail", take)
}

/// The key is one of a source that is not open; the body is the raw message. What is answered says what came of it.
async fn take(State(app): State<App>, headers: HeaderMap, bytes: Bytes) -> Result<Response, Refused> {
    let caller = Caller::known(&app, &headers, None).await?.filter(|caller| !caller.is_open).ok_or(Refused::NoKey)?;
    let read = tokio::task::spawn_blocking(move || inbound::read(&bytes)).await;
    let mail = match read {
        Ok(Ok(mail)) => mail,
        Ok(Err(unreadable)) => return Ok(refused(unreadable)),
        Err(_) => return Ok(refused(Unreadable::NotMail)),
    };
    let received = app.service.receive(&caller.organisation, mail).await?;
    Ok(Json(json!({ "received": received.name() })).into_response())
}

fn refused(unreadable: Unreadable) -> Response {
    let status = match unreadable {
        Unreadable::TooLarge | Unreadable::TooManyParts => StatusCode::PAYLOAD_TOO_LARGE,
        Unreadable::NotMail => StatusCode::UNPROCESSABLE_ENTITY,
    };
    (status, Json(json!({ "error": unreadable.to_string() }))).into_response()
}
