use std::collections::BTreeMap;
use std::sync::Arc;

use channels::{Outcome as Told, Outgoing, Reason};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use store::{Finished, NewEvent, OutboxRow, Outcome, Rendered, SendState, Store, Suppression, meter};
use words::{Event, EventId, EventName, Identity, Language, Properties, Refusal};

use super::guard::{self, Guard};
use super::message::Making;
use super::notice::{notice_of, noticed};
use super::outcome::noted;
use super::sent_log::{SentLog, digest};
use super::transports::{Transports, sender_of};
use crate::working::Term;
use crate::{Catalog, Clock, Random, Result, links};

/// Messages taken at one time.
const CLAIM_MAX: u32 = 100;
/// A row that is being carried for longer than this was left behind by a crash.
const LEFT_BEHIND_MINUTES: i64 = 15;
/// When the sent log cannot be written, nothing is sent for so long.
const LOG_TRIED_AFTER: SignedDuration = SignedDuration::from_mins(1);

/// What one round of carrying did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Carried {
    /// Rows that were taken.
    pub taken: usize,
    /// Of which the provider accepted.
    pub sent: usize,
}

/// Carries what was decided. Decides nothing itself.
#[derive(Clone)]
pub struct Carrier {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) catalog: Arc<Catalog>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: Arc<dyn Random>,
    pub(crate) transports: Transports,
    pub(crate) base: String,
    /// The lease it carries under, where several work.
    pub(crate) term: Option<Arc<Term>>,
    /// Where it is written what is handed over.
    pub(crate) log: Option<Arc<SentLog>>,
    /// What went out before the store was restored.
    pub(crate) guard: Guard,
}

impl Carrier {
    /// Takes what is ready, carries it and notes what came of it.
    pub async fn carry(&self) -> Result<Carried> {
        let rows = self.store.claim(self.clock.now(), CLAIM_MAX).await?;
        let mut carried = Carried { taken: rows.len(), sent: 0 };
        let before = self.guard.verdicts(self.store.as_ref(), &rows).await?;
        let (mut ready, mut finished) = (Vec::new(), Vec::new());
        for (row, before) in rows.into_iter().zip(before) {
            if !self.may_send() {
                // Who took over finds it as if this one had crashed.
                continue;
            }
            if let Some((before, time)) = before {
                let outcome = guard::noted(before, time, self.language(&row).await?);
                finished.push((row, outcome, None, false));
                continue;
            }
            match self.prepare(&row).await? {
                Err(outcome) => finished.push((row, outcome, None, false)),
                Ok(prepared) => ready.push((row, prepared)),
            }
        }
        if let Err(error) = self.log_handing_over(&ready).await {
            tracing::error!(%error, "the sent log cannot be written; nothing is sent");
            let at = self.clock.now().saturating_add(LOG_TRIED_AFTER).unwrap_or(Timestamp::MAX);
            let later = |(row, _)| (row, Outcome::Retry { at, reason: error.to_string() }, None, false);
            finished.extend(ready.drain(..).map(later));
        }
        for (row, told, rendered) in self.hand_over(ready).await {
            let (outcome, suppress) = noted(told, &row, self.clock.now(), self.spread(), self.language(&row).await?);
            carried.sent += usize::from(matches!(outcome, Outcome::Sent { .. }));
            finished.push((row, outcome, Some(rendered), suppress));
        }
        self.note(finished).await?;
        Ok(carried)
    }

    /// That these are going to be handed over is on the disk before they are.
    async fn log_handing_over(&self, ready: &[(OutboxRow, Prepared)]) -> std::io::Result<()> {
        let Some(log) = self.log.as_ref().filter(|_| !ready.is_empty()) else { return Ok(()) };
        let messages = ready.iter().map(|(row, _)| digest(&row.organisation, &row.key)).collect();
        log.hand_over(messages, self.clock.now()).await
    }

    /// All at the same time; what each transport told.
    async fn hand_over(&self, ready: Vec<(OutboxRow, Prepared)>) -> Vec<(OutboxRow, Told, Rendered)> {
        let mut under_way = tokio::task::JoinSet::new();
        for (row, (outgoing, rendered, transport)) in ready {
            if !self.may_send() {
                continue;
            }
            let (log, clock) = (self.log.clone(), self.clock.clone());
            under_way.spawn(async move {
                let told = transport.send(&outgoing).await;
                let is_accepted = match &told {
                    Told::Accepted { .. } => Some(true),
                    Told::Refused { .. } => Some(false),
                    Told::Unknown { .. } => None,
                };
                if let (Some(log), Some(is_accepted)) = (log, is_accepted) {
                    log.told(digest(&row.organisation, &row.key), is_accepted, clock.now());
                }
                (row, told, rendered)
            });
        }
        let mut told = Vec::new();
        while let Some(joined) = under_way.join_next().await {
            // A transport that panics leaves its row in Sending; `recover` finds it.
            told.extend(joined.ok());
        }
        told
    }

    /// The organisation's.
    async fn language(&self, row: &OutboxRow) -> Result<Language> {
        Ok(self.catalog.organisation(&row.organisation).await?.map(|o| o.language).unwrap_or_default())
    }

    /// Rows that a crash left in the middle of being carried: e-mail goes again with the same Message-ID, others become unknown.
    pub async fn recover(&self) -> Result<usize> {
        let now = self.clock.now();
        let before = now.saturating_sub(SignedDuration::from_mins(LEFT_BEHIND_MINUTES)).unwrap_or(now);
        let rows = self.store.left_sending(before, CLAIM_MAX).await?;
        let count = rows.len();
        let lost = Told::Unknown { reason: Reason::Line { stage: channels::Stage::Message, detail: "restart".into() } };
        let mut finished = Vec::new();
        for row in rows {
            let (outcome, _) = noted(lost.clone(), &row, now, self.spread(), self.language(&row).await?);
            finished.push((row, outcome, None, false));
        }
        self.note(finished).await?;
        Ok(count)
    }

    /// Whether what it hands over now is not being handed over by somebody else.
    fn may_send(&self) -> bool {
        self.term.as_ref().is_none_or(|term| term.lasts(self.clock.now()))
    }

    fn spread(&self) -> f64 {
        f64::from(self.random.bytes16()[0]) / 255.0
    }

    /// Everything a transport needs, or what came of the message before it got that far.
    async fn prepare(&self, row: &OutboxRow) -> Result<std::result::Result<Prepared, Outcome>> {
        let now = self.clock.now();
        if late(row, now) {
            return Ok(Err(Outcome::Refused { reason: Refusal::TooLate }));
        }
        let (Some(channel), Some(to)) = (&row.channel, &row.to) else {
            return Ok(Err(Outcome::Refused { reason: Refusal::NoAddress }));
        };
        let senders = self.store.senders(&row.organisation).await?;
        let Some(sender) = sender_of(&senders, channel).filter(|sender| sender.tested.is_some()) else {
            return Ok(Err(Outcome::Refused { reason: Refusal::SenderUntested }));
        };
        let transport = match self.transports.of(sender) {
            Ok(transport) => transport,
            Err(error) => return Ok(Err(Outcome::Failed { reason: error.to_string() })),
        };
        let rendered = match self.rendered(row, channel, now).await? {
            Ok(rendered) => rendered,
            Err(_) => return Ok(Err(Outcome::Refused { reason: Refusal::Unrenderable })),
        };
        let outgoing = Outgoing {
            key: format!("{}:{channel}", row.key),
            channel: channel.clone(),
            time: row.decided,
            from: channels::Sender { name: sender.from_name.clone(), address: sender.from_address.clone() },
            reply_to: sender.reply_to.clone(),
            to: to.clone(),
            subject: rendered.subject.clone().unwrap_or_default(),
            text: rendered.text.clone(),
            html: rendered.html.clone(),
            headers: Vec::new(),
        };
        Ok(Ok((outgoing, rendered, transport)))
    }

    /// The message as the customer sees it: what was made at an earlier attempt by this channel, else made now.
    async fn rendered(
        &self,
        row: &OutboxRow,
        channel: &words::Channel,
        now: Timestamp,
    ) -> Result<std::result::Result<Rendered, super::message::Unmakeable>> {
        if let Some(made) = &row.rendered {
            return Ok(Ok(made.clone()));
        }
        let (made, links) = self.made(row, channel, now, self.random.as_ref()).await?;
        self.store.save_links(links).await?;
        Ok(made)
    }

    /// The message as this customer would see it by a channel, for staff: nothing is kept or sent, and the links to our own
    /// pages lead nowhere. What went out by this channel is shown as it went. `None`: it cannot be made.
    pub async fn preview(&self, row: &OutboxRow, channel: &words::Channel) -> Result<Option<Rendered>> {
        if let Some(made) = row.rendered.as_ref().filter(|_| row.channel.as_ref() == Some(channel)) {
            return Ok(Some(made.clone()));
        }
        let (made, _) = self.made(row, channel, row.decided, &NoLinks).await?;
        Ok(made.ok())
    }

    /// Makes it, with the links that must be kept before it goes.
    async fn made(
        &self,
        row: &OutboxRow,
        channel: &words::Channel,
        now: Timestamp,
        random: &dyn Random,
    ) -> Result<(std::result::Result<Rendered, super::message::Unmakeable>, Vec<store::Link>)> {
        let missing = || Ok((Err(super::message::Unmakeable::NoMessage(row.send.message.clone())), Vec::new()));
        let live = self.store.journey(&row.organisation, &row.journey).await?.and_then(|journey| journey.live);
        let Some(hash) = live else { return missing() };
        let Some(published) = self.catalog.version(&row.organisation, &row.journey, &hash).await? else {
            return missing();
        };
        let Some(organisation) = self.catalog.organisation(&row.organisation).await? else { return missing() };
        let Some(customer) = self.store.customer(&row.organisation, row.customer).await? else { return missing() };
        let making =
            Making { published: &published, organisation: &organisation, customer: &customer.customer, channel, now };
        if let Some(halt) = notice_of(row) {
            let halt = self.store.halt(&row.organisation, halt).await?;
            let Some(notice) = halt.and_then(|halt| halt.notice) else { return missing() };
            let message = noticed(&notice, organisation.language);
            return Ok((making.rendered(&message, &row.touchpoint, &row.send.facts, BTreeMap::new()), Vec::new()));
        }
        let made = links::make(making.links(&row.send.message), row, &organisation, &self.base, now, random);
        Ok((making.render(row, made.addresses), made.links))
    }

    async fn note(&self, finished: Vec<(OutboxRow, Outcome, Option<Rendered>, bool)>) -> Result<()> {
        let now = self.clock.now();
        let mut rows = Vec::with_capacity(finished.len());
        for (row, outcome, rendered, suppress) in finished {
            if suppress && let (Some(channel), Some(address)) = (row.channel.clone(), row.to.clone()) {
                let organisation = row.organisation.clone();
                let reason = "bounced".to_owned();
                self.store.suppress(Suppression { organisation, channel, address, reason, since: now }).await?;
            }
            let attempt = match row.state {
                SendState::Sending { attempt, .. } => attempt,
                _ => row.attempts,
            };
            let channel = row.channel.as_ref().map_or("", words::Channel::as_str);
            meter::count("klantreis_sends_total", &[("channel", channel), ("outcome", named(&outcome))], 1);
            let event = told_to_engine(&row, &outcome, now);
            // Another channel needs another text.
            let rendered = rendered.filter(|_| !matches!(outcome, Outcome::NextChannel { .. }));
            rows.push(Finished {
                organisation: row.organisation,
                customer: row.customer,
                key: row.key,
                attempt,
                outcome,
                rendered,
                event,
            });
        }
        if !rows.is_empty() {
            self.store.finish(rows).await?;
        }
        Ok(())
    }
}

const fn named(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Sent { .. } => "sent",
        Outcome::Failed { .. } => "failed",
        Outcome::Unknown { .. } => "unknown",
        Outcome::Retry { .. } => "retry",
        Outcome::NextChannel { .. } => "next_channel",
        Outcome::Refused { .. } => "refused",
    }
}

/// Gives tokens that nobody keeps: for messages that are only looked at.
struct NoLinks;

impl Random for NoLinks {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill(0);
    }
}

/// Past the patience that it had when it was asked for, counted from when it was ready: being held is not being late, and
/// neither is being tried again.
fn late(row: &OutboxRow, now: Timestamp) -> bool {
    let Some(until) = row.send.until.filter(|_| row.attempts <= 1) else { return false };
    let ready = row.next_attempt.unwrap_or(row.decided);
    ready.checked_add(until.duration_since(row.decided)).is_ok_and(|deadline| deadline < now)
}

type Prepared = (Outgoing, Rendered, Arc<dyn channels::Transport>);

/// The event by which the engine hears of it: only of what is final.
fn told_to_engine(row: &OutboxRow, outcome: &Outcome, now: Timestamp) -> Option<NewEvent> {
    let (name, time) = match outcome {
        Outcome::Sent { time, .. } => ("message.sent", *time),
        Outcome::Failed { .. } | Outcome::Refused { .. } => ("message.failed", now),
        Outcome::Unknown { .. } | Outcome::Retry { .. } | Outcome::NextChannel { .. } => return None,
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
