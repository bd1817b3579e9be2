//! A new journey: a copy of a reference journey, or an empty one with the five usual phases.

use axum::{Form, http::StatusCode};
use journey::{Folder, Organisation};
use minijinja::context;
use serde::{Deserialize, Serialize};
use serde_json::json;
use service::reference;
use store::Draft;
use words::{JourneyId, Language};

use super::{along::along, beside::copied, draft_path, naming::id_of, opened};
use crate::{
    form::{self, Remarks},
    language::Text,
    pages::{naming, settings::kept},
    problem::{Answer, Problem},
    session::{Editor, Staff},
    views::data,
};

/// Characters of a title, as the language takes them.
const TITLE_CHARS_MAX: usize = 200;
/// Words of the addresses that lie beside a journey's own.
const TAKEN: [&str; 1] = ["nieuw"];

/// A reference journey as it is offered.
#[derive(Serialize)]
struct Card {
    id: String,
    title: String,
    /// Its own first comment.
    about: String,
    phases: Vec<String>,
    moments: usize,
    messages: usize,
    channels: String,
}

#[derive(Debug, Default, Deserialize, Serialize)]
pub(super) struct Filled {
    #[serde(default)]
    title: String,
    /// The reference journey; blank: empty.
    #[serde(default)]
    from: String,
}

pub(super) async fn show(editor: Editor) -> Answer {
    page(&editor, StatusCode::OK, &Filled::default(), &Remarks::default()).await
}

pub(super) async fn create(editor: Editor, Form(filled): Form<Filled>) -> Answer {
    let mut remarks = Remarks::default();
    let title = form::line(&filled.title, TITLE_CHARS_MAX);
    remarks.expect(title.is_some(), "title", "remark-name");
    let journeys = reference::journeys();
    let from = (!filled.from.is_empty()).then(|| journeys.get(&filled.from));
    remarks.expect(from != Some(None), "from", "remark-choice");
    let (Some(title), true) = (title, remarks.is_empty()) else {
        return page(&editor, StatusCode::UNPROCESSABLE_ENTITY, &filled, &remarks).await;
    };
    let rows = editor.app.store.journeys(&editor.house.id).await?;
    let taken = |id: &str| TAKEN.contains(&id) || rows.iter().any(|row| row.id.as_str() == id);
    let id = id_of(&title, "klantreis", taken);
    let folder = match from.flatten() {
        Some(sample) => copied(sample, &id, &title)?,
        None => reference::empty(&id, &title),
    };
    keep(&editor, &id, &title, &folder).await?;
    let brought = bring_along(&editor, &folder).await?;
    let done = match brought.as_slice() {
        [] => Text::new("draft-journey-begun"),
        _ => Text::new("start-along").with("names", brought.join(", ")),
    };
    editor.go(&draft_path(&id, ""), done.with("title", title))
}

/// The links and personas of the sample that the organisation does not have yet; what came along, in words.
async fn bring_along(editor: &Editor, folder: &Folder) -> Result<Vec<String>, Problem> {
    let of_samples = Organisation::parse(&reference::organisation()).0;
    let Some(definition) = journey::parse(folder, &of_samples).definition else { return Ok(Vec::new()) };
    let row = kept::row(&editor.app, editor).await?;
    let along = along(&row.text, &of_samples, &definition, folder);
    kept::keep(editor, row, along.text).await?;
    Ok(along.brought.iter().map(|text| editor.say(text)).collect())
}

/// Keeps a journey that is new, with its draft.
pub(crate) async fn keep(staff: &Staff, id: &str, title: &str, folder: &Folder) -> Result<(), Problem> {
    let (store, now) = (&staff.app.store, staff.speech.now);
    let id = JourneyId::new(id);
    let row = service::new_row(&staff.house.id, &id, now);
    store.save_journey(store::JourneyRow { title: title.to_owned(), ..row }).await?;
    let draft = Draft {
        organisation: staff.house.id.clone(),
        journey: id.clone(),
        files: opened::files(folder),
        base: None,
        revision: 0,
        updated: now,
        updated_by: Some(staff.account.id),
    };
    store.save_draft(draft).await?;
    staff.record("journey.begun", id.as_str(), json!({ "title": title })).await
}

async fn page(staff: &Staff, status: StatusCode, filled: &Filled, remarks: &Remarks) -> Answer {
    let organisation = opened::shared(&staff.app, &staff.house.id).await?;
    let cards: Vec<Card> =
        reference::journeys().iter().filter_map(|(id, folder)| card(staff, id, folder, &organisation)).collect();
    let page = context! { filled => data(filled), cards => data(cards), remarks => remarks.said_by(staff) };
    staff.render_as(status, "draft/new.html", page)
}

/// A journey without messages was drawn from a log of someone else's customers: nothing to begin with.
fn card(staff: &Staff, id: &str, folder: &Folder, organisation: &Organisation) -> Option<Card> {
    if folder.messages().is_empty() {
        return None;
    }
    let definition = journey::parse(folder, organisation).definition?;
    let text = folder.get(Folder::DEFINITION)?;
    let about: Vec<&str> =
        text.lines().take_while(|line| line.starts_with('#')).map(|line| line.trim_start_matches('#').trim()).collect();
    let mut channels: Vec<String> = Vec::new();
    for channel in definition.touchpoints.iter().flat_map(|touchpoint| &touchpoint.channels) {
        let said = naming::channel(&staff.speech, channel.as_str());
        if !channels.contains(&said) {
            channels.push(said);
        }
    }
    Some(Card {
        id: id.to_owned(),
        title: definition.title.clone(),
        about: about.join(" "),
        phases: definition.phases.iter().map(|phase| phase.title.clone()).collect(),
        moments: definition.touchpoints.len(),
        messages: folder.messages().into_iter().filter(|name| folder.message(name, Language::Nl).is_some()).count(),
        channels: channels.join(", "),
    })
}
