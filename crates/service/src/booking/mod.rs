//! Appointments: windows are offered from the live plan, held, booked, moved and cancelled, and nothing is booked twice.
//!
//! A **case** is one thing that an appointment is about (a repair); what is booked of it is one row with a revision. A **day** is what one
//! resource has to do on a date, one row with a version. A booking writes, in this order and each as a comparison with what was seen:
//!
//! 1. the case *claims* its next appointment, so that there is at most one of it at a time;
//! 2. the day takes it in, after looking again whether it fits; several who want one last place all compare with the same version;
//! 3. the case is *booked*, and in the same commit the event is accepted that tells everybody else (`appointment.booked`, `.moved`,
//!    `.cancelled`);
//! 4. the day's entry is *booked* too, and the place that was left is given back.
//!
//! Whoever dies in between leaves a claim that runs out. [`Booking::settle`] then finishes it when the day took it in (3 and 4), and else
//! clears it; an entry that no case knows is removed. Neither needs a clock to be right: an entry is removed only when its case
//! cannot come to know it any more, since a claim that was cleared never returns.

mod case;
mod claiming;
mod day;
mod offering;
mod plans;
mod resource;
mod settling;
mod wanted;

use std::sync::Arc;

use store::Store;
use travel::Steady;

pub use case::{Appointment, Case, Status};
pub use claiming::{Change, Refusal};
pub use day::{Day, Entry, Standing};
pub use offering::{Hold, Offers, Window};
pub use resource::Resource;
pub use wanted::{CaseKey, Rules, Wanted};

/// What is too much, and how long things last.
pub mod limits {
    use jiff::SignedDuration;

    /// Days ahead that windows are looked for.
    pub const DAYS_MAX: u16 = 60;
    /// Windows of one day.
    pub const WINDOWS_MAX: usize = 24;
    /// How long a window is held for somebody who fills in a form.
    pub const HELD: SignedDuration = SignedDuration::from_mins(10);
    /// After so long a claim that was not finished is looked at by others.
    pub const CLAIMED: SignedDuration = SignedDuration::from_mins(1);
    /// How often a day that was changed by somebody else is tried again.
    pub const TRIES_MAX: usize = 8;
    /// Entries of one day of one resource.
    pub const ENTRIES_MAX: usize = 100;
}

/// Books.
#[derive(Clone)]
pub struct Booking {
    store: Arc<dyn Store>,
    travel: Arc<Steady>,
}

impl Booking {
    /// On a store, with somebody who knows how long ways take.
    #[must_use]
    pub fn new(store: Arc<dyn Store>, travel: Arc<Steady>) -> Self {
        Self { store, travel }
    }
}
