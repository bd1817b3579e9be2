//! Rehearsing the draft: simulated customers, or what was recorded, before anybody gets anything.

mod drawn;
mod filled;
mod job;
mod listed;
mod shown;

use axum::{
    Form,
    extract::Path,
    http::{StatusCode, header},
    response::IntoResponse,
};
use jiff::SignedDuration;
use journey::Folder;
use minijinja::context;
use serde_json::json;
use sim::rehearse::{Habits, recorded_habits};
use store::Role;

pub(crate) use self::job::Rehearsals;
use self::{filled::Filled, job::Came, shown::shown};
use super::{draft_path, opened::Opened, show::standing};
use crate::{
    form::Remarks,
    jobs::Busy,
    language::Text,
    problem::{Answer, Problem},
    session::{Editor, Staff, Viewer},
};

/// Days in which is looked how customers behave, to begin with.
const LOOKED_BACK_DAYS: i64 = 60;

fn here(id: &str) -> String {
    draft_path(id, "/proefdraaien")
}

pub(super) async fn show(viewer: Viewer, Path(id): Path<String>) -> Answer {
    let opened = Opened::of(&viewer, &id).await?;
    page(&viewer, StatusCode::OK, &opened, Remarks::default(), None).await
}

pub(super) async fn start(editor: Editor, Path(id): Path<String>, Form(filled): Form<Filled>) -> Answer {
    let opened = Opened::of(&editor, &id).await?;
    let rehearsals = &editor.app.rehearsals;
    rehearsals.type_in(&opened.row, filled.clone(), editor.speech.now);
    let Ok(definition) = opened.definition() else {
        return page(&editor, StatusCode::CONFLICT, &opened, Remarks::default(), None).await;
    };
    let base = if opened.folder.get(Folder::SIMULATION).is_some() { None } else { Habits::assumed(definition) };
    let plan = match filled.plan(base) {
        Ok(plan) => plan,
        Err(remarks) => return page(&editor, StatusCode::UNPROCESSABLE_ENTITY, &opened, remarks, None).await,
    };
    match rehearsals.begin(&editor.app, &opened, plan) {
        Ok(()) => {
            editor.record("draft.rehearsed", &id, json!({ "way": filled.way() })).await?;
            Ok(axum::response::Redirect::to(&here(&id)).into_response())
        }
        Err(busy) => {
            let why = match busy {
                Busy::Same => Text::new("rehearse-busy"),
                Busy::Full => Text::new("rehearse-full"),
            };
            page(&editor, StatusCode::CONFLICT, &opened, Remarks::default(), Some(why)).await
        }
    }
}

pub(super) async fn stop(editor: Editor, Path(id): Path<String>) -> Answer {
    let rehearsals = &editor.app.rehearsals;
    if rehearsals.under_way(&editor.house.id).is_some_and(|one| one.journey.as_str() == id) {
        rehearsals.call_off(&editor.house.id);
        editor.record("draft.rehearsal_stopped", &id, json!({})).await?;
    }
    editor.go(&here(&id), Text::new("rehearse-stopping"))
}

/// Everybody for whom something differs, as a file for a spreadsheet.
pub(super) async fn download(viewer: Viewer, Path(id): Path<String>) -> Answer {
    let opened = Opened::of(&viewer, &id).await?;
    let (report, _) = viewer.app.rehearsals.kept(&opened.row);
    let report = report.ok_or(Problem::NotFound)?;
    let bytes = listed::file(&viewer, &report).await?.ok_or(Problem::Broken)?;
    let name = format!("attachment; filename=\"{}-proef.csv\"", service::intake::slug(&id));
    let headers = [(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, bytes).into_response())
}

async fn page(staff: &Staff, status: StatusCode, opened: &Opened, remarks: Remarks, refused: Option<Text>) -> Answer {
    let rehearsals = &staff.app.rehearsals;
    let under_way = rehearsals.under_way(&staff.house.id);
    let elsewhere = under_way.as_ref().filter(|one| one.journey != opened.row.id);
    let own = under_way.as_ref().filter(|one| one.journey == opened.row.id);
    let (report, came) = rehearsals.kept(&opened.row);
    let report = match report.filter(|_| own.is_none()) {
        Some(report) => Some(shown(staff, &report, opened).await?),
        None => None,
    };
    let ended = match came {
        Came::CalledOff => "called-off",
        Came::Failed => "failed",
        Came::Through => "",
    };
    let can_edit = staff.account.role >= Role::Editor;
    let written = opened.folder.get(Folder::SIMULATION).is_some();
    let habits = match opened.definition() {
        // Looking through what was recorded takes long; only whoever gets the form needs it.
        Ok(definition) if !written && own.is_none() && can_edit => {
            let since = staff.speech.now.saturating_sub(SignedDuration::from_hours(24 * LOOKED_BACK_DAYS));
            let since = since.unwrap_or(jiff::Timestamp::MIN);
            recorded_habits(staff.app.store.as_ref(), &staff.house.id, definition, since)
                .await
                .map_err(|error| job::told(&error))?
        }
        _ => None,
    };
    let typed = rehearsals.typed(&opened.row);
    let page = context! {
        id => opened.id(),
        journey => opened.title(),
        tab => "rehearse",
        standing => standing(opened),
        paused => opened.row.paused,
        readable => opened.reading.sound(),
        begins => opened.definition().is_ok_and(|definition| !definition.starts.is_empty()),
        first => opened.row.live.is_none(),
        written,
        form_values => filled::shown(&typed, habits.as_ref(), opened, &staff.speech),
        remarks => remarks.said_by(staff),
        remarked => filled::way_of(&typed, &remarks),
        refused => refused.map(|text| staff.say(&text)),
        under_way => own.map(|one| one.shown(&staff.speech)),
        elsewhere => elsewhere.map(|one| context! { id => one.journey.as_str(), title => one.title.as_str() }),
        ended,
        report,
    };
    staff.render_as(status, "draft/rehearse.html", page)
}
