//! Funnels with the meaning that `journey::Funnel` gives them. Unit: the run. The window counts from the first step,
//! inclusive. Simultaneous contacts count in the order of the steps. One contact is at most one step of a chain.

mod any;
mod chain;
mod figures;
mod query;
mod tally;

pub use figures::{FunnelFigures, FunnelStep};
pub use query::FUNNEL_STEPS_MAX;
pub(crate) use tally::each_run;
pub use tally::{FunnelTally, funnel};
