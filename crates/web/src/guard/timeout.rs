use std::time::Duration;

use axum::{
    extract::Request,
    http::{StatusCode, header::CONTENT_TYPE},
    middleware::Next,
    response::{IntoResponse, Response},
};

/// How long a page may take.
const REQUEST_SECONDS_MAX: u64 = 30;
/// How long a file may take to arrive.
const UPLOAD_SECONDS_MAX: u64 = 600;

/// Ends a request that takes too long.
pub(crate) async fn end(request: Request, next: Next) -> Response {
    let kind = request.headers().get(CONTENT_TYPE);
    let is_upload = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/"));
    let limit = Duration::from_secs(if is_upload { UPLOAD_SECONDS_MAX } else { REQUEST_SECONDS_MAX });
    match tokio::time::timeout(limit, next.run(request)).await {
        Ok(response) => response,
        Err(_) => StatusCode::GATEWAY_TIMEOUT.into_response(),
    }
}
