//! The definition of a journey: read, checked, compared, patched.
//!
//! One definition is drawn, run and measured; this crate is where all three read it. It is pure: it takes texts and gives
//! a [`Definition`], findings or a changed text. The source text is the truth; [`Definition`] is what it says.

mod check;
mod compare;
mod example;
mod finding;
mod folder;
pub mod language;
mod model;
mod near;
mod needs;
mod organisation;
mod parse;
mod patch;
mod plain;
mod problem;
mod read;
mod sentence;
mod typing;
mod yaml;

pub use check::gate;
pub use compare::{Change, What, compare, compare_messages};
pub use example::{example, example_id};
pub use finding::{Finding, Severity};
pub use folder::{FILES_MAX, Folder};
pub use model::*;
pub use near::nearest;
pub use needs::{
    FieldKind, Level, Mentions, NeededEvent, NeededField, Needs, Purpose, consents_asked, needs, purposes,
};
pub use parse::{Parsed, parse};
pub use patch::{Edit, Refused, Written, patch, patch_organisation};
pub use plain::yaml_value;
pub use problem::{Condition, Form, Gate, Named, Problem, Reference, Rule, Sending};
pub use sentence::{Saying, USUAL_EVENTS};
pub use typing::Type;
