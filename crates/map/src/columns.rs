//! Which touchpoint stands in which column, and how columns are divided over sheets.

use std::ops::Range;

use crate::sheet::Sheet;

/// More columns than this do not fit one sheet.
pub(crate) const MAX_PER_SHEET: usize = 14;

/// One column of the whole journey.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Column {
    /// Index into the sheet's phases.
    pub(crate) phase: usize,
    /// Index into the sheet's touchpoints; `None` holds the place of an empty phase.
    pub(crate) touchpoint: Option<usize>,
}

/// The columns in the order of the phases. A touchpoint whose phase is unknown stands in the last.
pub(crate) fn columns(sheet: &Sheet) -> Vec<Column> {
    let last = sheet.phases.len().saturating_sub(1);
    let place = |touchpoint: &crate::sheet::Touchpoint| {
        let known = sheet.phases.iter().position(|phase| phase.id == touchpoint.phase);
        known.unwrap_or(last)
    };
    let phases: Vec<usize> = sheet.touchpoints.iter().map(place).collect();
    let mut columns = Vec::new();
    for phase in 0..sheet.phases.len().max(1) {
        let before = columns.len();
        columns.extend(
            (0..phases.len()).filter(|nth| phases[*nth] == phase).map(|nth| Column { phase, touchpoint: Some(nth) }),
        );
        if columns.len() == before {
            columns.push(Column { phase, touchpoint: None });
        }
    }
    columns
}

/// Divides columns over so many sheets: as even as may be, and rather between phases than within one.
pub(crate) fn divide(columns: &[Column], sheets: usize, most: usize) -> Vec<Range<usize>> {
    let (n, sheets) = (columns.len(), sheets.clamp(1, columns.len().max(1)));
    let ideal = n as f64 / sheets as f64;
    let cost = |from: usize, to: usize| {
        let within_phase = to < n && columns[to - 1].phase == columns[to].phase;
        let uneven = (to - from) as f64 - ideal;
        let too_many = (to - from).saturating_sub(most) as f64;
        uneven * uneven + if within_phase { 6.0 } else { 0.0 } + 1000.0 * too_many
    };
    // best[k][to]: cheapest division of the first `to` columns over `k` sheets, with where its last sheet begins.
    let mut best = vec![vec![(f64::INFINITY, 0); n + 1]; sheets + 1];
    best[0][0] = (0.0, 0);
    for k in 1..=sheets {
        for to in k..=n {
            for from in (k - 1)..to {
                let total = best[k - 1][from].0 + cost(from, to);
                if total < best[k][to].0 {
                    best[k][to] = (total, from);
                }
            }
        }
    }
    let mut cuts = vec![n];
    for k in (1..=sheets).rev() {
        cuts.push(best[k][cuts[cuts.len() - 1]].1);
    }
    cuts.reverse();
    cuts.windows(2).map(|pair| pair[0]..pair[1]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_phases(sizes: &[usize]) -> Vec<Column> {
        let column = |phase| Column { phase, touchpoint: Some(0) };
        sizes.iter().enumerate().flat_map(|(phase, size)| vec![column(phase); *size]).collect()
    }

    #[test]
    fn sheets_part_between_phases() {
        assert_eq!(divide(&of_phases(&[8, 9]), 2, MAX_PER_SHEET), [0..8, 8..17]);
        assert_eq!(divide(&of_phases(&[4, 6, 7]), 2, MAX_PER_SHEET), [0..10, 10..17]);
    }

    #[test]
    fn one_long_phase_is_parted_evenly() {
        assert_eq!(divide(&of_phases(&[30]), 3, MAX_PER_SHEET), [0..10, 10..20, 20..30]);
    }

    #[test]
    fn no_sheet_has_more_than_fourteen() {
        for parts in divide(&of_phases(&[13, 2, 13]), 2, MAX_PER_SHEET) {
            assert!(parts.len() <= MAX_PER_SHEET);
        }
    }
}
