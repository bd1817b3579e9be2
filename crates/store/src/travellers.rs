use async_trait::async_trait;
use jiff::Timestamp;
use words::{Customer, CustomerId, JourneyId, OrganisationId, Run, VersionHash};

use crate::{Change, Commit, Result, StoredEvent};

/// A run: columns and the engine's own state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredRun {
    /// What is kept in columns.
    pub run: Run,
    /// What only the engine reads.
    pub state: Vec<u8>,
}

/// A customer with everything a step needs.
#[derive(Clone, Debug, PartialEq)]
pub struct Traveller {
    /// Profile.
    pub customer: Customer,
    /// What the engine remembers beside profile and runs (see [`Change`]); empty: nothing yet.
    pub memory: Vec<u8>,
    /// To be given back with the [`Change`].
    pub revision: u64,
    /// When this customer turned out to be another: who.
    pub forwards_to: Option<CustomerId>,
    /// Every run, oldest first; ended ones too, for their generations.
    pub runs: Vec<StoredRun>,
    /// Events of this customer that wait for an object, in order of arrival.
    pub waiting: Vec<StoredEvent>,
}

/// A customer in whom something is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// Of which organisation.
    pub organisation: OrganisationId,
    /// Who.
    pub customer: CustomerId,
    /// Since when.
    pub due: Timestamp,
}

/// Customers on their way: loaded, stepped by the engine, committed.
#[async_trait]
pub trait Travellers {
    /// Those of these customers that exist, in this order.
    async fn load(&self, organisation: &OrganisationId, customers: &[CustomerId]) -> Result<Vec<Traveller>>;
    /// Writes changes of many customers in one transaction; answers per change, in this order. A change that conflicts is
    /// left out whole; the others are written. Of two changes of one customer the second conflicts unless its revision
    /// follows on the first. An error means that nothing was written.
    async fn commit(&self, changes: Vec<Change>) -> Result<Vec<Commit>>;
    /// Customers with a run that is due at `now`, each once, earliest first within an organisation and organisations in turn.
    /// Runs of paused journeys are left out, and so is an organisation or journey without a row of its own.
    async fn due(&self, now: Timestamp, limit: u32) -> Result<Vec<Due>>;
    /// What is due in a customer, held for it or waits in vain until `now` is not looked at before `until`: it cannot be done, and
    /// is not to stand before what is due in others. A change of the customer makes it due again.
    async fn postpone(
        &self,
        organisation: &OrganisationId,
        customer: CustomerId,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<()>;
    /// The earliest due moment after which something is to be done (runs that are not paused, held messages, retries), to
    /// know how long one may sleep.
    async fn next_due(&self) -> Result<Option<Timestamp>>;
    /// Makes runs of a journey that are under way (open, or ended and still listening) and not yet on `version` due at `now`, at
    /// most `limit`; how many. Called again until 0, it moves all of them, at the pace of the caller.
    async fn mark_due(
        &self,
        organisation: &OrganisationId,
        journey: &JourneyId,
        version: &VersionHash,
        now: Timestamp,
        limit: u32,
    ) -> Result<u64>;
}
