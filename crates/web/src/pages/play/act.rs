//! What a player does: something happens, time passes, a colleague does a task, a question is answered.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::{
    Form,
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
};
use jiff::{Timestamp, ToSpan, civil};
use minijinja::context;
use serde::Deserialize;
use store::{NewEvent, TaskState};
use words::EffectKey;

use super::{
    news::{Did, PLACE, Stood},
    stage::Play,
};
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
/// Moments at which nothing is to be seen that one press of the button passes.
const SILENT_MAX: usize = 20;

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
    let also = match &portrait {
        Some(portrait) => super::scene::since_last(&play, portrait).await,
        None => Vec::new(),
    };
    let all = happening::possible(&play.definition, run.map(|seen| &seen.state));
    let asked = filled.get("event").map(String::as_str).unwrap_or_default();
    let chosen = all.iter().find(|possible| possible.id() == asked).ok_or(Problem::NotFound)?;
    let now = play.drive.now();
    let at = filled.get("wanneer").and_then(|typed| typed.parse::<civil::DateTime>().ok());
    let at = at.and_then(|at| at.to_zoned(viewer.speech.zone.clone()).ok()).map_or(now, |at| at.timestamp()).max(now);
    if at > last_moment(&app, &viewer, now) {
        return Err(Problem::Invalid(Text::new("play-too-far")));
    }
    let mut properties = super::scene::sampled(&play, chosen, &also, at).await;
    let typed = happening::read(&play.definition, &chosen.on.event, &filled, &viewer.speech);
    properties.extend(typed.ok_or_else(|| Problem::Invalid(Text::new("start-remark")))?);
    play.begins(Did::Happened(chosen.on.event.clone())).await?;
    if at > now {
        // What falls due on the way comes first.
        let _course = play.course.lock().await;
        play.drive.until(at).await?;
    }
    if !play.happen(chosen.on.event.clone(), properties).await? {
        return Err(Problem::Invalid(Text::new("play-too-long")));
    }
    Ok(to_news(&play))
}

/// Back to the page, at what is new.
fn to_news(play: &Play) -> Response {
    Redirect::to(&format!("{}{PLACE}", play.path())).into_response()
}

/// The last moment of a play.
fn last_moment(app: &App, staff: &Staff, now: Timestamp) -> Timestamp {
    let last = app.clock.now().to_zoned(staff.speech.zone.clone()).checked_add(DAYS_MAX.days());
    last.map_or(now, |last| last.timestamp())
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
    let last = last_moment(&app, &viewer, now);
    play.begins(Did::Waited).await?;
    let before = play.stood().await?;
    let _course = play.course.lock().await;
    if let Some(until) = until.filter(|until| *until <= last) {
        play.drive.until(until).await?;
        if jump.sprong == "volgende" {
            on_to_something(&play, &before, last).await?;
        }
    }
    Ok(to_news(&play))
}

/// Lets go by what is due and yet shows nothing: a promise that is kept, an end of listening.
async fn on_to_something(play: &Play, before: &Stood, last: Timestamp) -> Result<(), Problem> {
    for _ in 0..SILENT_MAX {
        let Some(next) = play.drive.next().await?.filter(|next| *next <= last && *next > play.drive.now()) else {
            break;
        };
        if play.stood().await? != *before {
            break;
        }
        play.drive.until(next).await?;
    }
    Ok(())
}

pub(super) async fn finish(
    viewer: Viewer,
    State(app): State<App>,
    Path((journey, id)): Path<(String, String)>,
    Form(filled): Form<BTreeMap<String, String>>,
) -> Answer {
    let Some(play) = found(&app, &viewer, &journey, &id) else { return over(&journey, &viewer) };
    let store = &play.drive.service.store;
    let key = EffectKey::stored(filled.get("key").cloned().unwrap_or_default());
    let row = store.task(&play.organisation, &key).await?.ok_or(Problem::NotFound)?;
    play.begins(Did::Task(row.title.clone())).await?;
    let _course = play.course.lock().await;
    let now = play.drive.now();
    let event = today::done(&row, &viewer.account.name, &[], now)?;
    let done = TaskState::Done { time: now, by: Some(viewer.account.id), channel: None, note: String::new() };
    store
        .finish_task(&play.organisation, &key, done, NewEvent::about(play.organisation.clone(), play.customer, event))
        .await?;
    play.drive.settle().await?;
    Ok(to_news(&play))
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
    let around = around(&viewer, &play, &token);
    ask::shown(&play.drive.service, &shell(&viewer, &play), &token, again.wijzig.is_some(), &around).await
}

pub(super) async fn answer(
    viewer: Viewer,
    State(app): State<App>,
    Path((journey, id, token)): Path<(String, String, String)>,
    Form(filled): Form<BTreeMap<String, String>>,
) -> Answer {
    let Some(play) = found(&app, &viewer, &journey, &id) else { return over(&journey, &viewer) };
    play.begins(Did::Answered).await?;
    let _course = play.course.lock().await;
    let around = around(&viewer, &play, &token);
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
    ask::followed(&play.drive.service, &shell(&viewer, &play), &token, Some(back(&viewer, &play))).await
}

/// What else one opens from below a message: in a play there is nobody to choose anything for.
pub(super) async fn aside(
    viewer: Viewer,
    State(app): State<App>,
    Path((journey, id, _)): Path<(String, String, String)>,
) -> Answer {
    let Some(play) = found(&app, &viewer, &journey, &id) else { return over(&journey, &viewer) };
    let page = context! {
        organisation => viewer.house.name.as_str(),
        face => (),
        back => crate::views::data(back(&viewer, &play)),
        phone => None::<String>,
    };
    viewer.render("play/aside.html", page)
}

fn around(staff: &Staff, play: &Play, token: &str) -> ask::Around {
    ask::Around { action: format!("{}/vraag/{token}", play.path()), back: Some(back(staff, play)) }
}

/// The way back speaks to the player, whatever language the customer has.
fn back(staff: &Staff, play: &Play) -> ask::Back {
    ask::Back {
        href: format!("{}{PLACE}", play.path()),
        text: staff.say(&Text::new("play-back")),
        lang: staff.speech.language.tag(),
    }
}
