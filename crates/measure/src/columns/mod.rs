mod build;
mod bytes;
mod decode;
mod encode;
mod merge;
mod row;
mod sort;
mod table;

pub use build::Builder;
pub use merge::merge;
pub use row::{ExitRow, Row, RunRow};
pub use table::Columns;
pub(crate) use table::{Answer, Exit, Recommendation, RunSlice, Runs, combined_scores, flag};
