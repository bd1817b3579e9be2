use async_trait::async_trait;
use jiff::Timestamp;
use words::{Bucket, CustomerId, Event, EventId, EventName, OrganisationId};

use crate::{DayCount, Result, bucket};

/// An event to be accepted.
#[derive(Clone, Debug, PartialEq)]
pub struct NewEvent {
    /// Of which organisation.
    pub organisation: OrganisationId,
    /// Where it is kept.
    pub bucket: Bucket,
    /// Whose it is, when we know already (our own pages and senders).
    pub customer: Option<CustomerId>,
    /// The event.
    pub event: Event,
}

impl NewEvent {
    /// From outside: kept in the bucket of the identity written in it.
    pub fn from_outside(organisation: OrganisationId, event: Event) -> Self {
        let bucket = bucket::event_bucket(&organisation, &event);
        Self { organisation, bucket, customer: None, event }
    }

    /// Our own, about a customer we know: kept in the customer's bucket.
    pub fn about(organisation: OrganisationId, customer: CustomerId, event: Event) -> Self {
        let bucket = bucket::customer_bucket(&organisation, customer);
        Self { organisation, bucket, customer: Some(customer), event }
    }

    /// Its name, once it is kept.
    pub fn reference(&self) -> EventRef {
        EventRef {
            organisation: self.organisation.clone(),
            bucket: self.bucket,
            source: self.event.source.clone(),
            id: self.event.id.clone(),
        }
    }
}

/// What came of one accepted event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accepted {
    /// Kept; waits to be applied.
    New,
    /// The source had sent this id before.
    Duplicate,
}

/// Names a stored event.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventRef {
    /// Of which organisation.
    pub organisation: OrganisationId,
    /// Where it is kept.
    pub bucket: Bucket,
    /// From which source.
    pub source: String,
    /// Its id there.
    pub id: EventId,
}

/// How far an event came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EventState {
    /// To be applied.
    New,
    /// Done.
    Applied,
    /// Names an object that nobody knows yet.
    Waiting {
        /// `type:id`.
        object: String,
        /// Goes to quarantine then.
        until: Timestamp,
    },
    /// Could not be applied.
    Quarantined {
        /// Why, as a code.
        reason: String,
        /// Why, with particulars.
        detail: String,
    },
    /// Thrown away by staff from the quarantine.
    Discarded,
}

/// An event as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredEvent {
    /// Of which organisation.
    pub organisation: OrganisationId,
    /// Where it is kept.
    pub bucket: Bucket,
    /// Rises with every accepted event of a bucket (here: of the store).
    pub arrival: u64,
    /// The event.
    pub event: Event,
    /// How far it came.
    pub state: EventState,
    /// Whose it is, as far as known.
    pub customer: Option<CustomerId>,
}

impl StoredEvent {
    /// Its name.
    pub fn reference(&self) -> EventRef {
        EventRef {
            organisation: self.organisation.clone(),
            bucket: self.bucket,
            source: self.event.source.clone(),
            id: self.event.id.clone(),
        }
    }
}

/// What came of applying an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventOutcome {
    /// Which event.
    pub event: EventRef,
    /// Whose it turned out to be.
    pub customer: Option<CustomerId>,
    /// How far it came.
    pub state: EventState,
}

/// Events: accepted at once, applied in order. One that cannot be read is put aside where work is looked for
/// ([`Inbox::pending`], [`Inbox::waited`]): it goes to quarantine with the reason [`crate::UNREADABLE`], the others go on.
#[async_trait]
pub trait Inbox {
    /// Keeps events durably, in this order; answers per event, in this order. What (organisation, source, id) names within a
    /// bucket is kept once. The answer comes after the commit.
    async fn accept(&self, events: Vec<NewEvent>) -> Result<Vec<Accepted>>;
    /// Events to be applied, in order of arrival.
    async fn pending(&self, limit: u32) -> Result<Vec<StoredEvent>>;
    /// Events that wait for one of these objects (`type:id`), in order of arrival.
    async fn waiting_for(&self, organisation: &OrganisationId, objects: &[String]) -> Result<Vec<StoredEvent>>;
    /// Events that waited until `now` in vain.
    async fn waited(&self, now: Timestamp, limit: u32) -> Result<Vec<StoredEvent>>;
    /// Makes events to be applied again that wait for an object which is known by now; how many. Whoever makes an object
    /// known takes up what waits for it; but when several work, one may let an event wait at the very moment at which
    /// another makes its object known.
    async fn wake_waiting(&self) -> Result<u64>;
    /// Notes the outcome of events that touched no customer (no identity, unknown object, only counted), with the counts they
    /// gave, in one transaction.
    async fn settle(&self, outcomes: Vec<EventOutcome>, counts: Vec<DayCount>) -> Result<()>;
    /// One event.
    async fn event(&self, event: &EventRef) -> Result<Option<StoredEvent>>;
    /// The newest events of an organisation, of one source or of all, newest first; for the page that shows what comes in.
    async fn recent_events(
        &self,
        organisation: &OrganisationId,
        source: Option<&str>,
        limit: u32,
    ) -> Result<Vec<StoredEvent>>;
    /// The newest `each` events of each of these names that a source sent, newest first within a name; for the sheet that ticks
    /// off what a supplier sends. Names that never came give nothing.
    async fn named_events(
        &self,
        organisation: &OrganisationId,
        source: &str,
        names: &[EventName],
        each: u32,
    ) -> Result<Vec<StoredEvent>>;
}
