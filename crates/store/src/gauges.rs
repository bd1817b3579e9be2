use std::collections::BTreeMap;

use async_trait::async_trait;
use jiff::Timestamp;

use crate::Result;

/// How much waits, and for how long. Numbers stop at [`Gauges::COUNTED_MAX`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gauges {
    /// When the oldest event came in that is not applied.
    pub oldest_unapplied: Option<Timestamp>,
    /// When the newest event came in.
    pub newest_event: Option<Timestamp>,
    /// Events that are not applied.
    pub unapplied: u64,
    /// The earliest moment of a run.
    pub next_due: Option<Timestamp>,
    /// Runs that are due.
    pub due: u64,
    /// Messages by state: `held`, `ready`, `sending`, `unknown`, `failed`.
    pub outbox: BTreeMap<&'static str, u64>,
    /// Since when the oldest message may be carried.
    pub oldest_ready: Option<Timestamp>,
}

impl Gauges {
    /// More of one kind is not counted.
    pub const COUNTED_MAX: u64 = 100_000;
}

/// What a database tells of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Condition {
    /// What is wrong with it; empty when nothing is.
    pub faults: Vec<String>,
    /// How large it is.
    pub bytes: u64,
    /// Of which is not in use.
    pub free_bytes: u64,
}

/// Figures about the store for those who watch over it.
#[async_trait]
pub trait Gauging {
    /// How much waits; a few reads by index.
    async fn gauges(&self, now: Timestamp) -> Result<Gauges>;
    /// Looks whether it is sound; reads a file from end to end.
    async fn condition(&self) -> Result<Condition>;
}
