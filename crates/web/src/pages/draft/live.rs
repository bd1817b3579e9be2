//! Publishing: what changes, whom it touches, and the button. The gate is asked again when it is pressed.

use axum::{Form, extract::Path, http::StatusCode};
use jiff::Timestamp;
use journey::{Change, Definition};
use measure::Selection;
use minijinja::context;
use serde::Deserialize;
use serde_json::json;
use service::Publication;
use store::JourneyRow;
use words::Window;

use super::{opened::Opened, show::standing, todo};
use crate::{
    language::Text,
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
    let touched = match (&before, &opened.reading.definition) {
        (Some((old, _)), Some(new)) => Some(touched(staff, old, new).await?),
        _ => None,
    };
    let changes = changes(opened, before.as_ref());
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

async fn live_version(staff: &Staff, row: &JourneyRow) -> Result<Option<(Definition, journey::Folder)>, Problem> {
    let Some(hash) = &row.live else { return Ok(None) };
    let version = staff.app.service.catalog.version(&row.organisation, &row.id, hash).await?;
    Ok(version.map(|version| ((*version.definition).clone(), version.folder.clone())))
}

fn changes(opened: &Opened, before: Option<&(Definition, journey::Folder)>) -> Vec<Change> {
    let (Some((old, old_folder)), Some(new)) = (before, &opened.reading.definition) else { return Vec::new() };
    let mut changes = journey::compare(old, new);
    changes.extend(journey::compare_messages(old_folder, &opened.folder));
    changes
}

/// Open runs, and those that stand at a moment that goes.
#[derive(serde::Serialize)]
struct Touched {
    open: u64,
    /// Titles of moments that go, with the open runs whose newest contact is there.
    gone: Vec<(String, u64)>,
    /// Open runs keep the version they started with.
    pinned: bool,
}

async fn touched(staff: &Staff, old: &Definition, new: &Definition) -> Result<Touched, Problem> {
    let summary = summary(staff, old).await?;
    let gone = old.touchpoints.iter().filter(|one| new.touchpoint(&one.id).is_none());
    let waiting = |one: &journey::Touchpoint| {
        let figures = summary.touchpoints.iter().find(|figures| figures.id == one.id);
        (one.title.clone(), figures.map_or(0, |figures| count(&figures.fates.open)))
    };
    Ok(Touched { open: count(&summary.open), gone: gone.map(waiting).collect(), pinned: new.pin })
}

/// Customers who are under way.
pub(super) async fn open_runs(staff: &Staff, row: &JourneyRow) -> Result<u64, Problem> {
    match live_version(staff, row).await? {
        Some((definition, _)) => Ok(count(&summary(staff, &definition).await?.open)),
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
