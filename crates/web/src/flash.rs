use axum::http::HeaderMap;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use crate::{cookies, language::Text};

/// Characters of the cookie at most; longer is not believed.
const CHARS_MAX: usize = 2_000;

/// What a page says about what was just done, carried over one redirect in a cookie. It holds keys of texts, never text, so
/// a forged one can say nothing of its own.
pub(crate) fn read(headers: &HeaderMap) -> Option<Text> {
    let value = cookies::value(headers, cookies::FLASH)?;
    if value.len() > CHARS_MAX {
        return None;
    }
    let bytes = URL_SAFE_NO_PAD.decode(value).ok()?;
    serde_json::from_slice(&bytes).ok()
}

/// The value of the cookie.
pub(crate) fn write(text: &Text) -> String {
    let bytes = serde_json::to_vec(text).unwrap_or_default();
    URL_SAFE_NO_PAD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::header;

    fn headers(value: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        let cookie = format!("{}={value}", cookies::FLASH);
        headers.insert(header::COOKIE, cookie.parse().unwrap());
        headers
    }

    #[test]
    fn a_text_survives_the_redirect() {
        let text = Text::new("member-invited").with("email", "jo@rijnoever.example");
        assert_eq!(read(&headers(&write(&text))), Some(text));
    }

    #[test]
    fn rubbish_says_nothing() {
        assert_eq!(read(&headers("no-base64-json")), None);
        assert_eq!(read(&headers(&"a".repeat(CHARS_MAX + 1))), None);
        assert_eq!(read(&HeaderMap::new()), None);
    }
}
