use async_trait::async_trait;
use jiff::Timestamp;

use crate::Result;

/// Names a message without telling whose it is.
pub type Digest = [u8; 16];

/// What is known of a message that was handed to a provider after the backup was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CarriedBefore {
    /// It was handed over; nobody wrote down what came of it.
    HandedOver,
    /// The provider took it.
    Accepted,
    /// The provider definitely refused it.
    Refused,
}

impl CarriedBefore {
    /// Its name: `handed_over`, `accepted`, `refused`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::HandedOver => "handed_over",
            Self::Accepted => "accepted",
            Self::Refused => "refused",
        }
    }

    /// By its name.
    pub fn named(name: &str) -> Option<Self> {
        [Self::HandedOver, Self::Accepted, Self::Refused].into_iter().find(|known| known.name() == name)
    }
}

/// That a store was restored from a backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Restored {
    /// The moment that the backup tells of.
    pub taken: Timestamp,
    /// When it was restored.
    pub restored: Timestamp,
    /// What was decided before this moment may have gone out without our knowing; `None` when the sent log tells all.
    pub doubtful_until: Option<Timestamp>,
}

/// Whether what is to be sent went out before, between a backup and its restoring.
#[async_trait]
pub trait Backups {
    /// When the backup was taken that this store is; `None` when it is none, or was restored already.
    async fn backup_taken(&self) -> Result<Option<Timestamp>>;
    /// Notes that it was restored, with what the sent log tells.
    async fn note_restored(&self, restored: Restored, carried: Vec<(Digest, Timestamp, CarriedBefore)>) -> Result<()>;
    /// The last time that it was restored.
    async fn restored(&self) -> Result<Option<Restored>>;
    /// What the sent log told of these messages, in their order.
    async fn carried_before(&self, messages: &[Digest]) -> Result<Vec<Option<(Timestamp, CarriedBefore)>>>;
}
