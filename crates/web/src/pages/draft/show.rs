//! The draft: what publishing still needs, and the table that edits everything.

use std::collections::BTreeMap;

use axum::{
    extract::{Path, Query},
    http::StatusCode,
};
use journey::{Definition, Phase, Touchpoint};
use minijinja::{Value, context};
use serde::{Deserialize, Serialize};
use words::{Band, Category, Language, Performer, Starter};

use super::{
    fields::Fields,
    history,
    opened::Opened,
    table::{row_of, typed_row},
    todo,
};
use crate::{
    pages::naming,
    problem::Answer,
    session::{Staff, Viewer},
    views::data,
};

/// What was typed in the table and not saved, with what is wrong with it.
#[derive(Default)]
pub(super) struct Typed {
    pub(super) fields: Fields,
    /// By row: `m.<id>`, `p.<id>`.
    pub(super) remarks: BTreeMap<String, String>,
    pub(super) message: Option<String>,
    /// The arrow that was pressed, as its button says it: `omhoog:<id>`, `fase-omlaag:<id>`.
    pub(super) pressed: String,
}

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default, rename = "knop")]
    pressed: String,
}

/// A row of the table.
#[derive(Serialize)]
struct Row {
    id: String,
    /// As it stands, while another title is being typed.
    was_title: String,
    /// By column.
    cells: BTreeMap<String, String>,
    digest: String,
    channels: String,
    /// What makes it happen, in words.
    trigger: Option<String>,
    send: Option<String>,
    sent_by: Option<String>,
    moment_of_truth: bool,
    open: usize,
    remark: Option<String>,
}

#[derive(Serialize)]
struct Group {
    id: String,
    title: String,
    band: String,
    remark: Option<String>,
    rows: Vec<Row>,
    new: String,
}

#[derive(Serialize)]
struct MessageRow {
    id: String,
    used_by: Vec<String>,
    open: usize,
    written: bool,
}

pub(super) async fn show(viewer: Viewer, Path(id): Path<String>, Query(asked): Query<Asked>) -> Answer {
    let opened = Opened::of(&viewer, &id).await?;
    page(&viewer, StatusCode::OK, &opened, Typed { pressed: asked.pressed, ..Typed::default() }).await
}

pub(super) async fn page(staff: &Staff, status: StatusCode, opened: &Opened, typed: Typed) -> Answer {
    let store = &staff.app.store;
    let earlier = store.earlier_drafts(&staff.house.id, &opened.row.id).await?;
    let versions = store.versions(&staff.house.id, &opened.row.id).await?;
    let live = versions.iter().find(|version| Some(&version.hash) == opened.row.live.as_ref());
    let items = todo::of(opened, &staff.speech);
    let definition = opened.reading.definition.as_ref();
    let changed = live.is_none_or(|live| live.hash != opened.folder.hash());
    let page = context! {
        id => opened.id(),
        journey => opened.title(),
        tab => "table",
        standing => standing(opened),
        paused => opened.row.paused,
        live_number => live.map(|live| live.number),
        revision => opened.draft.revision,
        saved => opened.draft.updated.to_string(),
        saved_by => history::saved_by(staff, &opened.draft).await?,
        undo => earlier.first().map(|draft| draft.revision),
        changed,
        in_the_way => todo::in_the_way(opened),
        publishable => opened.reading.publishable(),
        todo => data(items),
        readable => definition.is_some(),
        groups => data(definition.map(|definition| groups(staff, opened, definition, &typed)).unwrap_or_default()),
        messages => data(definition.map(|definition| messages(opened, definition)).unwrap_or_default()),
        pressed => typed.pressed,
        message => typed.message,
        new_phase => typed.fields.get("new_phase"),
        phase_remark => typed.remarks.get("new_phase").cloned(),
        choices => choices(),
    };
    staff.render_as(status, "draft/show.html", page)
}

/// `draft`, `proof` or `live`.
pub(super) fn standing(opened: &Opened) -> &'static str {
    match (&opened.row.live, opened.row.mode) {
        (None, _) => "draft",
        (Some(_), store::Mode::Proof) => "proof",
        (Some(_), store::Mode::Live) => "live",
    }
}

fn choices() -> Value {
    context! {
        category => Category::ALL.iter().map(|one| one.as_str()).collect::<Vec<_>>(),
        from => Starter::ALL.iter().map(|one| one.as_str()).collect::<Vec<_>>(),
        by => Performer::ALL.iter().map(|one| one.as_str()).collect::<Vec<_>>(),
        band => Band::ALL.iter().map(|one| one.as_str()).collect::<Vec<_>>(),
    }
}

fn groups(staff: &Staff, opened: &Opened, definition: &Definition, typed: &Typed) -> Vec<Group> {
    let mut groups: Vec<Group> = definition.phases.iter().map(|phase| group(phase, typed)).collect();
    for touchpoint in &definition.touchpoints {
        let row = row(staff, opened, definition, touchpoint, typed);
        let place = groups.iter().position(|group| group.id == touchpoint.phase.as_str());
        // A moment in a phase that is gone stays in sight, in the first.
        if let Some(group) = groups.get_mut(place.unwrap_or(0)) {
            group.rows.push(row);
        }
    }
    groups
}

fn group(phase: &Phase, typed: &Typed) -> Group {
    let id = phase.id.to_string();
    let or = |key: &str, stands: &str| {
        let typed = typed.fields.get(&format!("p.{id}.{key}"));
        if typed.is_empty() { stands.to_owned() } else { typed.to_owned() }
    };
    Group {
        title: or("title", &phase.title),
        band: or("band", phase.band.as_str()),
        remark: typed.remarks.get(&format!("p.{id}")).cloned(),
        rows: Vec::new(),
        new: typed.fields.get(&format!("new.{id}")).to_owned(),
        id,
    }
}

fn row(staff: &Staff, opened: &Opened, definition: &Definition, touchpoint: &Touchpoint, typed: &Typed) -> Row {
    let language = staff.speech.language;
    let id = touchpoint.id.to_string();
    let stands = row_of(touchpoint);
    let was_typed = typed.fields.has(&format!("was.{id}"));
    let cells = if was_typed { typed_row(&typed.fields, &id) } else { stands.clone() };
    let channels: Vec<String> =
        touchpoint.channels.iter().map(|channel| naming::channel(&staff.speech, channel.as_str())).collect();
    let open = todo::findings(opened, &format!("touchpoints.{id}."), language);
    Row {
        was_title: touchpoint.title.clone(),
        cells: ["title", "phase", "category", "from", "by", "need", "expected"]
            .map(|column| (column.to_owned(), cells.get(column).to_owned()))
            .into(),
        digest: stands.digest(),
        channels: channels.join(", "),
        trigger: touchpoint.when.as_ref().map(|when| naming::saying(definition, &staff.speech).when(when)),
        send: touchpoint.send.clone(),
        sent_by: touchpoint.sent_by.clone(),
        moment_of_truth: touchpoint.moment_of_truth,
        open: open.iter().filter(|(_, _, kind)| *kind != "warning").count(),
        remark: typed.remarks.get(&format!("m.{id}")).cloned(),
        id,
    }
}

/// The messages of the folder and those that are named but not written yet.
fn messages(opened: &Opened, definition: &Definition) -> Vec<MessageRow> {
    let mut used: BTreeMap<&str, Vec<String>> =
        opened.folder.messages().into_iter().map(|name| (name, Vec::new())).collect();
    for touchpoint in &definition.touchpoints {
        for name in touchpoint.send.iter().chain(&touchpoint.variants) {
            used.entry(name).or_default().push(touchpoint.title.clone());
        }
    }
    let faults = |name: &str| {
        let of = |found: &&service::workbench::Found| matches!(found, service::workbench::Found::Message { message, .. } if message == name);
        opened.reading.found.iter().filter(of).count()
    };
    let written = |name: &str| Language::ALL.iter().any(|language| opened.folder.message(name, *language).is_some());
    used.into_iter()
        .map(|(name, used_by)| MessageRow { id: name.to_owned(), used_by, open: faults(name), written: written(name) })
        .collect()
}
