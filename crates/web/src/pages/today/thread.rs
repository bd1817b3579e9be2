//! What a customer wrote back, on the page of its task, and the answer that goes back in the same thread.

use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
};
use minijinja::{Value, context};
use serde::{Deserialize, Serialize};
use serde_json::json;
use service::{
    answering::{Answer, By, Conversation, limits},
    sending::sender_of,
};
use store::{SendState, TaskRow, TaskState};
use words::Channel;

use super::task::{Filled, found, page};
use crate::{
    App,
    form::Remarks,
    language::Text,
    pages::{naming, staff_event, voice},
    problem::{self, Problem},
    session::{Staff, Viewer},
    views::data,
};

/// Characters that an answer by SMS or WhatsApp may have.
const SHORT_CHARS_MAX: usize = 1_000;

/// An answer as it is typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Typed {
    text: String,
    /// Makes it one answer however often it is sent.
    nonce: String,
    /// The remarks about how it sounds were seen.
    gezien: bool,
    /// The list one came from.
    team: String,
}

/// What the page of a task shows of its thread.
pub(super) struct Shown {
    pub(super) typed: Typed,
    /// What was noticed about how the answer sounds.
    pub(super) heard: Vec<voice::RemarkRow>,
    pub(super) remarks: Remarks,
}

impl Shown {
    /// Nothing typed yet.
    pub(super) fn fresh(app: &App) -> Self {
        let typed = Typed { nonce: crate::ids::fresh(app).to_string(), ..Typed::default() };
        Self { typed, heard: Vec::new(), remarks: Remarks::default() }
    }
}

/// The thread of a task for its template; `None` when it is about none.
pub(super) async fn shown(app: &App, staff: &Staff, row: &TaskRow, shown: &Shown) -> Result<Option<Value>, Problem> {
    let Some(thread) = Conversation::of_task(app.store.as_ref(), row).await? else { return Ok(None) };
    let last = thread.last_of_customer();
    let addresses: Vec<_> = last.iter().map(|said| (said.channel.clone(), said.address.clone())).collect();
    let closed = !app.store.suppressed(&staff.house.id, &addresses).await?.is_empty();
    let channel = last.map(|said| said.channel.clone());
    let senders = app.store.senders(&staff.house.id).await?;
    let tested = |channel: &Channel| sender_of(&senders, channel).is_some_and(|sender| sender.tested.is_some());
    Ok(Some(context! {
        closed,
        call => last.filter(|said| said.channel.is_spoken()).map(|said| said.address.as_str()),
        cannot_go => channel.as_ref().is_some_and(|channel| !tested(channel)),
        rows => rows(staff, &thread),
        channel => channel.as_ref().map(|channel| naming::channel(&staff.speech, channel.as_str())),
        to => last.map(|said| said.address.as_str()),
        typed => data(&shown.typed),
        heard => data(&shown.heard),
        remarks => shown.remarks.said_by(staff),
    }))
}

fn rows(staff: &Staff, thread: &Conversation) -> Vec<Value> {
    let ours = thread.began.iter().filter_map(|row| {
        let made = row.rendered.as_ref()?;
        let time = match &row.state {
            SendState::Sent { time, .. } => *time,
            _ => row.decided,
        };
        Some(context! {
            by => "us", who => staff.house.name.as_str(), time => time.to_string(),
            subject => made.subject.as_deref(), text => made.text.as_str(), href => crate::pages::message::path(&row.key),
        })
    });
    let said = thread.said.iter().map(|said| {
        let (by, who) = match &said.by {
            By::Customer => ("customer", said.name.clone().unwrap_or_else(|| said.address.clone())),
            By::Machine => ("machine", said.address.clone()),
            By::Staff(name) => ("us", name.clone()),
        };
        context! {
            by, who, time => said.time.to_string(), subject => said.subject.as_deref(), text => said.text.as_str(),
            href => (),
        }
    });
    ours.chain(said).collect()
}

pub(super) async fn answer(
    viewer: Viewer,
    State(app): State<App>,
    Path(key): Path<String>,
    Form(mut typed): Form<Typed>,
) -> problem::Answer {
    let row = found(&app, &viewer, &key).await?;
    let thread = Conversation::of_task(app.store.as_ref(), &row).await?.ok_or(Problem::NotFound)?;
    let last = thread.last_of_customer().filter(|said| !said.channel.is_spoken()).ok_or(Problem::NotFound)?;
    typed.text = typed.text.replace("\r\n", "\n");
    let is_mail = last.channel == Channel::email();
    let most = if is_mail { limits::TEXT_CHARS_MAX } else { SHORT_CHARS_MAX };
    let mut remarks = Remarks::default();
    remarks.expect(!typed.text.trim().is_empty(), "text", "thread-remark-empty");
    if typed.text.chars().count() > most {
        remarks.add("text", Text::new("thread-remark-long").with("most", most.to_string()));
    }
    let heard = if typed.gezien { Vec::new() } else { voice::heard(&viewer, &typed.text).await? };
    if !remarks.is_empty() || !heard.is_empty() {
        let filled = Filled::of_team(&typed.team);
        let shown = Shown { typed, heard, remarks };
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return page(&app, &viewer, status, &row, &filled, &Remarks::default(), &shown).await;
    }
    let answer = Answer {
        organisation: viewer.house.id.clone(),
        customer: row.customer,
        run: row.run,
        staff: viewer.account.name.clone(),
        text: typed.text,
        nonce: typed.nonce,
    };
    let channel = last.channel.clone();
    let event = answer.event(&thread, viewer.speech.now).ok_or(Problem::NotFound)?;
    let reference = event.reference();
    let done = TaskState::Done {
        time: viewer.speech.now,
        by: Some(viewer.account.id),
        channel: Some(channel),
        note: String::new(),
    };
    // A complaint is done when it is resolved, not when it is answered.
    let is_complaint = row.complaint.is_some();
    // Together with the task, or behind it: a colleague may have answered first, and more can be said afterwards.
    if is_complaint || !app.store.finish_task(&viewer.house.id, &row.key, done, event.clone()).await? {
        app.store.accept(vec![event]).await?;
    }
    staff_event::applied(&app, &reference).await?;
    viewer.record("task.answered", row.key.as_str(), json!({})).await?;
    if is_complaint {
        return viewer.go(&super::task_path(&row.key), Text::new("thread-answered"));
    }
    let list = Filled::of_team(&typed.team).list();
    viewer.go(&list, Text::new("thread-answered"))
}
