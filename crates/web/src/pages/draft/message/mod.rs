//! The form of a message: its texts, what may be filled in, and how every channel would show it.

mod chips;
mod frame;
mod noted;
mod preview;
mod shown;
mod trial;

use axum::{
    Form,
    extract::{Path, Query},
    http::StatusCode,
};
use journey::Folder;
use serde::Deserialize;
use voice::{Declared, Fault, Field, Message};
use words::{Channel, Language, limits::MESSAGE_BYTES_MAX};

pub(super) use frame::{mail, paper};
use preview::{Around, As};
use shown::{Standing, page};

use super::{
    draft_path,
    edit::{Edited, Pace, edit},
    fields::Fields,
    opened::Opened,
    people::{self, Person},
};
use crate::{
    language::Text,
    problem::{Answer, Problem},
    session::{Editor, Staff, Viewer},
};

/// Characters of a message's name.
const NAME_CHARS_MAX: usize = 60;

#[derive(Default, Deserialize)]
pub(super) struct Asked {
    taal: Option<String>,
    #[serde(rename = "als")]
    seen_as: Option<String>,
    /// A customer who is searched for.
    zoek: Option<String>,
}

/// Which message is shown, and to whom.
struct Which<'a> {
    name: &'a str,
    language: Language,
    seen_as: &'a str,
    search: &'a str,
}

pub(super) async fn show(
    viewer: Viewer,
    Path((id, name)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Answer {
    let opened = Opened::of(&viewer, &id).await?;
    let language = language(&opened, asked.taal.as_deref());
    known(&opened, &name)?;
    let source = opened.folder.message(&name, language).unwrap_or_default().to_owned();
    let which = Which {
        name: &name,
        language,
        seen_as: asked.seen_as.as_deref().unwrap_or_default(),
        search: asked.zoek.as_deref().unwrap_or_default(),
    };
    let stands = fields_of(&source, language);
    page(&viewer, StatusCode::OK, &opened, &which, &Standing { source: &source, fields: &stands, refused: None }).await
}

pub(super) async fn save(
    editor: Editor,
    Path((id, name)): Path<(String, String)>,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    let posted = Fields::posted(posted);
    let opened = Opened::of(&editor, &id).await?;
    known(&opened, &name)?;
    let language = language(&opened, Some(posted.get("taal")));
    let which = Which { name: &name, language, seen_as: posted.get("als"), search: posted.get("zoek") };
    let mut typed = posted.clone();
    typed.retain(|name| Field::parse(name).is_some());
    match posted.get("do").split_once('.').unwrap_or((posted.get("do"), "")) {
        ("bekijk", _) => look(&editor, &opened, &which, &typed).await,
        ("vervang", number) => replace(&editor, &opened, &which, &typed, number).await,
        ("proef", channel) => try_out(&editor, &opened, &which, &typed, &Channel::new(channel)).await,
        (done, _) => write(&editor, opened, &which, &typed, (posted.get("seen_digest"), done == "houd")).await,
    }
}

/// The page as if what was typed were saved.
async fn look(staff: &Staff, opened: &Opened, which: &Which<'_>, typed: &Fields) -> Answer {
    let source = opened.folder.message(which.name, which.language).unwrap_or_default();
    let patched = patched(source, typed, which.language).unwrap_or_else(|_| source.to_owned());
    page(staff, StatusCode::OK, opened, which, &Standing { source: &patched, fields: typed, refused: None }).await
}

/// Another wording in the place of what was remarked; still to be saved.
async fn replace(staff: &Staff, opened: &Opened, which: &Which<'_>, typed: &Fields, number: &str) -> Answer {
    let source = opened.folder.message(which.name, which.language).unwrap_or_default();
    let declared = Declared::of(opened.definition()?, &opened.organisation, which.name);
    let patched = patched(source, typed, which.language).ok();
    let message = patched.and_then(|patched| Message::parse(&patched, which.language).ok());
    let changed = message.zip(number.parse().ok()).and_then(|(message, number)| {
        noted::applied(typed, &noted::rows(&message, &declared, staff.speech.language), number)
    });
    look(staff, opened, which, changed.as_ref().unwrap_or(typed)).await
}

/// Sends what was typed to oneself. Nothing is saved.
async fn try_out(staff: &Staff, opened: &Opened, which: &Which<'_>, typed: &Fields, channel: &Channel) -> Answer {
    let source = opened.folder.message(which.name, which.language).unwrap_or_default();
    let unreadable = || Problem::Invalid(Text::new("write-unreadable"));
    let patched = patched(source, typed, which.language).map_err(|_| unreadable())?;
    let message = Message::parse(&patched, which.language).map_err(|_| unreadable())?;
    let people = people::on(staff, &opened.row.id).await?;
    let wanted = As::read(which.seen_as, people.len());
    let found = seen_by(staff, opened, &wanted).await?;
    let declared = Declared::of(opened.definition()?, &opened.organisation, which.name);
    let context =
        Around::of(staff, opened, &[], which.name).context(&message, &declared, &people, found.as_ref(), &wanted);
    let to = trial::send(staff, channel, &message, &context).await?;
    staff.go(&path(opened, which), Text::new("write-trial-sent").with("to", to))
}

/// Saves. `in_passing`: while somebody types, so that the page comes back as it stands now.
async fn write(
    staff: &Staff,
    opened: Opened,
    which: &Which<'_>,
    typed: &Fields,
    (seen, in_passing): (&str, bool),
) -> Answer {
    let (name, language) = (which.name, which.language);
    let file = Folder::message_file(name, language);
    let pace = if in_passing { Pace::Typing } else { Pace::Done };
    let edited = edit(staff, opened.id(), pace, |opened| {
        let source = opened.folder.message(name, language).unwrap_or_default();
        let stands = fields_of(source, language);
        if stands.digest() != seen && stands != *typed {
            return Err((true, Vec::new()));
        }
        let text = patched(source, typed, language).map_err(|faults| (false, faults))?;
        let mut folder = opened.folder.clone();
        folder.put(file.as_str(), text);
        Ok(folder)
    });
    match edited.await? {
        Edited::Saved | Edited::Same if in_passing => {
            let opened = Opened::of(staff, opened.id()).await?;
            let source = opened.folder.message(name, language).unwrap_or_default().to_owned();
            let stands = fields_of(&source, language);
            let standing = Standing { source: &source, fields: &stands, refused: None };
            page(staff, StatusCode::OK, &opened, which, &standing).await
        }
        Edited::Saved => staff.go(&path(&opened, which), Text::new("write-saved")),
        Edited::Same => staff.go(&path(&opened, which), Text::new("draft-same")),
        Edited::Refused(opened, (overtaken, faults)) => {
            let source = opened.folder.message(name, language).unwrap_or_default().to_owned();
            let status = if overtaken { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
            let standing = Standing { source: &source, fields: typed, refused: Some(faults) };
            page(staff, status, &opened, which, &standing).await
        }
    }
}

/// The page of a message in the language, and as whom, it is looked at.
fn path(opened: &Opened, which: &Which<'_>) -> String {
    let seen_as =
        if which.seen_as.is_empty() { String::new() } else { format!("&als={}", crate::pages::encoded(which.seen_as)) };
    let tail = format!("/bericht/{}?taal={}{seen_as}", crate::pages::encoded(which.name), which.language.tag());
    draft_path(opened.id(), &tail)
}

/// The customer who was searched for, when one is seen so.
async fn seen_by(staff: &Staff, opened: &Opened, wanted: &As) -> Result<Option<Person>, Problem> {
    match wanted {
        As::Found(id) => people::one(staff, &opened.row.id, *id).await,
        _ => Ok(None),
    }
}

/// The language that is asked for, else the journey's own.
fn language(opened: &Opened, asked: Option<&str>) -> Language {
    asked.filter(|tag| !tag.is_empty()).and_then(Language::from_tag).unwrap_or_else(|| opened.language())
}

/// A message is there when a file or a moment names it.
fn known(opened: &Opened, name: &str) -> Result<(), Problem> {
    let named = || {
        let touchpoints = opened.reading.definition.iter().flat_map(|definition| &definition.touchpoints);
        let mut names = touchpoints.flat_map(|one| one.send.iter().chain(&one.variants));
        names.any(|other| other == name)
    };
    let is_file = Folder::is_message(&Folder::message_file(name, Language::Nl)) && name.len() <= NAME_CHARS_MAX;
    let exists = is_file && (opened.folder.messages().contains(&name) || named());
    exists.then_some(()).ok_or(Problem::NotFound)
}

fn fields_of(source: &str, language: Language) -> Fields {
    match Message::parse(source, language) {
        Ok(message) => message
            .fields()
            .into_iter()
            .map(|(field, text)| (field.to_string(), text.source.trim().to_owned()))
            .collect(),
        // What cannot be taken apart is shown whole in the text view.
        Err(_) => Fields::default(),
    }
}

/// The file with what was typed; comments and what was not changed stay.
fn patched(source: &str, typed: &Fields, language: Language) -> Result<String, Vec<Fault>> {
    let stands = fields_of(source, language);
    let mut text = source.to_owned();
    for name in stands.differing_names(typed) {
        let Some(field) = Field::parse(&name) else { continue };
        let value = typed.get(&name);
        text = voice::patch(&text, &field, (!value.is_empty()).then_some(value))?;
    }
    if text.len() > MESSAGE_BYTES_MAX {
        // Says in the reader's words how large it may be.
        Message::parse(&text, language)?;
    }
    Ok(text)
}
