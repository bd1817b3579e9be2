use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Channel, CustomerId, EventId, Experience, JourneyId, RunId, TouchpointId, VersionHash};

/// A touchpoint that really happened in a run. The fact table of everything measured: appended when it happens, and what
/// is learnt later is appended to it as a [`Learnt`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contact {
    /// In which run.
    pub run: RunId,
    /// The run's own count, from 1, in the order of appending. (run, sequence) names a contact.
    pub sequence: u32,
    /// Whose.
    pub customer: CustomerId,
    /// Of which journey.
    pub journey: JourneyId,
    /// The version that was live then.
    pub version: VersionHash,
    /// Which touchpoint.
    pub touchpoint: TouchpointId,
    /// How many times this touchpoint has now happened in this run, from 1.
    pub visit: u32,
    /// When it happened (the event's own time; for a message the moment it was sent).
    pub time: Timestamp,
    /// When we came to know.
    pub recorded: Timestamp,
    /// By which channel.
    pub channel: Option<Channel>,
    /// Branch, shop, address.
    pub place: Option<String>,
    /// Who of the organisation.
    pub staff: Option<String>,
    /// What came of it.
    pub outcome: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// What the customer thought, if the event said so itself.
    pub score: Option<Experience>,
    /// The event that made it.
    pub event: EventId,
    /// The object it is about, `type:id`, when the run keeps several apart.
    pub object: Option<String>,
}

/// What became known of a contact afterwards.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Learnt {
    /// The run of the contact.
    pub run: RunId,
    /// The contact's count within the run.
    pub sequence: u32,
    /// When it became known.
    pub time: Timestamp,
    /// What.
    pub lesson: Lesson,
}

/// The kinds of things one learns later.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "what")]
pub enum Lesson {
    /// The provider says that it arrived.
    Delivered,
    /// The customer opened it.
    Read,
    /// An answer was given about it; the newest answer per question counts.
    Answered {
        /// The question's name.
        question: String,
        /// −2..+2.
        score: Experience,
    },
    /// An answer to whether one would recommend us; never an experience. The newest answer per question counts.
    Recommended {
        /// The question's name.
        question: String,
        /// 0..=10.
        answer: u8,
    },
    /// The promise told in it was kept.
    PromiseKept,
    /// The promise told in it was broken.
    PromiseBroken,
    /// A newer promise took its place before it fell due.
    PromiseReplaced,
    /// The task that belongs to it was done after it was due.
    Overdue,
}
