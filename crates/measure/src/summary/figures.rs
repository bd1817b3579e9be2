use jiff::Timestamp;
use serde::Serialize;
use words::{Figure, JourneyId, TouchpointId, VersionHash, Window};

use super::Fate;
use crate::FunnelFigures;

/// Everything that a map and a page of figures need of one journey over one selection.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Summary {
    /// Which journey.
    pub journey: JourneyId,
    /// The version whose touchpoints these are.
    pub version: VersionHash,
    /// Runs that started in it.
    pub window: Window,
    /// The moment at which this is true.
    pub as_of: Timestamp,
    /// `runs.started`.
    pub started: Figure,
    /// `runs.open`.
    pub open: Figure,
    /// `runs.dropped`.
    pub dropped: Figure,
    /// `runs.done`.
    pub done: Figure,
    /// `runs.left`.
    pub left: Figure,
    /// `runs.stopped`.
    pub stopped: Figure,
    /// `goal.share`; none without a goal.
    pub goal: Option<Figure>,
    /// `goal.within`; none when the goal has no time.
    pub goal_within: Option<Figure>,
    /// `goal.open`; none without a goal.
    pub goal_open: Option<Figure>,
    /// `answers.contacts`.
    pub answers: Figure,
    /// `journey.mean`: of the curve.
    pub mean: Figure,
    /// `journey.peak_end`: of the curve.
    pub peak_end: Figure,
    /// `journey.end`: the last touchpoint of the curve.
    pub end: Figure,
    /// Which that is; none when `end` has no value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ends_at: Option<TouchpointId>,
    /// `run.mean`.
    pub run_mean: Figure,
    /// `run.peak_end`.
    pub run_peak_end: Figure,
    /// `journey.nps`; none when nothing asks for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nps: Option<Figure>,
    /// In the order of the definition; only those of the selection.
    pub touchpoints: Vec<TouchpointFigures>,
    /// One per `back_to`; only those whose two touchpoints are in the selection.
    pub loops: Vec<LoopFigures>,
    /// In the order of the definition; only those whose steps are all in the selection.
    pub funnels: Vec<FunnelFigures>,
}

/// The figures of one touchpoint.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TouchpointFigures {
    /// Which.
    pub id: TouchpointId,
    /// `reach.contacts`.
    pub contacts: Figure,
    /// `reach.runs`.
    pub runs: Figure,
    /// `reach.share`.
    pub reach: Figure,
    /// `reach.again`.
    pub again: Figure,
    /// `experience.mean`, −2..+2.
    pub experience: Figure,
    /// `experience.high`.
    pub high: Figure,
    /// `experience.low`.
    pub low: Figure,
    /// `time.since_previous`, seconds.
    pub since_previous: Figure,
    /// `flow.runs`: the width of the ribbon.
    pub flow: Figure,
    /// What became of the runs that had it.
    pub fates: FateFigures,
    /// `exit.share`: who went away here, of those who had it and are not still here.
    pub left: Figure,
    /// The same by way out and reason, most frequent first; together they are `left`.
    pub exits: Vec<ExitFigures>,
    /// The part on online channels.
    pub online: RailFigures,
    /// The part on offline channels.
    pub offline: RailFigures,
    /// `promise.kept`; none without a promise.
    pub promise_kept: Option<Figure>,
    /// `message.delivered`; none when we send nothing.
    pub delivered: Option<Figure>,
    /// `message.read`; none when we send nothing.
    pub read: Option<Figure>,
    /// `touchpoint.nps`; none when nobody is asked to recommend it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nps: Option<Figure>,
    /// `response.share`; none when it asks nothing.
    pub response: Option<Figure>,
}

/// What became of the runs that had a touchpoint: together exactly those runs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FateFigures {
    /// `fate.went_on`.
    pub went_on: Figure,
    /// `fate.open`.
    pub open: Figure,
    /// `fate.dropped`.
    pub dropped: Figure,
    /// `fate.done`.
    pub done: Figure,
    /// `fate.left`.
    pub left: Figure,
    /// `fate.stopped`.
    pub stopped: Figure,
}

impl FateFigures {
    /// Runs that went away here: dropped off, left or were stopped.
    pub fn exits(&self) -> u64 {
        self.dropped.n + self.left.n + self.stopped.n
    }
}

/// One way out after a touchpoint.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ExitFigures {
    /// Dropped, left or stopped.
    pub fate: Fate,
    /// Why; `None`: unknown, and always shown.
    pub reason: Option<String>,
    /// How many runs.
    pub runs: u64,
    /// `exit.reason`: of the runs that had the touchpoint and are not still there, as `left`.
    pub share: Figure,
}

/// A touchpoint on one rail.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RailFigures {
    /// `rail.contacts`.
    pub contacts: Figure,
    /// `rail.mean`.
    pub experience: Figure,
}

/// A loop of the definition.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LoopFigures {
    /// The touchpoint that leads back.
    pub from: TouchpointId,
    /// Where to.
    pub to: TouchpointId,
    /// How many runs went back at least once.
    pub runs: u64,
    /// `loop.share`: of all runs.
    pub share: Figure,
    /// `loop.of_visitors`: of the runs that had the touchpoint that leads back.
    pub of_visitors: Figure,
    /// `loop.passes`.
    pub passes: Figure,
    /// `reach.again` of the touchpoint led back to: second visits.
    pub second_visits: Figure,
}
