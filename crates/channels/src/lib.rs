//! The channels by which a message leaves: one trait, and what carries it.
//!
//! A transport knows nothing of journeys, consent or quiet hours; all that was decided before. It carries one message and
//! says truthfully what became of it: accepted, refused, or unknown. It reads no clock.

mod checked;
pub mod dns;
pub mod fetch;
mod file;
mod memory;
mod mime;
mod outcome;
mod outgoing;
mod provider;
mod smtp;
mod transport;
pub mod twilio;
pub mod whatsapp;

pub use checked::limits;
pub use file::FileTransport;
pub use memory::{MemoryTransport, Reaction};
pub use outcome::{Means, Outcome, Reason, Stage};
pub use outgoing::{Outgoing, Sender};
pub use provider::{ANSWER_WITHIN, Fate, Heard, Inbound, ProviderSettingsError, Receipt};
pub use smtp::{SettingsError, SmtpSettings, SmtpTransport, Tls};
pub use transport::Transport;
