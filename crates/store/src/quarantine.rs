use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;
use words::OrganisationId;

use crate::{EventRef, Listed, Paging, Result};

/// An event that could not even be accepted.
#[derive(Clone, Debug, PartialEq)]
pub struct Rejected {
    /// Made by the caller.
    pub id: Uuid,
    /// Of which organisation.
    pub organisation: OrganisationId,
    /// From which source.
    pub source: String,
    /// When it came.
    pub received: Timestamp,
    /// Why, as a code: `no_name`, `too_large`.
    pub reason: String,
    /// Why, with particulars.
    pub detail: String,
    /// As it came, at most [`crate::limits::RAW_BYTES_MAX`] bytes.
    pub raw: String,
}

/// Names a thing in quarantine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QuarantineId {
    /// An event that was refused as it came in.
    Rejected(Uuid),
    /// An accepted event that could not be applied.
    Accepted(EventRef),
}

/// A thing in quarantine.
#[derive(Clone, Debug, PartialEq)]
pub struct Quarantined {
    /// Its name.
    pub id: QuarantineId,
    /// From which source.
    pub source: String,
    /// When it came.
    pub received: Timestamp,
    /// Why, as a code.
    pub reason: String,
    /// Why, with particulars.
    pub detail: String,
    /// As it came; for an accepted event its JSON.
    pub raw: String,
}

/// Which things in quarantine; `None` is any.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QuarantineFilter<'a> {
    /// From this source.
    pub source: Option<&'a str>,
    /// For this reason, as a code.
    pub reason: Option<&'a str>,
}

/// How many things of one source are in quarantine for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuarantineCount {
    /// From which source.
    pub source: String,
    /// Why, as a code.
    pub reason: String,
    /// How many.
    pub count: u64,
}

/// Events that nobody could use, with the reason.
#[async_trait]
pub trait Quarantine {
    /// Keeps events that could not be accepted.
    async fn reject(&self, rejected: Vec<Rejected>) -> Result<()>;
    /// Both kinds together, newest first.
    async fn quarantine(
        &self,
        organisation: &OrganisationId,
        filter: QuarantineFilter<'_>,
        paging: Paging,
    ) -> Result<Listed<Quarantined>>;
    /// How many of each source and reason, the largest groups first; a hundred at most.
    async fn quarantine_reasons(&self, organisation: &OrganisationId) -> Result<Vec<QuarantineCount>>;
    /// One.
    async fn quarantined(&self, organisation: &OrganisationId, id: &QuarantineId) -> Result<Option<Quarantined>>;
    /// Throws it away. An accepted event stays known as a duplicate.
    async fn discard(&self, organisation: &OrganisationId, id: &QuarantineId) -> Result<bool>;
    /// Throws many away in one transaction, at most [`crate::limits::ROWS_MAX`]; those that are not there any more are left out.
    async fn discard_all(&self, organisation: &OrganisationId, ids: Vec<QuarantineId>) -> Result<()>;
    /// Offers an accepted event to be applied once more. A rejected one is read again by the intake and then discarded.
    async fn take_again(&self, event: &EventRef) -> Result<bool>;
}
