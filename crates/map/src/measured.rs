//! What was measured, as the caller brings it: plain numbers per touchpoint, to lay beside a definition.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use words::TouchpointId;

use crate::sheet::{Exit, Loop, Measurement, Reached};

/// The figures of one journey in one window.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Measured {
    /// First and last day, in the organisation's zone.
    pub window: Option<(Date, Date)>,
    /// Runs that started in the window.
    pub runs: u64,
    /// Answers about experience.
    pub answers: u64,
    /// Per touchpoint. One that is not in the definition any more, nor the `was` of one that is, is not drawn.
    pub touchpoints: BTreeMap<TouchpointId, AtTouchpoint>,
    /// Ways back that customers took.
    pub loops: Vec<Loop>,
    /// How many reached the goal; `None` for a journey without one.
    pub goal: Option<GoalReached>,
}

/// How many reached the goal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GoalReached {
    /// Runs.
    pub count: u64,
    /// Of all runs in the window, 0..1.
    pub share: f64,
}

/// The figures of one touchpoint.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct AtTouchpoint {
    /// The mean of the answers, with 95 % interval and n.
    pub experience: Option<Measurement>,
    /// Runs that had the contact.
    pub reached: Option<Reached>,
    /// Counted without names.
    pub audience: Option<u64>,
    /// Median time since the contact before, seconds.
    pub wait_seconds_median: Option<i64>,
    /// Runs that ended or dropped off after it, without having come to their end.
    pub exit: Option<Exit>,
    /// What is said of it most: a reason, a remark of the owner.
    pub note: Option<String>,
}
