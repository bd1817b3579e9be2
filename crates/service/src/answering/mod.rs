//! What customers write back: nothing is no-reply. Whatever comes in by mail, SMS or WhatsApp becomes one event
//! (`message.replied`), stands in the customer's story, can drive a journey, and gives staff a task. What staff answer is an event
//! too (`message.answered`), and goes back in the same thread through the outbox. What a machine answered (`message.auto_replied`)
//! is noted and nothing more. Who says that a message came to the wrong place (`message.misaddressed`) gives staff a task too.
//!
//! A *thread* is named by the key of our message that began it, or, when nobody knows which that was, by the address that wrote.

mod answer;
mod conversation;
mod misaddressed;
mod reply;
mod said;
mod whose;

pub use answer::{Answer, is_answer};
pub(crate) use answer::{answer_to, follows, outbox_row};
pub(crate) use conversation::task_object;
pub use conversation::{Conversation, thread_of};
pub use misaddressed::Wrong;
pub(crate) use reply::cut;
pub use reply::{Answering, Reply, Taken, limits};
pub use said::{By, Said};
pub(crate) use whose::normal;
use words::RunId;

/// In the place of a run, for what hangs on none.
pub const NO_RUN: RunId = RunId::from_u128(0);
