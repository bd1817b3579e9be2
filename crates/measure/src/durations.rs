use words::{Figure, Window};

use crate::estimate::median_ranks;

/// Lengths of time in microseconds, kept whole so that a merged median is exact.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Durations {
    values: Vec<i64>,
}

impl From<Vec<i64>> for Durations {
    fn from(values: Vec<i64>) -> Self {
        Self { values }
    }
}

impl Durations {
    pub(crate) fn with_capacity(count: usize) -> Self {
        Self { values: Vec::with_capacity(count) }
    }

    pub(crate) fn push(&mut self, micros: i64) {
        self.values.push(micros);
    }

    pub(crate) fn len(&self) -> usize {
        self.values.len()
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        self.values.extend_from_slice(&other.values);
    }

    /// The median in seconds with its distribution-free interval.
    pub(crate) fn figure(&self, definition: &'static str, window: Window) -> Figure {
        let mut values = self.values.clone();
        let seconds = |micros: i64| micros as f64 / 1e6;
        let n = values.len();
        // Where there is an interval, the median is looked for inside it only.
        let ranks = median_ranks(n);
        let interval = ranks.map(|(low, high)| {
            let upper = *values.select_nth_unstable(high).1;
            let lower = *values[..high].select_nth_unstable(low).1;
            (seconds(lower), seconds(upper))
        });
        let (low, high) = ranks.unwrap_or((0, n.saturating_sub(1)));
        let inside = values.get_mut(low..=high).unwrap_or_default();
        let value = median(inside, n / 2 - low.min(n / 2), n.is_multiple_of(2));
        Figure { value: value.map(|micros| micros / 1e6), n: n as u64, interval, definition, window }
    }
}

/// The value at this rank, or when `even` its mean with the one before. Reorders.
fn median(values: &mut [i64], rank: usize, even: bool) -> Option<f64> {
    if values.is_empty() {
        return None;
    }
    let (below, upper, _) = values.select_nth_unstable(rank);
    let upper = *upper as f64;
    match below.iter().max().filter(|_| even) {
        Some(lower) => Some((*lower as f64 + upper) / 2.0),
        None => Some(upper),
    }
}
