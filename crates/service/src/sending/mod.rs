//! Messages on their way out: claimed, made, carried, and what came of it.

mod aloud;
mod backoff;
mod breaker;
mod carrier;
mod carrying;
mod covered;
mod guard;
mod headers;
mod lane;
mod lanes;
mod making;
mod message;
mod notice;
mod noting;
mod outcome;
mod sent_log;
mod transports;
mod under_way;

pub use aloud::{questions, script};
pub use carrier::{Carried, Carrier};
pub(crate) use carrying::carry_on;
pub use covered::{Coverage, Covered, coverage};
pub(crate) use guard::Guard;
pub use guard::{doubtful_until, question};
pub(crate) use lanes::Lanes;
pub use message::{Making, Unmakeable, zone};
pub(crate) use notice::notice;
pub use notice::{halt_of, notice_of, notice_touchpoint, noticed};
pub use noting::message_event;
pub use sent_log::{SentLog, Told, digest, read_logs};
pub use transports::{Transports, UnknownTransport, sender_of};
pub(crate) use under_way::UnderWay;
