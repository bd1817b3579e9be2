//! Rehearsing: a draft lived through on a virtual clock before anybody gets anything.
//!
//! Each customer is lived through in memory by the very functions that run a journey for real (`engine::apply`,
//! `service::running::Deciding`), once with the live version and once with the draft. There is no outbox, no transport and no
//! store to write to: [`rehearse`] only reads. What comes out is a [`Report`], plain data that counts.

mod count;
mod derived;
mod differ;
mod finding;
mod habits;
mod plan;
mod recorded;
mod report;
mod run;
mod said;
mod stage;

pub use finding::{Finding, findings};
pub use habits::{Habit, Habits, Reached, recorded_habits};
pub use plan::{Plan, Progress, Stage, Told, Way};
pub use report::{
    Differences, Kind, MessagesOnDay, Report, Row, Rules, Side, TasksInHour, TouchpointCount, TouchpointDifference, Who,
};
pub use run::{Rehearsal, rehearse};
pub use said::refusal;
