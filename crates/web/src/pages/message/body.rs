//! The HTML of a message, alone in its frame.

use axum::{
    extract::{Path, State},
    http::header,
    response::{Html, IntoResponse},
};
use words::{Channel, EffectKey};

use super::seen::{POLICY, document};
use crate::{
    App,
    problem::{Answer, Problem},
    session::Viewer,
};

pub(super) async fn show(
    viewer: Viewer,
    State(app): State<App>,
    Path((key, channel)): Path<(String, String)>,
) -> Answer {
    let key = EffectKey::stored(key);
    let row = app.store.message(&viewer.house.id, &key).await?.ok_or(Problem::NotFound)?;
    let made = app.service.carrier.preview(&row, &Channel::new(channel)).await?;
    let html = made.and_then(|made| made.html).ok_or(Problem::NotFound)?;
    let headers = [(header::CONTENT_SECURITY_POLICY, POLICY), (header::X_FRAME_OPTIONS, "SAMEORIGIN")];
    Ok((headers, Html(document(&html))).into_response())
}
