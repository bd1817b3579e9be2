use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A span of time, from (inclusive) until (exclusive).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// First moment inside.
    pub from: Timestamp,
    /// First moment after.
    pub until: Timestamp,
}

impl Window {
    /// Whether a moment lies inside.
    pub fn contains(&self, moment: Timestamp) -> bool {
        self.from <= moment && moment < self.until
    }
}
