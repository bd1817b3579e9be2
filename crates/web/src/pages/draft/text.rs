//! The files of a draft as text, with what is wrong beside the line. It is saved even when it is wrong.

use axum::{
    Form,
    extract::{Path, Query},
    http::StatusCode,
};
use journey::{Folder, Severity};
use minijinja::context;
use serde::{Deserialize, Serialize};
use words::limits::{DEFINITION_BYTES_MAX, MESSAGE_BYTES_MAX};

use super::{
    draft_path,
    edit::{Edited, Pace, edit},
    fields::Fields,
    history,
    opened::Opened,
};
use crate::{
    language::Text,
    problem::{Answer, Problem},
    session::{Editor, Staff, Viewer},
    views::data,
};

#[derive(Deserialize)]
pub(super) struct Which {
    bestand: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Filled {
    file: String,
    text: String,
    digest: String,
}

/// A line of the text with what was found on it.
#[derive(Serialize)]
struct Line {
    number: usize,
    notes: Vec<Note>,
}

#[derive(Clone, Serialize)]
struct Note {
    line: usize,
    text: String,
    kind: &'static str,
    field: String,
}

pub(super) async fn show(viewer: Viewer, Path(id): Path<String>, Query(which): Query<Which>) -> Answer {
    let opened = Opened::of(&viewer, &id).await?;
    let file = which.bestand.unwrap_or_else(|| Folder::DEFINITION.to_owned());
    let text = opened.folder.get(&file).ok_or(Problem::NotFound)?.to_owned();
    page(&viewer, StatusCode::OK, &opened, &file, &text, None).await
}

pub(super) async fn save(editor: Editor, Path(id): Path<String>, Form(filled): Form<Filled>) -> Answer {
    // Browsers send line ends of their own; the text keeps plain ones.
    let text = filled.text.replace("\r\n", "\n");
    let max = if filled.file == Folder::DEFINITION { DEFINITION_BYTES_MAX } else { MESSAGE_BYTES_MAX };
    if text.len() > max {
        return Err(Problem::Invalid(Text::new("draft-too-large")));
    }
    let edited = edit(&editor, &id, Pace::Done, |opened| {
        let stands = opened.folder.get(&filled.file).ok_or(())?;
        if digest(stands) != filled.digest && stands != text {
            return Err(());
        }
        let mut folder = opened.folder.clone();
        folder.put(filled.file.as_str(), text.as_str());
        Ok(folder)
    });
    let back = draft_path(&id, &format!("/tekst?bestand={}", crate::pages::encoded(&filled.file)));
    match edited.await? {
        Edited::Saved => editor.go(&back, Text::new("draft-text-saved")),
        Edited::Same => editor.go(&back, Text::new("draft-same")),
        Edited::Refused(opened, ()) => {
            let stands = opened.folder.get(&filled.file).ok_or(Problem::NotFound)?.to_owned();
            page(&editor, StatusCode::CONFLICT, &opened, &filled.file, &text, Some(stands)).await
        }
    }
}

fn digest(text: &str) -> String {
    let mut fields = Fields::default();
    fields.put("text", text);
    fields.digest()
}

async fn page(
    staff: &Staff,
    status: StatusCode,
    opened: &Opened,
    file: &str,
    text: &str,
    theirs: Option<String>,
) -> Answer {
    let notes = notes(staff, opened, file);
    let count = text.lines().count().max(1);
    let of = |number: usize| notes.iter().filter(|note| note.line == number).cloned().collect();
    let lines: Vec<Line> = (1..=count).map(|number| Line { number, notes: of(number) }).collect();
    let files: Vec<(String, bool)> = opened.folder.files().map(|(name, _)| (name.to_owned(), name == file)).collect();
    let stands = opened.folder.get(file).unwrap_or_default();
    let page = context! {
        id => opened.id(),
        journey => opened.title(),
        tab => "text",
        file,
        files => data(files),
        text,
        rows => count + 1,
        lines => data(lines),
        notes => data(&notes),
        digest => digest(stands),
        theirs,
        saved_by => history::saved_by(staff, &opened.draft).await?,
        saved => opened.draft.updated.to_string(),
    };
    staff.render_as(status, "draft/text.html", page)
}

fn notes(staff: &Staff, opened: &Opened, file: &str) -> Vec<Note> {
    let found = opened.reading.found.iter().filter(|found| found.file() == file || found.file().is_empty());
    let mut notes: Vec<Note> = found
        .map(|found| Note {
            line: found.line(),
            text: found.text(staff.speech.language, &staff.speech.customer),
            kind: match found.severity() {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Gate => "gate",
            },
            field: found.field().into_owned(),
        })
        .collect();
    notes.sort_by_key(|note| note.line);
    notes
}
