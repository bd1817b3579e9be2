//! Figures from contacts.
//!
//! Contacts and runs go into [`Columns`] once, sorted by run, time and sequence. Every question reads those columns and
//! gives a tally; tallies of two sets of runs can be merged (per bucket), and a tally gives figures. What each figure
//! means stands in `docs/MEASURES.md` under the name that it carries. No clock, no randomness, no input or output.

mod choose;
mod columns;
pub mod definitions;
mod durations;
mod error;
mod estimate;
mod follows;
mod funnel;
mod members;
mod names;
mod paths;
mod recovery;
mod selection;
mod sparse;
mod summary;
mod variants;

pub use choose::{for_definition, select};
pub use columns::{Builder, Columns, ExitRow, Row, RunRow, merge};
pub use error::MeasureError;
pub use follows::{Edge, Follows, follows};
pub use funnel::{FUNNEL_STEPS_MAX, FunnelFigures, FunnelStep, FunnelTally, funnel};
pub use members::{Who, members};
pub use names::Names;
pub use paths::{PATH_DEPTH_MAX, PathNode, PathTree, path_tree};
pub use recovery::{Handled, Recovery, recovery};
pub use selection::Selection;
pub use summary::{
    ExitFigures, Fate, FateFigures, LoopFigures, RailFigures, Summary, Tally, TouchpointFigures, summary, tally,
};
pub use variants::{Variant, Variants, variants};
