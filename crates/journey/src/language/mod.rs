//! The language of a definition as tables. They drive the reading, the errors and the published JSON schema alike.

mod journey;
pub mod lists;
mod organisation;
pub(crate) mod scalar;
mod schema;
mod shape;

pub(crate) use journey::JOURNEY;
pub(crate) use organisation::{ORGANISATION, RAILS};
pub use scalar::{Scalar, hours};
pub use schema::{journey_schema, organisation_schema};
pub use shape::{KeyOf, Shape, Table};
