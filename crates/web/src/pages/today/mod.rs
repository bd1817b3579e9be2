//! The first page: what is to be done, what needs attention, how the journeys stand.

mod attention;
mod first_steps;
mod task;
mod thread;

use axum::{
    Router,
    extract::{Query, State},
    routing::get,
};
use minijinja::{Value, context};
use serde::Deserialize;

pub(crate) use task::{address, done, facts, found as task, path as task_path};

use crate::{App, pages::journey, problem::Answer, session::Viewer, views::data};

pub(crate) fn router() -> Router<App> {
    Router::new().route("/vandaag", get(show)).merge(task::router())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    /// `alle`: of every team; a team's name: of that one; nothing: one's own.
    team: Option<String>,
    /// Every task, not only the first.
    meer: Option<String>,
}

async fn show(viewer: Viewer, State(app): State<App>, Query(asked): Query<Asked>) -> Answer {
    let house = &viewer.house.id;
    let counts = app.store.task_counts(house, viewer.speech.now).await?;
    let own = viewer.account.team.clone();
    let team = match asked.team.as_deref() {
        Some("alle") => None,
        Some(team) if !team.is_empty() => Some(team.to_owned()),
        _ => own.clone(),
    };
    let tasks = task::open(&app, &viewer, team.as_deref(), asked.meer.is_some()).await?;
    let of_team = |name: &str| counts.iter().find(|count| count.team == name);
    let overdue = match &team {
        Some(team) => of_team(team).map_or(0, |count| count.overdue),
        None => counts.iter().map(|count| count.overdue).sum(),
    };
    let attention = attention::all(&app, &viewer).await?;
    let mut teams: Vec<String> = viewer.house.teams.clone();
    teams.extend(counts.iter().map(|count| count.team.clone()).filter(|team| !viewer.house.teams.contains(team)));
    let teams: Vec<Value> = teams
        .iter()
        .map(|name| context! { name, open => of_team(name).map_or(0, |count| count.open), chosen => team.as_ref() == Some(name) })
        .collect();
    let page = context! {
        total => tasks.total,
        tasks => tasks.rows,
        overdue,
        team,
        own,
        all => counts.iter().map(|count| count.open).sum::<u64>(),
        teams,
        held => attention.held,
        silent => attention.silent,
        notices => attention.notices,
        first => first_steps::of(&app, &viewer).await?,
        rows => data(journey::list::rows(&viewer, &app).await?),
    };
    viewer.render("today/show.html", page)
}
