//! The letters that we draw with: three cuts of Inter, embedded, and what a text measures in them. Pure.

mod face;
mod measure;

pub use face::Face;
pub use measure::{Glyph, glyphs, width};
