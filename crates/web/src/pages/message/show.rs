//! One message: as the customer sees it by every channel, what was decided and why, what was tried.

use axum::extract::{Path, State};
use minijinja::{Value, context};
use serde_json::json;
use service::{answering::is_answer, complaining::own_of, sending::notice_of};
use store::{OutboxRow, SendState};
use words::{Channel, Decision, EffectKey, Lesson};

use super::{
    list,
    seen::{self, Seen, seen},
    title::Titles,
};
use crate::{
    App,
    language::Text,
    pages::{customer, encoded, naming},
    problem::{Answer, Problem},
    session::{Editor, Staff, Viewer},
    views::data,
};

pub(super) async fn show(viewer: Viewer, State(app): State<App>, Path(key): Path<String>) -> Answer {
    let row = found(&app, &viewer, &key).await?;
    let house = &viewer.house.id;
    let stored = app.store.customer(house, row.customer).await?.ok_or(Problem::NotFound)?;
    let decisions = app.store.decisions_of(house, row.customer).await?;
    let decisions: Vec<&Decision> =
        decisions.iter().map(|stored| &stored.decision).filter(|decision| decision.key == row.key).collect();
    let titles = Titles::of(&app, house, std::slice::from_ref(&row)).await?;
    let language = seen::language(&app.service, &row, &stored.customer).await?;
    let previews = previews(&app, &row).await?;
    let previews: Vec<Seen> =
        previews.into_iter().map(|seen| seen.written_in(language, viewer.speech.language)).collect();
    let receipts = receipts(&app, &viewer, &row).await?;
    let page = context! {
        key => row.key.as_str(),
        title => titles.message(&row, &viewer.speech),
        journey => titles.journey(&row, &viewer.speech),
        journey_href => match notice_of(&row) {
            Some(_) => format!("/klantreizen/{}", encoded(row.journey.as_str())),
            None if is_answer(&row) || own_of(&row).is_some() => customer::path(row.customer),
            None => format!("/klantreizen/{}?moment={}", encoded(row.journey.as_str()), encoded(row.touchpoint.as_str())),
        },
        customer_href => customer::path(row.customer),
        name => naming::person(&stored.customer, &viewer.speech),
        previews => data(previews),
        receipts,
        gone => matches!(row.state, SendState::Sent { .. }),
        decisions => decisions.iter().rev().map(|decision| decided(&viewer, decision)).collect::<Vec<_>>(),
        attempts => row.attempts,
        tried => row.tried.iter().map(|channel| naming::channel(&viewer.speech, channel.as_str())).collect::<Vec<_>>(),
        last_error => row.last_error.as_deref(),
        next_attempt => row.next_attempt.map(|moment| moment.to_string()),
        reference => match &row.state { SendState::Sent { reference, .. } => reference.clone(), _ => None },
        can_send_again => matches!(row.state, SendState::Failed { .. } | SendState::Unknown { .. }),
        ..list::shown(&viewer, &row),
    };
    viewer.render("message/show.html", page)
}

pub(super) async fn send_again(editor: Editor, State(app): State<App>, Path(key): Path<String>) -> Answer {
    let row = found(&app, &editor, &key).await?;
    let again = app.store.send_again(&editor.house.id, &row.key, editor.speech.now).await?;
    if !again {
        return Err(Problem::Invalid(Text::new("message-not-again")));
    }
    editor.record("message.sent_again", row.key.as_str(), json!({})).await?;
    app.service.wake();
    editor.go(&super::path(&row.key), Text::new("message-again-done"))
}

/// What the provider told of it after it went: arrived, read; and when.
async fn receipts(app: &App, staff: &Staff, row: &OutboxRow) -> Result<Vec<Value>, Problem> {
    let (contacts, learnt) = app.store.story_of(&row.organisation, row.customer).await?;
    let event = format!("{}:message.sent", row.key);
    let Some(contact) = contacts.iter().find(|contact| contact.event.as_str() == event) else { return Ok(Vec::new()) };
    let about = learnt.iter().filter(|l| l.run == contact.run && l.sequence == contact.sequence);
    let told = about.filter_map(|learnt| {
        let what = match learnt.lesson {
            Lesson::Delivered => "message-delivered",
            Lesson::Read => "message-read",
            _ => return None,
        };
        Some(context! { what => staff.say(&Text::new(what)), time => learnt.time.to_string() })
    });
    Ok(told.collect())
}

async fn found(app: &App, staff: &Staff, key: &str) -> Result<OutboxRow, Problem> {
    app.store.message(&staff.house.id, &EffectKey::stored(key)).await?.ok_or(Problem::NotFound)
}

/// The message by each channel: first the one that was chosen, then the others of the touchpoint. One that cannot be made
/// has no preview.
async fn previews(app: &App, row: &OutboxRow) -> Result<Vec<Seen>, Problem> {
    let others = row.send.channels.iter().filter(|channel| Some(*channel) != row.channel.as_ref());
    let channels: Vec<&Channel> = row.channel.iter().chain(others).collect();
    let mut previews = Vec::new();
    for channel in channels.into_iter().filter(|channel| channel.sends()) {
        if let Some(made) = app.service.carrier.preview(row, channel).await? {
            let frame = format!("{}/inhoud/{channel}", super::path(&row.key));
            let pdf = format!("{}/brief.pdf", super::path(&row.key));
            previews.push(seen(&made, channel.as_str(), frame).printed_at(&made, pdf));
        }
    }
    Ok(previews)
}

fn decided(staff: &Staff, decision: &Decision) -> Value {
    context! {
        time => decision.time.to_string(),
        verdict => match &decision.verdict {
            words::Verdict::Send { channel, to } => staff.say(&Text::new("verdict-send").with("channel", naming::channel(&staff.speech, channel.as_str())).with("to", to.clone())),
            words::Verdict::Hold { until, why } => customer::waits(*why, *until, &staff.speech),
            words::Verdict::Refuse { reason } => customer::refusal(*reason, &staff.speech),
        },
        checks => data(customer::checks(decision, &staff.speech)),
    }
}
