//! The versions of a journey, and a draft from an older one.

use axum::extract::Path;
use journey::{Definition, Folder, Phase, Saying, Touchpoint};
use minijinja::context;
use serde::Serialize;
use service::workbench;
use store::{JourneyRow, Version};

use super::{
    draft_path,
    edit::{Edited, Pace, edit},
    opened,
};
use crate::{
    language::Text,
    pages::naming,
    problem::{Answer, Problem},
    session::{Editor, Staff, Viewer},
    views::data,
};

#[derive(Serialize)]
struct Row {
    number: u32,
    published: String,
    by: Option<String>,
    note: String,
    live: bool,
    hash: String,
}

/// A phase of a version, and its moments: title, need, what makes it happen.
type Group = (String, Vec<(String, Option<String>, Option<String>)>);

pub(super) async fn list(viewer: Viewer, Path(id): Path<String>) -> Answer {
    let row = opened::row(&viewer.app, &viewer.house.id, &id).await?;
    let mut rows = Vec::new();
    for version in viewer.app.store.versions(&viewer.house.id, &row.id).await? {
        rows.push(shown(&viewer, &row, &version).await?);
    }
    let page = context! {
        id => row.id.as_str(),
        journey => row.title.as_str(),
        tab => "versions",
        rows => data(rows),
        has_draft => viewer.app.store.draft(&row.organisation, &row.id).await?.is_some(),
    };
    viewer.render("draft/versions.html", page)
}

pub(super) async fn show(viewer: Viewer, Path((id, number)): Path<(String, u32)>) -> Answer {
    let (row, version) = numbered(&viewer, &id, number).await?;
    let organisation = opened::shared(&viewer.app, &viewer.house.id).await?;
    let folder = Folder::new(version.files.clone());
    let reading = workbench::read(&folder, &organisation);
    let groups: Vec<Group> = reading
        .definition
        .iter()
        .flat_map(|definition| groups(naming::saying(definition, &viewer.speech), definition))
        .collect();
    let files: Vec<(String, String)> = version.files.iter().map(|(name, text)| (name.clone(), text.clone())).collect();
    let page = context! {
        id => row.id.as_str(),
        journey => row.title.as_str(),
        tab => "versions",
        version => data(shown(&viewer, &row, &version).await?),
        groups => data(groups),
        files => data(files),
    };
    viewer.render("draft/version.html", page)
}

fn groups(saying: Saying<'_>, definition: &Definition) -> Vec<Group> {
    let told = |one: &Touchpoint| {
        let when = one.when.as_ref().map(|when| saying.when(when));
        (one.title.clone(), one.need.clone(), when)
    };
    let of = |phase: &Phase| {
        let inside = definition.touchpoints.iter().filter(|one| one.phase == phase.id);
        (phase.title.clone(), inside.map(told).collect())
    };
    definition.phases.iter().map(of).collect()
}

/// Puts an older version in the draft; what stood there can be taken back.
pub(super) async fn draft_from(editor: Editor, Path((id, number)): Path<(String, u32)>) -> Answer {
    let (_, version) = numbered(&editor, &id, number).await?;
    let folder = Folder::new(version.files);
    let done = match edit::<()>(&editor, &id, Pace::Done, |_| Ok(folder.clone())).await? {
        Edited::Saved => Text::new("draft-from-version").with("number", number),
        Edited::Same | Edited::Refused(..) => Text::new("draft-same"),
    };
    editor.go(&draft_path(&id, ""), done)
}

async fn numbered(staff: &Staff, id: &str, number: u32) -> Result<(JourneyRow, Version), Problem> {
    let row = opened::row(&staff.app, &staff.house.id, id).await?;
    let versions = staff.app.store.versions(&staff.house.id, &row.id).await?;
    let hash = versions.into_iter().find(|version| version.number == number).ok_or(Problem::NotFound)?.hash;
    let version = staff.app.store.version(&staff.house.id, &row.id, &hash).await?.ok_or(Problem::NotFound)?;
    Ok((row, version))
}

async fn shown(staff: &Staff, row: &JourneyRow, version: &Version) -> Result<Row, Problem> {
    let by = match version.published_by {
        Some(by) => staff.app.store.account(&staff.house.id, by).await?.map(|account| account.name),
        None => None,
    };
    Ok(Row {
        number: version.number,
        published: version.published.to_string(),
        by,
        note: version.note.clone(),
        live: row.live.as_ref() == Some(&version.hash),
        hash: version.hash.short().to_owned(),
    })
}
