//! What was done about complaints, and what that brought.

use jiff::Timestamp;
use words::{Experience, Figure, Window};

use crate::{
    definitions,
    durations::Durations,
    estimate::{ClusterMean, count, share, shielded},
};

/// One complaint.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Handled {
    /// When it came in.
    pub made: Timestamp,
    /// By when it was to be resolved.
    pub due: Option<Timestamp>,
    /// When the customer was told that it came in.
    pub acknowledged: Option<Timestamp>,
    /// When it was resolved.
    pub resolved: Option<Timestamp>,
    /// How the customer felt before.
    pub before: Option<Experience>,
    /// How the customer felt after it was resolved.
    pub after: Option<Experience>,
}

/// Complaints in figures.
#[derive(Clone, Debug, PartialEq)]
pub struct Recovery {
    /// That came in.
    pub complaints: Figure,
    /// Of those, open.
    pub open: Figure,
    /// Of those, past their deadline.
    pub overdue: Figure,
    /// Share that was resolved in time, of those that were resolved or are past their deadline.
    pub in_time: Figure,
    /// Median time to word that it came in, seconds.
    pub acknowledged_after: Figure,
    /// Median time to the resolution, seconds.
    pub resolved_after: Figure,
    /// Mean experience before, of customers who also said how they felt after.
    pub before: Figure,
    /// Mean experience after, of the same.
    pub after: Figure,
    /// The mean of after minus before.
    pub gained: Figure,
}

/// The figures of complaints that came in within a window, as they stand now.
pub fn recovery(handled: &[Handled], window: Window, now: Timestamp) -> Recovery {
    let within: Vec<&Handled> =
        handled.iter().filter(|one| window.from <= one.made && one.made < window.until).collect();
    let number = |holds: &dyn Fn(&Handled) -> bool| within.iter().filter(|one| holds(one)).count() as u64;
    let late = |one: &Handled| one.due.is_some_and(|due| one.resolved.unwrap_or(now) > due);
    let judged = number(&|one| one.resolved.is_some() || late(one));
    let since = |moment: fn(&Handled) -> Option<Timestamp>| {
        let spans = within.iter().filter_map(|one| Some(moment(one)?.duration_since(one.made)));
        Durations::from(spans.map(|span| i64::try_from(span.as_micros()).unwrap_or(i64::MAX)).collect::<Vec<_>>())
    };
    let (mut before, mut after, mut gained) = (ClusterMean::default(), ClusterMean::default(), ClusterMean::default());
    for (was, is) in within.iter().filter_map(|one| one.before.zip(one.after)) {
        before.add(1, was.value());
        after.add(1, is.value());
        gained.add(1, is.value() - was.value());
    }
    Recovery {
        complaints: count(within.len() as u64, definitions::COMPLAINTS, window),
        open: count(number(&|one| one.resolved.is_none()), definitions::COMPLAINTS_OPEN, window),
        overdue: count(number(&|one| one.resolved.is_none() && late(one)), definitions::COMPLAINTS_OVERDUE, window),
        in_time: shielded(share(
            number(&|one| one.resolved.is_some() && !late(one)),
            judged,
            definitions::COMPLAINTS_IN_TIME,
            window,
        )),
        acknowledged_after: since(|one| one.acknowledged).figure(definitions::COMPLAINTS_ACKNOWLEDGED, window),
        resolved_after: since(|one| one.resolved).figure(definitions::COMPLAINTS_RESOLVED, window),
        before: before.figure(definitions::RECOVERY_BEFORE, window),
        after: after.figure(definitions::RECOVERY_AFTER, window),
        gained: difference(&gained, window),
    }
}

/// A difference of two experiences may be twice as wide as an experience: −4..+4.
fn difference(gained: &ClusterMean, window: Window) -> Figure {
    gained.spanning(4.0, definitions::RECOVERY_GAINED, window)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hours: i64) -> Timestamp {
        Timestamp::from_second(hours * 3_600).unwrap()
    }

    fn one(made: i64, resolved: Option<i64>, felt: Option<(f64, f64)>) -> Handled {
        Handled {
            made: at(made),
            due: Some(at(made + 24)),
            acknowledged: Some(at(made + 1)),
            resolved: resolved.map(at),
            before: felt.and_then(|(before, _)| Experience::new(before)),
            after: felt.and_then(|(_, after)| Experience::new(after)),
        }
    }

    #[test]
    fn recovery_is_what_the_same_customers_say_before_and_after() {
        let felt = [(-2.0, 1.0), (-1.0, 1.0), (-2.0, 0.0), (0.0, 0.0), (-1.0, 2.0)];
        let mut all: Vec<Handled> = felt.iter().map(|felt| one(0, Some(20), Some(*felt))).collect();
        all.extend([
            one(0, Some(30), None),
            one(0, None, Some((-2.0, 2.0))),
            one(90, None, None),
            one(200, None, None),
        ]);
        all[6].after = None;
        let window = Window { from: at(0), until: at(150) };
        let found = recovery(&all, window, at(100));
        assert_eq!((found.complaints.n, found.open.n, found.overdue.n), (8, 2, 1));
        assert_eq!((found.in_time.value, found.in_time.n), (Some(5.0 / 7.0), 7));
        assert_eq!((found.before.value, found.after.value), (Some(-1.2), Some(0.8)));
        assert_eq!((found.gained.value, found.gained.n), (Some(2.0), 5));
        // By hand: differences 3, 2, 2, 0, 3; s = 1.2247, t(4) = 2.7764, half = 1.5207.
        let (low, high) = found.gained.interval.unwrap();
        assert!((low - 0.4793).abs() < 5e-4 && (high - 3.5207).abs() < 5e-4, "{low} {high}");
        assert_eq!(found.resolved_after.value, Some(20.0 * 3_600.0));
        assert_eq!(found.acknowledged_after.value, Some(3_600.0));
    }

    #[test]
    fn under_five_answers_nothing_is_told() {
        let all = vec![one(0, Some(20), Some((-2.0, 2.0))); 4];
        let found = recovery(&all, Window { from: at(0), until: at(150) }, at(100));
        for figure in [found.before, found.after, found.gained, found.in_time] {
            assert_eq!((figure.value, figure.interval, figure.n), (None, None, 4));
        }
        assert_eq!(recovery(&[], Window { from: at(0), until: at(1) }, at(1)).resolved_after.value, None);
    }
}
