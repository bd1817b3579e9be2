//! Funnels with an order. As in `windowFunnel`, per step the chain with the latest start that reached it is carried; with
//! simultaneous contacts a chain may take several steps at once, in the order of the steps.

use journey::Order;

use super::{FUNNEL_STEPS_MAX, query::Query};

/// What one run did; used again for the next run.
pub(super) struct Chains {
    /// `times[k]`: the times of steps 0..=k of the carried chain that reached step k.
    times: Vec<[i64; FUNNEL_STEPS_MAX]>,
    /// Which of them there are.
    have: u32,
    /// How many steps the best chain has.
    pub(super) level: usize,
    /// Its times, the first time it came so far.
    pub(super) best: [i64; FUNNEL_STEPS_MAX],
    /// The latest start of a chain that can still take the step after `level`.
    pub(super) open_start: Option<i64>,
}

impl Chains {
    pub(super) fn new(steps: usize) -> Self {
        Self {
            times: vec![[0; FUNNEL_STEPS_MAX]; steps],
            have: 0,
            level: 0,
            best: [0; FUNNEL_STEPS_MAX],
            open_start: None,
        }
    }

    /// Walks through the contacts of one run.
    pub(super) fn walk(&mut self, query: &Query, codes: &[u16], times: &[i64]) {
        self.have = 0;
        self.level = 0;
        let steps = query.steps.len();
        let strict = query.order == Order::Strict;
        // Nothing before the first step matters, but what happened at the same moment does.
        let Some(first) = codes.iter().position(|code| query.masks[usize::from(*code)] & 1 == 1) else {
            self.open_start = None;
            return;
        };
        let mut at = first - times[..first].iter().rev().take_while(|time| **time == times[first]).count();
        while at < codes.len() && self.level < steps {
            let mask = query.masks[usize::from(codes[at])];
            if mask == 0 && !strict {
                at += 1;
                continue;
            }
            let time = times[at];
            let until = at + 1 + times[at + 1..].iter().take_while(|other| **other == time).count();
            let before = self.have;
            if strict {
                self.have = 0;
            }
            if until == at + 1 {
                self.single(query, mask, before, time);
            } else {
                self.group(query, &codes[at..until], before, time);
            }
            at = until;
        }
        let last = self.level.checked_sub(1).filter(|last| self.have >> last & 1 == 1);
        self.open_start = last.map(|last| self.times[last][0]);
    }

    fn single(&mut self, query: &Query, mut mask: u32, before: u32, time: i64) {
        while mask != 0 {
            let step = 31 - mask.leading_zeros() as usize;
            mask &= !(1 << step);
            if step == 0 {
                self.put(0, None, time);
            } else if before >> (step - 1) & 1 == 1 && query.in_time(self.times[step - 1][0], time) {
                self.put(step, Some(step - 1), time);
            }
        }
    }

    /// From the last step down, so that a chain only builds on what was there before this moment.
    fn group(&mut self, query: &Query, group: &[u16], before: u32, time: i64) {
        let present = group.iter().fold(0, |mask, code| mask | query.masks[usize::from(*code)]);
        for step in (0..query.steps.len()).rev() {
            if present >> step & 1 == 0 {
                continue;
            }
            if query.holds(group, present, 0, step) {
                self.put(step, None, time);
                continue;
            }
            let carried = (0..step).rev().filter(|from| {
                before >> from & 1 == 1
                    && query.in_time(self.times[*from][0], time)
                    && query.holds(group, present, from + 1, step)
            });
            // Of equal starts the chain that came farthest before.
            let latest =
                carried.reduce(|best, other| if self.times[other][0] > self.times[best][0] { other } else { best });
            if let Some(from) = latest {
                self.put(step, Some(from), time);
            }
        }
    }

    /// Chain `from` (or a new one) reaches `step` at `time`.
    fn put(&mut self, step: usize, from: Option<usize>, time: i64) {
        let kept = from.map_or(0, |from| from + 1);
        if let Some(from) = from {
            let (head, tail) = self.times.split_at_mut(step);
            tail[0][..kept].copy_from_slice(&head[from][..kept]);
        }
        self.times[step][kept..=step].fill(time);
        self.have |= 1 << step;
        if step >= self.level {
            self.level = step + 1;
            self.best[..=step].copy_from_slice(&self.times[step][..=step]);
        }
    }
}
