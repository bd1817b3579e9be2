use async_trait::async_trait;
use jiff::Timestamp;
use words::{Channel, OrganisationId};

use crate::Result;

/// When somebody last wrote to us from an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    /// To which organisation.
    pub organisation: OrganisationId,
    /// By which channel.
    pub channel: Channel,
    /// From which address; normalised as a [`crate::Suppression`] is.
    pub address: String,
    /// When.
    pub time: Timestamp,
}

/// Conversations that are going on.
#[async_trait]
pub trait Conversations {
    /// Notes that somebody wrote; what was noted of a later moment stays. What was heard before `over` is forgotten.
    async fn note_heard(&self, heard: Heard, over: Timestamp) -> Result<()>;
    /// When was last heard from these addresses, as far as that is known.
    async fn last_heard(&self, organisation: &OrganisationId, addresses: &[(Channel, String)]) -> Result<Vec<Heard>>;
}
