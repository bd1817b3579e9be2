//! Complaints: each becomes one task with a team and a deadline, the customer hears that it came in and by when there is an answer,
//! and is asked afterwards whether it is all right. A complaint takes the road of every reply ([`crate::answering`]): it is the event
//! `complaint.made`, in a thread. What staff do is an event too: `complaint.taken`, `complaint.resolved`; what the customer thinks of
//! it `complaint.rated`.

mod noted;
mod own;
mod told;

pub use noted::{Grievance, Noted};
pub(crate) use own::{LEAD, Way, row};
pub use own::{Own, own_of, task_of};
pub use told::{called, rated, resolved, taken};
