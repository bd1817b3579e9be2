//! Applying what came in: the only place where the engine's results reach the store.

mod batch;
mod changing;
mod complaining;
mod deciding;
mod merging;
mod moving;
mod parting;
mod poison;
mod recognising;
mod replying;
mod runner;
mod surroundings;
mod telling;
mod writing;

pub use changing::Changing;
pub use deciding::Deciding;
pub use merging::{Kept, KeptRun};
pub use parting::Parted;
pub(crate) use poison::Trouble;
pub use poison::{POISON, STUCK, TRIED_AGAIN, TRIES_MAX};
pub use runner::{Round, Runner};
pub use surroundings::Surroundings;
