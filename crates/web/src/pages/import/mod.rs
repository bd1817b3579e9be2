//! Bringing in a file of history: upload, say which column is what, follow how far it is, read what was skipped and why.

mod job;
pub(crate) mod look;
pub(crate) mod mapping;
mod report;
mod upload;

use axum::{
    Form, Router,
    extract::{DefaultBodyLimit, Multipart, Path, State},
    http::StatusCode,
    routing::get,
};
use minijinja::{Value, context};
use serde_json::json;
use service::import::Limits;
use store::{ImportJob, ImportState};
use uuid::Uuid;

use self::look::Look;
use crate::{
    App, ids,
    language::Text,
    problem::{Answer, Problem},
    session::{Editor, Staff, Viewer},
};

pub(crate) use job::Running;
pub use job::resume;
pub(crate) use upload::Kind;

const PATH: &str = "/koppelingen/inlezen";
/// Imports that the page lists.
const LISTED: u32 = 20;

pub(crate) fn router() -> Router<App> {
    // The upload counts its own bytes, so that a file may be larger than a form.
    let upload = get(ask).post(send).layer(DefaultBodyLimit::disable());
    Router::new().route(PATH, upload).route("/koppelingen/inlezen/{id}", get(show).post(start))
}

async fn ask(viewer: Viewer, State(app): State<App>) -> Answer {
    let jobs = app.store.imports(&viewer.house.id, LISTED).await?;
    let rows: Vec<Value> = jobs.iter().map(|job| row(&app, job)).collect();
    viewer.render("import/new.html", context! { rows, max_megabytes => Limits::default().file_bytes_max >> 20 })
}

async fn send(editor: Editor, State(app): State<App>, multipart: Multipart) -> Answer {
    let id = ids::fresh(&app);
    let uploaded = upload::keep(&upload::path(&app, id), multipart).await?;
    let zone = editor.speech.zone.iana_name().unwrap_or("UTC");
    let mapping = match mapping::guess(&app, &uploaded, id, zone).await {
        Ok(mapping) => mapping,
        Err(error) => {
            upload::forget(&app, id).await;
            return Err(Problem::Invalid(
                Text::new("import-unreadable").with("reason", error.say(editor.speech.language)),
            ));
        }
    };
    let job = ImportJob {
        id,
        organisation: editor.house.id.clone(),
        file_name: uploaded.file_name,
        kind: uploaded.kind.as_str().to_owned(),
        mapping,
        state: ImportState::Mapping,
        read_bytes: 0,
        total_bytes: uploaded.bytes,
        report: json!({}),
        created: editor.speech.now,
        finished: None,
    };
    app.store.save_import(job).await?;
    Ok(axum::response::IntoResponse::into_response(axum::response::Redirect::to(&format!("{PATH}/{id}"))))
}

async fn show(editor: Editor, State(app): State<App>, Path(id): Path<Uuid>) -> Answer {
    let job = kept(&app, &editor, id).await?;
    page(&editor, &job, None).await
}

async fn start(
    editor: Editor,
    State(app): State<App>,
    Path(id): Path<Uuid>,
    Form(filled): Form<mapping::Filled>,
) -> Answer {
    let job = kept(&app, &editor, id).await?;
    if job.state != ImportState::Mapping {
        return Err(Problem::Invalid(Text::new("import-started")));
    }
    let job = ImportJob { mapping: mapping::chosen(&job.mapping, &filled), ..job };
    let Some(chosen) = Kind::parse(&job.kind).and_then(|kind| mapping::read(kind, &job.mapping)) else {
        return page(&editor, &job, Some(Text::new("import-incomplete"))).await;
    };
    if Look::at(&app, &job).await.wrong_time(&editor, &job.mapping).is_some() {
        return page(&editor, &job, Some(Text::new("import-time-wrong"))).await;
    }
    editor.record("import.started", &job.file_name, json!({})).await?;
    job::start(&app, job, chosen).await?;
    Ok(axum::response::IntoResponse::into_response(axum::response::Redirect::to(&format!("{PATH}/{id}"))))
}

async fn kept(app: &App, staff: &Staff, id: Uuid) -> Result<ImportJob, Problem> {
    app.store.import(&staff.house.id, id).await?.ok_or(Problem::NotFound)
}

async fn page(staff: &Staff, job: &ImportJob, wrong: Option<Text>) -> Answer {
    let (status, template) = match (job.state, wrong.is_some()) {
        (ImportState::Mapping, false) => (StatusCode::OK, "import/mapping.html"),
        (ImportState::Mapping, true) => (StatusCode::UNPROCESSABLE_ENTITY, "import/mapping.html"),
        _ => (StatusCode::OK, "import/show.html"),
    };
    let look = Look::at(&staff.app, job).await;
    let kind = Kind::parse(&job.kind).ok_or(Problem::NotFound)?;
    let page = context! {
        job => row(&staff.app, job),
        mapping => mapping::shown(staff, kind, &job.mapping, &look),
        report => report::shown(&job.report, staff.speech.language),
        wrong => wrong.map(|text| staff.say(&text)),
    };
    staff.render_as(status, template, page)
}

/// An import as the pages show it.
fn row(app: &App, job: &ImportJob) -> Value {
    let running = app.imports.progress(&job.id);
    let state = match (job.state, running) {
        (ImportState::Mapping, _) => "mapping",
        (ImportState::Reading, Some(_)) => "reading",
        // Only a stopped server leaves a reading that nobody does.
        (ImportState::Reading, None) => "stopped",
        (ImportState::Done, _) => "done",
        (ImportState::Failed, _) => "failed",
    };
    let (read_bytes, events) = running.unwrap_or((job.read_bytes, 0));
    context! {
        id => job.id.to_string(),
        file_name => job.file_name.as_str(),
        kind => job.kind.as_str(),
        state,
        read_bytes,
        total_bytes => job.total_bytes.max(1),
        // A share of the file; both fit a float.
        share => read_bytes as f64 / job.total_bytes.max(1) as f64,
        events,
        created => job.created.to_string(),
    }
}
