//! Deliveries of sources that post JSON of a shape of their own. Each has its address and proves itself by its signature.

use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, Path, State},
    http::HeaderMap,
    response::Response,
    routing::post,
};
use service::{
    connections,
    intake::{BadBody, Receipt, webhook},
};
use words::{OrganisationId, limits::BATCH_BYTES_MAX};

use super::{
    body,
    caller::Caller,
    intake::{Refused, take},
};
use crate::App;

pub(super) fn router() -> Router<App> {
    let deliver = post(deliver).layer(DefaultBodyLimit::max(BATCH_BYTES_MAX + 1024));
    Router::new().route("/v1/webhooks/{organisation}/{source}", deliver)
}

async fn deliver(
    Path((organisation, source)): Path<(String, String)>,
    State(app): State<App>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<Response, Refused> {
    let organisation = OrganisationId::new(organisation);
    let kept = connections::webhook(app.store.as_ref(), &organisation, &source).await?.ok_or(Refused::NoProof)?;
    kept.is_open(&source)?;
    let now = app.clock.now();
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    // What is signed are the bytes as they came, packed or not.
    let delivery = kept.signing.proven(header, &bytes, now).ok_or(Refused::NoProof)?;
    let plain = body::plain(&bytes).map_err(|_| Refused::Packed)?;
    let receipt = Receipt::new(source.clone(), now);
    let mapping = kept.mapping;
    let taken = webhook::events(&plain, mapping.as_ref(), delivery.as_deref(), &receipt).map_err(|bad| match bad {
        // Nobody pointed out yet where its events stand, and it is too large to be kept until then: it comes again.
        BadBody::TooLarge { .. } if mapping.is_none() => Refused::Store,
        bad => Refused::Body(bad),
    })?;
    take(&app, Caller { organisation, source, is_open: false }, taken, &receipt).await
}
