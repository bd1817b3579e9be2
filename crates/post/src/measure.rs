//! Sizes of paper and type, in points unless said otherwise.

/// Points of so many millimetres.
pub(crate) const fn mm(millimetres: f64) -> f64 {
    millimetres * 72.0 / 25.4
}

/// A size of type with the distance between its lines.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Type {
    pub(crate) size: f64,
    pub(crate) leading: f64,
}

impl Type {
    pub(crate) const fn new(size: f64, leading: f64) -> Self {
        Self { size, leading }
    }
}
