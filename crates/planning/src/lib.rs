//! Slots and days. Pure: no clock, no randomness but a seed, no input or output.
//!
//! Two things are offered to a customer. A **slot** begins at a fixed time ([`civil`]: what working hours, breaks, holidays and
//! what is booked leave free). An **arrival window** is a promise that somebody comes within it ([`offer`]): it is offered when the day of
//! somebody who may do the work still has room, travel included. A day is a [`Plan`]: whose [`Shift`] does which [`Job`]s in which
//! order. What was promised are the spans of a job; within them [`improve`] is free to change who, when and in which order.
//!
//! Times are seconds since any moment that the caller chooses, the same for all (the service takes the Unix epoch).

pub mod civil;
mod error;
mod job;
mod leg;
pub mod offer;
mod plan;
mod problem;
mod route;
mod search;
mod shift;
mod span;
pub mod vroom;

pub use error::Fault;
pub use job::{Job, Needs, Pin};
pub use leg::{Leg, Legs};
pub use plan::{Plan, Visit};
pub use problem::Problem;
pub use search::{Effort, improve, insert};
pub use shift::{Break, Shift};
pub use span::Span;

/// What is too much for one problem.
pub mod limits {
    /// Jobs of one problem.
    pub const JOBS_MAX: usize = 5_000;
    /// Shifts of one problem.
    pub const SHIFTS_MAX: usize = 2_000;
    /// Places of one problem: a table of this squared is kept.
    pub const PLACES_MAX: usize = 6_000;
    /// Skills that are told apart.
    pub const SKILLS_MAX: usize = 128;
    /// Spans of one job, and breaks of one shift.
    pub const SPANS_MAX: usize = 100;
    /// Seconds that one leg or one job may take: a week.
    pub const SECONDS_MAX: i64 = 7 * 24 * 3_600;
}
