//! How a journey stands: paused or going on, and whom it may reach. Owners alone let it reach customers.

use axum::{Form, extract::Path, http::StatusCode};
use jiff::SignedDuration;
use minijinja::context;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{JourneyRow, Mode};
use words::Channel;

use super::{draft_path, live::open_runs, opened};
use crate::{
    language::Text,
    pages::naming,
    problem::{Answer, Problem},
    session::{Editor, Owner, Staff, Viewer},
    views::data,
};

/// What was ready no longer than this when a pause ends is on time.
const ON_TIME_MINUTES: i64 = 10;

fn journey_path(id: &str, rest: &str) -> String {
    format!("/klantreizen/{}{rest}", crate::pages::encoded(id))
}

#[derive(Deserialize)]
pub(super) struct Paused {
    paused: bool,
}

pub(super) async fn pause(editor: Editor, Path(id): Path<String>, Form(wanted): Form<Paused>) -> Answer {
    let row = opened::row(&editor.app, &editor.house.id, &id).await?;
    let store = &editor.app.store;
    if row.paused && !wanted.paused {
        // Before it goes on: what piled up goes slowly from the first message, so that nobody is flooded.
        let now = editor.speech.now;
        let since = now.checked_sub(SignedDuration::from_mins(ON_TIME_MINUTES)).unwrap_or(now);
        store.fall_behind(&editor.house.id, &row.id, since).await?;
    }
    store.save_journey(JourneyRow { paused: wanted.paused, ..row }).await?;
    let (what, done) = match wanted.paused {
        true => ("journey.paused", Text::new("draft-journey-paused")),
        false => ("journey.resumed", Text::new("draft-journey-resumed")),
    };
    editor.record(what, &id, json!({})).await?;
    editor.app.service.wake();
    editor.go(&journey_path(&id, "/bereik"), done)
}

/// A channel that the journey sends by.
#[derive(Serialize)]
struct Sending {
    id: String,
    channel: String,
    /// `tested`, `untested` or `none`.
    sender: &'static str,
    staff: usize,
}

pub(super) async fn reach(viewer: Viewer, Path(id): Path<String>) -> Answer {
    let row = opened::row(&viewer.app, &viewer.house.id, &id).await?;
    page(&viewer, StatusCode::OK, &row).await
}

#[derive(Deserialize)]
pub(super) struct Switched {
    mode: String,
}

pub(super) async fn switch(owner: Owner, Path(id): Path<String>, Form(wanted): Form<Switched>) -> Answer {
    let row = opened::row(&owner.app, &owner.house.id, &id).await?;
    let mode = match wanted.mode.as_str() {
        "live" => Mode::Live,
        "proof" => Mode::Proof,
        _ => return Err(Problem::Invalid(Text::new("remark-choice"))),
    };
    if row.live.is_none() {
        return page(&owner, StatusCode::CONFLICT, &row).await;
    }
    owner.app.store.save_journey(JourneyRow { mode, ..row }).await?;
    let (what, done) = match mode {
        Mode::Live => ("journey.live", Text::new("draft-journey-live")),
        Mode::Proof => ("journey.proof", Text::new("draft-journey-proof")),
    };
    owner.record(what, &id, json!({})).await?;
    owner.app.service.wake();
    owner.go(&journey_path(&id, "/bereik"), done)
}

async fn page(staff: &Staff, status: StatusCode, row: &JourneyRow) -> Answer {
    let sending = sending(staff, row).await?;
    let versions = staff.app.store.versions(&row.organisation, &row.id).await?;
    let live = versions.iter().find(|version| Some(&version.hash) == row.live.as_ref());
    let page = context! {
        id => row.id.as_str(),
        journey => row.title.as_str(),
        tab => "reach",
        published => row.live.is_some(),
        number => live.map(|live| live.number),
        mode => if row.mode == Mode::Live { "live" } else { "proof" },
        paused => row.paused,
        open => open_runs(staff, row).await?,
        untested => sending.iter().filter(|one| one.sender != "tested").count(),
        staff_addresses => sending.iter().map(|one| one.staff).sum::<usize>(),
        sending => data(sending),
        has_draft => staff.app.store.draft(&row.organisation, &row.id).await?.is_some(),
    };
    staff.render_as(status, "draft/reach.html", page)
}

/// The channels by which the live version sends, each with its sender and the colleagues who are reached in proof.
async fn sending(staff: &Staff, row: &JourneyRow) -> Result<Vec<Sending>, Problem> {
    let Some(hash) = &row.live else { return Ok(Vec::new()) };
    let version = staff.app.service.catalog.version(&row.organisation, &row.id, hash).await?;
    let Some(version) = version else { return Ok(Vec::new()) };
    let senders = staff.app.store.senders(&row.organisation).await?;
    let colleagues = staff.app.store.staff_addresses(&row.organisation).await?;
    let mut channels: Vec<&Channel> = Vec::new();
    for channel in version.definition.touchpoints.iter().filter(|one| one.sends()).flat_map(|one| &one.channels) {
        if channel.sends() && !channels.contains(&channel) {
            channels.push(channel);
        }
    }
    let one = |channel: &Channel| Sending {
        id: channel.to_string(),
        channel: naming::channel(&staff.speech, channel.as_str()),
        sender: match service::sending::sender_of(&senders, channel) {
            Some(sender) if sender.tested.is_some() => "tested",
            Some(_) => "untested",
            None => "none",
        },
        staff: colleagues.iter().filter(|colleague| colleague.channel == *channel).count(),
    };
    Ok(channels.into_iter().map(one).collect())
}

/// Throws the draft away; with it a journey that was never published.
pub(super) async fn throw_away(editor: Editor, Path(id): Path<String>) -> Answer {
    let row = opened::row(&editor.app, &editor.house.id, &id).await?;
    if row.live.is_none() {
        editor.app.store.delete_journey(&editor.house.id, &row.id).await?;
        editor.record("journey.deleted", &id, json!({ "title": row.title })).await?;
        return editor.go("/klantreizen", Text::new("draft-journey-deleted").with("title", row.title));
    }
    editor.app.store.delete_draft(&editor.house.id, &row.id).await?;
    editor.record("draft.deleted", &id, json!({})).await?;
    editor.go(&draft_path(&id, ""), Text::new("draft-deleted"))
}
