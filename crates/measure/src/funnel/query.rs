use journey::{Funnel, Order};

use crate::{MeasureError, Names};

/// The longest funnel: one bit per step.
pub const FUNNEL_STEPS_MAX: usize = 32;

/// A funnel with names as codes and the window in microseconds.
pub(super) struct Query {
    pub(super) order: Order,
    /// `Names::NONE` for a step that no run ever had.
    pub(super) steps: Vec<u16>,
    /// Per code the steps that it is, one bit each.
    pub(super) masks: Vec<u32>,
    /// Whether some touchpoint is more than one step.
    pub(super) repeats: bool,
    pub(super) within: i64,
}

impl Query {
    pub(super) fn new(funnel: &Funnel, names: &Names) -> Result<Self, MeasureError> {
        if funnel.steps.len() > FUNNEL_STEPS_MAX {
            return Err(MeasureError::TooMany { what: "steps in a funnel", limit: FUNNEL_STEPS_MAX });
        }
        let find = |id: &words::TouchpointId| names.find(id.as_str()).unwrap_or(Names::NONE);
        let steps: Vec<u16> = funnel.steps.iter().map(find).collect();
        let mut masks = vec![0_u32; names.len()];
        for (step, code) in steps.iter().enumerate().filter(|(_, code)| **code != Names::NONE) {
            masks[usize::from(*code)] |= 1 << step;
        }
        // A day of the window has 24 hours: a funnel compares runs, it keeps no one's calendar.
        let micros = |seconds: u64| i64::try_from(seconds.saturating_mul(1_000_000)).unwrap_or(i64::MAX);
        Ok(Self {
            order: funnel.order,
            repeats: masks.iter().any(|mask| mask.count_ones() > 1),
            steps,
            masks,
            within: funnel.within.map_or(i64::MAX, |span| micros(span.seconds_about())),
        })
    }

    pub(super) fn in_time(&self, start: i64, time: i64) -> bool {
        time.saturating_sub(start) <= self.within
    }

    /// Whether a group of simultaneous contacts holds the steps `from..=until`, each contact used once.
    pub(super) fn holds(&self, group: &[u16], present: u32, from: usize, until: usize) -> bool {
        if !(from..=until).all(|step| present >> step & 1 == 1) {
            return false;
        }
        let count = |list: &[u16], code: u16| list.iter().filter(|other| **other == code).count();
        let needed = &self.steps[from..=until];
        !self.repeats || needed.iter().all(|code| count(needed, *code) <= count(group, *code))
    }
}
