//! From a definition and its figures to what the crate `map` and the pages draw. No HTTP and no store: golden maps are made
//! from here as well.

mod audience;
mod flow;
mod measured;
mod notes;
mod persona;
mod points;
mod sheet;
mod side;
mod spark;
#[cfg(test)]
mod tests;

pub use audience::Audiences;
pub use flow::{Flow, FlowLine, FlowNode, flow};
pub use measured::{happens, measured};
pub use persona::persona;
pub use points::{Point, Tone, points};
pub use sheet::{Drawing, sheet};
pub use side::{Side, side};
pub use spark::{Spark, spark};
