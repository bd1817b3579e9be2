//! Funnels in any order: the most different steps that lie together in one window.

use super::{FUNNEL_STEPS_MAX, query::Query};

/// What one run did; used again for the next run.
#[derive(Default)]
pub(super) struct Together {
    /// (time, step touchpoint) of the run's contacts that are a step.
    found: Vec<(i64, u16)>,
    /// How many steps lie together.
    pub(super) level: usize,
    /// When each of them was taken, in order of time.
    pub(super) best: Vec<i64>,
    /// The latest start of a window that holds so many.
    pub(super) open_start: Option<i64>,
}

impl Together {
    pub(super) fn walk(&mut self, query: &Query, codes: &[u16], times: &[i64]) {
        self.level = 0;
        self.best.clear();
        self.open_start = None;
        self.found.clear();
        let steps = codes.iter().zip(times).filter(|(code, _)| query.masks[usize::from(**code)] != 0);
        self.found.extend(steps.map(|(code, time)| (*time, *code)));
        // Per first step of a touchpoint how many of its contacts lie in the window.
        let mut inside = [0_u32; FUNNEL_STEPS_MAX];
        let slot = |code: u16| query.masks[usize::from(code)].trailing_zeros() as usize;
        let needed = |code: u16| query.masks[usize::from(code)].count_ones();
        let (mut left, mut level) = (0, 0);
        for right in 0..self.found.len() {
            let (time, code) = self.found[right];
            inside[slot(code)] += 1;
            level += usize::from(inside[slot(code)] <= needed(code));
            while !query.in_time(self.found[left].0, time) {
                let code = self.found[left].1;
                level -= usize::from(inside[slot(code)] <= needed(code));
                inside[slot(code)] -= 1;
                left += 1;
            }
            if level > self.level {
                self.level = level;
                self.take(query, left, right);
            }
            if level == self.level {
                self.open_start = Some(self.found[left].0);
            }
        }
    }

    fn take(&mut self, query: &Query, left: usize, right: usize) {
        let mut taken = [0_u32; FUNNEL_STEPS_MAX];
        self.best.clear();
        for (time, code) in &self.found[left..=right] {
            let mask = query.masks[usize::from(*code)];
            let taken = &mut taken[mask.trailing_zeros() as usize];
            if *taken < mask.count_ones() {
                *taken += 1;
                self.best.push(*time);
            }
        }
    }
}
