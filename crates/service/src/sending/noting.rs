use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::{Value, json};
use store::{Finished, NewEvent, OutboxRow, Outcome, Rendered, SendState, Suppression, meter};
use words::{Event, EventId, EventName, Identity, Properties};

use super::carrier::Carrier;
use crate::Result;

/// An attempt that came to its end.
#[derive(Clone)]
pub(super) struct Done {
    pub(super) row: OutboxRow,
    pub(super) outcome: Outcome,
    pub(super) rendered: Option<Rendered>,
    /// The address itself does not exist.
    pub(super) suppress: bool,
}

impl Done {
    /// Before it was handed over.
    pub(super) const fn without(row: OutboxRow, outcome: Outcome) -> Self {
        Self { row, outcome, rendered: None, suppress: false }
    }
}

impl Carrier {
    /// Writes down what came of attempts, together.
    pub(super) async fn note(&self, done: &[Done]) -> Result<()> {
        if done.is_empty() {
            return Ok(());
        }
        let now = self.clock.now();
        for done in done.iter().filter(|done| done.suppress) {
            let Some((channel, address)) = done.row.channel.clone().zip(done.row.to.clone()) else { continue };
            let organisation = done.row.organisation.clone();
            let reason = "bounced".to_owned();
            self.store.suppress(Suppression { organisation, channel, address, reason, since: now }).await?;
        }
        self.store.finish(done.iter().map(|done| finished(done, now)).collect()).await?;
        for done in done {
            let channel = done.row.channel.as_ref().map_or("", words::Channel::as_str);
            meter::count("klantreis_sends_total", &[("channel", channel), ("outcome", named(&done.outcome))], 1);
        }
        Ok(())
    }
}

fn finished(done: &Done, now: Timestamp) -> Finished {
    let row = &done.row;
    let attempt = match row.state {
        SendState::Sending { attempt, .. } => attempt,
        _ => row.attempts,
    };
    // Another channel needs another text.
    let rendered = done.rendered.clone().filter(|_| !matches!(done.outcome, Outcome::NextChannel { .. }));
    Finished {
        organisation: row.organisation.clone(),
        customer: row.customer,
        key: row.key.clone(),
        attempt,
        outcome: done.outcome.clone(),
        rendered,
        event: told_to_engine(row, &done.outcome, now),
    }
}

const fn named(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Sent { .. } => "sent",
        Outcome::Failed { .. } => "failed",
        Outcome::Unknown { .. } => "unknown",
        Outcome::Retry { .. } => "retry",
        Outcome::GivenBack { .. } => "given_back",
        Outcome::NextChannel { .. } => "next_channel",
        Outcome::Refused { .. } => "refused",
    }
}

/// The event by which the engine hears of it: only of what is final.
fn told_to_engine(row: &OutboxRow, outcome: &Outcome, now: Timestamp) -> Option<NewEvent> {
    let (name, time) = match outcome {
        Outcome::Sent { time, .. } => ("message.sent", *time),
        Outcome::Failed { .. } | Outcome::Refused { .. } => ("message.failed", now),
        Outcome::Unknown { .. } | Outcome::Retry { .. } | Outcome::GivenBack { .. } | Outcome::NextChannel { .. } => {
            return None;
        }
    };
    let channel = row.channel.as_ref().map(|channel| channel.as_str().to_owned());
    Some(NewEvent::about(row.organisation.clone(), row.customer, message_event(row, name, time, now, channel)))
}

/// The event that tells what became of a message.
pub fn message_event(
    row: &OutboxRow,
    name: &str,
    time: Timestamp,
    received: Timestamp,
    channel: Option<String>,
) -> Event {
    let mut properties: Properties = BTreeMap::new();
    properties.insert("key".into(), json!(row.key));
    properties.insert("run".into(), json!(row.run));
    properties.insert("journey".into(), json!(row.journey));
    properties.insert("touchpoint".into(), json!(row.touchpoint));
    properties.insert("channel".into(), channel.map_or(Value::Null, Value::String));
    Event {
        id: EventId::new(format!("{}:{name}", row.key)),
        source: "klantreis".into(),
        name: EventName::parse(name).expect("a reserved name"),
        time,
        received,
        identity: Identity::default(),
        properties,
        imported: false,
    }
}
