//! How many customers flow into each column.

use crate::columns::{Column, columns};
use crate::sheet::Sheet;

/// What flows into a column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Passing {
    /// Nobody can be followed here.
    Untracked,
    /// So many enter; so many leave after it.
    Before { entering: u64, leaving: u64 },
    /// After the goal: so many came, of so many who got past it.
    After { reached: u64, entering: u64 },
}

impl Passing {
    /// Those still under way when the step begins.
    pub(crate) const fn entering(self) -> Option<u64> {
        match self {
            Self::Untracked => None,
            Self::Before { entering, .. } | Self::After { entering, .. } => Some(entering),
        }
    }
}

/// How many customers began: the runs in the window, or the most that any touchpoint saw.
pub(crate) fn starters(sheet: &Sheet) -> u64 {
    let reached = sheet.touchpoints.iter().filter_map(|touchpoint| touchpoint.reached);
    let most = reached.map(|reached| reached.count).max().unwrap_or(0);
    sheet.totals.runs.unwrap_or(0).max(most)
}

/// What flows into every column of the journey. Customers enter where the first can be followed; who exits is gone from
/// the next column; after the goal each column counts who came.
pub(crate) fn passing(sheet: &Sheet, columns: &[Column]) -> Vec<Passing> {
    let mut still = None;
    let mut done = false;
    let mut flow = |column: &Column| {
        let Some(touchpoint) = column.touchpoint.map(|index| &sheet.touchpoints[index]) else {
            return match (still, done) {
                (Some(entering), false) => Passing::Before { entering, leaving: 0 },
                _ => Passing::Untracked,
            };
        };
        if still.is_none() && touchpoint.reached.is_none() {
            return Passing::Untracked;
        }
        let entering = still.unwrap_or_else(|| starters(sheet));
        if done {
            let reached = touchpoint.reached.map_or(0, |reached| reached.count);
            return Passing::After { reached, entering };
        }
        let leaving = touchpoint.exit.as_ref().map_or(0, |exit| exit.count).min(entering);
        still = Some(entering - leaving);
        done = sheet.goal.as_ref().is_some_and(|goal| goal.touchpoint.as_ref() == Some(&touchpoint.id));
        Passing::Before { entering, leaving }
    };
    columns.iter().map(&mut flow).collect()
}

/// Per touchpoint, those still under way when its step begins; `None` where nobody can be followed.
pub(crate) fn entering(sheet: &Sheet) -> Vec<Option<u64>> {
    let columns = columns(sheet);
    let mut entering = vec![None; sheet.touchpoints.len()];
    for (column, passing) in columns.iter().zip(passing(sheet, &columns)) {
        if let Some(index) = column.touchpoint {
            entering[index] = passing.entering();
        }
    }
    entering
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet() -> Sheet {
        serde_json::from_str(include_str!("../tests/sheets/reparatie.json")).expect("the example is a sheet")
    }

    #[test]
    fn who_exits_is_gone_from_the_next_column() {
        let sheet = sheet();
        let passing = passing(&sheet, &columns(&sheet));
        let entering: Vec<Option<u64>> = passing.iter().map(|passing| passing.entering()).collect();
        assert_eq!(entering[..5], [None, None, Some(1248), Some(1161), Some(1057)]);
        let after = Passing::After { reached: 940, entering: 964 };
        assert_eq!(passing[10], after);
    }

    #[test]
    fn more_exits_than_customers_leave_nobody() {
        let mut sheet = sheet();
        if let Some(exit) = &mut sheet.touchpoints[2].exit {
            exit.count = 9_999;
        }
        assert_eq!(entering(&sheet)[3], Some(0));
    }
}
