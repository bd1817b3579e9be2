//! Journeys as one reads them: the list, and one journey in four views of one selection.

mod choice;
mod figures;
mod flow;
mod head;
pub(crate) mod list;
mod map;
mod members;
mod moment;
mod open;
mod path;
mod print;
mod said;
mod sent;
mod state;
mod table;
mod terms;

use axum::{
    Router,
    extract::{Path, RawQuery},
    response::Redirect,
    routing::get,
};

use crate::{App, session::Viewer};

pub(crate) use said::{Said, Sayer};
pub(crate) use sent::path as sent_path;

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/klantreizen", get(list::show))
        .route("/klantreizen/{id}", get(first_view))
        .route("/klantreizen/{id}/kaart", get(map::show))
        .route("/klantreizen/{id}/kaart/druk", get(print::show))
        .route("/klantreizen/{id}/kaart/{file}", get(print::download))
        .route("/klantreizen/{id}/stroom", get(flow::show))
        .route("/klantreizen/{id}/tabel", get(table::show))
        .route("/klantreizen/{id}/tabel.csv", get(table::download))
        .route("/klantreizen/{id}/cijfers", get(figures::show))
        .route("/klantreizen/{id}/klanten", get(members::show))
        .route("/klantreizen/{id}/verstuurd", get(sent::show))
}

/// The address of a journey leads to its map.
async fn first_view(_: Viewer, Path(id): Path<String>, RawQuery(query): RawQuery) -> Redirect {
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    Redirect::to(&format!("/klantreizen/{}/kaart{query}", crate::pages::encoded(&id)))
}
