use async_trait::async_trait;
use jiff::{Timestamp, civil::Date};
use words::OrganisationId;

use crate::Result;

/// A connection that sends events.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// Of which organisation.
    pub organisation: OrganisationId,
    /// Its id within the organisation; what [`words::Event::source`] says.
    pub id: String,
    /// As staff call it.
    pub name: String,
    /// `segment`, `csv`, `page`, …
    pub kind: String,
    /// Since when.
    pub created: Timestamp,
    /// When the newest event came in.
    pub last_received: Option<Timestamp>,
    /// Seconds that usually pass between two deliveries, smoothed; to notice silence.
    pub usual_gap_seconds: Option<f64>,
    /// Events taken, ever.
    pub received: u64,
    /// Events refused, ever.
    pub refused: u64,
    /// Events that had come before, ever.
    pub duplicate: u64,
}

/// What came in at once, to be added to a source's counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceTally {
    /// Of which organisation.
    pub organisation: OrganisationId,
    /// Which source.
    pub source: String,
    /// The day to count it on, in the organisation's zone.
    pub day: Date,
    /// When it came in.
    pub time: Timestamp,
    /// Taken.
    pub received: u32,
    /// Refused.
    pub refused: u32,
    /// Had come before.
    pub duplicate: u32,
}

/// A source's counts of one day.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceDay {
    /// The day.
    pub day: Date,
    /// Taken.
    pub received: u64,
    /// Refused.
    pub refused: u64,
    /// Had come before.
    pub duplicate: u64,
    /// Seconds of the longest silence that ended on this day; `None` where none was noted.
    pub longest_gap_seconds: Option<f64>,
}

/// Connections.
#[async_trait]
pub trait Sources {
    /// All of an organisation, by name.
    async fn sources(&self, organisation: &OrganisationId) -> Result<Vec<Source>>;
    /// One.
    async fn source(&self, organisation: &OrganisationId, id: &str) -> Result<Option<Source>>;
    /// Adds, or changes name and kind; counts of an existing source stay.
    async fn save_source(&self, source: Source) -> Result<()>;
    /// Adds to the counts, moves `last_received` and the usual gap (each gap weighs 1/8), and notes the day's longest gap. A
    /// source nobody saved is added.
    async fn tally(&self, tallies: Vec<SourceTally>) -> Result<()>;
    /// Counts per day since `from`, oldest first.
    async fn source_days(&self, organisation: &OrganisationId, source: &str, from: Date) -> Result<Vec<SourceDay>>;
}
