//! No other site may act in the name of someone who is logged in. The browser itself says where a request comes from
//! (`Sec-Fetch-Site`, or `Origin` in older ones), so forms need no hidden token.

use axum::{
    extract::Request,
    http::{HeaderMap, Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::problem::Problem;

/// Refuses requests that change something and come from another site.
pub(crate) async fn refuse(request: Request, next: Next) -> Response {
    if is_allowed(request.method(), request.headers()) {
        next.run(request).await
    } else {
        Problem::Forged.into_response()
    }
}

fn is_allowed(method: &Method, headers: &HeaderMap) -> bool {
    if method.is_safe() {
        return true;
    }
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    match (text("origin"), text("host")) {
        (Some(origin), Some(host)) => origin.split_once("://").is_some_and(|(_, from)| from.eq_ignore_ascii_case(host)),
        (Some(_), None) => false,
        // Not a browser: it can send no cookie that it was not given by hand, so it needs none here.
        (None, _) => !headers.contains_key(header::COOKIE),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(method: Method, pairs: &[(&'static str, &str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(*name, value.parse().unwrap());
        }
        is_allowed(&method, &headers)
    }

    #[test]
    fn reading_is_always_allowed() {
        assert!(allowed(Method::GET, &[("sec-fetch-site", "cross-site")]));
        assert!(allowed(Method::HEAD, &[]));
    }

    #[test]
    fn a_browser_says_where_it_comes_from() {
        assert!(allowed(Method::POST, &[("sec-fetch-site", "same-origin")]));
        assert!(allowed(Method::POST, &[("sec-fetch-site", "none")]));
        assert!(!allowed(Method::POST, &[("sec-fetch-site", "same-site")]));
        assert!(!allowed(Method::DELETE, &[("sec-fetch-site", "cross-site")]));
    }

    #[test]
    fn an_older_browser_names_its_origin() {
        let host = ("host", "klantreis.example:8080");
        assert!(allowed(Method::POST, &[host, ("origin", "https://klantreis.example:8080")]));
        assert!(!allowed(Method::POST, &[host, ("origin", "https://evil.example")]));
        assert!(!allowed(Method::POST, &[host, ("origin", "null")]));
        assert!(!allowed(Method::POST, &[("origin", "https://klantreis.example")]));
    }

    #[test]
    fn without_either_no_cookie_counts() {
        assert!(allowed(Method::POST, &[("host", "klantreis.example")]));
        assert!(!allowed(Method::POST, &[("cookie", "klantreis=x")]));
    }
}
