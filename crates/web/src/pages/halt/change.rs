//! Changing a halt that stands: what it is about, and until when. First one sees what it would touch, then one changes it.

use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
};
use minijinja::{Value, context};
use serde_json::json;
use words::{Halt, HaltId, JourneyId};

use super::{filled::Filled, new};
use crate::{
    App,
    form::Remarks,
    language::Text,
    problem::{Answer, Problem},
    session::{Editor, Staff},
};

/// One that is not over.
async fn standing(staff: &Staff, app: &App, id: &str) -> Result<Halt, Problem> {
    let id: HaltId = id.parse().map_err(|_| Problem::NotFound)?;
    let halt = app.store.halt(&staff.house.id, id).await?;
    halt.filter(|halt| halt.until > staff.speech.now).ok_or(Problem::NotFound)
}

pub(super) async fn show(editor: Editor, State(app): State<App>, Path(id): Path<String>) -> Answer {
    let halt = standing(&editor, &app, &id).await?;
    let filled = Filled::of(&halt, &editor.speech);
    new::page(&editor, &app, (StatusCode::OK, told(&halt)), &filled, &Remarks::default(), None).await
}

pub(super) async fn make(
    editor: Editor,
    State(app): State<App>,
    Path(id): Path<String>,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    let stands = standing(&editor, &app, &id).await?;
    let filled = Filled::posted(posted);
    let live = app.service.catalog.live(&editor.house.id).await?;
    let known: Vec<&JourneyId> = live.iter().map(|live| &live.row.id).collect();
    let halt = match filled.changed(&stands, &known, &editor.speech) {
        Ok(halt) => halt,
        Err(remarks) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return new::page(&editor, &app, (status, told(&stands)), &filled, &remarks, None).await;
        }
    };
    if filled.makes() {
        return keep(&editor, &app, halt).await;
    }
    let seen = new::touched(&editor, &app, &halt, None, &filled).await?;
    new::page(&editor, &app, (StatusCode::OK, told(&stands)), &filled, &Remarks::default(), Some(seen)).await
}

/// What falls under it by now is held, and what no longer does goes: both are decided anew.
async fn keep(editor: &Editor, app: &App, halt: Halt) -> Answer {
    let (id, title, until) = (halt.id, halt.title.clone(), halt.until);
    app.store.save_halt(&editor.house.id, halt).await?;
    app.store.decide_anew(&editor.house.id, editor.speech.now).await?;
    editor.record("halt.changed", &id.to_string(), json!({ "title": title, "until": until })).await?;
    app.service.wake();
    editor.go(super::PATH, Text::new("halt-changed").with("title", title))
}

/// What the form says of the halt that it changes.
fn told(halt: &Halt) -> Option<Value> {
    Some(context! {
        id => halt.id.to_string(),
        title => halt.title.as_str(),
        notice => halt.notice.as_ref().map(|notice| notice.subject.as_str()),
    })
}
