//! Giving somebody everything that is held of them, and erasing them.

use axum::{
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
};
use minijinja::context;
use serde_json::json;
use service::access::Access;
use store::StoredCustomer;
use words::CustomerId;

use crate::{
    App,
    language::Text,
    pages::naming,
    problem::{Answer, Problem},
    session::{Editor, Owner, Staff},
};

/// Everything, as one document.
pub(super) async fn document(
    editor: Editor,
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let access = gather(&app, &editor, &id).await?;
    Ok(file(&id, "json", "application/json", access.json().into_bytes()))
}

/// The story, for a spreadsheet.
pub(super) async fn story(editor: Editor, State(app): State<App>, Path(id): Path<String>) -> Result<Response, Problem> {
    let access = gather(&app, &editor, &id).await?;
    let table = access.story().map_err(|_| Problem::Broken)?;
    Ok(file(&id, "csv", "text/csv; charset=utf-8", table))
}

async fn gather(app: &App, staff: &Staff, id: &str) -> Result<Access, Problem> {
    let id: CustomerId = id.parse().map_err(|_| Problem::NotFound)?;
    let found = Access::gather(app.store.as_ref(), &staff.house.id, id, app.clock.now()).await;
    let access = found.map_err(|error| {
        tracing::error!(%error, "what is held of a customer could not be gathered");
        Problem::Broken
    })?;
    let access = access.ok_or(Problem::NotFound)?;
    staff.record("customer.given", &id.to_string(), json!({})).await?;
    Ok(access)
}

fn file(id: &str, ending: &str, kind: &str, bytes: Vec<u8>) -> Response {
    let name = format!("attachment; filename=\"{}.{ending}\"", service::intake::slug(id));
    ([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, name)], bytes).into_response()
}

/// What goes and what stays, before anything is done.
pub(super) async fn ask(owner: Owner, State(app): State<App>, Path(id): Path<String>) -> Answer {
    let stored = find(&app, &owner, &id).await?;
    let name = naming::capital(&naming::person(&stored.customer, &owner.speech));
    let runs = app.store.runs_of(&owner.house.id, stored.customer.id).await?.len();
    let page = context! { id => stored.customer.id.to_string(), name, runs };
    owner.render("customer/erase.html", page)
}

/// Erases; where a message is on its way at this moment the loop does the rest.
pub(super) async fn erase(owner: Owner, State(app): State<App>, Path(id): Path<String>) -> Answer {
    let stored = find(&app, &owner, &id).await?;
    let (eraser, now) = (&app.service.eraser, app.clock.now());
    let broken = |error: service::Error| {
        tracing::error!(%error, "an erasure stands still and will be gone on with");
        Problem::Broken
    };
    let begun = eraser.begin(&owner.house.id, stored.customer.id, now).await.map_err(broken)?;
    let erasure = begun.ok_or(Problem::NotFound)?;
    // By the number of the erasure: who it was is to be known no more.
    owner.record("customer.erased", &erasure.id.to_string(), json!({})).await?;
    let is_done = eraser.go_on(&erasure, now).await.map_err(broken)?;
    app.service.wake();
    owner.go("/klanten", Text::new(if is_done { "erase-done" } else { "erase-begun" }))
}

async fn find(app: &App, staff: &Staff, id: &str) -> Result<StoredCustomer, Problem> {
    let id: CustomerId = id.parse().map_err(|_| Problem::NotFound)?;
    let found = app.store.customer(&staff.house.id, id).await?;
    found.filter(|stored| !stored.erased).ok_or(Problem::NotFound)
}
