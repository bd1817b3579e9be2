//! Files of history, from bytes to events. Pure but for the reader that is passed in: no clock, no files, no database.
//!
//! A reader takes a file as a stream and gives events piece by piece (a trace, a row), so that memory does not grow with
//! the file. What cannot be taken is skipped, counted and reported with its place and reason; only what makes the rest
//! unreadable ends an import ([`ImportError`]). Every event is history: it gives facts and contacts, never effects.
//!
//! Progress is [`Progress`]: the bytes read so far of the file as it lies there, compressed or not.

pub mod customers;
mod error;
pub mod events;
mod guess;
mod moment;
mod naming;
mod report;
mod source;
mod table;
pub mod xes;

pub use error::{ImportError, TooMuch};
pub use guess::{guess_customers, guess_events};
pub use moment::{OTHER_WAYS, read as read_moment};
pub use report::{ImportReport, Skipped};
pub use source::{Limits, Progress, Source};
pub use table::{Row, Table};
