use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Trouble;

/// What came of fetching a source so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Progress {
    /// When it was tried last.
    pub tried: Option<Timestamp>,
    /// When it last went well.
    pub went_well: Option<Timestamp>,
    /// Times in a row that it went wrong.
    pub failures: u32,
    /// What went wrong the last time; `None`: nothing.
    pub trouble: Option<Trouble>,
    /// Whether everything from before the connection was read. Until then what comes is history: it gives facts and contacts,
    /// and nobody gets a message about it.
    pub has_caught_up: bool,
    /// What came in the last time.
    pub last: Counts,
}

/// What came in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Events that are new.
    pub received: u64,
    /// Events, or rows of customers, that said nothing new.
    pub known: u64,
    /// Rows that went to quarantine.
    pub refused: u64,
}

impl Counts {
    pub(super) fn add(&mut self, other: Self) {
        self.received += other.received;
        self.known += other.known;
        self.refused += other.refused;
    }
}
