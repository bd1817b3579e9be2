//! What customers see of who writes to them: on the pages that a message leads to, its logo and the colour of its buttons. Both stand
//! at addresses that are the same for everybody.

use axum::{
    Router,
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use minijinja::{Value, context};
use service::{
    Service,
    principals::{Faces, of_link},
    sending,
};
use store::Link;
use words::OrganisationId;

use crate::{
    App,
    problem::{Answer, Problem},
};

/// A picture never changes: its address is that of its bytes.
const FOREVER: &str = "public, max-age=31536000, immutable";
/// Nothing in a picture runs or loads.
const POLICY: &str = "default-src 'none'; sandbox";

pub(crate) fn router() -> Router<App> {
    Router::new().route("/logo/{organisation}/{name}", get(logo)).route("/kleur/{name}", get(colour))
}

/// Who writes, as a page of a customer shows it.
pub(crate) struct Seen {
    pub(crate) name: String,
    pub(crate) phone: Option<String>,
    /// Who writes, where they are and how they are called, as a letter says it.
    pub(crate) lines: Vec<String>,
    logo: Option<String>,
    accent: Option<String>,
}

impl Seen {
    /// In whose name a link was given out.
    pub(crate) async fn of(service: &Service, link: &Link) -> Result<Self, Problem> {
        let organisation = service.catalog.organisation(&link.organisation).await?.ok_or(Problem::NotFound)?;
        let faces = Faces::load(service.store.as_ref(), &link.organisation, &organisation).await?;
        let id = of_link(link);
        let face = faces.of(&id);
        let senders = service.store.senders(&link.organisation).await?;
        let post = senders.iter().find(|sender| sender.channel.as_str() == "post" && sender.principal == id);
        Ok(Self {
            name: face.name.clone(),
            phone: face.phone.clone(),
            lines: sending::sender_lines(face, post),
            logo: face.logo.as_ref().map(|logo| format!("/logo/{}/{}.{}", link.organisation, logo.hash, logo.kind)),
            accent: face.accent.as_deref().and_then(|accent| Some(format!("/kleur/{}.css", accent.get(1..)?))),
        })
    }

    /// For the frame of a page.
    pub(crate) fn context(&self) -> Value {
        context! { logo => self.logo.as_deref(), sheet => self.accent.as_deref() }
    }
}

async fn logo(State(app): State<App>, Path((organisation, name)): Path<(String, String)>) -> Answer {
    let (hash, kind) = name.split_once('.').ok_or(Problem::NotFound)?;
    let kind = match kind {
        "png" => "image/png",
        "jpeg" => "image/jpeg",
        _ => return Err(Problem::NotFound),
    };
    let bytes = app.store.logo(&OrganisationId::new(organisation), hash).await?.ok_or(Problem::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, FOREVER),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::CONTENT_DISPOSITION, "inline"),
    ];
    // A mail program shows it from any place.
    Ok((headers, [("cross-origin-resource-policy", "cross-origin")], bytes).into_response())
}

/// A sheet that gives buttons and links a colour; by daylight only, the night has colours of its own.
async fn colour(Path(name): Path<String>) -> Result<Response, Problem> {
    let hex = name.strip_suffix(".css").filter(|hex| hex.len() == 6).ok_or(Problem::NotFound)?;
    if !hex.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return Err(Problem::NotFound);
    }
    let sheet = format!(
        "@media (prefers-color-scheme: light) {{ :root {{ --accent: #{hex}; --accent-fill: #{hex}; --accent-hover: #{hex}; }} }}\n"
    );
    Ok(([(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, FOREVER)], sheet).into_response())
}
