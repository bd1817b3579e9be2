use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{CustomerId, JourneyId, RunId, TouchpointId, VersionHash};

/// How an end counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Ending {
    /// Came to its end.
    Done,
    /// The customer went away.
    Left,
    /// We stopped it.
    Stopped,
}

/// The exit of a run: an end, or the touchpoint after which nothing came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exit {
    /// When.
    pub time: Timestamp,
    /// After which touchpoint. Where the event of an end counted as left or stopped is a contact itself, the one before that.
    pub after: Option<TouchpointId>,
    /// Why, when known: as the event says, else the touchpoint that the end itself was.
    pub reason: Option<String>,
}

/// Where a run stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "status")]
pub enum Status {
    /// Under way.
    Open,
    /// Counted; may still listen.
    Ended {
        /// How it counts.
        ending: Ending,
        /// When and why.
        exit: Exit,
        /// Until when it still hears events; the end itself when it does not listen.
        listens_until: Timestamp,
    },
}

/// What a store keeps of a run in columns of its own, beside the engine's state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// Derived from customer, journey and the event that started it.
    pub id: RunId,
    /// Whose.
    pub customer: CustomerId,
    /// Of which journey.
    pub journey: JourneyId,
    /// The version it runs on: the newest it was stepped with.
    pub version: VersionHash,
    /// The key's value (`R-1` for `run_per: repair.id`); none yet, or a journey without.
    pub key: Option<String>,
    /// How many runs this customer had before with the same key, from 1.
    pub generation: u32,
    /// When its first event happened.
    pub started: Timestamp,
    /// Where it stands.
    pub status: Status,
    /// When the goal was reached.
    pub goal: Option<Timestamp>,
    /// Since when nothing came after a touchpoint that has `next_within`; undone when something comes after all.
    pub dropped: Option<Exit>,
    /// The newest contact's touchpoint.
    pub at: Option<TouchpointId>,
    /// The earliest moment at which anything in it is due. This column is the queue.
    pub due: Option<Timestamp>,
    /// Compare-and-set: goes up by one with every saved step.
    pub revision: u64,
}
