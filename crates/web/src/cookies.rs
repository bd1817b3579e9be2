use axum::http::{HeaderMap, HeaderValue, header};

use crate::App;

/// The cookie that holds the token of a session.
pub(crate) const SESSION: &str = "klantreis";
/// The cookie that holds what the next page says about what was just done.
pub(crate) const FLASH: &str = "klantreis-melding";

/// The value of one of our cookies.
pub(crate) fn value(headers: &HeaderMap, name: &str) -> Option<String> {
    let all = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    let mut pairs = all.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(other, _)| *other == name).map(|(_, value)| value.to_owned())
}

/// The header that sets a cookie: not for scripts, not along with other sites' requests, over https when we have it.
pub(crate) fn set(app: &App, name: &'static str, value: String, seconds: i64) -> HeaderValue {
    let secure = if app.settings.is_secure() { "; Secure" } else { "" };
    let cookie = format!("{name}={value}; HttpOnly; SameSite=Lax{secure}; Path=/; Max-Age={seconds}");
    // Our values are base64 and the attributes are fixed, so the header always parses.
    HeaderValue::from_str(&cookie).unwrap_or_else(|_| HeaderValue::from_static(""))
}

/// The header that takes a cookie away.
pub(crate) fn clear(app: &App, name: &'static str) -> HeaderValue {
    set(app, name, String::new(), 0)
}

/// Adds a `Set-Cookie`.
pub(crate) fn append(headers: &mut HeaderMap, cookie: HeaderValue) {
    headers.append(header::SET_COOKIE, cookie);
}
