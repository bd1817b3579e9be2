//! What providers of text messages and WhatsApp tell us. Each organisation and channel has its address; whoever calls proves itself
//! by the signature of its provider. 200 follows the commit; whoever hears anything else tells it again.

use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, Path, RawQuery, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use service::hearing::{self, Callback, Line, hear};
use store::SenderName;
use words::OrganisationId;

use super::intake::Refused;
use crate::App;

/// Bytes that are told at one time (Meta: up to 3 MB).
const TOLD_BYTES_MAX: usize = 3 * 1024 * 1024;
/// What a provider that speaks as Twilio does takes for: nothing to be said to the customer.
const NOTHING: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>";

pub(super) fn router() -> Router<App> {
    let told = get(challenged).post(told).layer(DefaultBodyLimit::max(TOLD_BYTES_MAX));
    Router::new().route("/v1/channels/{organisation}/{channel}", told)
}

/// The provider behind an address.
async fn line(app: &App, organisation: &OrganisationId, name: &SenderName) -> Result<Line, Refused> {
    let senders = app.store.senders(organisation).await?;
    let sender = senders.iter().find(|sender| sender.name() == *name);
    let line = sender.and_then(Line::of).ok_or(Refused::NoProof)?;
    if line.is_open() {
        return Ok(line);
    }
    tracing::error!(
        channel = name.channel.as_str(),
        "a secret was sealed under another key: set KLANTREIS_SECRET as it was"
    );
    Err(Refused::Store)
}

/// Meta asks whether this address is ours.
async fn challenged(
    Path((organisation, channel)): Path<(String, String)>,
    State(app): State<App>,
    RawQuery(query): RawQuery,
) -> Result<Response, Refused> {
    let line = line(&app, &OrganisationId::new(organisation), &SenderName::parse(&channel)).await?;
    Ok(match line.challenged(&query.unwrap_or_default()) {
        Some(word) => ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], word).into_response(),
        None => StatusCode::FORBIDDEN.into_response(),
    })
}

async fn told(
    Path((organisation, channel)): Path<(String, String)>,
    State(app): State<App>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    let (organisation, name) = (OrganisationId::new(organisation), SenderName::parse(&channel));
    let channel = name.channel.clone();
    let line = line(&app, &organisation, &name).await?;
    // What was signed is the address as we gave it away, whatever stands between.
    let address = hearing::address(&app.settings.public_url, &organisation, &name);
    let query = query.unwrap_or_default();
    let heard = {
        let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        line.hears(&Callback { address: &address, query: &query, header: &header, body: &body })
    };
    let heard = heard.ok_or(Refused::NoProof)?;
    let mut is_early = false;
    for one in heard {
        is_early |= !hear(&app.service, (&organisation, &channel), one, app.clock.now()).await?;
    }
    app.service.wake();
    if is_early {
        return Err(Refused::Early);
    }
    Ok(match line {
        Line::Twilio(_) => ([(header::CONTENT_TYPE, "text/xml")], NOTHING).into_response(),
        Line::WhatsApp(_) => StatusCode::OK.into_response(),
    })
}
