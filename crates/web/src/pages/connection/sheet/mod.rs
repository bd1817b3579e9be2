//! The sheet for a supplier: which events and fields a journey needs, with a sample call, ticking off as they arrive.

mod arrived;
mod list;
mod made;
mod markdown;
mod sample;
mod shown;
mod subject;

use std::collections::BTreeMap;

use axum::{
    Router,
    extract::{Path, Query, State},
    http::header,
    response::IntoResponse,
    routing::get,
};
use minijinja::context;
use serde::Serialize;
use store::Source;
use words::Language;

use crate::{
    App,
    problem::{Answer, Problem},
    session::{Staff, Viewer},
    shell::Shell,
    views::data,
};

pub(super) use list::{of_all, of_source};
use made::Made;
use subject::Subject;

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/koppelingen/blad/{journey}", get(show))
        .route("/koppelingen/blad/{journey}/leverancier.md", get(download))
}

/// What a sheet was asked for: `bron`, `taal`, and `alleen.<event>` for each event that this supplier sends.
struct Asked {
    source: Option<Source>,
    language: Language,
    only: Vec<String>,
}

impl Asked {
    async fn read(staff: &Staff, app: &App, query: &BTreeMap<String, String>) -> Result<Self, Problem> {
        let source = match query.get("bron").filter(|id| !id.is_empty()) {
            Some(id) => Some(app.store.source(&staff.house.id, id).await?.ok_or(Problem::NotFound)?),
            None => None,
        };
        let language = query.get("taal").and_then(|tag| Language::from_tag(tag)).unwrap_or(staff.speech.language);
        let only = query.keys().filter_map(|key| key.strip_prefix("alleen.")).map(str::to_owned).collect();
        Ok(Self { source, language, only })
    }

    /// The address with these choices; the language as given.
    fn link(&self, journey: &str, end: &str, language: Language) -> String {
        let mut parts = vec![format!("taal={}", language.tag())];
        parts.extend(self.source.iter().map(|source| format!("bron={}", crate::pages::encoded(&source.id))));
        parts.extend(self.only.iter().map(|name| format!("alleen.{}=1", crate::pages::encoded(name))));
        format!("/koppelingen/blad/{}{end}?{}", crate::pages::encoded(journey), parts.join("&"))
    }

    /// The shell in the language that was asked for.
    fn shell(&self, staff: &Staff) -> Shell {
        let customer = staff.house.customer.on_page(self.language);
        staff.speaking(crate::language::Speech { language: self.language, customer, ..staff.speech.clone() })
    }
}

#[derive(Serialize)]
struct Version {
    language: &'static str,
    href: String,
    file: String,
    current: bool,
}

/// The sheet of a journey as it was asked for, with the shell that speaks its language.
async fn make(
    staff: &Staff,
    app: &App,
    journey: &str,
    query: &BTreeMap<String, String>,
) -> Result<(Asked, Shell, Made), Problem> {
    let asked = Asked::read(staff, app, query).await?;
    let subject = Subject::of(staff, app, journey).await?;
    let shell = asked.shell(staff);
    let made = Made::of(staff, app, &subject, &asked, &shell.speech).await?;
    Ok((asked, shell, made))
}

async fn show(
    viewer: Viewer,
    State(app): State<App>,
    Path(journey): Path<String>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Answer {
    let (asked, shell, made) = make(&viewer, &app, &journey, &query).await?;
    let versions: Vec<Version> = Language::ALL
        .into_iter()
        .map(|language| Version {
            language: language.tag(),
            href: asked.link(&journey, "", language),
            file: asked.link(&journey, "/leverancier.md", language),
            current: language == asked.language,
        })
        .collect();
    shell.render("sheet/show.html", context! { sheet => data(&made), versions => data(&versions) })
}

/// The same to send along: Markdown that reads well as plain text.
async fn download(
    viewer: Viewer,
    State(app): State<App>,
    Path(journey): Path<String>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Answer {
    let (asked, shell, made) = make(&viewer, &app, &journey, &query).await?;
    let text = markdown::write(&made, &viewer.house.name, &shell.speech);
    let name = format!("attachment; filename=\"{}-{}.md\"", service::intake::slug(&journey), asked.language.tag());
    let headers =
        [(header::CONTENT_TYPE, "text/markdown; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, text).into_response())
}
