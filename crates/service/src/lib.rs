//! The shell around the pure crates: intake, runner, sender, scheduler. No HTTP server and no SQL.

mod ports;

pub use ports::{Clock, Random};
