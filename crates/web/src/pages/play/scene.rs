//! The page of a play: the clock, what can happen, what the customer sees, and why nothing came.

use axum::{
    extract::{Path, State},
    http::header,
    response::{Html, IntoResponse},
};
use engine::State as RunState;
use minijinja::{Value, context};
use serde::Serialize;
use store::{OutboxRow, SendState, TaskState};
use words::{Channel, EffectKey, Properties, Status};

use super::{act, stage::Play};
use crate::{
    App, format,
    pages::{
        customer::{self, Portrait, RunSeen},
        happening::{self, Field, Possible},
        message, naming,
    },
    problem::{Answer, Problem},
    session::Viewer,
    shell::Shell,
    views::data,
};

/// Messages that the page shows.
const MESSAGES_MAX: usize = 20;
/// Events that go first when nothing says what is likely.
const FIRST: usize = 3;

/// A button.
#[derive(Clone, Debug, PartialEq, Serialize)]
struct Choice {
    id: String,
    title: String,
    /// The touchpoint's title is the customer's own sentence; this says the event.
    event: String,
    by_customer: bool,
    fields: Vec<Field>,
    #[serde(skip)]
    chance: Option<f64>,
}

pub(super) async fn show(
    viewer: Viewer,
    State(app): State<App>,
    Path((journey, id)): Path<(String, String)>,
) -> Answer {
    let Some(play) = act::found(&app, &viewer, &journey, &id) else { return act::over(&journey, &viewer) };
    let shell = act::shell(&viewer, &play);
    let portrait = Portrait::load(&play.drive.service, &play.organisation, play.customer).await?;
    let portrait = portrait.ok_or(Problem::Broken)?;
    let run = portrait.chosen(None);
    let (likely, others) = choices(&play, run.map(|seen| &seen.state), &shell).await;
    let next = play.drive.next().await?;
    let page = context! {
        path => play.path(),
        begin => format!("/klantreizen/{}/beleef", crate::pages::encoded(play.definition.id.as_str())),
        title => play.definition.title.as_str(),
        draft => play.draft,
        name => naming::person(&portrait.stored.customer, &shell.speech),
        clock => play.drive.now().to_string(),
        next => next.map(|next| context! { at => next.to_string(), span => format::span(shell.speech.language, next.duration_since(play.drive.now())) }),
        line => run.and_then(|seen| customer::line(&portrait, seen, &shell.speech)).map(data),
        likely => data(likely),
        others => data(others),
        tasks => tasks(&portrait),
        messages => messages(&play, &portrait, &shell).await?,
        reasons => run.map(|seen| data(customer::reasons(&portrait, seen, &shell.speech))),
        started => run.is_some(),
        ended => run.and_then(ended),
    };
    shell.render("play/show.html", page)
}

fn ended(seen: &RunSeen) -> Option<String> {
    match &seen.run().status {
        Status::Open => None,
        Status::Ended { exit, .. } => Some(exit.time.to_string()),
    }
}

/// The properties of an event as the play would make it now.
pub(super) async fn sampled(play: &Play, possible: &Possible) -> Properties {
    let course = play.course.lock().await;
    let likely = play.likely.after(course.last.as_ref(), &possible.on.event);
    let likely = likely.map(|(_, set)| set).unwrap_or_default();
    let zone = &play.drive.service.catalog.organisation(&play.organisation).await.ok().flatten();
    let zone = zone.as_ref().map_or(jiff::tz::TimeZone::UTC, |organisation| organisation.zone.clone());
    happening::sample(&play.definition, possible, &course.known, &likely, play.drive.now(), &zone)
}

/// What can happen: what is likely now, and the rest.
async fn choices(play: &Play, run: Option<&RunState>, shell: &Shell) -> (Vec<Choice>, Vec<Choice>) {
    let last = play.course.lock().await.last.clone();
    let mut all = Vec::new();
    let mut made: Vec<(words::EventName, Properties)> = Vec::new();
    for possible in happening::possible(&play.definition, run) {
        let event = naming::capital(&naming::saying(&play.definition, &shell.speech).event(&possible.on.event));
        let properties = sampled(play, &possible).await;
        // The same event under conditions that the same properties meet is one choice.
        let one = (possible.on.event.clone(), properties.clone());
        if made.contains(&one) {
            continue;
        }
        made.push(one);
        all.push(Choice {
            id: possible.id(),
            title: possible.title.clone().unwrap_or_else(|| event.clone()),
            event,
            by_customer: possible.by_customer,
            fields: happening::fields(&play.definition, &possible.on.event, &properties, &shell.speech),
            chance: play.likely.after(last.as_ref(), &possible.on.event).map(|(chance, _)| chance),
        });
    }
    let (mut likely, mut others): (Vec<_>, Vec<_>) = all.into_iter().partition(|choice| choice.chance.is_some());
    likely.sort_by(|a, b| b.chance.unwrap_or_default().total_cmp(&a.chance.unwrap_or_default()));
    if likely.is_empty() {
        likely = others.drain(..FIRST.min(others.len())).collect();
    }
    (likely, others)
}

fn tasks(portrait: &Portrait) -> Vec<Value> {
    let open = portrait.tasks.iter().filter(|row| row.state == TaskState::Open);
    let shown = open.map(|row| {
        context! {
            key => row.key.as_str(),
            title => row.title.as_str(),
            team => row.team.as_str(),
            due => row.due.map(|due| due.to_string()),
        }
    });
    shown.collect()
}

/// What came to the customer, newest first, and what did not go with its reason.
async fn messages(play: &Play, portrait: &Portrait, shell: &Shell) -> Result<Vec<Value>, Problem> {
    let mut shown = Vec::new();
    for row in portrait.messages.iter().take(MESSAGES_MAX) {
        let touchpoint = play.definition.touchpoint(&row.touchpoint);
        let title = touchpoint.map_or_else(|| row.touchpoint.to_string(), |touchpoint| touchpoint.title.clone());
        let time = match &row.state {
            SendState::Sent { time, .. } => *time,
            _ => row.decided,
        };
        let why = match &row.state {
            SendState::Refused { reason } => customer::refusal(*reason, &shell.speech),
            SendState::Failed { reason } | SendState::Unknown { reason } => reason.clone(),
            _ => String::new(),
        };
        shown.push(context! {
            title,
            time => time.to_string(),
            state => row.state.name(),
            until => match &row.state { SendState::Held { until } => Some(until.to_string()), _ => None },
            why,
            seen => seen(play, row).await?.map(data),
            links => links(play, row),
        });
    }
    Ok(shown)
}

async fn seen(play: &Play, row: &OutboxRow) -> Result<Option<message::Seen>, Problem> {
    let (SendState::Sent { .. }, Some(channel)) = (&row.state, &row.channel) else { return Ok(None) };
    let made = play.drive.service.carrier.preview(row, channel).await?;
    let frame = format!("{}/bericht/{}/{channel}", play.path(), message::segment(&row.key));
    Ok(made.map(|made| message::seen(&made, channel.as_str(), frame)))
}

/// The addresses in a message that lead to pages of the play: the kind of page, and the path.
fn links(play: &Play, row: &OutboxRow) -> Vec<(String, String)> {
    let Some(rendered) = &row.rendered else { return Vec::new() };
    let path = play.path();
    let mut found = Vec::new();
    for (at, _) in rendered.text.match_indices(&path) {
        let is_end = |c: char| c.is_whitespace() || matches!(c, ')' | '>' | '"' | ',');
        let link = rendered.text[at..].split(is_end).next().unwrap_or_default().trim_end_matches('.');
        let kind = link[path.len()..].trim_start_matches('/').split('/').next().unwrap_or_default().to_owned();
        let one = (kind, link.to_owned());
        if ["vraag", "mijn"].contains(&one.0.as_str()) && !found.contains(&one) {
            found.push(one);
        }
    }
    found
}

/// The HTML of a message of the play, alone in its frame; its links to pages of the play open there.
pub(super) async fn body(
    viewer: Viewer,
    State(app): State<App>,
    Path((journey, id, key, channel)): Path<(String, String, String, String)>,
) -> Answer {
    let play = act::found(&app, &viewer, &journey, &id).ok_or(Problem::NotFound)?;
    let service = &play.drive.service;
    let row = service.store.message(&play.organisation, &EffectKey::stored(key)).await?.ok_or(Problem::NotFound)?;
    let made = service.carrier.preview(&row, &Channel::new(channel)).await?;
    let html = made.and_then(|made| made.html).ok_or(Problem::NotFound)?;
    let own = format!("href=\"{}", app.link_to(&play.path()));
    let html = message::document(&html).replace(&own, &format!("target=\"_top\" {own}"));
    let headers = [(header::CONTENT_SECURITY_POLICY, message::POLICY), (header::X_FRAME_OPTIONS, "SAMEORIGIN")];
    Ok((headers, Html(html)).into_response())
}
