use std::collections::BTreeMap;

use store::DayCount;
use words::TouchpointId;

/// How often an audience without identity was counted at each touchpoint, in the window.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Audiences(BTreeMap<TouchpointId, u64>);

impl Audiences {
    /// Adds up the days.
    pub fn of(days: &[DayCount]) -> Self {
        let mut sums = BTreeMap::new();
        for day in days {
            *sums.entry(day.touchpoint.clone()).or_insert(0) += day.count;
        }
        Self(sums)
    }

    /// The count at a touchpoint; 0 when nothing was counted.
    pub fn at(&self, touchpoint: &TouchpointId) -> u64 {
        self.0.get(touchpoint).copied().unwrap_or(0)
    }
}
