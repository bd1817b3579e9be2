//! For those who watch over it: whether it lives, whether it can work, what it counts. No personal data, and no page.

mod metrics;
mod readiness;

use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicU64, Ordering};

use axum::{
    Json, Router,
    extract::{ConnectInfo, Request, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use tokio::sync::Mutex;

use crate::App;

/// What was found is told again for so long.
const TOLD_FOR: SignedDuration = SignedDuration::from_secs(2);

/// What was told last, and when; and how many requests there were.
pub(crate) struct Watched {
    started: Timestamp,
    requests: AtomicU64,
    readiness: Mutex<Option<(Timestamp, Vec<&'static str>)>>,
    metrics: Mutex<Option<(Timestamp, String)>>,
}

impl Watched {
    pub(crate) fn new(started: Timestamp) -> Self {
        Self { started, requests: AtomicU64::new(0), readiness: Mutex::default(), metrics: Mutex::default() }
    }

    /// Tells one request from another, also of other processes: when this one started, and a number.
    pub(crate) fn next_request(&self) -> String {
        format!("{:x}-{:x}", self.started.as_millisecond(), self.requests.fetch_add(1, Ordering::Relaxed))
    }
}

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/health", get(async || "ok\n"))
        .route("/health/ready", get(ready))
        .route("/metrics", get(metrics))
}

fn is_fresh(told: Timestamp, now: Timestamp) -> bool {
    (SignedDuration::ZERO..TOLD_FOR).contains(&now.duration_since(told))
}

async fn ready(State(app): State<App>) -> Response {
    let now = app.clock.now();
    let mut told = app.watched.readiness.lock().await;
    let reasons = match &*told {
        Some((moment, reasons)) if is_fresh(*moment, now) => reasons.clone(),
        _ => {
            let reasons = readiness::reasons(&app).await;
            *told = Some((now, reasons.clone()));
            reasons
        }
    };
    let body = Json(json!({ "ready": reasons.is_empty(), "reasons": reasons }));
    if reasons.is_empty() {
        return body.into_response();
    }
    let mut response = (StatusCode::SERVICE_UNAVAILABLE, body).into_response();
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
    response
}

async fn metrics(State(app): State<App>, request: Request) -> Response {
    if !may_read(&app, &request) {
        return StatusCode::NOT_FOUND.into_response();
    }
    let now = app.clock.now();
    let mut told = app.watched.metrics.lock().await;
    let text = match &*told {
        Some((moment, text)) if is_fresh(*moment, now) => text.clone(),
        _ => match metrics::text(&app, now).await {
            Ok(text) => {
                *told = Some((now, text.clone()));
                text
            }
            Err(error) => {
                tracing::warn!(%error, "the store does not tell how much waits");
                return StatusCode::SERVICE_UNAVAILABLE.into_response();
            }
        },
    };
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response()
}

/// With the token; without one only this machine itself, as long as no other server hands on what others ask.
fn may_read(app: &App, request: &Request) -> bool {
    let given = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    if let Some(token) = &app.settings.metrics_token {
        let digest = service::token::hash;
        return given
            .and_then(|given| given.strip_prefix("Bearer "))
            .is_some_and(|given| digest(given) == digest(token));
    }
    let url = app.settings.public_url.split_once("://").map_or("", |(_, rest)| rest);
    let asked_here =
        url.parse::<SocketAddr>().is_ok_and(|address| is_here(address.ip())) || url.starts_with("localhost");
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    asked_here && peer.is_some_and(|ConnectInfo(peer)| is_here(peer.ip()))
}

fn is_here(address: IpAddr) -> bool {
    address.to_canonical().is_loopback()
}
