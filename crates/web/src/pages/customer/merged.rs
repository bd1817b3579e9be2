//! Who was merged with whom, and taking a wrong merge back.

use axum::extract::{Path, Query, State};
use jiff::Timestamp;
use minijinja::{Value, context};
use serde_json::json;
use service::running::{Kept, KeptRun, Parted};
use store::Merge;
use words::{Customer, CustomerId};

use crate::{
    App,
    language::Text,
    pages::naming,
    paging::Sheet,
    problem::{Answer, Problem},
    session::{Editor, Staff, Viewer},
};

const PATH: &str = "/klanten/samengevoegd";

/// A merge as an address names it: winner, loser and the moment in microseconds.
pub(super) type Named = (String, String, i64);

pub(super) async fn list(viewer: Viewer, State(app): State<App>, Query(sheet): Query<Sheet>) -> Answer {
    let listed = app.store.merges(&viewer.house.id, sheet.paging()).await?;
    let mut rows = Vec::new();
    for merge in &listed.rows {
        rows.push(shown(&viewer, &app, merge).await?);
    }
    let page = context! { rows, total => listed.total, paging => sheet.context(PATH, listed.total) };
    viewer.render("merge/list.html", page)
}

/// What taking it back does and does not, before it is done.
pub(super) async fn show(viewer: Viewer, State(app): State<App>, Path(named): Path<Named>) -> Answer {
    let merge = find(&viewer, &app, named).await?;
    let kept = Kept::read(&merge).map_err(|_| Problem::Broken)?;
    let titles = app.store.journeys(&viewer.house.id).await?;
    let title = |run: &KeptRun| {
        let row = titles.iter().find(|row| row.id == run.journey);
        let title = row.map_or_else(|| run.journey.to_string(), |row| row.title.clone());
        context! { title, key => run.key.as_deref() }
    };
    let page = context! {
        merge => shown(&viewer, &app, &merge).await?,
        moved => kept.moved.iter().map(title).collect::<Vec<_>>(),
        folded => kept.folded.iter().map(title).collect::<Vec<_>>(),
        names => kept.names.iter().filter(|(user, _)| *user).map(|(_, name)| name.clone()).collect::<Vec<_>>(),
    };
    viewer.render("merge/show.html", page)
}

pub(super) async fn undo(editor: Editor, State(app): State<App>, Path(named): Path<Named>) -> Answer {
    let merge = find(&editor, &app, named).await?;
    let key = (merge.winner, merge.loser, merge.time);
    let parted = app.service.runner.part(&editor.house.id, key, Some(editor.account.id)).await?;
    match parted {
        Parted::Done { back } => {
            let detail = json!({ "winner": merge.winner, "runs": back });
            editor.record("customer.unmerged", &merge.loser.to_string(), detail).await?;
            app.service.wake();
            editor.go(&super::path(merge.loser), Text::new("merge-undone").with("runs", back as u64))
        }
        Parted::NotThere => editor.go(PATH, Text::new("merge-undone-already")),
        Parted::MergedOn => Err(Problem::Invalid(Text::new("merge-merged-on"))),
        Parted::Busy => Err(Problem::Invalid(Text::new("merge-busy"))),
    }
}

async fn find(staff: &Staff, app: &App, (winner, loser, time): Named) -> Result<Merge, Problem> {
    let id = |text: String| text.parse::<CustomerId>().map_err(|_| Problem::NotFound);
    let time = Timestamp::from_microsecond(time).map_err(|_| Problem::NotFound)?;
    let found = app.store.merge(&staff.house.id, id(winner)?, id(loser)?, time).await?;
    found.ok_or(Problem::NotFound)
}

async fn shown(staff: &Staff, app: &App, merge: &Merge) -> Result<Value, Problem> {
    let kept = Kept::read(merge).ok();
    let called = |customer: Option<&Customer>| {
        customer.map(|customer| naming::capital(&naming::person(customer, &staff.speech))).unwrap_or_default()
    };
    let sources = app.store.sources(&staff.house.id).await?;
    let source = sources.iter().find(|one| one.id == merge.source).map_or(&merge.source, |one| &one.name);
    Ok(context! {
        href => format!("{PATH}/{}/{}/{}", merge.winner, merge.loser, merge.time.as_microsecond()),
        winner => called(kept.as_ref().map(|kept| &kept.joined)),
        winner_href => super::path(merge.winner),
        loser => called(kept.as_ref().map(|kept| &kept.loser.customer)),
        loser_href => merge.undone.map(|_| super::path(merge.loser)),
        time => merge.time.to_string(),
        source => source.as_str(),
        event => merge.event.as_str(),
        undone => merge.undone.map(|time| time.to_string()),
    })
}
