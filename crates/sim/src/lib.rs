//! Simulated customers: seeded, on a virtual clock.
//!
//! A journey's `simulate.yaml` says how people behave ([`Behaviour`]); here is only the machinery. [`fill`] lives ninety days of
//! an organisation's customers in memory and writes them into a new store; [`Living`] goes on with them in real time. The same
//! seed gives the same people doing the same things, however many threads there are.

mod acting;
mod arrivals;
pub mod behaviour;
mod course;
mod doing;
mod draws;
mod error;
mod fill;
mod letters;
mod living;
mod names;
mod opening;
mod people;
mod person;
mod reacting;
pub mod rehearse;
mod scene;
mod tally;
mod tick;
mod view;

pub use behaviour::Behaviour;
pub use course::{Life, live};
pub use draws::Draws;
pub use error::{Error, Result};
pub use fill::{Filled, Plan, Progress, fill};
pub use living::{Lived, Living, Tick};
pub use person::Person;
pub use scene::{Scene, Staged};
