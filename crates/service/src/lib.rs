//! The shell around the pure crates: intake, import, runner, sender, figures. No HTTP server and no SQL.

mod catalog;
mod error;
mod figures;
pub mod import;
pub mod intake;
pub mod links;
pub mod memory;
mod ports;
pub mod running;
pub mod sending;
pub mod token;

pub use catalog::{Catalog, Live, Published, messages};
pub use error::{Error, Result};
pub use figures::Figures;
pub use ports::{Clock, Random};
