//! The page of a play: the clock, what can happen, what the customer sees, and why nothing came.

use axum::{
    extract::{Path, State},
    http::header,
    response::{Html, IntoResponse},
};
use jiff::{SignedDuration, Timestamp};
use minijinja::{Value, context};
use serde::Serialize;
use store::{OutboxRow, SendState, TaskState};
use words::{Channel, EffectKey, EventName, Language, Properties, TouchpointId};

use super::{
    act,
    news::{self, Before},
    stage::Play,
    timing::Timing,
};
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
    /// When it comes, and how much later that is, when it is not now.
    at: String,
    typed: String,
    later: Option<String>,
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
    let (likely, others) = choices(&play, &portrait, &shell).await;
    let next = play.drive.next().await?;
    let before = play.course.lock().await.before.clone();
    let messages = messages(&play, &portrait, before.as_ref(), &shell).await?;
    let ending = news::ending(&play, &portrait, !likely.is_empty() || !others.is_empty(), next.is_some(), &shell);
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
        news => before.map(|before| news::news(&play, &before, &portrait, &messages, &shell)),
        messages,
        ending,
        goal => run.and_then(|seen| seen.run().goal).map(|moment| moment.to_string()),
        // The journey is told in its own language.
        told_in => foreign(play.definition.language, &shell),
        reasons => run.map(|seen| data(customer::reasons(&portrait, seen, &shell.speech))),
        started => run.is_some(),
    };
    shell.render("play/show.html", page)
}

/// The tag of a language that is not the reader's own.
fn foreign(language: Language, shell: &Shell) -> Option<&'static str> {
    (language != shell.speech.language).then(|| language.tag())
}

/// The properties of an event as the play would make it at a moment.
pub(super) async fn sampled(play: &Play, possible: &Possible, also: &[TouchpointId], at: Timestamp) -> Properties {
    let course = play.course.lock().await;
    let likely = play.likely.after_any(course.last.as_ref(), also, &possible.on.event);
    let likely = likely.map(|(_, set)| set).unwrap_or_default();
    let zone = &play.drive.service.catalog.organisation(&play.organisation).await.ok().flatten();
    let zone = zone.as_ref().map_or(jiff::tz::TimeZone::UTC, |organisation| organisation.zone.clone());
    happening::sample(&play.definition, possible, &course.known, &likely, at, &zone)
}

/// What can happen: what is likely now, and the rest.
async fn choices(play: &Play, portrait: &Portrait, shell: &Shell) -> (Vec<Choice>, Vec<Choice>) {
    let run = portrait.chosen(None);
    let now = play.drive.now();
    if run.is_some_and(|seen| !seen.state.hears(now)) {
        return (Vec::new(), Vec::new());
    }
    let last = play.course.lock().await.last.clone();
    let also = since_last(play, portrait).await;
    let timing = timing(play, portrait, run).await;
    let expected = timing.expected();
    let mut all = Vec::new();
    let mut made: Vec<(EventName, Properties)> = Vec::new();
    for possible in happening::possible(&play.definition, run.map(|seen| &seen.state)) {
        let event = naming::capital(&naming::saying(&play.definition, &shell.speech).event(&possible.on.event));
        let at = timing.of(&expected, &possible.on.event);
        let properties = sampled(play, &possible, &also, at).await;
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
            at: at.to_string(),
            typed: at.to_zoned(shell.speech.zone.clone()).strftime("%Y-%m-%dT%H:%M").to_string(),
            later: later(at.duration_since(now), shell),
            chance: play.likely.after_any(last.as_ref(), &also, &possible.on.event).map(|(chance, _)| chance),
        });
    }
    let (mut likely, mut others): (Vec<_>, Vec<_>) = all.into_iter().partition(|choice| choice.chance.is_some());
    likely.sort_by(|a, b| b.chance.unwrap_or_default().total_cmp(&a.chance.unwrap_or_default()));
    if likely.is_empty() {
        likely = others.drain(..FIRST.min(others.len())).collect();
    }
    (likely, others)
}

/// The touchpoints that happened since the last event: of what it brought about.
pub(super) async fn since_last(play: &Play, portrait: &Portrait) -> Vec<TouchpointId> {
    let course = play.course.lock().await;
    let since = course.last.as_ref().and_then(|last| course.happened.get(last.as_str())).copied();
    let newer = portrait.contacts.iter().filter(|contact| since.is_some_and(|since| contact.time >= since));
    newer.map(|contact| contact.touchpoint.clone()).collect()
}

/// "3 dagen later"; none for at once.
fn later(passes: SignedDuration, shell: &Shell) -> Option<String> {
    (passes >= SignedDuration::from_mins(1)).then(|| format::span(shell.speech.language, passes))
}

async fn timing<'a>(play: &'a Play, portrait: &'a Portrait, run: Option<&'a RunSeen>) -> Timing<'a> {
    let mut happened = play.course.lock().await.happened.clone();
    let own = portrait.contacts.iter().filter(|contact| run.is_some_and(|seen| seen.run().id == contact.run));
    happened.extend(own.map(|contact| (contact.touchpoint.to_string(), contact.time)));
    let planned =
        run.map(|seen| engine::plan(&play.definition, &seen.state, &portrait.stored.customer, portrait.setting()));
    Timing {
        definition: &play.definition,
        likely: &play.likely,
        happened,
        run: run.map(|seen| &seen.state),
        planned: planned.unwrap_or_default(),
        zone: portrait.surroundings.organisation.zone.clone(),
        now: play.drive.now(),
    }
}

fn tasks(portrait: &Portrait) -> Vec<Value> {
    let open = portrait.tasks.iter().filter(|row| row.state == TaskState::Open);
    let shown = open.map(|row| {
        context! {
            key => row.key.as_str(),
            title => row.title.as_str(),
            team => row.team.as_str(),
            at_once => row.is_at_once(),
            due => row.due.filter(|_| !row.is_at_once()).map(|due| due.to_string()),
        }
    });
    shown.collect()
}

/// What came to the customer, newest first, and what did not go with its reason.
async fn messages(
    play: &Play,
    portrait: &Portrait,
    before: Option<&Before>,
    shell: &Shell,
) -> Result<Vec<Value>, Problem> {
    let mut shown = Vec::new();
    let all = portrait.messages.len();
    for (place, row) in portrait.messages.iter().take(MESSAGES_MAX).enumerate() {
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
            // Counted from the first, so that a message keeps its place on the page.
            number => all - place,
            new => before.is_some_and(|before| before.stood.is_new(&row.key, row.state.name())),
            title,
            time => time.to_string(),
            state => row.state.name(),
            until => match &row.state { SendState::Held { until, .. } => Some(until.to_string()), _ => None },
            why,
            seen => seen(play, portrait, row, shell).await?.map(data),
            by => row.channel.as_ref().map(|channel| naming::channel(&shell.speech, channel.as_str())),
            links => links(play, row),
        });
    }
    Ok(shown)
}

async fn seen(
    play: &Play,
    portrait: &Portrait,
    row: &OutboxRow,
    shell: &Shell,
) -> Result<Option<message::Seen>, Problem> {
    let (SendState::Sent { .. }, Some(channel)) = (&row.state, &row.channel) else { return Ok(None) };
    let made = play.drive.service.carrier.preview(row, channel).await?;
    let frame = format!("{}/bericht/{}/{channel}", play.path(), message::segment(&row.key));
    let language = message::language(&play.drive.service, row, &portrait.stored.customer).await?;
    let seen = made.map(|made| message::seen(&made, channel.as_str(), frame));
    Ok(seen.map(|seen| seen.written_in(language, shell.speech.language)))
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
