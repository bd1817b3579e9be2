//! Measuring and breaking text: what a browser will draw, known beforehand.

pub(crate) mod compounds;
pub(crate) mod hyphen;
pub(crate) mod style;
pub(crate) mod wrap;

pub(crate) use style::Style;
pub(crate) use wrap::{cut, wrap};
