//! How long it takes from one place to another.
//!
//! One trait, [`TravelTimes`], and behind it a [`StraightLine`] that learns from what was driven, [`Osrm`] and [`Valhalla`] over HTTP. [`Steady`]
//! is what the rest of the program asks: it remembers what an engine said, and when the engine is slow or gone the straight line
//! answers within a third of a second, with a wider interval.

mod engine;
mod line;
mod place;
mod steady;
mod way;

use async_trait::async_trait;
use jiff::Timestamp;
use jiff::civil::DateTime;

pub use engine::{Osrm, Valhalla};
pub use line::{Curve, Driven, LEARNT_MIN, StraightLine};
pub use place::Place;
pub use steady::{PATIENCE, Steady};
pub use way::{Source, Spread, Table, Way};

/// What is too much to ask.
pub mod limits {
    /// Places on one side of a table.
    pub const PLACES_MAX: usize = 6_000;
    /// Pairs that are remembered.
    pub const REMEMBERED_MAX: usize = 200_000;
    /// Places on one side of what an engine is asked at once: both usually refuse more than a hundred in all, and an address of more than
    /// 2,000 letters is not asked.
    pub const ASKED_AT_ONCE: usize = 40;
    /// Bytes of one answer.
    pub const ANSWER_BYTES_MAX: u64 = 4 * 1024 * 1024;
}

/// When one asks, and for when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct When {
    /// Now.
    pub now: Timestamp,
    /// When one would leave, by the clock on the wall where one leaves.
    pub leaving: DateTime,
}

/// Knows how long ways take.
#[async_trait]
pub trait TravelTimes: Send + Sync {
    /// The ways from each of some places to each of others.
    ///
    /// # Errors
    /// When it cannot be said. A single way that does not exist is no error: it is not in the table.
    async fn table(&self, from: &[Place], to: &[Place], when: When) -> Result<Table, TravelError>;
}

/// Why nothing was said.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TravelError {
    /// More places than are taken.
    #[error("{0} places are too many, at most {max} are taken", max = limits::PLACES_MAX)]
    TooMany(usize),
    /// The engine was not reached or did not answer.
    #[error("the routing engine did not answer: {0}")]
    NoAnswer(String),
    /// It answered something else than was asked.
    #[error("the routing engine said: {0}")]
    Refused(String),
}
