use std::collections::BTreeMap;

use crate::Span;

/// What stood in the way of a window on one person's day, the first that was met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Hindrance {
    /// The job may not begin by then: its material is not there yet, or it was asked for later.
    TooEarly,
    /// This person does not work then.
    NobodyWorks,
    /// This person may not do it: a skill is missing, or one is in the way.
    NotSkilled,
    /// This person has not enough of something along.
    NothingLeft,
    /// There is no room between what is planned, travel included.
    Full,
}

/// How often what stood in the way, of windows that nobody can keep.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hindrances {
    windows: BTreeMap<Span, BTreeMap<Hindrance, usize>>,
}

impl Hindrances {
    pub(super) fn note(&mut self, window: Span, hindrance: Hindrance) {
        *self.windows.entry(window).or_default().entry(hindrance).or_default() += 1;
    }

    /// What stood in the way of this window, of how many days.
    pub fn of(&self, window: Span) -> impl Iterator<Item = (Hindrance, usize)> + '_ {
        self.windows.get(&window).into_iter().flatten().map(|(hindrance, count)| (*hindrance, *count))
    }

    /// How many windows each was the **last** hurdle of: what was met on the day that came furthest.
    #[must_use]
    pub fn last_hurdles(&self) -> BTreeMap<Hindrance, usize> {
        let mut hurdles = BTreeMap::new();
        for last in self.windows.values().filter_map(|found| found.keys().next_back()) {
            *hurdles.entry(*last).or_default() += 1;
        }
        hurdles
    }

    /// Whether nothing was missing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.windows.is_empty()
    }
}
