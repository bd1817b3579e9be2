//! Other systems are told what happens here, after Standard Webhooks (<https://www.standardwebhooks.com>).
//!
//! What is told is found while it is applied and written in the same commit, one row per endpoint that wants it: it is told if
//! and only if it happened, at least once, each time under the same id. One process calls the endpoints of an organisation.
//! Little is told: which kind of thing, when, the ids and names of the definition, and who by id; no text, no address, no name
//! of a person. What only takes place in a journey that is not live yet, and history that is imported, is not told.

mod deliver;
mod endpoint;
mod happening;
mod kind;
mod listening;
mod schema;
mod teller;
mod when;

pub use endpoint::{ENDPOINTS_MAX, Secrets, fresh_id, opened, read_trouble, said_kinds, write_secrets};
pub use happening::{BYTES_MAX, example};
pub(crate) use happening::{Happening, Named};
pub use kind::Kind;
pub use listening::Listening;
pub use schema::schema;
pub use teller::{Teller, Underway};
