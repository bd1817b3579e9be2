//! One voice: whether what an organisation says, by every channel and along a whole path, sounds like one organisation.
//!
//! A [`Passage`] is a text in which it is known what came from data; [`examine`] judges it against the voice that the
//! organisation declared ([`journey::Voice`]) and tells each [`Remark`] with its place, its reason and, where there is one, a
//! better wording. [`along`] does so for all that one customer hears. What stands in quotations, in titles, in code and in
//! values is never judged: those are not the writer's words. Sources of the rules: `docs/VOICE.md`.

mod aside;
mod ending;
mod examine;
mod greeting;
mod lists;
mod markdown;
mod message;
mod passage;
mod path;
mod phrase;
mod pressure;
mod readability;
mod register;
mod remark;
mod rewrite;
mod rule;
mod sentence;
mod syllables;
mod tallies;
mod terms;
mod text;
mod word;

pub use examine::{Setting, examine};
pub use message::{Noted, listen};
pub use passage::{PASSAGE_BYTES_MAX, Passage, Tongue};
pub use path::{Heard, along};
pub use readability::{Ease, ease};
pub use register::{Cue, Register, Side, Weight, cues, register};
pub use remark::Remark;
pub use rule::Rule;
pub use syllables::syllables;
