use async_trait::async_trait;
use jiff::Timestamp;
use words::{Bucket, CustomerId, OrganisationId};

use crate::{Result, StoredRun};

/// A class of data that is kept for a while only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Events that were applied or thrown away, by when they came in: the whole row.
    Events,
    /// Messages at their end, by when they were decided: address, text and facts; that they went stays.
    Messages,
    /// What could not be used, by when it came in: the whole row.
    Quarantine,
    /// The log book: the whole row.
    Audit,
    /// What rows of a table that is fetched said, as digests: those of a source that is not fetched any more, and by when they
    /// were seen last.
    Fetched,
    /// What other systems were told or could not be told, by when it happened: the whole row.
    Deliveries,
}

/// Letting go of what was kept long enough, in small pieces.
#[async_trait]
pub trait Retaining {
    /// Lets go of at most `limit` rows of a class from before a moment; how many.
    async fn let_go(&self, organisation: &OrganisationId, class: Class, before: Timestamp, limit: u32) -> Result<u64>;
    /// Lets go of decisions from before a moment in one bucket; how many.
    async fn let_decisions_go(&self, organisation: &OrganisationId, bucket: Bucket, before: Timestamp) -> Result<u64>;
    /// Runs of one bucket that ended before a moment and do not listen any more, as far as their state was not put to rest.
    async fn ended_runs(
        &self,
        organisation: &OrganisationId,
        bucket: Bucket,
        before: Timestamp,
        limit: u32,
    ) -> Result<Vec<StoredRun>>;
    /// Puts the state of such a run to rest: replaces it by what is to stay. `false` when it is another one by now.
    async fn rest_run(&self, organisation: &OrganisationId, run: &StoredRun, rested: Vec<u8>) -> Result<bool>;
    /// Visitors who never said who they are (no id in a sending system, no address, no name) and of whom nothing was heard since
    /// a moment.
    async fn strangers(&self, organisation: &OrganisationId, before: Timestamp, limit: u32) -> Result<Vec<CustomerId>>;
}
