use words::{Figure, TouchpointId, Window};

use crate::{Columns, MeasureError, Names, definitions, durations::Durations, estimate::count};

/// The directly-follows graph: per pair of touchpoints how often the second was the next contact of the same run, and
/// the time between. All gaps stay, so that a merged median is exact.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Follows {
    names: Names,
    /// (from, to, times between), sorted by the codes.
    pairs: Vec<(u16, u16, Durations)>,
}

/// One arc of the graph.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Edge {
    /// The earlier touchpoint.
    pub from: TouchpointId,
    /// The next one; the same for a repetition.
    pub to: TouchpointId,
    /// How often: `follows.count`.
    pub count: Figure,
    /// Median seconds between: `follows.median`.
    pub median: Figure,
}

/// Up to so many names the pairs are counted in a square of numbers; beyond, sorted.
const SQUARE_NAMES_MAX: usize = 1024;

/// Counts what directly followed what: two passes over the columns, one to count and one to put the gaps in their place.
pub fn follows(columns: &Columns) -> Follows {
    let names = columns.touchpoints();
    let pairs = if names.len() <= SQUARE_NAMES_MAX { by_square(columns, names.len()) } else { by_sorting(columns) };
    Follows { names: names.clone(), pairs }
}

fn by_square(columns: &Columns, width: usize) -> Vec<(u16, u16, Durations)> {
    let cell = |codes: &[u16]| usize::from(codes[0]) * width + usize::from(codes[1]);
    let mut counts = vec![0_u32; width * width];
    for run in columns.iter() {
        run.codes.windows(2).for_each(|codes| counts[cell(codes)] += 1);
    }
    let mut pairs: Vec<(u16, u16, Durations)> = Vec::new();
    // From here on each cell holds the place of its pair.
    for (cell, count) in counts.iter_mut().enumerate().filter(|(_, count)| **count > 0) {
        let gaps = Durations::with_capacity(*count as usize);
        *count = pairs.len() as u32;
        pairs.push(((cell / width) as u16, (cell % width) as u16, gaps));
    }
    for run in columns.iter() {
        for (codes, times) in run.codes.windows(2).zip(run.times.windows(2)) {
            pairs[counts[cell(codes)] as usize].2.push(times[1] - times[0]);
        }
    }
    pairs
}

fn by_sorting(columns: &Columns) -> Vec<(u16, u16, Durations)> {
    let mut all: Vec<(u16, u16, i64)> = Vec::with_capacity(columns.contact_count());
    for run in columns.iter() {
        for (codes, times) in run.codes.windows(2).zip(run.times.windows(2)) {
            all.push((codes[0], codes[1], times[1] - times[0]));
        }
    }
    all.sort_unstable();
    let groups = all.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1));
    groups
        .map(|group| {
            let gaps = group.iter().map(|(_, _, gap)| *gap).collect::<Vec<_>>();
            (group[0].0, group[0].1, Durations::from(gaps))
        })
        .collect()
}

impl Follows {
    /// How many different pairs.
    pub fn pair_count(&self) -> usize {
        self.pairs.len()
    }

    /// Adds the counts of other runs.
    pub fn merge(&mut self, other: &Self) -> Result<(), MeasureError> {
        let codes = self.names.absorb(&other.names, "touchpoints", usize::from(Names::NONE))?;
        for (from, to, gaps) in &other.pairs {
            let (from, to) = (codes[usize::from(*from)], codes[usize::from(*to)]);
            match self.pairs.binary_search_by_key(&(from, to), |pair| (pair.0, pair.1)) {
                Ok(at) => self.pairs[at].2.merge(gaps),
                Err(at) => self.pairs.insert(at, (from, to, gaps.clone())),
            }
        }
        Ok(())
    }

    /// The `most` frequent arcs, most frequent first; among equals by the order of the names.
    pub fn edges(&self, most: usize, window: Window) -> Vec<Edge> {
        let mut order: Vec<&(u16, u16, Durations)> = self.pairs.iter().collect();
        order.sort_by_key(|(from, to, gaps)| (std::cmp::Reverse(gaps.len()), *from, *to));
        let name = |code: u16| TouchpointId::from(self.names.get(code).unwrap_or_default());
        order
            .into_iter()
            .take(most)
            .map(|(from, to, gaps)| Edge {
                from: name(*from),
                to: name(*to),
                count: count(gaps.len() as u64, definitions::FOLLOWS_COUNT, window),
                median: gaps.figure(definitions::FOLLOWS_MEDIAN, window),
            })
            .collect()
    }
}
