//! Staff hold messages back, for an area, a building, a day or journeys, and may tell customers why.

mod change;
mod filled;
mod list;
mod new;
mod scope;
mod telling;

use std::sync::Arc;

use axum::{
    Router,
    routing::{get, post},
};
use journey::Organisation;
use minijinja::{Value, context};
use words::{Halt, OrganisationId};

use crate::{App, problem::Problem, session::Staff};

/// The address of the page.
pub(crate) const PATH: &str = "/berichten/vasthouden";

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route(PATH, get(list::show))
        .route("/berichten/vasthouden/nieuw", get(new::show).post(new::make))
        .route("/berichten/vasthouden/{id}", get(change::show).post(change::make))
        .route("/berichten/vasthouden/{id}/vrijgeven", post(list::release))
}

async fn organisation(app: &App, house: &OrganisationId) -> Result<Arc<Organisation>, Problem> {
    app.service.catalog.organisation(house).await?.ok_or(Problem::NotFound)
}

/// The halts that stand, for pages that say so beside other things.
pub(crate) async fn standing(app: &App, staff: &Staff) -> Result<Vec<Value>, Problem> {
    let halts = app.store.standing_halts(&staff.house.id, staff.speech.now).await?;
    let one = |halt: Halt| {
        context! { kind => "halt", title => halt.title, until => halt.until.to_string(), href => PATH }
    };
    Ok(halts.into_iter().map(one).collect())
}
