//! The voice of an organisation: what a message says, to whom, in which form.
//!
//! A message is one file: front matter (`subject`, `sms`, `whatsapp`, `whatsapp_template`, `print`, `script`, `questions`) and a body
//! in Markdown. From it come the e-mail (HTML and text), the text message, the WhatsApp message, the letter or card and the words
//! that a person says. [`check`]
//! tells what keeps a message from being published; [`render`] makes it for one customer. Pure: texts and plain data in,
//! texts out. No message text lives in this crate.

mod approved;
mod check;
pub mod checker;
mod context;
mod declared;
mod document;
mod fault;
mod field;
mod foot;
mod front;
mod html;
mod limits;
mod mail;
mod message;
mod moment;
mod patch;
mod person;
mod render;
mod render_error;
mod salutation;
mod sample;
mod sms;
mod template;
mod text;

pub use check::check;
pub use context::{Brand, Context, Exit, Foot};
pub use declared::Declared;
pub use document::is_safe_address;
pub use fault::{Fault, FaultKind};
pub use field::Field;
pub use limits::*;
pub use message::{Message, Text};
pub use patch::patch;
pub use render::{Rendered, render, render_question};
pub use render_error::RenderError;
pub use salutation::{addressee, salutation};
pub use sample::sample;
pub use sms::{Encoding, Sms};
