//! What a person puts into a parcel or on a card by hand: open tasks that come with a text and travel with something.

use axum::extract::State;
use minijinja::{Value, context};
use service::Live;
use store::{Paging, TaskFilter, TaskRow};

use crate::{
    App,
    pages::{customer, naming, today},
    problem::{Answer, Problem},
    session::{Staff, Viewer},
};

/// Tasks that are looked at.
const TASKS_MAX: u32 = 500;

pub(super) async fn show(viewer: Viewer, State(app): State<App>) -> Answer {
    let live = app.service.catalog.live(&viewer.house.id).await?;
    let mut lines: Vec<Value> = Vec::new();
    for task in tasks(&app, &viewer, &live).await? {
        let Some(stored) = app.store.customer(&viewer.house.id, task.customer).await? else { continue };
        let journey = live.iter().find(|live| live.row.id == task.journey);
        let by = (app.service.catalog.as_ref(), viewer.account.name.as_str());
        let script = service::sending::script(journey, &task, &stored.customer, by, viewer.speech.now).await?;
        let (text, unmade) = match script.transpose() {
            Ok(made) => (made.map(|made| made.text), None),
            Err(why) => (None, Some(why.to_string())),
        };
        lines.push(context! {
            href => today::task_path(&task.key),
            title => task.title.as_str(),
            name => naming::capital(&naming::person(&stored.customer, &viewer.speech)),
            customer_href => customer::path(task.customer),
            address => today::address(&stored.customer),
            due => task.due.filter(|_| !task.is_at_once()).map(|due| due.to_string()),
            text,
            unmade,
        });
    }
    viewer.render("post/packing.html", context! { lines })
}

/// How many there are.
pub(super) async fn count(app: &App, staff: &Staff) -> Result<usize, Problem> {
    let live = app.service.catalog.live(&staff.house.id).await?;
    Ok(tasks(app, staff, &live).await?.len())
}

async fn tasks(app: &App, staff: &Staff, live: &[Live]) -> Result<Vec<TaskRow>, Problem> {
    let filter = TaskFilter { open: true, ..TaskFilter::default() };
    let listed = app.store.tasks(&staff.house.id, &filter, Paging::first(TASKS_MAX)).await?;
    Ok(listed.rows.into_iter().filter(|row| row.script.is_some() && travels(row, live)).collect())
}

/// Whether what is written goes along with something, on paper.
fn travels(row: &TaskRow, live: &[Live]) -> bool {
    let journey = live.iter().find(|live| live.row.id == row.journey);
    let touchpoint = journey.and_then(|live| live.published.definition.touchpoint(&row.touchpoint));
    let on_paper = |channel: &words::Channel| channel.is_paper() || matches!(channel.as_str(), "print" | "product");
    touchpoint.is_some_and(|touchpoint| touchpoint.channels.iter().any(on_paper))
}
