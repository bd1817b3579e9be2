//! What comes in, from bytes to events. Pure: no clock, no network, no database.
//!
//! One bad event never fails its batch: it comes out as [`Rejected`], with what was wrong and what to do, for the
//! quarantine. Only a body that cannot be read at all, or that is too large, is refused whole ([`BadBody`], HTTP 400).

mod again;
mod body;
pub mod cloud;
pub mod correction;
mod fields;
mod name;
pub mod native;
mod open;
mod path;
mod phone;
pub mod profile;
mod reason;
pub mod segment;
mod slug;
pub mod webhook;

use jiff::Timestamp;

pub use again::{Reading, again};
pub use body::BadBody;
pub(crate) use fields::{id_text, micros, within_limits};
pub use name::event_name;
pub use open::{OPEN, from_open};
pub use path::Path;
pub use phone::e164;
pub use reason::{Code, Reason, Rejected};
pub use slug::slug;

/// What is the same for every event of one delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The connection that it came by.
    pub source: String,
    /// When it came.
    pub received: Timestamp,
    /// Country calling code for telephone numbers that are written without one, such as `31`.
    pub country: String,
}

impl Receipt {
    /// A delivery from a source in the Netherlands.
    pub fn new(source: impl Into<String>, received: Timestamp) -> Self {
        Self { source: source.into(), received, country: "31".into() }
    }
}

/// What one event became.
pub type Taken = Result<words::Event, Rejected>;
