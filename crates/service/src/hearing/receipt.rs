//! What became of a message, told by who carried it.

use channels::{Fate, Means, Outcome as Told, Reason, Receipt};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use store::{NewEvent, OutboxRow, Outcome, SendState, Store, Suppression};
use words::{Channel, EffectKey, Language, OrganisationId};

use crate::Result;
use crate::sending::{message_event, of_its_channel};

/// So long after a provider says that it happened, the message that it is about may still be being written down.
const FRESH: SignedDuration = SignedDuration::from_mins(1);

/// By then the run has heard what was told together with an outcome.
const HEARD_WITHIN: SignedDuration = SignedDuration::from_secs(10);

/// What came of noting one.
pub(super) enum Noted {
    Done,
    /// The message is still being handed over.
    TooEarly,
    /// The message does not stand any more as it was read.
    MovedOn,
}

pub(super) async fn note(
    store: &dyn Store,
    (organisation, channel): (&OrganisationId, &Channel),
    told: &Receipt,
    (language, now): (Language, Timestamp),
) -> Result<Noted> {
    // The key with its channel, as it was handed over.
    let key = told.key.as_deref().and_then(|key| key.strip_suffix(channel.as_str())?.strip_suffix(':'));
    let found = match key {
        Some(key) => store.message(organisation, &EffectKey::stored(key.to_owned())).await?,
        None => store.message_by_reference(organisation, channel, &told.reference).await?,
    };
    let Some(row) = found else {
        // What the provider calls a message is written down a moment after the provider took it.
        let is_fresh = |time: Timestamp| now.duration_since(time) < FRESH;
        return Ok(if key.is_none() && told.time.is_some_and(is_fresh) { Noted::TooEarly } else { Noted::Done });
    };
    if row.channel.as_ref() != Some(channel) {
        return Ok(Noted::Done);
    }
    let is_unknown = match &row.state {
        SendState::Unknown { .. } => true,
        SendState::Sent { reference: Some(known), .. } if *known != told.reference => return Ok(Noted::Done),
        SendState::Sent { .. } => false,
        SendState::Sending { .. } => return Ok(Noted::TooEarly),
        _ => return Ok(Noted::Done),
    };
    let time = told.time.filter(|time| *time <= now).unwrap_or(now);
    let (outcome, events) = match &told.fate {
        Fate::Failed(refusal) => {
            suppress(store, &row, refusal, now).await?;
            failed(&row, is_unknown, refusal.reason().map(|reason| reason.say(language)).unwrap_or_default(), now)
        }
        fate => {
            let sent = Outcome::Sent { time, reference: Some(told.reference.clone()) };
            (is_unknown.then_some(sent), arrived(&row, fate, (time, now)))
        }
    };
    Ok(if store.told(&row, outcome, events).await? { Noted::Done } else { Noted::MovedOn })
}

/// What is told includes what went before it, which may come later or not at all; what was told before counts once.
fn arrived(row: &OutboxRow, fate: &Fate, (time, now): (Timestamp, Timestamp)) -> Vec<NewEvent> {
    let names: &[&str] = match fate {
        Fate::Read => &["message.sent", "message.delivered", "message.read"],
        Fate::Delivered => &["message.sent", "message.delivered"],
        _ => &["message.sent"],
    };
    let channel = row.channel.as_ref().map(|channel| channel.as_str().to_owned());
    let event = |name: &&str| message_event(row, name, time, now, channel.clone());
    names.iter().map(event).map(|event| NewEvent::about(row.organisation.clone(), row.customer, event)).collect()
}

/// A definite refusal: another channel may still reach the customer. Where it counted as sent the run hears first that it did not
/// arrive.
fn failed(row: &OutboxRow, is_unknown: bool, reason: String, now: Timestamp) -> (Option<Outcome>, Vec<NewEvent>) {
    if is_unknown {
        return (Some(Outcome::NextChannel { at: now, reason }), Vec::new());
    }
    let channel = row.channel.as_ref().map(|channel| channel.as_str().to_owned());
    let mut event = message_event(row, "message.failed", now, now, channel);
    event.properties.insert("reason".into(), Value::String(reason.clone()));
    event.properties.insert("again".into(), Value::Bool(true));
    let event = NewEvent::about(row.organisation.clone(), row.customer, of_its_channel(row, &event));
    let at = now.saturating_add(HEARD_WITHIN).unwrap_or(now);
    (Some(Outcome::NextChannel { at, reason }), vec![event])
}

async fn suppress(store: &dyn Store, row: &OutboxRow, refusal: &Told, now: Timestamp) -> Result<()> {
    let Told::Refused { reason, suppress: true, .. } = refusal else { return Ok(()) };
    let Some((channel, address)) = row.channel.clone().zip(row.to.clone()) else { return Ok(()) };
    let opted_out = matches!(reason, Reason::Provider { means: Means::OptedOut, .. });
    let reason = if opted_out { "unsubscribed" } else { "bounced" }.to_owned();
    let organisation = row.organisation.clone();
    Ok(store.suppress(Suppression { organisation, channel, address, reason, since: now }).await?)
}
