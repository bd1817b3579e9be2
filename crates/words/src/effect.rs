use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Attention, Channel, Class, JourneyId, Quiet, RunId, Scale, TouchpointId};

/// The idempotency key of an effect: its content, `run:generation:touchpoint:occurrence`. The same decision always has
/// the same key, so that a crash, a retry or a replay cannot do a thing twice.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EffectKey(String);

impl EffectKey {
    /// Joins the parts.
    pub fn new(run: RunId, generation: u32, touchpoint: &TouchpointId, occurrence: &str) -> Self {
        Self(format!("{run}:{generation}:{touchpoint}:{occurrence}"))
    }

    /// Reads a stored key.
    pub fn stored(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The whole key.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EffectKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One question that goes along with a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskOf {
    /// Its name in the message's `questions`.
    pub question: String,
    /// Its scale.
    pub scale: Scale,
    /// The touchpoints whose newest contact gets the score.
    pub about: Vec<TouchpointId>,
}

/// A message to the customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SendEffect {
    /// The message of the journey.
    pub message: String,
    /// Why it is sent.
    pub class: Class,
    /// The touchpoint's channels, in order of preference.
    pub channels: Vec<Channel>,
    /// Not held for quiet hours.
    pub urgent: bool,
    /// What quiet hours do to it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub quiet: Quiet,
    /// How it treats the customer's attention: its weight in the message budget.
    #[serde(default, skip_serializing_if = "is_default")]
    pub attention: Option<Attention>,
    /// It comes later than it was meant, because we stood still: it goes at the catch-up rate, after what is on time.
    #[serde(default, skip_serializing_if = "is_default")]
    pub behind: bool,
    /// No longer sent after this moment; `None`: no limit. Being held for quiet hours does not count as late.
    pub until: Option<Timestamp>,
    /// Questions that go along.
    pub ask: Vec<AskOf>,
    /// The facts at this moment, by object, as the message will see them.
    pub facts: serde_json::Value,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// Work for a member of staff.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TaskEffect {
    /// Which team.
    pub team: String,
    /// What to do, as the definition says it.
    pub title: String,
    /// By when.
    pub due: Option<Timestamp>,
    /// The message that is the script or card.
    pub script: Option<String>,
    /// The facts at this moment, by object.
    pub facts: serde_json::Value,
    /// The object it is about, `type:id`.
    pub object: Option<String>,
}

/// What a step asks the outside world to do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "effect")]
pub enum Effect {
    /// Send a message (with or without questions).
    Send {
        /// Idempotency key.
        key: EffectKey,
        /// Which run asks.
        run: RunId,
        /// Of which journey.
        journey: JourneyId,
        /// For which touchpoint.
        touchpoint: TouchpointId,
        /// When the step asked.
        decided: Timestamp,
        /// What.
        send: SendEffect,
    },
    /// Give staff a task.
    Task {
        /// Idempotency key.
        key: EffectKey,
        /// Which run asks.
        run: RunId,
        /// Of which journey.
        journey: JourneyId,
        /// For which touchpoint.
        touchpoint: TouchpointId,
        /// When the step asked.
        decided: Timestamp,
        /// What.
        task: TaskEffect,
    },
    /// Take back what is not yet sent or done.
    Withdraw {
        /// The effect that is taken back.
        key: EffectKey,
        /// Why, for the explanation.
        reason: String,
    },
    /// The event that a task waited for came: the task is done.
    CloseTask {
        /// The task's effect.
        key: EffectKey,
        /// When it was done.
        time: Timestamp,
    },
}
