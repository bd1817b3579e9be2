//! What staff do on the page of a task: call a reply a complaint, and take one up.

use axum::extract::{Path, State};
use serde_json::json;
use service::{answering::Conversation, complaining};
use store::{NewEvent, TaskState};

use crate::{
    App,
    language::Text,
    pages::{staff_event, today},
    problem::{Answer, Problem},
    session::Viewer,
};

pub(super) async fn call(viewer: Viewer, State(app): State<App>, Path(key): Path<String>) -> Answer {
    let task = today::task(&app, &viewer, &key).await?;
    let thread = Conversation::of_task(app.store.as_ref(), &task).await?.ok_or(Problem::NotFound)?;
    let text = thread.last_of_customer().map(|said| said.text.clone()).unwrap_or_default();
    if task.state != TaskState::Open || task.complaint.is_some() {
        return viewer.go(&today::task_path(&task.key), Text::new("task-no-longer-open"));
    }
    told(&app, complaining::called(&task, &text, &viewer.account.name, viewer.speech.now)).await?;
    viewer.record("complaint.called", task.key.as_str(), json!({})).await?;
    viewer.go(&today::task_path(&task.key), Text::new("complaint-called"))
}

pub(super) async fn take(viewer: Viewer, State(app): State<App>, Path(key): Path<String>) -> Answer {
    let task = today::task(&app, &viewer, &key).await?;
    if task.state != TaskState::Open || task.complaint.is_none() {
        return viewer.go(&today::task_path(&task.key), Text::new("task-no-longer-open"));
    }
    told(&app, complaining::taken(&task, viewer.account.id, viewer.speech.now)).await?;
    viewer.record("complaint.taken", task.key.as_str(), json!({})).await?;
    viewer.go(&today::task_path(&task.key), Text::new("complaint-taken"))
}

async fn told(app: &App, event: NewEvent) -> Result<(), Problem> {
    let reference = event.reference();
    app.store.accept(vec![event]).await?;
    staff_event::applied(app, &reference).await
}
