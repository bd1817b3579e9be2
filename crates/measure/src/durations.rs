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
        let interval = median_ranks(values.len()).map(|(low, high)| {
            let low = *values.select_nth_unstable(low).1;
            let high = *values.select_nth_unstable(high).1;
            (seconds(low), seconds(high))
        });
        Figure {
            value: median(&mut values).map(|micros| micros / 1e6),
            n: values.len() as u64,
            interval,
            definition,
            window,
        }
    }
}

/// The exact median in the unit of the values: the mean of the two middle ones when their number is even. Reorders.
pub(crate) fn median(values: &mut [i64]) -> Option<f64> {
    if values.is_empty() {
        return None;
    }
    let middle = values.len() / 2;
    let even = values.len().is_multiple_of(2);
    let (below, upper, _) = values.select_nth_unstable(middle);
    let upper = *upper as f64;
    match below.iter().max().filter(|_| even) {
        Some(lower) => Some((*lower as f64 + upper) / 2.0),
        None => Some(upper),
    }
}
