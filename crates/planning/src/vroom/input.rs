use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What is asked.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Input {
    /// Work at places.
    #[serde(default)]
    pub jobs: Vec<InputJob>,
    /// Not understood.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shipments: Vec<Value>,
    /// Who does it.
    #[serde(default)]
    pub vehicles: Vec<Vehicle>,
    /// Ways by profile.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub matrices: BTreeMap<String, Matrix>,
}

/// Work at a place.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct InputJob {
    /// What it is called; each job another number.
    pub id: u64,
    /// Longitude and latitude.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<[f64; 2]>,
    /// Its row of the matrices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location_index: Option<usize>,
    /// Seconds.
    #[serde(default)]
    pub setup: i64,
    /// Seconds.
    #[serde(default)]
    pub service: i64,
    /// What it takes of what a vehicle has along.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub delivery: Vec<i64>,
    /// Not understood unless nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pickup: Vec<i64>,
    /// All of which a vehicle must have.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub skills: Vec<u32>,
    /// 0 to 100.
    #[serde(default)]
    pub priority: u8,
    /// When it may begin.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub time_windows: Vec<[i64; 2]>,
    /// Not understood.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_per_type: Option<Value>,
    /// Not understood.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub setup_per_type: Option<Value>,
}

/// Who does it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Vehicle {
    /// What it is called; each vehicle another number.
    pub id: u64,
    /// Which matrix.
    #[serde(default = "car")]
    pub profile: String,
    /// Longitude and latitude.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<[f64; 2]>,
    /// Its row of the matrices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_index: Option<usize>,
    /// Longitude and latitude.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<[f64; 2]>,
    /// Its row of the matrices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end_index: Option<usize>,
    /// What it can take along.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub capacity: Vec<i64>,
    /// What it can do.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub skills: Vec<u32>,
    /// When it works.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_window: Option<[i64; 2]>,
    /// Pauses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub breaks: Vec<InputBreak>,
    /// How much faster than the matrix it is.
    #[serde(default = "one")]
    pub speed_factor: f64,
    /// How many jobs at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_tasks: Option<usize>,
    /// Seconds of travel at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_travel_time: Option<i64>,
    /// Not understood.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_distance: Option<i64>,
    /// What it costs.
    #[serde(default)]
    pub costs: Costs,
    /// The plan to begin with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<InputStep>,
}

fn car() -> String {
    "car".to_owned()
}

fn one() -> f64 {
    1.0
}

/// What a vehicle costs.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Costs {
    /// For doing anything at all.
    pub fixed: i32,
    /// For an hour of travel.
    pub per_hour: i32,
    /// Not understood unless nothing.
    pub per_km: i32,
}

impl Default for Costs {
    fn default() -> Self {
        Self { fixed: 0, per_hour: 3_600, per_km: 0 }
    }
}

/// A pause.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct InputBreak {
    /// What it is called, within its vehicle.
    pub id: u64,
    /// When it may begin.
    #[serde(default)]
    pub time_windows: Vec<[i64; 2]>,
    /// Seconds.
    #[serde(default)]
    pub service: i64,
}

/// A step of the plan to begin with.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct InputStep {
    /// `start`, `job`, `break` or `end`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Which job or break.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<u64>,
}

/// The ways of one profile.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Matrix {
    /// Seconds, a row for each place one leaves from.
    pub durations: Vec<Vec<i32>>,
    /// What each way costs; its seconds when not given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub costs: Vec<Vec<i32>>,
}
