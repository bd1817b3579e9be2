use axum::http::{HeaderMap, header};
use base64::{Engine, engine::general_purpose::STANDARD};
use service::{intake, token};
use store::{Key, KeyKind};
use words::OrganisationId;

use crate::App;

/// A source that may send events.
pub(super) struct Caller {
    pub(super) organisation: OrganisationId,
    pub(super) source: String,
    /// Its key is no secret: it stands in a web page, or is used as if it did.
    pub(super) is_open: bool,
}

impl Caller {
    /// Who calls, by the write key in the header (Basic with the key as user name, Bearer, `X-Write-Key`) or in the body.
    /// `None`: no such key, or one for something else.
    pub(super) async fn known(app: &App, headers: &HeaderMap, in_body: Option<&str>) -> store::Result<Option<Self>> {
        let Some(given) = in_header(headers).or_else(|| in_body.map(str::to_owned)) else { return Ok(None) };
        let caller = Self::of_key(app, &given).await?;
        // A browser says from which site it calls; a server does not.
        let from_browser = headers.contains_key(header::ORIGIN);
        Ok(caller.map(|caller| Self { is_open: caller.is_open || from_browser, ..caller }))
    }

    /// Whose key it is.
    pub(super) async fn of_key(app: &App, given: &str) -> store::Result<Option<Self>> {
        let hash = token::hash(given);
        let Some(Key { organisation, kind: KeyKind::Write { source }, .. }) = app.store.key(&hash).await? else {
            return Ok(None);
        };
        app.store.touch_key(&hash, app.clock.now()).await?;
        let kind = app.store.source(&organisation, &source).await?.map(|source| source.kind);
        Ok(Some(Self { organisation, source, is_open: kind.as_deref() == Some(intake::OPEN) }))
    }
}

fn in_header(headers: &HeaderMap) -> Option<String> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(key) = text("x-write-key") {
        // Jitsu's client takes only keys of the form `id:secret`; whatever stands before ours is its own.
        return Some(key.rsplit_once(':').map_or(key, |(_, secret)| secret).to_owned());
    }
    let (scheme, credentials) = text(header::AUTHORIZATION.as_str())?.split_once(' ')?;
    match scheme.to_ascii_lowercase().as_str() {
        "bearer" => Some(credentials.trim().to_owned()),
        "basic" => {
            let pair = String::from_utf8(STANDARD.decode(credentials.trim()).ok()?).ok()?;
            let (user, _) = pair.split_once(':').unwrap_or((&pair, ""));
            Some(user.to_owned())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(name: &'static str, value: &str) -> Option<String> {
        let mut headers = HeaderMap::new();
        headers.insert(name, value.parse().unwrap());
        in_header(&headers)
    }

    #[test]
    fn a_key_is_found_where_clients_put_it() {
        assert_eq!(found("authorization", "Basic a2V5Og==").as_deref(), Some("key"));
        assert_eq!(found("authorization", "bearer key").as_deref(), Some("key"));
        assert_eq!(found("x-write-key", "key").as_deref(), Some("key"));
        assert_eq!(found("x-write-key", "klantreis:key").as_deref(), Some("key"));
        assert_eq!(found("authorization", "Digest key"), None);
    }
}
