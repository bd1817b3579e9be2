use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use words::{Channel, Ending, EventName, RunId, TouchpointId};

use crate::ObjectRef;

/// What the engine thought, in one line: the raw material of explanations and golden traces.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Note {
    /// When it was thought.
    pub time: Timestamp,
    /// In which run.
    pub run: RunId,
    /// About which touchpoint, when about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub touchpoint: Option<TouchpointId>,
    /// About which object, when about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<ObjectRef>,
    /// What.
    #[serde(flatten)]
    pub what: Thought,
}

/// The kinds of thoughts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "thought")]
pub enum Thought {
    /// The run began.
    Started,
    /// The run took its key.
    TookKey {
        /// The key's value.
        key: String,
    },
    /// A message or task was asked for.
    Asked,
    /// The message went out.
    Sent {
        /// By which channel.
        channel: Option<Channel>,
    },
    /// The message did not go out, finally.
    Failed {
        /// The sender's reason.
        reason: Option<String>,
    },
    /// The moment was already past when it could fire.
    TooLate {
        /// The moment.
        moment: Timestamp,
    },
    /// `only_if` did not hold.
    ConditionFalse {
        /// The value that was missing, as the expression names it.
        missing: Option<String>,
        /// The moment at which it was judged.
        moment: Timestamp,
    },
    /// It fell due again for the same thing; it is done once.
    Repeated {
        /// When it was asked for the first time.
        first: Timestamp,
        /// Whether it is a question: then it is refused as asked too recently.
        ask: bool,
    },
    /// At the cap: a person gets a task instead.
    Capped,
    /// This customer is in the group that does not get it.
    HeldOut,
    /// What was asked for is taken back.
    Withdrawn {
        /// `ended`, `moved` or `listened`.
        reason: String,
    },
    /// A promise was told.
    Promised {
        /// From.
        from: Timestamp,
        /// Until, inclusive.
        until: Timestamp,
    },
    /// A promise was kept.
    PromiseKept {
        /// When it was kept, by the event's own time.
        at: Timestamp,
        /// The promise ran until then.
        until: Timestamp,
    },
    /// A promise was broken: nothing kept it, and 48 hours for late events have passed.
    PromiseBroken {
        /// The promise ran until then; that is when it was broken.
        until: Timestamp,
    },
    /// A newer promise took its place before it fell due.
    PromiseReplaced {
        /// The old promise ran until then.
        until: Timestamp,
    },
    /// A task was done.
    TaskDone {
        /// After it was due.
        overdue: bool,
    },
    /// The journey went back to this touchpoint.
    Looped {
        /// The touchpoint that led back.
        from: TouchpointId,
    },
    /// Nothing came after this touchpoint.
    DroppedOff {
        /// When that was clear.
        moment: Timestamp,
    },
    /// Something came after all.
    Returned,
    /// The goal was reached.
    Goal {
        /// By the event's own time.
        at: Timestamp,
    },
    /// The run ended.
    Ended {
        /// How it counts.
        ending: Ending,
        /// When, by the event's own time.
        at: Timestamp,
    },
    /// It fired on what was known; an earlier event that came in later says otherwise.
    Overtaken {
        /// The late event.
        event: EventName,
        /// When it happened.
        at: Timestamp,
    },
    /// A property that is no value of its fact's type was left out.
    Unreadable {
        /// `object.property`.
        fact: String,
    },
    /// An answer that belongs to no question, or lies outside its scale.
    StrayAnswer,
    /// More moments fell due at once than one step performs; the rest stays due.
    Unfinished,
}
