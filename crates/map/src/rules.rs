//! The published rules of the experience lane: what is a pain, what is a peak, and the two summary marks.
//!
//! * **Pain**: experience of −0.5 or lower, or 1 or more below what was expected.
//! * **Peak**: a local maximum of +1 or higher. Of a level stretch the first counts. Neighbours are the nearest moments before
//!   and after on the main line with the same source.
//! * Both need 10 measured answers (`words::Evidence`). Where nothing is measured they may rest on what staff assumed or a
//!   workshop answered; they are then drawn open, as "assumed".
//! * **Mean**: of the moments with 10 answers or more, each counted once.
//! * **Peak-end**: the mean of the extreme (farthest from neutral) and the last of these moments.
//! * **Off the main line**: a moment that less than half of those still under way had.

use words::{Evidence, ShowAs};

use crate::passing::entering;
use crate::sheet::{Sheet, Touchpoint};

/// At or below this a moment is a pain.
pub const PAIN_AT: f64 = -0.5;
/// So far below expectation a moment is a pain.
pub const PAIN_GAP: f64 = 1.0;
/// At or above this a local maximum is a peak.
pub const PEAK_AT: f64 = 1.0;
/// Under this share of the customers still under way a moment leaves the main line.
pub const MAIN_SHARE: f64 = 0.5;

/// Tolerance for means that were computed: −0.4999999 is −0.5.
const EPSILON: f64 = 1e-9;

/// Pain or peak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// Hurts.
    Pain,
    /// Delights.
    Peak,
}

/// A numbered pain or peak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// Index of the touchpoint.
    pub touchpoint: usize,
    /// From 1, in the order of the touchpoints.
    pub number: usize,
    /// Which of the two.
    pub finding: Finding,
    /// Rests on ten answers or more; otherwise on an estimate.
    pub measured: bool,
}

/// What one rule looks at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moment {
    /// −2..+2.
    pub value: f64,
    /// −2..+2.
    pub expected: Option<f64>,
    /// Whether it may be the neighbour of another.
    pub on_main_line: bool,
}

/// Per touchpoint whether it is off the main line: less than half of the customers still under way had it. Where nobody
/// can be followed a moment is on it. When nothing measured would be left on the main line, everything is.
pub fn branches(sheet: &Sheet) -> Vec<bool> {
    let seldom = |(touchpoint, entering): (&Touchpoint, Option<u64>)| {
        let (Some(reached), Some(entering)) = (touchpoint.reached, entering) else {
            return false;
        };
        (reached.count as f64) < MAIN_SHARE * entering as f64
    };
    let branches: Vec<bool> = sheet.touchpoints.iter().zip(entering(sheet)).map(seldom).collect();
    let mut pairs = sheet.touchpoints.iter().zip(&branches);
    if pairs.any(|(touchpoint, branch)| !branch && measured(touchpoint).is_some()) {
        branches
    } else {
        vec![false; branches.len()]
    }
}

/// The measured value, when it rests on ten answers or more.
pub fn measured(touchpoint: &Touchpoint) -> Option<f64> {
    let measurement = touchpoint.experience.measured?;
    let full = Evidence(measurement.n).show_as() == ShowAs::Full;
    full.then(|| measurement.mean.value())
}

/// What a workshop answered or else staff assumed, where no measured value may be shown.
pub fn estimated(touchpoint: &Touchpoint) -> Option<f64> {
    let experience = &touchpoint.experience;
    let shown = experience
        .measured
        .is_some_and(|measurement| !matches!(Evidence(measurement.n).show_as(), ShowAs::Hidden { .. }));
    if shown {
        return None;
    }
    experience.asked.or(experience.assumed).map(|value| value.value())
}

/// Whether a value is a pain.
pub fn is_pain(value: f64, expected: Option<f64>) -> bool {
    value <= PAIN_AT + EPSILON || expected.is_some_and(|expected| expected - value >= PAIN_GAP - EPSILON)
}

/// Whether the moment at `at` is a local maximum of +1 or higher among its neighbours.
pub fn is_peak(moments: &[Option<Moment>], at: usize) -> bool {
    let Some(moment) = moments[at] else {
        return false;
    };
    let neighbour = |other: &&Option<Moment>| other.is_some_and(|other| other.on_main_line);
    let before = moments[..at].iter().rfind(neighbour).copied().flatten();
    let after = moments[at + 1..].iter().find(neighbour).copied().flatten();
    moment.value >= PEAK_AT - EPSILON
        && before.is_none_or(|before| moment.value > before.value)
        && after.is_none_or(|after| moment.value >= after.value)
}

/// Every pain and peak, numbered in the order of the touchpoints. A moment that is both counts as a pain.
pub fn findings(sheet: &Sheet) -> Vec<Found> {
    let touchpoints = &sheet.touchpoints;
    let branches = branches(sheet);
    let moments = |value: fn(&Touchpoint) -> Option<f64>| -> Vec<Option<Moment>> {
        touchpoints
            .iter()
            .zip(&branches)
            .map(|(touchpoint, branch)| {
                value(touchpoint).map(|value| Moment {
                    value,
                    expected: touchpoint.experience.expected.map(|expected| expected.value()),
                    on_main_line: !branch,
                })
            })
            .collect()
    };
    let (by_answers, by_estimate) = (moments(measured), moments(estimated));
    let mut found = Vec::new();
    for touchpoint in 0..touchpoints.len() {
        let measured = by_answers[touchpoint].is_some();
        let source = if measured { &by_answers } else { &by_estimate };
        if let Some(finding) = finding(source, touchpoint) {
            found.push(Found { touchpoint, number: found.len() + 1, finding, measured });
        }
    }
    found
}

fn finding(moments: &[Option<Moment>], at: usize) -> Option<Finding> {
    let moment = moments[at]?;
    if is_pain(moment.value, moment.expected) {
        return Some(Finding::Pain);
    }
    is_peak(moments, at).then_some(Finding::Peak)
}

/// The mean of the values, each counted once; `None` without any.
pub fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// The mean of the extreme and the last value. Of two equally far from neutral the lower is the extreme.
pub fn peak_end(values: &[f64]) -> Option<f64> {
    let last = *values.last()?;
    let extreme = values.iter().copied().fold(last, |extreme, value| {
        let farther = value.abs() > extreme.abs() + EPSILON;
        let as_far = (value.abs() - extreme.abs()).abs() <= EPSILON;
        if farther || (as_far && value < extreme) { value } else { extreme }
    });
    Some((extreme + last) / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn main_line(values: &[f64]) -> Vec<Option<Moment>> {
        let moment = |value: &f64| Some(Moment { value: *value, expected: None, on_main_line: true });
        values.iter().map(moment).collect()
    }

    fn peaks(moments: &[Option<Moment>]) -> Vec<usize> {
        (0..moments.len()).filter(|at| is_peak(moments, *at)).collect()
    }

    #[test]
    fn a_pain_is_low_or_far_below_expectation() {
        assert!(is_pain(-0.5, None));
        assert!(!is_pain(-0.49, Some(0.5)));
        assert!(is_pain(0.2, Some(1.2)), "a gap of exactly one");
        assert!(is_pain(1.0, Some(2.0)), "even where it is good");
    }

    #[test]
    fn a_peak_is_a_local_maximum() {
        assert_eq!(peaks(&main_line(&[1.5, 1.1, 1.2, 0.1])), [0, 2]);
        assert_eq!(peaks(&main_line(&[0.2, 0.9, 0.3])), [] as [usize; 0], "too low");
        assert_eq!(peaks(&main_line(&[0.0, 1.2, 1.2, 0.0])), [1], "the first of a level stretch");
    }

    #[test]
    fn a_moment_off_the_main_line_is_no_neighbour() {
        let mut moments = main_line(&[1.1, -1.3, 1.0]);
        if let Some(moment) = &mut moments[1] {
            moment.on_main_line = false;
        }
        assert_eq!(peaks(&moments), [0], "the dip between is another path");
    }

    #[test]
    fn a_moment_that_most_who_are_still_there_had_is_on_the_main_line() {
        let text = include_str!("../tests/sheets/webshop-en.json");
        let sheet: Sheet = serde_json::from_str(text).expect("the example is a sheet");
        let off: Vec<&str> = sheet
            .touchpoints
            .iter()
            .zip(branches(&sheet))
            .filter(|(_, off)| *off)
            .map(|(t, _)| t.id.as_str())
            .collect();
        assert_eq!(off, ["ask", "review"], "ordering is not, though two thirds have left before");
    }

    #[test]
    fn a_gap_is_passed_over() {
        let mut moments = main_line(&[1.1, 0.0, 1.5]);
        moments[1] = None;
        assert_eq!(peaks(&moments), [2]);
    }

    #[test]
    fn the_summary_marks_are_those_of_the_example() {
        let marks = [5.4, 7.2, 4.6, 7.8, 9.0, 8.2, 3.4, 8.4, 6.2];
        let values: Vec<f64> = marks.iter().map(|mark| (mark - 6.0) / 2.0).collect();
        let as_mark = |value: Option<f64>| value.map(|value| (60.0 + 20.0 * value).round() / 10.0);
        assert_eq!(as_mark(mean(&values)), Some(6.7));
        assert_eq!(as_mark(peak_end(&values)), Some(7.6));
        assert_eq!(mean(&[]), None);
        assert_eq!(peak_end(&[]), None);
    }

    #[test]
    fn of_two_extremes_the_lower_counts() {
        assert_eq!(peak_end(&[1.5, -1.5, 0.5]), Some(-0.5));
    }
}
