use std::time::Duration;

use axum::{
    extract::Request,
    http::StatusCode,
    middleware::Next,
    response::{IntoResponse, Response},
};

/// How long a page may take.
const REQUEST_SECONDS_MAX: u64 = 30;

/// Ends a request that takes too long.
pub(crate) async fn end(request: Request, next: Next) -> Response {
    let limit = Duration::from_secs(REQUEST_SECONDS_MAX);
    match tokio::time::timeout(limit, next.run(request)).await {
        Ok(response) => response,
        Err(_) => StatusCode::GATEWAY_TIMEOUT.into_response(),
    }
}
