use async_trait::async_trait;
use jiff::Timestamp;
use words::{Halt, HaltId, OrganisationId};

use crate::Result;

/// Times in which staff hold messages back.
#[async_trait]
pub trait Halts {
    /// Those that are not over at `now`, oldest first.
    async fn standing_halts(&self, organisation: &OrganisationId, now: Timestamp) -> Result<Vec<Halt>>;
    /// Newest first, at most [`crate::limits::HALTS_MAX`].
    async fn halts(&self, organisation: &OrganisationId) -> Result<Vec<Halt>>;
    /// One.
    async fn halt(&self, organisation: &OrganisationId, id: HaltId) -> Result<Option<Halt>>;
    /// Adds or replaces. What is on its way is decided anew: [`crate::Outbox::decide_anew`].
    async fn save_halt(&self, organisation: &OrganisationId, halt: Halt) -> Result<()>;
}
