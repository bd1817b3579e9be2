//! What a player does: something happens, time passes, a colleague does a task, a question is answered.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::{
    Form,
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect},
};
use jiff::{Timestamp, ToSpan};
use serde::Deserialize;
use store::{NewEvent, TaskState};
use words::EffectKey;

use super::stage::Play;
use crate::{
    App,
    language::{Speech, Text},
    pages::{ask, customer::Portrait, happening, today},
    problem::{Answer, Problem},
    session::{Staff, Viewer},
    shell::Shell,
};

/// A jump in time at most, and the last moment of a play.
const DAYS_MAX: i64 = 400;

/// The play of an address, when it is this account's and still there.
pub(super) fn found(app: &App, staff: &Staff, journey: &str, play: &str) -> Option<Arc<Play>> {
    let found = app.plays.get(play, staff.account.id, app.clock.now())?;
    (found.definition.id.as_str() == journey && found.organisation == staff.house.id).then_some(found)
}

/// A play that is over is begun anew.
pub(super) fn over(journey: &str, staff: &Staff) -> Answer {
    staff.go(&format!("/klantreizen/{}/beleef", crate::pages::encoded(journey)), Text::new("play-over"))
}

/// The page on the play's own clock.
pub(super) fn shell(staff: &Staff, play: &Play) -> Shell {
    staff.speaking(Speech { now: play.drive.now(), ..staff.speech.clone() })
}

pub(super) async fn happen(
    viewer: Viewer,
    State(app): State<App>,
    Path((journey, id)): Path<(String, String)>,
    Form(filled): Form<BTreeMap<String, String>>,
) -> Answer {
    let Some(play) = found(&app, &viewer, &journey, &id) else { return over(&journey, &viewer) };
    let portrait = Portrait::load(&play.drive.service, &play.organisation, play.customer).await?;
    let run = portrait.as_ref().and_then(|portrait| portrait.chosen(None));
    let all = happening::possible(&play.definition, run.map(|seen| &seen.state));
    let asked = filled.get("event").map(String::as_str).unwrap_or_default();
    let chosen = all.iter().find(|possible| possible.id() == asked).ok_or(Problem::NotFound)?;
    let mut properties = super::scene::sampled(&play, chosen).await;
    let typed = happening::read(&play.definition, &chosen.on.event, &filled, &viewer.speech);
    properties.extend(typed.ok_or_else(|| Problem::Invalid(Text::new("start-remark")))?);
    if !play.happen(chosen.on.event.clone(), properties).await? {
        return Err(Problem::Invalid(Text::new("play-too-long")));
    }
    Ok(Redirect::to(&play.path()).into_response())
}

#[derive(Debug, Deserialize)]
pub(super) struct Jump {
    sprong: String,
}

pub(super) async fn wait(
    viewer: Viewer,
    State(app): State<App>,
    Path((journey, id)): Path<(String, String)>,
    Form(jump): Form<Jump>,
) -> Answer {
    let Some(play) = found(&app, &viewer, &journey, &id) else { return over(&journey, &viewer) };
    let now = play.drive.now();
    let zone = &viewer.speech.zone;
    let local = now.to_zoned(zone.clone());
    let until: Option<Timestamp> = match jump.sprong.as_str() {
        "volgende" => play.drive.next().await?,
        "uur" => now.checked_add(1.hour()).ok(),
        "dag" => local.checked_add(1.day()).ok().map(|later| later.timestamp()),
        "week" => local.checked_add(7.days()).ok().map(|later| later.timestamp()),
        _ => None,
    };
    let last = app.clock.now().to_zoned(zone.clone()).checked_add(DAYS_MAX.days()).map_or(now, |last| last.timestamp());
    let before = come(&play).await?;
    if let Some(until) = until.filter(|until| *until <= last) {
        let _course = play.course.lock().await;
        play.drive.until(until).await?;
    }
    if come(&play).await? == before {
        return viewer.go(&play.path(), Text::new("play-nothing-came"));
    }
    Ok(Redirect::to(&play.path()).into_response())
}

/// How many messages and tasks came so far.
async fn come(play: &Play) -> Result<usize, Problem> {
    let portrait = Portrait::load(&play.drive.service, &play.organisation, play.customer).await?;
    let gone = |row: &&store::OutboxRow| matches!(row.state, store::SendState::Sent { .. });
    Ok(portrait.map_or(0, |portrait| portrait.messages.iter().filter(gone).count() + portrait.tasks.len()))
}

pub(super) async fn finish(
    viewer: Viewer,
    State(app): State<App>,
    Path((journey, id)): Path<(String, String)>,
    Form(filled): Form<BTreeMap<String, String>>,
) -> Answer {
    let Some(play) = found(&app, &viewer, &journey, &id) else { return over(&journey, &viewer) };
    let _course = play.course.lock().await;
    let store = &play.drive.service.store;
    let key = EffectKey::stored(filled.get("key").cloned().unwrap_or_default());
    let row = store.task(&play.organisation, &key).await?.ok_or(Problem::NotFound)?;
    let now = play.drive.now();
    let event = today::done(&row, &viewer.account.name, &[], now)?;
    let done = TaskState::Done { time: now, by: Some(viewer.account.id), channel: None, note: String::new() };
    store
        .finish_task(&play.organisation, &key, done, NewEvent::about(play.organisation.clone(), play.customer, event))
        .await?;
    play.drive.settle().await?;
    Ok(Redirect::to(&play.path()).into_response())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Again {
    wijzig: Option<String>,
}

pub(super) async fn ask(
    viewer: Viewer,
    State(app): State<App>,
    Path((journey, id, token)): Path<(String, String, String)>,
    Query(again): Query<Again>,
) -> Answer {
    let Some(play) = found(&app, &viewer, &journey, &id) else { return over(&journey, &viewer) };
    let around = around(&play, &token);
    ask::shown(&play.drive.service, &shell(&viewer, &play), &token, again.wijzig.is_some(), &around).await
}

pub(super) async fn answer(
    viewer: Viewer,
    State(app): State<App>,
    Path((journey, id, token)): Path<(String, String, String)>,
    Form(filled): Form<BTreeMap<String, String>>,
) -> Answer {
    let Some(play) = found(&app, &viewer, &journey, &id) else { return over(&journey, &viewer) };
    let _course = play.course.lock().await;
    let around = around(&play, &token);
    let page = ask::answered(&play.drive.service, &shell(&viewer, &play), &token, &filled, &around).await?;
    play.drive.settle().await?;
    Ok(page)
}

pub(super) async fn follow(
    viewer: Viewer,
    State(app): State<App>,
    Path((journey, id, token)): Path<(String, String, String)>,
) -> Answer {
    let Some(play) = found(&app, &viewer, &journey, &id) else { return over(&journey, &viewer) };
    ask::followed(&play.drive.service, &shell(&viewer, &play), &token, Some(&play.path())).await
}

fn around(play: &Play, token: &str) -> ask::Around {
    ask::Around { action: format!("{}/vraag/{token}", play.path()), back: Some(play.path()) }
}
