use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;
use words::{CustomerId, OrganisationId, RunId};

use crate::{Listed, Paging, Result};

/// Two customers who turned out to be one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merge {
    /// Who remained.
    pub winner: CustomerId,
    /// Who forwards to the winner since.
    pub loser: CustomerId,
    /// When.
    pub time: Timestamp,
    /// The source of the event that said so.
    pub source: String,
    /// The id of that event.
    pub event: String,
    /// What is needed to take them apart again. Only the caller reads it. Holds personal data of both.
    pub kept: Vec<u8>,
    /// When somebody took them apart again.
    pub undone: Option<Timestamp>,
    /// Who did.
    pub undone_by: Option<Uuid>,
}

/// A merge that is taken back, by its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UndoneMerge {
    /// Who had been merged away.
    pub loser: CustomerId,
    /// When that was.
    pub time: Timestamp,
    /// Who takes it back.
    pub by: Option<Uuid>,
}

/// A run whose rows come to the customer of a [`crate::Change`]: contacts, lessons, decisions, messages and tasks, as they
/// stand at the moment of writing. The run itself is among the change's runs, and the one that it comes from is among the
/// removed runs of that customer's own change, which is joined with this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MovedRun {
    /// Whose it was.
    pub from: CustomerId,
    /// Which.
    pub run: RunId,
    /// The run that takes its rows; itself, unless it is folded into another.
    pub into: RunId,
    /// Contact n becomes contact n + offset.
    pub sequence_offset: u32,
}

/// The log of merges. Rows come into being by [`crate::Travellers::commit`].
#[async_trait]
pub trait Merges {
    /// Newest first.
    async fn merges(&self, organisation: &OrganisationId, paging: Paging) -> Result<Listed<Merge>>;
    /// One, by its key.
    async fn merge(
        &self,
        organisation: &OrganisationId,
        winner: CustomerId,
        loser: CustomerId,
        time: Timestamp,
    ) -> Result<Option<Merge>>;
    /// A customer, and whoever turned out to be this one by merges that were not taken back.
    async fn members(&self, organisation: &OrganisationId, customer: CustomerId) -> Result<Vec<CustomerId>>;
    /// Those into a customer that were not taken back, oldest first.
    async fn merged_into(&self, organisation: &OrganisationId, winner: CustomerId) -> Result<Vec<Merge>>;
}
