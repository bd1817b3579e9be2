use crate::Span;

/// From this grade on a window is recommended.
pub const IDEAL: u8 = 75;

/// What makes one window better than another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grading {
    /// When the customer asks.
    pub now: i64,
    /// After so many seconds a window gets nothing for being soon.
    pub horizon: i64,
    /// Of a hundred, how much of the grade is for being soon; the rest is for being near what is already planned.
    pub soon: u8,
}

impl Grading {
    /// A third for being soon, the rest for being near.
    #[must_use]
    pub const fn new(now: i64, horizon: i64) -> Self {
        Self { now, horizon, soon: 34 }
    }

    /// Of a window that costs `extra` where the job by itself would cost `worst`.
    pub(super) fn grade(self, extra: i64, worst: i64, window: Span) -> u8 {
        let share = |part: i64, whole: i64| (part.clamp(0, whole.max(0)) as f64) / (whole.max(1) as f64);
        let near = 1.0 - share(extra, worst);
        let soon = 1.0 - share(window.from - self.now, self.horizon);
        let weight = f64::from(self.soon.min(100)) / 100.0;
        (100.0 * (near * (1.0 - weight) + soon * weight)).round() as u8
    }
}
