//! The same questions, answered slowly and obviously.

use std::collections::{BTreeMap, BTreeSet};

use journey::Order;

/// A run as (touchpoint, time), in order.
pub(crate) type Run = Vec<(u8, i64)>;

pub(crate) fn pairs(runs: &[Run]) -> BTreeMap<(u8, u8), Vec<i64>> {
    let mut found: BTreeMap<(u8, u8), Vec<i64>> = BTreeMap::new();
    for run in runs {
        for two in run.windows(2) {
            found.entry((two[0].0, two[1].0)).or_default().push(two[1].1 - two[0].1);
        }
    }
    found
}

pub(crate) fn median(values: &[i64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    let middle = sorted.len() / 2;
    if sorted.len() % 2 == 1 { sorted[middle] as f64 } else { (sorted[middle - 1] + sorted[middle]) as f64 / 2.0 }
}

pub(crate) fn variants(runs: &[Run]) -> BTreeMap<Vec<u8>, u64> {
    let mut found = BTreeMap::new();
    for run in runs.iter().filter(|run| !run.is_empty()) {
        *found.entry(run.iter().map(|contact| contact.0).collect()).or_default() += 1;
    }
    found
}

/// The runs per path of `depth` after the first `start`, `None` where the run had ended.
pub(crate) fn paths(runs: &[Run], start: u8, depth: usize) -> BTreeMap<Vec<Option<u8>>, u64> {
    let mut found = BTreeMap::new();
    for run in runs {
        if let Some(first) = run.iter().position(|contact| contact.0 == start) {
            let path = (1..=depth).map(|step| run.get(first + step).map(|contact| contact.0)).collect();
            *found.entry(path).or_default() += 1;
        }
    }
    found
}

/// The most steps that any choice of different contacts gives.
pub(crate) fn funnel_level(run: &Run, steps: &[u8], within: i64, order: Order) -> usize {
    let moments: Vec<i64> = run.iter().map(|contact| contact.1).collect::<BTreeSet<_>>().into_iter().collect();
    let search = Search { run, steps, within, order, moments };
    search.from(&mut Vec::new())
}

struct Search<'a> {
    run: &'a Run,
    steps: &'a [u8],
    within: i64,
    order: Order,
    moments: Vec<i64>,
}

impl Search<'_> {
    /// Tries every contact for every next step; `chosen` are (place in the run, step).
    fn from(&self, chosen: &mut Vec<(usize, usize)>) -> usize {
        let mut best = chosen.len();
        for place in 0..self.run.len() {
            for step in 0..self.steps.len() {
                if self.fits(chosen, place, step) {
                    chosen.push((place, step));
                    best = best.max(self.from(chosen));
                    chosen.pop();
                }
            }
        }
        best
    }

    fn fits(&self, chosen: &[(usize, usize)], place: usize, step: usize) -> bool {
        let (touchpoint, time) = self.run[place];
        let fresh = chosen.iter().all(|(other, taken)| *other != place && *taken != step);
        let near = chosen.iter().all(|(other, _)| (self.run[*other].1 - time).abs() <= self.within);
        let moment = |time: i64| self.moments.iter().position(|other| *other == time);
        let ordered = match (self.order, chosen.last()) {
            (Order::Any, _) => true,
            (_, None) => step == 0,
            (order, Some((last, before))) => {
                let earlier = self.run[*last].1;
                let adjacent = moment(time) <= moment(earlier).map(|place| place + 1);
                step == before + 1 && earlier <= time && (order == Order::Loose || adjacent)
            }
        };
        self.steps[step] == touchpoint && fresh && near && ordered
    }
}
