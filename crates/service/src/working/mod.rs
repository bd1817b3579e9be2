//! Who does the work of a store: applying and carrying, alone or together with other processes.

mod standing;
mod worker;

pub(crate) use standing::{Carries, Standing, Term};
pub use worker::{LEASE_SECONDS, RENEWED_SECONDS, Sharing, Worker};
