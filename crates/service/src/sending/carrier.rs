use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use channels::{Outcome as Told, Outgoing, Reason, Stage, Transport};
use jiff::{SignedDuration, Timestamp};
use store::{Lane, OutboxRow, Outcome, Rendered, Store, Trouble, meter};
use tokio::task::JoinSet;
use words::Language;

use super::backoff::ATTEMPTS_MAX;
use super::breaker::Turned;
use super::guard::{self, Guard};
use super::lanes::Lanes;
use super::noting::Done;
use super::outcome::{Noted, noted};
use super::sent_log::{SentLog, digest};
use super::transports::Transports;
use super::under_way::{Mark, UnderWay};
use crate::working::Term;
use crate::{Catalog, Clock, Random, Result};

/// Rows that were left behind are taken up so many at a time.
const LEFT_MAX: u32 = 200;
/// A row that is being carried for longer than this was left behind, also where nobody knows who carried it.
const LEFT_BEHIND_MINUTES: i64 = 15;
/// One call of a transport takes no longer; well below the time after which its message counts as left behind.
pub(super) const CALL_MAX: Duration = Duration::from_secs(300);
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
    /// How the providers are doing.
    pub(crate) lanes: Lanes,
    /// What it is carrying.
    pub(crate) under_way: UnderWay,
}

/// A message that only has to be handed over.
pub(super) struct Ready {
    pub(super) row: OutboxRow,
    pub(super) outgoing: Outgoing,
    pub(super) rendered: Rendered,
    pub(super) transport: Arc<dyn Transport>,
    pub(super) language: Language,
    pub(super) claimed: Timestamp,
    pub(super) mark: Option<Arc<Mark>>,
}

/// What was claimed of a lane.
#[derive(Default)]
pub(super) struct Taken {
    /// How many.
    pub(super) count: usize,
    pub(super) ready: Vec<Ready>,
    /// What came to its end before it was handed over; to be noted.
    pub(super) done: Vec<Done>,
}

impl Carrier {
    /// One round over every lane, in a fixed order: takes what is ready, carries it and notes what came of it. For tests and
    /// simulation; a worker lets each lane go by itself, see [`super::carrying`].
    pub async fn carry(&self) -> Result<Carried> {
        let mut carried = Carried::default();
        for lane in self.lanes_to_carry(self.clock.now()).await? {
            let room = self.lanes.room(&lane, 0, self.clock.now());
            let Taken { count, ready, mut done } = self.take(&lane, room).await?;
            carried.taken += count;
            let mut under_way = JoinSet::new();
            for (number, ready) in ready.into_iter().enumerate() {
                let carrier = self.clone();
                under_way.spawn(async move { (number, carrier.hand_over(&ready).await, ready) });
            }
            // A transport that panics leaves its row in Sending; `recover` finds it.
            let mut told = Vec::new();
            while let Some(joined) = under_way.join_next().await {
                told.extend(joined.ok());
            }
            told.sort_by_key(|(number, ..)| *number);
            for (_, told, ready) in told {
                done.push(self.heard(&lane, ready, told).await);
            }
            carried.sent += done.iter().filter(|done| matches!(done.outcome, Outcome::Sent { .. })).count();
            self.note_or_put_aside(done).await?;
        }
        Ok(carried)
    }

    /// Lanes in which something is ready, without those of paper, which a person prints; where everything goes by one transport,
    /// paper does too.
    pub(super) async fn lanes_to_carry(&self, now: Timestamp) -> Result<Vec<Lane>> {
        let mut lanes = self.store.ready_lanes(now).await?;
        lanes.retain(|lane| !lane.channel.is_paper() || self.transports.carries_all());
        Ok(lanes)
    }

    /// Claims messages of a lane and makes them. When something fails behind the claim, they are tried again later.
    pub(super) async fn take(&self, lane: &Lane, room: usize) -> Result<Taken> {
        if room == 0 || !self.may_send() {
            return Ok(Taken::default());
        }
        let now = self.clock.now();
        let rows = self.store.claim(now, lane, u32::try_from(room).unwrap_or(u32::MAX)).await?;
        let count = rows.len();
        if count == 0 {
            return Ok(Taken::default());
        }
        let mut marks: BTreeMap<_, _> = rows.iter().map(|row| (row.key.clone(), self.under_way.mark(row))).collect();
        let (mut ready, mut done) = match self.look_at(lane, rows.clone()).await {
            Ok(looked_at) => looked_at,
            Err(error) => (Vec::new(), later(rows, now, &error.to_string())),
        };
        ready.iter_mut().for_each(|one| one.mark = marks.remove(&one.row.key));
        done.iter_mut().for_each(|one| one.mark = marks.remove(&one.row.key));
        Ok(Taken { count, ready, done })
    }

    /// What may go, made; and what came of the others.
    async fn look_at(&self, lane: &Lane, rows: Vec<OutboxRow>) -> Result<(Vec<Ready>, Vec<Done>)> {
        let organisation = self.catalog.organisation(&lane.organisation).await?;
        let language = organisation.map(|organisation| organisation.language).unwrap_or_default();
        let verdicts = self.guard.verdicts(self.store.as_ref(), &rows).await?;
        let (mut open, mut done) = (Vec::new(), Vec::new());
        for (row, before) in rows.into_iter().zip(verdicts) {
            match before {
                Some((before, time)) => {
                    let (outcome, doubt) = guard::noted(before, time, language);
                    done.push(Done { doubt, ..Done::without(row, outcome) });
                }
                None => open.push(row),
            }
        }
        let (mut ready, unmade) = self.prepare(lane, open, language).await?;
        done.extend(unmade);
        if let Err(error) = self.log_handing_over(ready.iter().map(|ready| &ready.row)).await {
            tracing::error!(%error, "the sent log cannot be written; nothing is sent");
            let rows = ready.drain(..).map(|ready| ready.row).collect();
            done.extend(later(rows, self.clock.now(), &error.to_string()));
        }
        Ok((ready, done))
    }

    /// That these are going to be handed over is on the disk before they are.
    pub(super) async fn log_handing_over(&self, rows: impl Iterator<Item = &OutboxRow>) -> std::io::Result<()> {
        let Some(log) = &self.log else { return Ok(()) };
        let messages: Vec<_> = rows.map(|row| digest(&row.organisation, &row.key)).collect();
        if messages.is_empty() {
            return Ok(());
        }
        log.hand_over(messages, self.clock.now()).await
    }

    pub(super) fn log_told(&self, row: &OutboxRow, is_accepted: bool) {
        if let Some(log) = &self.log {
            log.told(digest(&row.organisation, &row.key), is_accepted, self.clock.now());
        }
    }

    /// Gives one message to its transport; what that told.
    pub(super) async fn hand_over(&self, ready: &Ready) -> Told {
        let told = tokio::time::timeout(CALL_MAX, ready.transport.send(&ready.outgoing)).await;
        let waited_ms = u64::try_from(CALL_MAX.as_millis()).unwrap_or(u64::MAX);
        let silence = |_| Told::Unknown { reason: Reason::Silence { stage: Stage::Message, waited_ms } };
        let told = told.unwrap_or_else(silence);
        match &told {
            Told::Accepted { .. } => self.log_told(&ready.row, true),
            Told::Refused { .. } => self.log_told(&ready.row, false),
            Told::Unknown { .. } => {}
        }
        told
    }

    /// What the outbox is to note of an answer; the lane hears it too.
    pub(super) async fn heard(&self, lane: &Lane, ready: Ready, told: Told) -> Done {
        let now = self.clock.now();
        if let Some(turned) = self.lanes.hear(lane, &told, now, self.random.fraction()) {
            let reason = told.reason().map(|reason| reason.say(ready.language)).unwrap_or_default();
            self.note_turn(lane, turned, reason).await;
        }
        let Noted { outcome, suppress, doubt } = noted(told, &ready.row, now, self.random.fraction(), ready.language);
        Done { row: ready.row, outcome, rendered: Some(ready.rendered), suppress, doubt, mark: ready.mark }
    }

    /// Tells staff, wherever they look, that a lane stands still or goes again.
    async fn note_turn(&self, lane: &Lane, turned: Turned, reason: String) {
        let channel = lane.channel.as_str();
        let trouble = match turned {
            Turned::Opened(open) => {
                tracing::warn!(lane.channel = channel, until = %open.until, "a provider is in trouble; nothing goes by it for a while");
                meter::count("klantreis_sender_pauses_total", &[("channel", channel)], 1);
                Some(Trouble { since: open.since, until: open.until, reason })
            }
            Turned::Closed => None,
        };
        if let Err(error) = self.store.note_trouble(lane, trouble).await {
            tracing::warn!(%error, "how a provider is doing is not shown");
        }
    }

    /// A message that was claimed and does not go now.
    pub(super) fn give_back(&self, ready: Ready, reason: String) -> Done {
        self.log_told(&ready.row, false);
        let mark = ready.mark;
        Done { mark, ..Done::without(ready.row, Outcome::GivenBack { at: self.clock.now(), reason }) }
    }

    /// Rows that somebody left in the middle of being carried: e-mail goes again with the same Message-ID, others become unknown.
    /// What this process is still carrying is not among them. How many.
    pub async fn recover(&self) -> Result<usize> {
        let now = self.clock.now();
        let before = now.saturating_sub(SignedDuration::from_mins(LEFT_BEHIND_MINUTES)).unwrap_or(now);
        let limit = LEFT_MAX.saturating_add(u32::try_from(self.under_way.count()).unwrap_or(u32::MAX));
        let rows = self.store.left_sending(before, limit).await?;
        let mut done = Vec::new();
        for row in rows.into_iter().filter(|row| !self.under_way.holds(row)) {
            let organisation = self.catalog.organisation(&row.organisation).await?;
            let language = organisation.map(|organisation| organisation.language).unwrap_or_default();
            let lost = Reason::Line { stage: Stage::Message, detail: "restart".into() };
            let noted = noted(Told::Unknown { reason: lost }, &row, now, self.random.fraction(), language);
            let outcome = match noted.outcome {
                // It is no fault of the provider, so there is nothing to wait for.
                Outcome::Retry { reason, .. } if row.attempts <= ATTEMPTS_MAX => Outcome::Retry { at: now, reason },
                other => other,
            };
            done.push(Done { doubt: noted.doubt, ..Done::without(row, outcome) });
        }
        self.note_or_put_aside(done).await
    }

    /// Whether what it hands over now is not being handed over by somebody else.
    pub(super) fn may_send(&self) -> bool {
        self.term.as_ref().is_none_or(|term| term.lasts(self.clock.now()))
    }

    /// Whether it carries under the same lease.
    pub(super) fn is_of(&self, other: &Self) -> bool {
        let lease = |carrier: &Self| carrier.term.as_ref().map(|term| term.lease);
        lease(self) == lease(other)
    }
}

/// Something that is not theirs to answer for went wrong.
fn later(rows: Vec<OutboxRow>, now: Timestamp, reason: &str) -> Vec<Done> {
    let at = now.saturating_add(LOG_TRIED_AFTER).unwrap_or(Timestamp::MAX);
    let again = |row| Done::without(row, Outcome::GivenBack { at, reason: reason.to_owned() });
    rows.into_iter().map(again).collect()
}
