use std::collections::BTreeMap;

use async_trait::async_trait;
use jiff::Timestamp;
use words::{
    Channel, CustomerId, EffectKey, JourneyId, OrganisationId, PrincipalId, Refusal, RunId, SendEffect, Template,
    TouchpointId, Waits, paper::Letter,
};

use crate::{Due, Listed, NewEvent, Paging, Result, SenderName};

/// Where a message stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SendState {
    /// Waits for a moment at which it is decided again.
    Held {
        /// That moment.
        until: Timestamp,
        /// For what.
        why: Waits,
    },
    /// To be carried, by `channel` to `to`, from `next_attempt` on.
    Ready,
    /// Being carried. Committed before the call; after a crash it is still here.
    Sending {
        /// Which attempt, from 1.
        attempt: u32,
        /// Since when.
        started: Timestamp,
    },
    /// It stands on paper, and nobody posted it yet.
    Printed {
        /// Attempt, as it was claimed.
        attempt: u32,
        /// When it was printed.
        time: Timestamp,
        /// The pile that it was printed with.
        pile: String,
    },
    /// The provider took it.
    Sent {
        /// When.
        time: Timestamp,
        /// The provider's name for it; of paper its pile.
        reference: Option<String>,
    },
    /// The provider will never take it.
    Failed {
        /// Why.
        reason: String,
    },
    /// Nobody knows whether it went; a person must look.
    Unknown {
        /// Why.
        reason: String,
    },
    /// We decided not to.
    Refused {
        /// Why.
        reason: Refusal,
    },
    /// The step took it back.
    Withdrawn {
        /// Why.
        reason: String,
    },
}

impl SendState {
    /// Its name: `held`, `ready`, `sending`, `printed`, `sent`, `failed`, `unknown`, `refused`, `withdrawn`.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Held { .. } => "held",
            Self::Ready => "ready",
            Self::Sending { .. } => "sending",
            Self::Printed { .. } => "printed",
            Self::Sent { .. } => "sent",
            Self::Failed { .. } => "failed",
            Self::Unknown { .. } => "unknown",
            Self::Refused { .. } => "refused",
            Self::Withdrawn { .. } => "withdrawn",
        }
    }
}

/// Why a message may have arrived already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// A provider had it and did not say what became of it. Counts for the channel by which it goes.
    Unanswered,
    /// It may have gone before the store was restored from a backup.
    Restored,
}

impl Doubt {
    /// Its name: `unanswered`, `restored`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unanswered => "unanswered",
            Self::Restored => "restored",
        }
    }
}

/// A message as the customer sees it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Rendered {
    /// For e-mail.
    pub subject: Option<String>,
    /// Plain text; every channel has it.
    pub text: String,
    /// For e-mail and pages.
    pub html: Option<String>,
    /// Of marketing by e-mail: where a customer says no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unsubscribe: Option<String>,
    /// What WhatsApp carries outside a conversation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template: Option<Template>,
    /// For paper: the letter or card; `None` where the customer has no address that can be printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letter: Option<Letter>,
}

/// A message that the engine asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct OutboxRow {
    /// Idempotency key.
    pub key: EffectKey,
    /// Of which organisation.
    pub organisation: OrganisationId,
    /// To whom.
    pub customer: CustomerId,
    /// Of which run.
    pub run: RunId,
    /// Of which journey.
    pub journey: JourneyId,
    /// For which touchpoint.
    pub touchpoint: TouchpointId,
    /// When the step asked.
    pub decided: Timestamp,
    /// What.
    pub send: SendEffect,
    /// Where it stands.
    pub state: SendState,
    /// The channel that was chosen, from Ready on.
    pub channel: Option<Channel>,
    /// The address that was chosen, from Ready on.
    pub to: Option<String>,
    /// In whose name it goes.
    pub principal: PrincipalId,
    /// Channels that definitely refused it.
    pub tried: Vec<Channel>,
    /// Attempts so far, over all channels.
    pub attempts: u32,
    /// Not claimed before this moment.
    pub next_attempt: Option<Timestamp>,
    /// What went wrong last.
    pub last_error: Option<String>,
    /// Whether it may have arrived already; stays until another channel is chosen.
    pub doubt: Option<Doubt>,
    /// As the customer sees it, once it was made.
    pub rendered: Option<Rendered>,
}

/// The messages of one organisation that go by one channel in one name: what one sender carries.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lane {
    /// Of which organisation.
    pub organisation: OrganisationId,
    /// By which channel.
    pub channel: Channel,
    /// In whose name.
    pub principal: PrincipalId,
}

impl Lane {
    /// That of the organisation itself.
    pub fn own(organisation: OrganisationId, channel: Channel) -> Self {
        Self { organisation, channel, principal: PrincipalId::own() }
    }

    /// What its sender is called, where it has one of its own.
    pub fn sender(&self) -> SenderName {
        SenderName { channel: self.channel.clone(), principal: self.principal.clone() }
    }
}

/// What came of one attempt.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// It stands on paper.
    Printed {
        /// When.
        time: Timestamp,
        /// The pile that it was printed with.
        pile: String,
    },
    /// The provider took it.
    Sent {
        /// When.
        time: Timestamp,
        /// The provider's name for it.
        reference: Option<String>,
    },
    /// Never by this or another channel.
    Failed {
        /// Why.
        reason: String,
    },
    /// Nobody knows whether it went.
    Unknown {
        /// Why.
        reason: String,
    },
    /// Once more by the same channel.
    Retry {
        /// Not before.
        at: Timestamp,
        /// What went wrong.
        reason: String,
    },
    /// It was never handed over: as if it had not been claimed. What was printed is made anew the next time.
    GivenBack {
        /// Not before.
        at: Timestamp,
        /// Why; empty: there is nothing to say.
        reason: String,
    },
    /// This channel definitely refused: to be decided again without it.
    NextChannel {
        /// From when.
        at: Timestamp,
        /// What went wrong.
        reason: String,
    },
    /// The decision no longer holds.
    Refused {
        /// Why.
        reason: Refusal,
    },
}

/// An attempt that came to an end.
#[derive(Clone, Debug, PartialEq)]
pub struct Finished {
    /// Of which organisation.
    pub organisation: OrganisationId,
    /// To whom.
    pub customer: CustomerId,
    /// Which message.
    pub key: EffectKey,
    /// Which attempt, as claimed.
    pub attempt: u32,
    /// What came of it.
    pub outcome: Outcome,
    /// As the customer sees it.
    pub rendered: Option<Rendered>,
    /// Since this attempt it may have arrived. `None`: as it was before, and gone with [`Outcome::NextChannel`].
    pub doubt: Option<Doubt>,
    /// The events that tell the engine (`message.sent`, `message.failed`), accepted in the same transaction.
    pub events: Vec<NewEvent>,
}

/// Which messages to list. Empty: all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutboxFilter {
    /// Of this journey.
    pub journey: Option<JourneyId>,
    /// Of this touchpoint.
    pub touchpoint: Option<TouchpointId>,
    /// To this customer.
    pub customer: Option<CustomerId>,
    /// In this state, by [`SendState::name`].
    pub state: Option<String>,
    /// By this channel.
    pub channel: Option<Channel>,
    /// Called so by its provider, or of this pile.
    pub reference: Option<String>,
    /// For this reason, as [`OutboxCounts`] names it.
    pub reason: Option<String>,
    /// Asked for at this moment or later.
    pub since: Option<Timestamp>,
}

/// Messages of one touchpoint that stand in one state for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageCount {
    /// Of which touchpoint.
    pub touchpoint: TouchpointId,
    /// Where they stand: [`SendState::name`].
    pub state: String,
    /// Why; empty where a state has no reason, and for failed and unknown, whose reasons are the words of a provider.
    pub reason: String,
    /// How many.
    pub count: u64,
}

/// Messages per (state, reason); the reason is empty where a state has none.
pub type OutboxCounts = BTreeMap<(String, String), u64>;

/// Messages on their way out. One that is ready or being carried and cannot be read is put aside where work is looked for
/// ([`Outbox::claim`], [`Outbox::left_sending`], [`Outbox::open_messages`]): as failed, or as unknown when it was being
/// carried, with the reason [`crate::UNREADABLE`], and as [`crate::UNREADABLE_MESSAGE`] in quarantine. The others go on.
#[async_trait]
pub trait Outbox {
    /// Lanes in which something is ready at `now`, by organisation and channel, those of paper too. Journeys that are paused are
    /// left out; the pace of a sender is not looked at.
    async fn ready_lanes(&self, now: Timestamp) -> Result<Vec<Lane>>;
    /// Takes messages of a lane that are ready at `now` to be carried: each row is given to one caller, its state is committed as
    /// [`SendState::Sending`] before this answers. Service before marketing, what is on time before what is behind, oldest
    /// first, no more than the pace of the sender allows; paper has no pace. Journeys that are paused are left out.
    async fn claim(&self, now: Timestamp, lane: &Lane, limit: u32) -> Result<Vec<OutboxRow>>;
    /// Notes what came of attempts, in one transaction, and of what was printed; per attempt whether it still counted (`false`:
    /// the row is not in that attempt any more, and nothing of it was written).
    async fn finish(&self, finished: Vec<Finished>) -> Result<Vec<bool>>;
    /// Notes what a provider tells afterwards of a message that is sent or unknown, with the events that tell of it, in one
    /// transaction: an outcome as [`Outbox::finish`] notes it, or `None` when the message stays as it stands. `false` when it
    /// does not stand any more as it was read; nothing was written then.
    async fn told(&self, message: &OutboxRow, outcome: Option<Outcome>, events: Vec<NewEvent>) -> Result<bool>;
    /// Puts a message aside of which the outcome cannot be written: as unknown, with this reason, and in quarantine as
    /// [`crate::UNREADABLE_MESSAGE`]. `false` when it is not in this attempt any more.
    async fn put_aside(
        &self,
        organisation: &OrganisationId,
        key: &EffectKey,
        attempt: u32,
        reason: &str,
    ) -> Result<bool>;
    /// Rows that nobody carries any more, oldest first: claimed under a lease that is gone, or since before `started_before`.
    async fn left_sending(&self, started_before: Timestamp, limit: u32) -> Result<Vec<OutboxRow>>;
    /// Customers with messages that are held until `now` or earlier, to be decided again.
    async fn held_due(&self, now: Timestamp, limit: u32) -> Result<Vec<Due>>;
    /// Held and ready messages of a customer, oldest first; what a new decision looks at.
    async fn open_messages(&self, organisation: &OrganisationId, customer: CustomerId) -> Result<Vec<OutboxRow>>;
    /// One message.
    async fn message(&self, organisation: &OrganisationId, key: &EffectKey) -> Result<Option<OutboxRow>>;
    /// Newest first.
    async fn messages(
        &self,
        organisation: &OrganisationId,
        filter: &OutboxFilter,
        paging: Paging,
    ) -> Result<Listed<OutboxRow>>;
    /// The message that a provider calls so, by one channel; the newest, should it call several so.
    async fn message_by_reference(
        &self,
        organisation: &OrganisationId,
        channel: &Channel,
        reference: &str,
    ) -> Result<Option<OutboxRow>>;
    /// The newest message that went to a customer by a channel.
    async fn last_sent(
        &self,
        organisation: &OrganisationId,
        customer: CustomerId,
        channel: &Channel,
    ) -> Result<Option<OutboxRow>>;
    /// A message that went did not arrive after all: it failed, for this reason, and the event that tells the engine is accepted, in
    /// one transaction. `false`, and nothing written, when it did not go.
    async fn undelivered(
        &self,
        organisation: &OrganisationId,
        key: &EffectKey,
        reason: &str,
        event: NewEvent,
    ) -> Result<bool>;
    /// Counts by state and reason.
    async fn outbox_counts(&self, organisation: &OrganisationId, journey: Option<&JourneyId>) -> Result<OutboxCounts>;
    /// Messages of a journey that were asked for since a moment, by touchpoint, state and reason.
    async fn message_counts(
        &self,
        organisation: &OrganisationId,
        journey: &JourneyId,
        since: Timestamp,
    ) -> Result<Vec<MessageCount>>;
    /// When questions about these touchpoints of a journey last went to a customer (sent, being sent or ready), for the pause
    /// between two asks: (touchpoint, moment), newest per touchpoint.
    async fn last_asked(
        &self,
        organisation: &OrganisationId,
        customer: CustomerId,
    ) -> Result<Vec<(JourneyId, TouchpointId, Timestamp)>>;
    /// What they were decided on changed: ready messages of an organisation, and those that [`Waits::Halt`], are held until
    /// `now` to be decided anew. How many.
    async fn decide_anew(&self, organisation: &OrganisationId, now: Timestamp) -> Result<u64>;
    /// A journey goes on after a pause: its messages that were ready before `since` are behind.
    async fn fall_behind(&self, organisation: &OrganisationId, journey: &JourneyId, since: Timestamp) -> Result<u64>;
    /// Staff's answer to failed or unknown: carried once more, by the same channel, from `now`. `false` when it is in another
    /// state.
    async fn send_again(&self, organisation: &OrganisationId, key: &EffectKey, now: Timestamp) -> Result<bool>;
}
