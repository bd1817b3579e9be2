//! Publishing: what changes, whom it touches, and the button. The gate is asked again when it is pressed.

use std::sync::Arc;

use axum::{
    Form,
    extract::Path,
    http::{StatusCode, header},
    response::IntoResponse,
};
use jiff::Timestamp;
use journey::{Change, Definition};
use measure::Selection;
use minijinja::context;
use serde::Deserialize;
use serde_json::json;
use service::{Impact, Publication, Published, Touch};
use store::JourneyRow;
use words::Window;

use super::{opened::Opened, show::standing, todo};
use crate::{
    language::Text,
    pages::naming,
    problem::{Answer, Problem},
    session::{Editor, Staff, Viewer},
    views::data,
};

/// Characters of what the publisher says of a version.
const NOTE_CHARS_MAX: usize = 500;

pub(super) async fn show(viewer: Viewer, Path(id): Path<String>) -> Answer {
    let opened = Opened::of(&viewer, &id).await?;
    page(&viewer, StatusCode::OK, &opened, "").await
}

#[derive(Deserialize)]
pub(super) struct Filled {
    #[serde(default)]
    note: String,
    /// The text that was looked at.
    hash: String,
}

pub(super) async fn publish(editor: Editor, Path(id): Path<String>, Form(filled): Form<Filled>) -> Answer {
    let opened = Opened::of(&editor, &id).await?;
    let note: String = filled.note.trim().chars().take(NOTE_CHARS_MAX).collect();
    let looked_at = opened.folder.hash().as_str() == filled.hash;
    if !looked_at || !opened.reading.publishable() || misnamed(&opened) {
        return page(&editor, StatusCode::CONFLICT, &opened, &note).await;
    }
    let now = editor.app.clock.now();
    let publisher = &editor.app.service.publisher;
    let made = publisher.publish(&editor.house.id, &opened.folder, Some(editor.account.id), &note, now).await?;
    match made {
        Publication::Live { number, told, .. } => {
            editor.app.store.delete_draft(&editor.house.id, &opened.row.id).await?;
            editor.record("journey.published", &id, json!({ "version": number, "note": note })).await?;
            editor.app.service.wake();
            // On trial the next question is whom it may reach; after that one wants to see the version among the others.
            let (done, next) = match opened.row.mode {
                store::Mode::Proof => ("draft-published-proof", "bereik"),
                store::Mode::Live => ("draft-published", "versies"),
            };
            let done = Text::new(done).with("number", number).with("told", told);
            editor.go(&format!("/klantreizen/{}/{next}", crate::pages::encoded(&id)), done)
        }
        Publication::Refused(_) => page(&editor, StatusCode::CONFLICT, &opened, &note).await,
        Publication::NoOrganisation => Err(Problem::NotFound),
    }
}

/// The text must speak of this journey: publishing one under another name would begin another.
fn misnamed(opened: &Opened) -> bool {
    opened.reading.definition.as_ref().is_none_or(|definition| definition.id != opened.row.id)
}

async fn page(staff: &Staff, status: StatusCode, opened: &Opened, note: &str) -> Answer {
    let language = staff.speech.language;
    let before = live_version(staff, &opened.row).await?;
    let touched = foreseen(staff, opened, before.as_deref()).await?.as_ref().map(shown);
    let changes = changes(opened, before.as_deref());
    let said: Vec<(Option<String>, String)> = changes
        .iter()
        .map(|change| (change.touchpoint.as_ref().map(ToString::to_string), change.sentence(language).to_owned()))
        .collect();
    let page = context! {
        id => opened.id(),
        journey => opened.title(),
        tab => "live",
        standing => standing(opened),
        paused => opened.row.paused,
        first => before.is_none(),
        changes => data(said),
        same => before.is_some() && opened.row.live.as_ref() == Some(&opened.folder.hash()),
        touched => touched.map(data),
        todo => data(todo::of(opened, &staff.speech)),
        in_the_way => todo::in_the_way(opened),
        misnamed => misnamed(opened),
        publishable => opened.reading.publishable() && !misnamed(opened),
        refused => status == StatusCode::CONFLICT,
        hash => opened.folder.hash().as_str(),
        note,
    };
    staff.render_as(status, "draft/live.html", page)
}

async fn live_version(staff: &Staff, row: &JourneyRow) -> Result<Option<Arc<Published>>, Problem> {
    let Some(hash) = &row.live else { return Ok(None) };
    Ok(staff.app.service.catalog.version(&row.organisation, &row.id, hash).await?)
}

fn changes(opened: &Opened, before: Option<&Published>) -> Vec<Change> {
    let (Some(before), Some(new)) = (before, &opened.reading.definition) else { return Vec::new() };
    let mut changes = journey::compare(&before.definition, new);
    changes.extend(journey::compare_messages(&before.folder, &opened.folder));
    changes
}

/// Whom publishing touches, as the page shows it.
#[derive(serde::Serialize)]
struct Shown {
    open: u64,
    pinned: bool,
    ending: u64,
    /// Titles of moments that go, with the open runs whose newest contact is there.
    gone: Vec<(String, u64)>,
    more: bool,
    rows: Vec<Row>,
}

/// How many wait at a moment, for how many it happens now, for how many it falls away.
#[derive(serde::Serialize)]
struct Row {
    title: String,
    waiting: usize,
    now: usize,
    leaving: usize,
}

fn shown(impact: &Impact) -> Shown {
    let row = |(id, title): &(words::TouchpointId, String)| Row {
        title: title.clone(),
        waiting: impact.count(id, Touch::Waiting),
        now: impact.count(id, Touch::Now),
        leaving: impact.count(id, Touch::Leaving),
    };
    let (open, pinned) = (impact.open, impact.open > 0 && impact.pinned == impact.open);
    Shown {
        open,
        pinned,
        ending: impact.ending,
        gone: impact.gone.clone(),
        more: impact.more,
        rows: impact.touchpoints.iter().map(row).collect(),
    }
}

async fn foreseen(staff: &Staff, opened: &Opened, before: Option<&Published>) -> Result<Option<Impact>, Problem> {
    let (Some(before), Some(new), false) = (before, &opened.reading.definition, misnamed(opened)) else {
        return Ok(None);
    };
    let now = staff.app.clock.now();
    Ok(Some(staff.app.service.publisher.foresee(&staff.house.id, &before.definition, new, now).await?))
}

/// Everyone whom publishing touches, as a file for a spreadsheet.
pub(super) async fn download(viewer: Viewer, Path(id): Path<String>) -> Answer {
    let opened = Opened::of(&viewer, &id).await?;
    let before = live_version(&viewer, &opened.row).await?;
    let impact = foreseen(&viewer, &opened, before.as_deref()).await?.unwrap_or_default();
    let person = |customer: &words::Customer| naming::person(customer, &viewer.speech);
    let bytes = impact.file(viewer.speech.language, person).ok_or(Problem::Broken)?;
    let name = format!("attachment; filename=\"{}-wie.csv\"", service::intake::slug(&id));
    let headers = [(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, bytes).into_response())
}

/// Customers who are under way.
pub(super) async fn open_runs(staff: &Staff, row: &JourneyRow) -> Result<u64, Problem> {
    match live_version(staff, row).await? {
        Some(live) => Ok(count(&summary(staff, &live.definition).await?.open)),
        None => Ok(0),
    }
}

async fn summary(staff: &Staff, definition: &Definition) -> Result<measure::Summary, Problem> {
    let now = staff.app.clock.now();
    let all = Selection::all(Window { from: Timestamp::MIN, until: Timestamp::MAX }, now);
    Ok(staff.app.service.figures.summary(&staff.house.id, definition, &all, now).await?)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a figure that counts is a whole number")]
fn count(figure: &words::Figure) -> u64 {
    figure.value.unwrap_or(0.0).round() as u64
}
