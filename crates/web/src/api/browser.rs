//! What a client that runs in somebody's browser needs besides: its settings, and leave to call from another site.

use std::time::Duration;

use axum::{
    Json, Router,
    extract::{Path, State},
    http::{Method, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use serde_json::json;
use tower_http::cors::{AllowHeaders, Any, CorsLayer};

use super::caller::Caller;
use crate::App;

/// How long a browser remembers that it may call.
const REMEMBERED: Duration = Duration::from_secs(24 * 60 * 60);

pub(super) fn router() -> Router<App> {
    Router::new().route("/v1/projects/{key}/settings", get(settings))
}

/// Any site may call with a key of its own. No cookie opens anything here, so none is allowed to come along.
pub(super) fn from_anywhere() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::POST])
        .allow_headers(AllowHeaders::mirror_request())
        .expose_headers([header::RETRY_AFTER])
        .max_age(REMEMBERED)
}

/// The settings that Segment's client asks for as a page opens: that it sends to us, by `/v1/t` and its like, and to nobody
/// else.
async fn settings(Path(key): Path<String>, State(app): State<App>) -> Response {
    match Caller::of_key(&app, &key).await {
        Ok(Some(_)) => {}
        Ok(None) => return StatusCode::NOT_FOUND.into_response(),
        Err(error) => {
            tracing::warn!(%error, "the settings of a client could not be read");
            return StatusCode::SERVICE_UNAVAILABLE.into_response();
        }
    }
    let (protocol, host) = app.settings.public_url.split_once("://").unwrap_or(("https", &app.settings.public_url));
    let ours = json!({
        "apiKey": key, "apiHost": format!("{}/v1", host.trim_end_matches('/')), "protocol": protocol,
        "unbundledIntegrations": [], "bundledConfigIds": [], "addBundledMetadata": false,
    });
    let said = json!({
        "integrations": { "Segment.io": ours },
        "plan": { "track": {}, "identify": {}, "group": {} },
        "edgeFunction": {}, "analyticsNextEnabled": true, "remotePlugins": [],
    });
    Json(said).into_response()
}
