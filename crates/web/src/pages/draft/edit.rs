//! Changing a draft: the newest text is read, changed and saved; when a colleague was quicker, once more on theirs.

use journey::{Edit, Folder, Refused};
use serde_json::json;
use store::{Draft, Saved};

use super::opened::{Opened, files};
use crate::{Problem, language::Text, session::Staff};

/// Attempts before a page gives up; each lost one means that a colleague saved in that very moment.
const ATTEMPTS_MAX: usize = 5;

/// What came of an edit.
pub(super) enum Edited<R> {
    /// Saved.
    Saved,
    /// Nothing had changed.
    Same,
    /// The change was refused; nothing is saved.
    Refused(Box<Opened>, R),
}

/// Whether somebody is done, or still typing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pace {
    /// What stood there before is kept, and the log book tells.
    Done,
    /// Saved in passing, again and again.
    Typing,
}

/// Changes a draft. `change` gets the newest draft and gives the folder as it should be, or why not.
pub(super) async fn edit<R>(
    staff: &Staff,
    id: &str,
    pace: Pace,
    change: impl Fn(&Opened) -> Result<Folder, R>,
) -> Result<Edited<R>, Problem> {
    for _ in 0..ATTEMPTS_MAX {
        let opened = Opened::of(staff, id).await?;
        let folder = match change(&opened) {
            Ok(folder) => folder,
            Err(refused) => return Ok(Edited::Refused(Box::new(opened), refused)),
        };
        let opened_by = opened.draft.updated_by;
        if folder == opened.folder {
            return Ok(Edited::Same);
        }
        let draft = Draft {
            files: files(&folder),
            updated: staff.speech.now,
            updated_by: Some(staff.account.id),
            ..opened.draft.clone()
        };
        let store = &staff.app.store;
        let saved = match pace {
            Pace::Done => store.save_draft(draft).await,
            Pace::Typing => store.keep_draft(draft).await,
        };
        match saved {
            Ok(Saved::Saved(_)) => {
                retitle(staff, opened, &folder).await?;
                let is_own = opened_by == Some(staff.account.id);
                if pace == Pace::Done || !is_own {
                    staff.record("draft.changed", id, json!({})).await?;
                }
                return Ok(Edited::Saved);
            }
            Ok(Saved::Overtaken(_)) => {}
            Err(store::Error::TooMuch { .. }) => return Err(Problem::Invalid(Text::new("draft-too-large"))),
            Err(error) => return Err(error.into()),
        }
    }
    Err(Problem::Busy)
}

/// A journey that was never published goes by the title of its draft.
async fn retitle(staff: &Staff, opened: Opened, folder: &Folder) -> Result<(), Problem> {
    if opened.row.live.is_some() {
        return Ok(());
    }
    let opened = opened.with(folder);
    let title = opened.title().to_owned();
    if title != opened.row.title {
        staff.app.store.save_journey(store::JourneyRow { title, ..opened.row }).await?;
    }
    Ok(())
}

/// Makes edits on the definition, one after another; the first that is refused stops.
pub(super) fn patched(folder: &Folder, edits: &[Edit]) -> Result<Folder, (Edit, Refused)> {
    let mut text = folder.get(Folder::DEFINITION).unwrap_or_default().to_owned();
    for edit in edits {
        text = journey::patch(&text, edit).map_err(|refused| (edit.clone(), refused))?;
    }
    let mut folder = folder.clone();
    folder.put(Folder::DEFINITION, text);
    Ok(folder)
}
