use axum::http::{HeaderMap, HeaderValue, header};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};

use crate::App;

/// The cookie that holds the token of a session.
pub(crate) const SESSION: &str = "klantreis";
/// The cookie that holds what the next page says about what was just done.
pub(crate) const FLASH: &str = "klantreis-melding";

/// The value of one of our cookies.
pub(crate) fn value(headers: &HeaderMap, name: &str) -> Option<String> {
    CookieJar::from_headers(headers).get(name).map(|cookie| cookie.value().to_owned())
}

/// The header that sets a cookie: not for scripts, not along with other sites' requests, over https when we have it.
pub(crate) fn set(app: &App, name: &'static str, value: String, seconds: i64) -> HeaderValue {
    let cookie = Cookie::build((name, value))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(app.settings.is_secure())
        .build();
    // Our values are base64 and the attributes are fixed, so the header always parses.
    HeaderValue::from_str(&format!("{cookie}; Max-Age={seconds}")).unwrap_or_else(|_| HeaderValue::from_static(""))
}

/// The header that takes a cookie away.
pub(crate) fn clear(app: &App, name: &'static str) -> HeaderValue {
    set(app, name, String::new(), 0)
}

/// Adds a `Set-Cookie`.
pub(crate) fn append(headers: &mut HeaderMap, cookie: HeaderValue) {
    headers.append(header::SET_COOKIE, cookie);
}
