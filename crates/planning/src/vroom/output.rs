use serde::{Deserialize, Serialize};

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Output {
    /// 0: it was planned.
    pub code: u8,
    /// All of it together.
    pub summary: OutputSummary,
    /// What nobody does.
    #[serde(default)]
    pub unassigned: Vec<Unassigned>,
    /// Who does what.
    #[serde(default)]
    pub routes: Vec<OutputRoute>,
}

/// All routes together. Seconds, and what legs count as cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct OutputSummary {
    /// What the ways cost, fixed costs included.
    pub cost: i64,
    /// Vehicles that do something.
    pub routes: usize,
    /// Jobs that nobody does.
    pub unassigned: usize,
    /// Before the work.
    pub setup: i64,
    /// The work and the breaks.
    pub service: i64,
    /// The ways.
    pub duration: i64,
    /// Waiting for a time window.
    pub waiting_time: i64,
    /// Of the jobs that are done.
    pub priority: u64,
}

/// A job that nobody does.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Unassigned {
    /// Which.
    pub id: u64,
    /// `job`.
    #[serde(rename = "type", default)]
    pub kind: String,
}

/// What one vehicle does.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct OutputRoute {
    /// Which.
    pub vehicle: u64,
    /// From start to end.
    pub steps: Vec<OutputStep>,
    /// As in the summary.
    #[serde(default)]
    pub cost: i64,
    /// As in the summary.
    #[serde(default)]
    pub setup: i64,
    /// As in the summary.
    #[serde(default)]
    pub service: i64,
    /// As in the summary.
    #[serde(default)]
    pub duration: i64,
    /// As in the summary.
    #[serde(default)]
    pub waiting_time: i64,
    /// As in the summary.
    #[serde(default)]
    pub priority: u64,
}

/// One step of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct OutputStep {
    /// `start`, `job`, `break` or `end`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Which job or break.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<u64>,
    /// When one is there.
    pub arrival: i64,
    /// Seconds on the way until then.
    #[serde(default)]
    pub duration: i64,
    /// Before the work.
    #[serde(default)]
    pub setup: i64,
    /// The work or the break.
    #[serde(default)]
    pub service: i64,
    /// Until it may begin.
    #[serde(default)]
    pub waiting_time: i64,
}
