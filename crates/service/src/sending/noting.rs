use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Value, json};
use store::{Doubt, Finished, NewEvent, OutboxRow, Outcome, Rendered, SendState, Suppression, meter};
use words::{Event, EventId, EventName, Properties};

use super::carrier::Carrier;
use super::under_way::Mark;
use crate::{Error, Result};

/// An attempt that came to its end.
pub(super) struct Done {
    pub(super) row: OutboxRow,
    pub(super) outcome: Outcome,
    pub(super) rendered: Option<Rendered>,
    /// The address itself does not exist.
    pub(super) suppress: bool,
    /// Since this attempt it may have arrived.
    pub(super) doubt: Option<Doubt>,
    pub(super) mark: Option<Arc<Mark>>,
}

impl Done {
    /// Before it was handed over.
    pub(super) const fn without(row: OutboxRow, outcome: Outcome) -> Self {
        Self { row, outcome, rendered: None, suppress: false, doubt: None, mark: None }
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
        let counted = self.store.finish(done.iter().map(|done| finished(done, now)).collect()).await?;
        for (done, counted) in done.iter().zip(counted) {
            if !counted {
                let outcome = named(&done.outcome);
                tracing::warn!(outcome, "what came of a message did not count: it is not in that attempt any more");
                continue;
            }
            let channel = done.row.channel.as_ref().map_or("", words::Channel::as_str);
            meter::count("klantreis_sends_total", &[("channel", channel), ("outcome", named(&done.outcome))], 1);
        }
        Ok(())
    }

    /// The same, together where that goes and else one by one. What is noted is taken out of the list; what is left the store
    /// refuses for a reason of its own, which is given.
    pub(super) async fn note_what_goes(&self, done: &mut Vec<Done>) -> Result<Option<Error>> {
        match self.note(done).await {
            Ok(()) => done.clear(),
            Err(error) if error.is_of_the_moment() => return Err(error),
            Err(_) => {
                let mut refused = None;
                let mut place = 0;
                while let Some(one) = done.get(place..=place) {
                    match self.note(one).await {
                        Ok(()) => drop(done.remove(place)),
                        Err(error) if error.is_of_the_moment() => return Err(error),
                        Err(error) => {
                            refused = Some(error);
                            place += 1;
                        }
                    }
                }
                return Ok(refused);
            }
        }
        Ok(None)
    }

    /// Of these the outcome cannot be written: they stand as unknown, and in quarantine with the reason. What cannot even be put
    /// aside stays as it is, and is found again as left behind.
    pub(super) async fn put_aside(&self, refused: &mut Vec<Done>, why: &Error) -> Result<usize> {
        let mut put = 0;
        while let Some(done) = refused.last() {
            // Why stands in quarantine: it may quote what it stumbled over.
            tracing::error!(outcome = named(&done.outcome), "what came of a message cannot be written down");
            let row = &done.row;
            let reason = format!("{}: {why}", named(&done.outcome));
            match self.store.put_aside(&row.organisation, &row.key, attempt(row), &reason).await {
                Ok(is_put) => put += usize::from(is_put),
                Err(error) if error.is_temporary() => return Err(error.into()),
                Err(error) => tracing::error!(%error, "nor can it be put aside; it is tried again later"),
            }
            refused.pop();
        }
        Ok(put)
    }

    /// Notes once, and puts aside what the store refuses; how many came to an end.
    pub(super) async fn note_or_put_aside(&self, mut done: Vec<Done>) -> Result<usize> {
        let all = done.len();
        let Some(why) = self.note_what_goes(&mut done).await? else { return Ok(all) };
        let noted = all - done.len();
        Ok(noted + self.put_aside(&mut done, &why).await?)
    }
}

/// Which attempt it is in.
const fn attempt(row: &OutboxRow) -> u32 {
    match row.state {
        SendState::Sending { attempt, .. } | SendState::Printed { attempt, .. } => attempt,
        _ => row.attempts,
    }
}

fn finished(done: &Done, now: Timestamp) -> Finished {
    let row = &done.row;
    // Another channel needs another text.
    let rendered = done.rendered.clone().filter(|_| !matches!(done.outcome, Outcome::NextChannel { .. }));
    Finished {
        organisation: row.organisation.clone(),
        customer: row.customer,
        key: row.key.clone(),
        attempt: attempt(row),
        outcome: done.outcome.clone(),
        rendered,
        doubt: done.doubt,
        events: told_to_engine(row, &done.outcome, now),
    }
}

const fn named(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Printed { .. } => "printed",
        Outcome::Sent { .. } => "sent",
        Outcome::Failed { .. } => "failed",
        Outcome::Unknown { .. } => "unknown",
        Outcome::Retry { .. } => "retry",
        Outcome::GivenBack { .. } => "given_back",
        Outcome::NextChannel { .. } => "next_channel",
        Outcome::Refused { .. } => "refused",
    }
}

/// The events by which the engine hears of it: only of what is final. What went by another channel before may have counted as sent
/// then, until its provider took that back: so it is told once more, of this channel.
fn told_to_engine(row: &OutboxRow, outcome: &Outcome, now: Timestamp) -> Vec<NewEvent> {
    let (name, time) = match outcome {
        Outcome::Sent { time, .. } => ("message.sent", *time),
        Outcome::Failed { .. } | Outcome::Refused { .. } => ("message.failed", now),
        Outcome::Printed { .. }
        | Outcome::Unknown { .. }
        | Outcome::Retry { .. }
        | Outcome::GivenBack { .. }
        | Outcome::NextChannel { .. } => return Vec::new(),
    };
    let channel = row.channel.as_ref().map(|channel| channel.as_str().to_owned());
    let event = message_event(row, name, time, now, channel);
    let once_more = (name == "message.sent" && !row.tried.is_empty()).then(|| of_its_channel(row, &event));
    let about = |event| NewEvent::about(row.organisation.clone(), row.customer, event);
    [Some(event), once_more].into_iter().flatten().map(about).collect()
}

/// The same, told of the channel by which it goes now: what is told of a message counts once, and of each channel once.
pub(crate) fn of_its_channel(row: &OutboxRow, event: &Event) -> Event {
    let channel = row.channel.as_ref().map_or("", words::Channel::as_str);
    Event { id: EventId::new(format!("{}:{channel}", event.id)), ..event.clone() }
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
    let id = format!("{}:{name}", row.key);
    let name = EventName::parse(name).expect("a reserved name");
    Event { time, ..Event::ours(id, received, name, properties) }
}
