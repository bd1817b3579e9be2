//! So many deliveries at one time, since each is in memory while it is read and written. Who comes when it is full comes again:
//! every client of the field does after 429.

use std::sync::Arc;

use axum::{
    Json,
    extract::{Request, State},
    http::{StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde_json::json;
use store::meter;
use tokio::sync::Semaphore;

/// Deliveries at one time.
pub(crate) const DELIVERIES_MAX: usize = 128;
/// When to come again.
const SECONDS: &str = "1";

pub(super) async fn only_so_many(State(places): State<Arc<Semaphore>>, request: Request, next: Next) -> Response {
    let Ok(_place) = places.try_acquire() else {
        meter::count("klantreis_deliveries_put_off_total", &[], 1);
        let text = format!("{DELIVERIES_MAX} deliveries are being taken in at this moment; send this one again later");
        let body = Json(json!({ "success": false, "message": text }));
        return (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, SECONDS)], body).into_response();
    };
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use axum::{Router, body::Body, middleware, routing::post};
    use tower::ServiceExt;

    use super::*;

    #[tokio::test]
    async fn when_it_is_full_one_is_told_to_come_again() {
        let places = Arc::new(Semaphore::new(DELIVERIES_MAX));
        let layer = middleware::from_fn_with_state(places.clone(), only_so_many);
        let routes: Router = Router::new().route("/", post(async || "taken")).layer(layer);
        let call = async || routes.clone().oneshot(Request::post("/").body(Body::empty()).unwrap()).await.unwrap();
        let all = places.acquire_many(DELIVERIES_MAX as u32).await.unwrap();
        let refused = call().await;
        assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(refused.headers()[header::RETRY_AFTER], SECONDS);
        drop(all);
        assert_eq!(call().await.status(), StatusCode::OK);
        assert_eq!(call().await.status(), StatusCode::OK, "its place is free again");
    }
}
