//! The type sizes of a sheet, in millimetres (1 pt = 0.3528 mm). Nothing is smaller than 7 pt.

use faces::{Face, width};

/// How a text is set: face, size and the distance between baselines.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Style {
    /// Which cut of Inter.
    pub(crate) face: Face,
    /// Millimetres.
    pub(crate) size: f64,
    /// Millimetres from baseline to baseline.
    pub(crate) leading: f64,
}

impl Style {
    /// 18/600: the title.
    pub(crate) const TITLE: Self = Self::new(Face::SemiBold, 6.35, 7.4);
    /// 11/600: phases and summary figures.
    pub(crate) const PHASE: Self = Self::new(Face::SemiBold, 3.88, 4.5);
    /// 9/600: marks and the numbers of pains and peaks.
    pub(crate) const MARK: Self = Self::new(Face::SemiBold, 3.18, 3.9);
    /// 9/400: a mark with few answers.
    pub(crate) const MARK_FEW: Self = Self::new(Face::Regular, 3.18, 3.9);
    /// 8/600: steps, lane names, counts.
    pub(crate) const STRONG: Self = Self::new(Face::SemiBold, 2.82, 3.45);
    /// 8/400: bands, rails, second texts of the header.
    pub(crate) const PLAIN: Self = Self::new(Face::Regular, 2.82, 3.45);
    /// 7/400: the rest.
    pub(crate) const BODY: Self = Self::new(Face::Regular, 2.47, 3.05);
    /// 7/600: what stands out in the rest.
    pub(crate) const BODY_STRONG: Self = Self::new(Face::SemiBold, 2.47, 3.05);
    /// 7/400 italic: quotes and gaps.
    pub(crate) const QUOTE: Self = Self::new(Face::Italic, 2.47, 3.05);

    const fn new(face: Face, size: f64, leading: f64) -> Self {
        Self { face, size, leading }
    }

    /// How wide a text is in this style, millimetres.
    pub(crate) fn width(self, text: &str) -> f64 {
        width(text, self.face, self.size)
    }

    /// How high so many lines are, from the first baseline to the last.
    pub(crate) fn drop(self, lines: usize) -> f64 {
        self.leading * lines.saturating_sub(1) as f64
    }
}
