//! The definition of a journey: read, checked, compared, patched.
//!
//! One definition is drawn, run and measured; this crate is where all three read it. It is pure: it takes texts and gives
//! a [`Definition`], findings or a changed text. The source text is the truth; [`Definition`] is what it says.

mod model;

pub use model::*;
