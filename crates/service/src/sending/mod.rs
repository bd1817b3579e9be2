//! Messages on their way out: claimed, made, carried, and what came of it.

mod aloud;
mod backoff;
mod covered;
mod guard;
mod message;
mod notice;
mod outcome;
mod sender;
mod sent_log;
mod transports;

pub use aloud::{questions, script};
pub use covered::{Coverage, Covered, coverage};
pub(crate) use guard::Guard;
pub use guard::{doubtful_until, question};
pub use message::{Making, Unmakeable, zone};
pub(crate) use notice::notice;
pub use notice::{halt_of, notice_of, notice_touchpoint, noticed};
pub use sender::message_event;
pub use sender::{Carried, Carrier};
pub use sent_log::{SentLog, Told, digest, read_logs};
pub use transports::{Transports, UnknownTransport, sender_of};
