//! A request has an id, that stands in every line of the log, in the answer and on pages that say what went wrong.

use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};
use store::meter::{self, SECONDS, Timer};
use tracing::Instrument;

use crate::App;

const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// The id of a request.
#[derive(Clone, Debug)]
pub(crate) struct RequestId(pub(crate) String);

/// Gives the request its id, and measures how long its answer takes. Addresses are told by their templates: what stands in
/// their places may be personal.
pub(crate) async fn follow(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let id = app.watched.next_request();
    let route = request.extensions().get::<MatchedPath>().map_or("other", MatchedPath::as_str).to_owned();
    let method = request.method().as_str().to_owned();
    // An error's level, so that it stands beside errors however little is asked for.
    let span = tracing::error_span!("request", request.id = %id, request.method = %method, request.route = %route);
    request.extensions_mut().insert(RequestId(id.clone()));
    let timer = Timer::start();
    let mut response = next.run(request).instrument(span).await;
    let status = response.status();
    let labels = [("method", method.as_str()), ("route", route.as_str()), ("status", status.as_str())];
    meter::observe("klantreis_http_seconds", &labels, SECONDS, timer.seconds());
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HEADER, value);
    }
    response
}
