use serde::{Deserialize, Serialize};

/// From one moment to another, both within it. In seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// The first moment within it.
    pub from: i64,
    /// The last moment within it.
    pub to: i64,
}

impl Span {
    /// Any moment.
    pub const ALWAYS: Self = Self { from: i64::MIN / 4, to: i64::MAX / 4 };

    /// From one moment to another.
    #[must_use]
    pub const fn new(from: i64, to: i64) -> Self {
        Self { from, to }
    }

    /// Whether the moment lies within it.
    #[must_use]
    pub const fn holds(self, moment: i64) -> bool {
        self.from <= moment && moment <= self.to
    }

    /// What both hold, if anything.
    #[must_use]
    pub fn common(self, other: Self) -> Option<Self> {
        let span = Self::new(self.from.max(other.from), self.to.min(other.to));
        (span.from <= span.to).then_some(span)
    }
}

/// The first moment from `moment` on within one of `spans` (in order of time), if there is one.
pub(crate) fn first_from(spans: &[Span], moment: i64) -> Option<i64> {
    spans.iter().find(|span| moment <= span.to).map(|span| moment.max(span.from))
}

/// The last moment up to `moment` within one of `spans` (in order of time), if there is one.
pub(crate) fn last_until(spans: &[Span], moment: i64) -> Option<i64> {
    spans.iter().rev().find(|span| span.from <= moment).map(|span| moment.min(span.to))
}
