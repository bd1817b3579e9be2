//! The shell around the pure crates: intake, import, runner, sender, figures. No HTTP server and no SQL.

mod accept;
mod catalog;
pub mod connections;
pub mod drive;
pub mod erasing;
mod error;
pub mod fetching;
mod figures;
mod foreseeing;
pub mod import;
pub mod importing;
pub mod intake;
pub mod links;
pub mod memory;
mod offering;
mod ports;
mod publishing;
pub mod reference;
pub mod running;
pub mod sending;
mod sheet;
mod shell;
pub mod token;
pub mod workbench;
pub mod working;

pub use accept::{Delivered, Intake, quarantine_text};
pub use catalog::{Catalog, Live, Published, messages};
pub use error::{Error, Result};
pub use figures::Figures;
pub use foreseeing::{Impact, Touch, Touched};
pub use offering::{Chosen, Mended, OFFERED_MAX, Offered, Stays, mend};
pub use ports::{Clock, Random};
pub use publishing::{Publication, Publisher, new_row};
pub use sheet::harmless;
pub use shell::Service;
