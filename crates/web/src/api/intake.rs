//! Events over HTTP: the Segment calls as the field's clients speak them, and our own form.
//!
//! 200 follows the commit. One bad event goes to quarantine and the batch still gets 200; only a body that cannot be read at
//! all, or is too large, gets 400, which the clients do not send again. A store that cannot write gets 503: they do.

use axum::{
    Json, Router,
    body::Bytes,
    extract::{DefaultBodyLimit, Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::post,
};
use serde_json::json;
use service::intake::{BadBody, Receipt, Taken, cloud, from_open, native, segment};
use words::{Language, limits::BATCH_BYTES_MAX};

use super::{body, caller::Caller};
use crate::App;

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/v1/events", post(events))
        .route("/v1/{call}", post(segment_call))
        // Some clients are configured with a host alone.
        .route("/batch", post(async |app, headers, body| segment_call(Path("batch".into()), app, headers, body).await))
        // Jitsu's client, in a browser and on a server.
        .route("/api/s/{call}", post(segment_call))
        .route("/api/s/s2s/{call}", post(segment_call))
        .layer(DefaultBodyLimit::max(BATCH_BYTES_MAX + 1024))
}

/// Why a delivery is not taken.
pub(super) enum Refused {
    NoKey,
    NoProof,
    NoCall,
    Body(BadBody),
    Packed,
    Store,
    /// It is about something that is being written down: it is to come again.
    Early,
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let (status, text) = match self {
            Self::NoKey => (StatusCode::UNAUTHORIZED, "the write key is missing or not known".to_owned()),
            Self::NoProof => (StatusCode::UNAUTHORIZED, "no such webhook, or its signature does not hold".to_owned()),
            Self::NoCall => (StatusCode::NOT_FOUND, "no such call".to_owned()),
            Self::Body(bad) => (StatusCode::BAD_REQUEST, format!("{bad}. {}", bad.say(Language::En))),
            Self::Packed => (StatusCode::BAD_REQUEST, "the body cannot be unpacked: send valid gzip".to_owned()),
            Self::Store | Self::Early => {
                let mut answer = StatusCode::SERVICE_UNAVAILABLE.into_response();
                answer.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from_static("5"));
                return answer;
            }
        };
        (status, Json(json!({ "success": false, "message": text }))).into_response()
    }
}

impl From<service::Error> for Refused {
    fn from(error: service::Error) -> Self {
        tracing::warn!(%error, "a delivery could not be taken");
        Self::Store
    }
}

impl From<store::Error> for Refused {
    fn from(error: store::Error) -> Self {
        tracing::warn!(%error, "a delivery could not be written");
        Self::Store
    }
}

async fn segment_call(
    Path(call): Path<String>,
    State(app): State<App>,
    headers: HeaderMap,
    packed: Bytes,
) -> Result<Response, Refused> {
    // One letter: only the client of Segment that runs in a page writes them so.
    let in_page = call.len() == 1;
    let call = segment::Call::parse(&call).ok_or(Refused::NoCall)?;
    let plain = body::plain(&packed).map_err(|_| Refused::Packed)?;
    let body = segment::Body::parse(call, &plain).map_err(Refused::Body)?;
    let caller = Caller::known(&app, &headers, body.write_key()).await?.ok_or(Refused::NoKey)?;
    let caller = Caller { is_open: caller.is_open || in_page, ..caller };
    let receipt = Receipt::new(caller.source.clone(), app.clock.now());
    take(&app, caller, body.events(&receipt), &receipt).await
}

/// Our own form, or CloudEvents where the request says so.
async fn events(State(app): State<App>, headers: HeaderMap, packed: Bytes) -> Result<Response, Refused> {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let texts = headers.iter().filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)));
    let cloud = cloud::Mode::of(content_type, texts);
    let plain = body::plain(&packed).map_err(|_| Refused::Packed)?;
    let caller = Caller::known(&app, &headers, None).await?.ok_or(Refused::NoKey)?;
    let receipt = Receipt::new(caller.source.clone(), app.clock.now());
    let taken = match cloud {
        Some(mode) => cloud::events(mode, &plain, &receipt),
        None => native::events(&plain, &receipt),
    };
    let taken = taken.map_err(Refused::Body)?;
    take(&app, caller, taken, &receipt).await
}

pub(super) async fn take(app: &App, caller: Caller, taken: Vec<Taken>, receipt: &Receipt) -> Result<Response, Refused> {
    let taken = if caller.is_open { from_open(taken) } else { taken };
    let delivered = app.service.intake.accept(&caller.organisation, &caller.source, taken, receipt.received).await;
    let delivered = delivered.map_err(|error| {
        tracing::warn!(%error, "a delivery could not be written");
        Refused::Store
    })?;
    app.service.wake();
    let refused: Vec<_> = delivered
        .refused
        .iter()
        .map(|refused| json!({ "index": refused.index, "id": refused.message_id, "why": refused.reason.say(Language::En) }))
        .collect();
    let answer = json!({ "success": true, "received": delivered.received, "duplicate": delivered.duplicate,
                         "quarantined": refused });
    Ok(Json(answer).into_response())
}
