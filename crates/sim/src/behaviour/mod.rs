//! How simulated customers behave: the language of `simulate.yaml`, explained at the top of the library's.

mod check;
mod delay;
mod fault;
mod model;
mod parse;
mod reader;
mod rules;
mod scalar;
mod template;

pub use delay::{Delay, Spread};
pub use fault::{Fault, Problem, Wanted};
pub use model::*;
pub(crate) use reader::ENTRIES_MAX;
pub use template::Template;
