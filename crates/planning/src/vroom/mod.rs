//! Problems and plans in the language of VROOM 1.15 (`docs/API.md` of VROOM-Project/vroom), so that its solver, or whoever speaks that
//! language, can take our place, and we theirs.
//!
//! Understood are jobs (setup, service, delivery, skills, priority, time windows) and vehicles (start, end, capacity, skills, time window,
//! breaks, speed factor, most tasks, most travel time, fixed and hourly cost, steps as the plan to begin with). Of shipments,
//! pickups and what hangs on a type of vehicle a fault says that they are not.

mod input;
mod output;
mod read;
mod write;

pub use self::input::{Costs, Input, InputBreak, InputJob, InputStep, Matrix, Vehicle};
pub use self::output::{Output, OutputRoute, OutputStep, OutputSummary, Unassigned};
pub use self::read::Asked;
