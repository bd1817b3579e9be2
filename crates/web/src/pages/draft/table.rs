//! The table that edits everything: one form of all rows, and buttons that also save what was typed.

use std::collections::BTreeMap;

use axum::{Form, extract::Path, http::StatusCode};
use journey::{Definition, Edit, Facts, Folder, Refused, Touchpoint};

use super::{
    draft_path,
    edit::{Edited, Pace, edit, patched},
    fields::Fields,
    moment::{self, edits_of, form_of},
    naming::id_of,
    opened::Opened,
    phase::{self, Way},
    show::{self, Typed},
};
use crate::{language::Text, problem::Answer, session::Editor};

/// What a row of the table shows of a moment.
const COLUMNS: [&str; 7] = ["title", "phase", "category", "from", "by", "need", "expected"];

/// The part of a moment that the table shows.
pub(super) fn row_of(touchpoint: &Touchpoint) -> Fields {
    // No column shows a condition, so the types of facts do not matter here.
    let mut row = form_of(touchpoint, &Facts::new());
    row.retain(|name| COLUMNS.contains(&name));
    row
}

/// Why the table was not saved.
#[derive(Default)]
struct Trouble {
    /// By row: `m.<id>` or `p.<id>`.
    remarks: BTreeMap<String, String>,
    message: Option<Text>,
}

impl Trouble {
    fn of(row: String, remark: String) -> Self {
        Self { remarks: BTreeMap::from([(row, remark)]), message: None }
    }

    fn because(message: Text) -> Self {
        Self { remarks: BTreeMap::new(), message: Some(message) }
    }
}

pub(super) async fn save(editor: Editor, Path(id): Path<String>, Form(posted): Form<Vec<(String, String)>>) -> Answer {
    let posted = Fields::posted(posted);
    let language = editor.speech.language;
    let command = Command::of(&posted);
    let edited = edit(&editor, &id, Pace::Done, |opened| {
        let saved = rows(opened, &posted, language)?;
        command.run(opened, saved, language)
    });
    match edited.await? {
        Edited::Saved => editor.go(&draft_path(&id, &command.anchor()), command.done()),
        Edited::Same => editor.go(&draft_path(&id, &command.anchor()), Text::new("draft-same")),
        Edited::Refused(opened, trouble) => {
            let typed = Typed {
                fields: posted,
                remarks: trouble.remarks,
                message: trouble.message.map(|text| editor.say(&text)),
                pressed: String::new(),
            };
            show::page(&editor, StatusCode::UNPROCESSABLE_ENTITY, &opened, typed).await
        }
    }
}

/// The folder with the rows as typed.
fn rows(opened: &Opened, posted: &Fields, language: words::Language) -> Result<Folder, Trouble> {
    let definition = opened.definition().map_err(|_| Trouble::because(Text::new("draft-unreadable")))?;
    let mut folder = opened.folder.clone();
    let mut trouble = Trouble::default();
    for touchpoint in &definition.touchpoints {
        let id = touchpoint.id.as_str();
        let was = posted.get(&format!("was.{id}"));
        if was.is_empty() {
            continue;
        }
        let (stands, typed) = (row_of(touchpoint), typed_row(posted, id));
        // A row that nobody touched may be older than what a colleague made of it.
        if stands.differing(&typed).is_empty() || typed.digest() == was {
            continue;
        }
        if stands.digest() != was {
            trouble.message = Some(Text::new("draft-row-overtaken").with("title", touchpoint.title.as_str()));
            continue;
        }
        match patched(&folder, &edits_of(id, &stands, &typed, &definition.facts)) {
            Ok(changed) => folder = changed,
            Err((_, refused)) => {
                trouble.remarks.insert(format!("m.{id}"), refused.message(language));
            }
        }
    }
    for phase in &definition.phases {
        let id = phase.id.as_str();
        for (key, stands) in [("title", phase.title.as_str()), ("band", phase.band.as_str())] {
            let typed = posted.get(&format!("p.{id}.{key}"));
            if typed.is_empty() || typed == stands {
                continue;
            }
            match patched(&folder, &[Edit::set(format!("phases.{id}.{key}"), typed)]) {
                Ok(changed) => folder = changed,
                Err((_, refused)) => {
                    trouble.remarks.insert(format!("p.{id}"), refused.message(language));
                }
            }
        }
    }
    if trouble.remarks.is_empty() && trouble.message.is_none() { Ok(folder) } else { Err(trouble) }
}

/// What was typed in a row.
pub(super) fn typed_row(posted: &Fields, id: &str) -> Fields {
    COLUMNS.iter().map(|column| ((*column).to_owned(), posted.get(&format!("m.{id}.{column}")).to_owned())).collect()
}

/// The button that was pressed.
enum Command {
    Save,
    Shift(String, Way),
    Remove(String),
    Add(String, String),
    ShiftPhase(String, Way),
    RemovePhase(String),
    AddPhase(String),
}

impl Command {
    fn of(posted: &Fields) -> Self {
        let (verb, id) = posted.get("do").split_once(':').unwrap_or((posted.get("do"), ""));
        let id = id.to_owned();
        match verb {
            "omhoog" => Self::Shift(id, Way::Up),
            "omlaag" => Self::Shift(id, Way::Down),
            "weg" => Self::Remove(id),
            "erbij" => {
                let title = posted.get(&format!("new.{id}")).to_owned();
                Self::Add(id, title)
            }
            "fase-omhoog" => Self::ShiftPhase(id, Way::Up),
            "fase-omlaag" => Self::ShiftPhase(id, Way::Down),
            "fase-weg" => Self::RemovePhase(id),
            "fase-erbij" => Self::AddPhase(posted.get("new_phase").to_owned()),
            _ => match posted.group("new").into_iter().next() {
                // Enter in the field of a new moment presses the first button, which saves.
                Some((name, title)) => Self::Add(name.trim_start_matches("new.").to_owned(), title.to_owned()),
                None if posted.has("new_phase") => Self::AddPhase(posted.get("new_phase").to_owned()),
                None => Self::Save,
            },
        }
    }

    fn run(&self, opened: &Opened, folder: Folder, language: words::Language) -> Result<Folder, Trouble> {
        let definition = reread(&folder, opened);
        let Some(definition) = definition else { return Ok(folder) };
        let said = |row: String| move |(_, refused): (Edit, Refused)| Trouble::of(row, refused.message(language));
        match self {
            Self::Save => Ok(folder),
            Self::Shift(id, way) => {
                patched(&folder, &phase::shift_moment(&definition, id, *way)).map_err(said(format!("m.{id}")))
            }
            Self::Remove(id) => {
                let edit = Edit::Delete { list: "touchpoints".to_owned(), id: id.clone() };
                patched(&folder, &[edit]).map_err(said(format!("m.{id}")))
            }
            Self::Add(_, title) | Self::AddPhase(title) if title.is_empty() => {
                Err(Trouble::because(Text::new("draft-new-title-missing")))
            }
            Self::Add(phase, title) => {
                let taken = |id: &str| definition.touchpoints.iter().any(|one| one.id.as_str() == id);
                let id = id_of(title, "moment", taken);
                let edit = phase::add_moment(&definition, phase, moment::new(&id, phase, title));
                patched(&folder, &[edit]).map_err(said(format!("p.{phase}")))
            }
            Self::ShiftPhase(id, way) => {
                patched(&folder, &phase::shift_phase(&definition, id, *way)).map_err(said(format!("p.{id}")))
            }
            Self::RemovePhase(id) => {
                if definition.touchpoints.iter().any(|one| one.phase.as_str() == id) {
                    return Err(Trouble::because(Text::new("draft-phase-not-empty")));
                }
                let edit = Edit::Delete { list: "phases".to_owned(), id: id.clone() };
                patched(&folder, &[edit]).map_err(said(format!("p.{id}")))
            }
            Self::AddPhase(title) => {
                let taken = |id: &str| definition.phases.iter().any(|phase| phase.id.as_str() == id);
                let id = id_of(title, "fase", taken);
                patched(&folder, &[phase::add_phase(&definition, &id, title)]).map_err(said("new_phase".to_owned()))
            }
        }
    }

    fn done(&self) -> Text {
        Text::new(match self {
            Self::Save => "draft-saved",
            Self::Shift(..) | Self::ShiftPhase(..) => "draft-moved",
            Self::Remove(_) => "draft-moment-removed",
            Self::Add(..) => "draft-moment-added",
            Self::RemovePhase(_) => "draft-phase-removed",
            Self::AddPhase(_) => "draft-phase-added",
        })
    }

    /// Where to come back to on the page.
    fn anchor(&self) -> String {
        match self {
            // Back on the button, so that one can press it again. A target in the address would take the focus away.
            Self::Shift(id, way) => format!("?knop={}:{id}", way.button()),
            Self::ShiftPhase(phase, way) => format!("?knop=fase-{}:{phase}", way.button()),
            Self::Add(phase, _) => format!("#p-{phase}"),
            _ => "#momenten".to_owned(),
        }
    }
}

fn reread(folder: &Folder, opened: &Opened) -> Option<Definition> {
    journey::parse(folder, &opened.organisation).definition
}
