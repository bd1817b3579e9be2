//! The one-off messages of an organisation.

use axum::extract::State;
use journey::Folder;
use minijinja::{Value, context};
use service::mailing;
use store::JourneyRow;

use super::path;
use crate::{App, pages::draft, problem::Answer, session::Viewer};

pub(super) async fn show(viewer: Viewer, State(app): State<App>) -> Answer {
    let live = app.service.catalog.live(&viewer.house.id).await?;
    let mut rows: Vec<Value> = Vec::new();
    for row in app.store.journeys(&viewer.house.id).await? {
        match live.iter().find(|live| live.row.id == row.id) {
            Some(live) if mailing::chosen(&live.published.definition).is_some() => rows.push(shown(&row, true)),
            Some(_) => {}
            None => {
                let drafted = app.store.draft(&viewer.house.id, &row.id).await?;
                if drafted.is_some_and(|draft| is_for_group(&Folder::new(draft.files))) {
                    rows.push(shown(&row, false));
                }
            }
        }
    }
    viewer.render("mailing/list.html", context! { rows })
}

/// Whether a draft begins for a group.
fn is_for_group(folder: &Folder) -> bool {
    let definition = journey::parse(folder, &journey::Organisation::named("")).definition;
    definition.is_some_and(|definition| mailing::chosen(&definition).is_some())
}

fn shown(row: &JourneyRow, is_live: bool) -> Value {
    context! {
        title => row.title.as_str(),
        href => if is_live { path(row.id.as_str()) } else { draft::path(row.id.as_str()) },
        is_live,
        proof => row.mode == store::Mode::Proof,
    }
}
