use std::{borrow::Cow, collections::BTreeMap, sync::OnceLock};

use axum::{
    Router,
    extract::Path,
    http::{
        StatusCode,
        header::{CACHE_CONTROL, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
    routing::get,
};
use rust_embed::RustEmbed;

/// Where assets are served: `/assets/<hash of all assets>/<path>`. One hash for all, so that modules can import each
/// other by relative path.
const ROOT: &str = "/assets";

#[derive(RustEmbed)]
#[folder = "assets"]
struct Files;

/// The order in which the style sheets become one; within a layer a later rule wins. A file that is not named here comes
/// after these, by name.
const STYLE_ORDER: &[&str] = &["tokens", "font", "reset", "base", "icon", "bar", "page", "control", "state"];

/// Everything the pages load, by path, with the one hash of it all.
pub struct Assets {
    files: BTreeMap<String, Cow<'static, [u8]>>,
    hash: String,
}

impl Assets {
    /// The embedded assets, joined and hashed once.
    pub fn get() -> &'static Self {
        static ASSETS: OnceLock<Assets> = OnceLock::new();
        ASSETS.get_or_init(Self::load)
    }

    fn load() -> Self {
        let mut files: BTreeMap<String, Cow<'static, [u8]>> = Files::iter()
            .filter(|path| !path.starts_with("icons/"))
            .filter_map(|path| Some((path.to_string(), Files::get(&path)?.data)))
            .collect();
        let styles = joined_styles(&files);
        files.retain(|path, _| !path.starts_with("css/"));
        files.insert("app.css".into(), Cow::Owned(styles.into_bytes()));
        for (name, bytes) in crate::fonts::SHARED {
            files.insert(format!("fonts/{name}"), Cow::Borrowed(*bytes));
        }
        let parts: Vec<String> = files
            .iter()
            .map(|(path, bytes)| format!("{path}:{}", crate::secret::hex(&crate::secret::digest(bytes))))
            .collect();
        let hash = crate::secret::hex(&crate::secret::digest(parts.join("\n").as_bytes()))[..12].to_owned();
        Self { files, hash }
    }

    /// The address of an asset; `None` when there is no such file.
    pub fn url(&self, path: &str) -> Option<String> {
        self.files.contains_key(path).then(|| format!("{ROOT}/{}/{path}", self.hash))
    }

    /// The bytes of an asset.
    pub fn bytes(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(AsRef::as_ref)
    }
}

/// The body of an icon (`assets/icons/<name>.svg` without its outer element).
pub(crate) fn icon(name: &str) -> Option<String> {
    let file = Files::get(&format!("icons/{name}.svg"))?;
    let text = String::from_utf8(file.data.into_owned()).ok()?;
    let start = text.find('>')? + 1;
    let end = text.rfind("</svg>")?;
    Some(text[start..end].trim().to_owned())
}

/// The one style sheet: the layers' order first, then every file.
fn joined_styles(files: &BTreeMap<String, Cow<'static, [u8]>>) -> String {
    let name_of = |path: &str| path.trim_start_matches("css/").trim_end_matches(".css").to_owned();
    let mut styles: Vec<(usize, String, String)> = files
        .iter()
        .filter(|(path, _)| path.starts_with("css/"))
        .map(|(path, bytes)| {
            let name = name_of(path);
            let place = STYLE_ORDER.iter().position(|known| *known == name);
            let text = String::from_utf8_lossy(bytes).into_owned();
            (place.unwrap_or(STYLE_ORDER.len()), name, text)
        })
        .collect();
    styles.sort();
    let mut joined = String::from("@layer reset, tokens, base, components, utilities;\n");
    for (_, _, text) in styles {
        joined.push_str(&text);
    }
    joined
}

/// The routes that serve assets.
pub(crate) fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/assets/{hash}/{*path}", get(serve))
}

async fn serve(Path((hash, path)): Path<(String, String)>) -> Response {
    let assets = Assets::get();
    let Some(bytes) = assets.files.get(&path) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    // An old page may ask for the assets of an older version: it gets today's, but must not keep them.
    let cache = if hash == assets.hash { "public, max-age=31536000, immutable" } else { "no-cache" };
    let bytes = match bytes {
        Cow::Borrowed(bytes) => axum::body::Bytes::from_static(bytes),
        Cow::Owned(bytes) => axum::body::Bytes::copy_from_slice(bytes),
    };
    ([(CONTENT_TYPE, kind(&path)), (CACHE_CONTROL, cache)], bytes).into_response()
}

fn kind(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_layers_are_named_before_any_rule() {
        let styles = String::from_utf8(Assets::get().bytes("app.css").unwrap().to_vec()).unwrap();
        assert!(styles.starts_with("@layer reset, tokens, base, components, utilities;"));
        assert!(styles.find("--accent:").unwrap() < styles.find(".button {").unwrap());
    }

    #[test]
    fn every_style_sheet_stands_in_a_layer() {
        for path in Files::iter().filter(|path| path.starts_with("css/")) {
            let text = String::from_utf8(Files::get(&path).unwrap().data.into_owned()).unwrap();
            let after_comment = text.split_once("*/").map_or(text.as_str(), |(_, rest)| rest);
            let start = after_comment.trim_start();
            assert!(
                start.starts_with("@layer ") || start.starts_with("@font-face"),
                "{path} has rules outside a layer"
            );
        }
    }

    #[test]
    fn the_address_holds_the_hash_and_missing_files_have_none() {
        let assets = Assets::get();
        assert_eq!(assets.url("app.css"), Some(format!("/assets/{}/app.css", assets.hash)));
        assert_eq!(assets.url("no-such.css"), None);
    }
}
