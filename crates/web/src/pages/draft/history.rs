//! Earlier texts of a draft: who saved them when, and back to one of them.

use axum::{Form, extract::Path};
use journey::Folder;
use minijinja::context;
use serde::{Deserialize, Serialize};
use store::Draft;

use super::{
    draft_path,
    edit::{Edited, Pace, edit},
    opened::Opened,
};
use crate::{
    language::Text,
    problem::{Answer, Problem},
    session::{Editor, Staff, Viewer},
    views::data,
};

#[derive(Serialize)]
struct Row {
    revision: u64,
    saved: String,
    by: Option<String>,
}

pub(super) async fn list(viewer: Viewer, Path(id): Path<String>) -> Answer {
    let opened = Opened::of(&viewer, &id).await?;
    let mut rows = Vec::new();
    for draft in viewer.app.store.earlier_drafts(&viewer.house.id, &opened.row.id).await? {
        let by = saved_by(&viewer, &draft).await?;
        rows.push(Row { revision: draft.revision, saved: draft.updated.to_string(), by });
    }
    let page = context! {
        id => opened.id(),
        journey => opened.title(),
        tab => "earlier",
        rows => data(rows),
        saved => opened.draft.updated.to_string(),
        saved_by => saved_by(&viewer, &opened.draft).await?,
        revision => opened.draft.revision,
    };
    viewer.render("draft/earlier.html", page)
}

#[derive(Deserialize)]
pub(super) struct Back {
    revision: u64,
}

pub(super) async fn take_back(editor: Editor, Path(id): Path<String>, Form(back): Form<Back>) -> Answer {
    let opened = Opened::of(&editor, &id).await?;
    let store = &editor.app.store;
    let earlier = store.earlier_draft(&editor.house.id, &opened.row.id, back.revision).await?;
    let Some(earlier) = earlier else {
        return Err(Problem::Invalid(Text::new("draft-earlier-gone")));
    };
    let folder = Folder::new(earlier.files);
    let edited = edit::<()>(&editor, &id, Pace::Done, |_| Ok(folder.clone())).await?;
    let done = match edited {
        Edited::Saved => Text::new("draft-taken-back"),
        Edited::Same | Edited::Refused(..) => Text::new("draft-same"),
    };
    editor.go(&draft_path(&id, ""), done)
}

/// Who saved a draft last; `None` for the command line or someone who is gone.
pub(super) async fn saved_by(staff: &Staff, draft: &Draft) -> Result<Option<String>, Problem> {
    let Some(by) = draft.updated_by else { return Ok(None) };
    Ok(staff.app.store.account(&staff.house.id, by).await?.map(|account| account.name))
}
