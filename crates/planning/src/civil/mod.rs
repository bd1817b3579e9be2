//! Fixed times: what working hours, breaks, days off and what is booked leave free, in the civil time of a zone.

mod hours;
mod slots;
mod spans;

pub use self::hours::{Hours, Week};
pub use self::slots::{Booked, Slot, SlotRules, slots};
pub use self::spans::Spans;
