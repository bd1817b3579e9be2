//! Who was erased, for connected systems that are to forget them too. Only digests are given: a system that knows somebody by
//! a name makes the digest of that name and compares.

use axum::{
    Json, Router,
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::get,
};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::json;

use super::caller::Caller;
use crate::App;

/// Lines of one answer.
const LINES_MAX: u32 = 500;

pub(super) fn router() -> Router<App> {
    Router::new().route("/api/v1/erasures", get(list))
}

#[derive(Deserialize)]
struct Asked {
    since: Option<Timestamp>,
}

async fn list(State(app): State<App>, headers: HeaderMap, Query(asked): Query<Asked>) -> Response {
    match answer(&app, &headers, asked).await {
        Ok(Some(answer)) => Json(answer).into_response(),
        Ok(None) => (
            StatusCode::UNAUTHORIZED,
            Json(json!({ "success": false, "error": "the write key of a system is needed, not that of a website" })),
        )
            .into_response(),
        Err(error) => {
            tracing::warn!(%error, "erasures could not be read");
            let later = json!({ "success": false, "error": "try again later" });
            (StatusCode::SERVICE_UNAVAILABLE, Json(later)).into_response()
        }
    }
}

async fn answer(app: &App, headers: &HeaderMap, asked: Asked) -> store::Result<Option<serde_json::Value>> {
    // A key that everyone can read says nothing of who was erased.
    let caller = Caller::known(app, headers, None).await?.filter(|caller| !caller.is_open);
    let Some(caller) = caller else { return Ok(None) };
    let salt = app.store.salt(&caller.organisation).await?;
    let since = asked.since.unwrap_or(Timestamp::UNIX_EPOCH);
    let erasures = app.store.erasures(&caller.organisation, since, LINES_MAX).await?;
    let lines = erasures.iter().filter(|(_, digests)| !digests.is_empty()).map(|(erasure, digests)| {
        json!({ "name": "customer.erased", "id": erasure.id, "time": erasure.asked, "done": erasure.done,
                "digests": digests.iter().map(hex).collect::<Vec<_>>() })
    });
    Ok(Some(json!({ "salt": salt.map(|salt| hex(&salt)), "erasures": lines.collect::<Vec<_>>() })))
}

fn hex(bytes: &[u8; 32]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
