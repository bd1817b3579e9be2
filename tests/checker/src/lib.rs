//! Judges a database of klantreis by what its tables, a provider and a client say, and shares no code with the product: what
//! the engine believes has no say here. `docs/RELIABILITY.md` lists the invariants and what is read of each table.

mod database;
mod invariants;
mod logs;
mod read;
mod violation;

pub use database::{Database, Trouble};
pub use invariants::{Asked, check};
pub use logs::{Answer, Answered, Call, Logs, Unreadable};
pub use violation::Violation;
