//! Moments on the wall clock of a zone. Days are civil: the same time of day so many dates further, through a change of
//! the clock; hours and shorter are elapsed. A time of day that a change skips is taken as jiff's "compatible" does.

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use journey::{Side, Span};

/// A moment so long before or after another; `at` sets the time of day, when days are counted. `None` beyond the calendar.
pub(crate) fn shifted(from: Timestamp, side: Side, by: Span, at: Option<Time>, zone: &TimeZone) -> Option<Timestamp> {
    match by {
        Span::Seconds(seconds) => elapsed(from, side, seconds),
        Span::Days(_) | Span::WorkingDays(_) => {
            let local = from.to_zoned(zone.clone());
            on(shifted_date(local.date(), side, by)?, at.unwrap_or(local.time()), zone)
        }
    }
}

/// A moment that hangs on a date instead of a time: counted from the start of that day.
pub(crate) fn shifted_from_date(
    from: Date,
    side: Side,
    by: Span,
    at: Option<Time>,
    zone: &TimeZone,
) -> Option<Timestamp> {
    let at = at.unwrap_or(Time::midnight());
    match by {
        Span::Seconds(seconds) => elapsed(on(from, at, zone)?, side, seconds),
        Span::Days(_) | Span::WorkingDays(_) => on(shifted_date(from, side, by)?, at, zone),
    }
}

/// So long after a moment.
pub(crate) fn after(from: Timestamp, by: Span, zone: &TimeZone) -> Option<Timestamp> {
    shifted(from, Side::After, by, None, zone)
}

/// The last moment of a day.
pub(crate) fn end_of(date: Date, zone: &TimeZone) -> Option<Timestamp> {
    let next = on(date.tomorrow().ok()?, Time::midnight(), zone)?;
    next.checked_sub(SignedDuration::from_nanos(1)).ok()
}

/// The first local `at`, on `day` or on any day, after a moment.
pub(crate) fn next_at(after: Timestamp, day: Option<Weekday>, at: Time, zone: &TimeZone) -> Option<Timestamp> {
    let mut date = after.to_zoned(zone.clone()).date();
    for _ in 0..9 {
        if day.is_none_or(|day| date.weekday() == day)
            && let Some(moment) = on(date, at, zone)
            && moment > after
        {
            return Some(moment);
        }
        date = date.tomorrow().ok()?;
    }
    None
}

/// The civil date of a moment.
pub(crate) fn date_of(moment: Timestamp, zone: &TimeZone) -> Date {
    moment.to_zoned(zone.clone()).date()
}

/// Whether quiet hours cover a moment, and then their end. They may pass midnight; from = until covers nothing.
pub(crate) fn quiet_until(now: Timestamp, from: Time, until: Time, zone: &TimeZone) -> Option<Timestamp> {
    let time = now.to_zoned(zone.clone()).time();
    let quiet = if from <= until { from <= time && time < until } else { from <= time || time < until };
    if quiet { next_at(now, None, until, zone) } else { None }
}

fn on(date: Date, at: Time, zone: &TimeZone) -> Option<Timestamp> {
    Some(date.to_datetime(at).to_zoned(zone.clone()).ok()?.timestamp())
}

fn elapsed(from: Timestamp, side: Side, seconds: u64) -> Option<Timestamp> {
    let span = SignedDuration::from_secs(i64::try_from(seconds).ok()?);
    match side {
        Side::Before => from.checked_sub(span).ok(),
        Side::After => from.checked_add(span).ok(),
    }
}

fn shifted_date(date: Date, side: Side, by: Span) -> Option<Date> {
    let step = match side {
        Side::Before => -1,
        Side::After => 1,
    };
    match by {
        Span::Days(days) => date.checked_add((i64::from(days) * step).days()).ok(),
        Span::WorkingDays(days) => {
            let mut date = date;
            let mut left = days;
            while left > 0 {
                date = date.checked_add(step.days()).ok()?;
                if !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) {
                    left -= 1;
                }
            }
            Some(date)
        }
        Span::Seconds(_) => Some(date),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::time;

    use super::*;

    fn amsterdam() -> TimeZone {
        TimeZone::get("Europe/Amsterdam").unwrap()
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_day_before_is_the_day_before_on_the_wall_through_a_change_of_the_clock() {
        let start = at("2027-11-01T08:00:00+01:00");
        let reminder = shifted(start, Side::Before, Span::Days(1), Some(time(10, 0, 0, 0)), &amsterdam());
        assert_eq!(reminder, Some(at("2027-10-31T10:00:00+01:00")));
        let twelve_days = shifted(at("2027-03-16T20:15:00+01:00"), Side::After, Span::Days(12), None, &amsterdam());
        assert_eq!(twelve_days, Some(at("2027-03-28T20:15:00+02:00")), "288 hours would be 21:15");
    }

    #[test]
    fn hours_are_elapsed_and_working_days_skip_the_weekend() {
        let saturday = at("2027-10-30T23:00:00+02:00");
        assert_eq!(after(saturday, Span::Seconds(5 * 3600), &amsterdam()), Some(at("2027-10-31T03:00:00+01:00")));
        let friday = at("2027-11-05T09:00:00+01:00");
        assert_eq!(after(friday, Span::WorkingDays(2), &amsterdam()), Some(at("2027-11-09T09:00:00+01:00")));
    }

    #[test]
    fn quiet_hours_pass_midnight_and_end_on_the_wall_clock() {
        let (from, until) = (time(21, 0, 0, 0), time(8, 0, 0, 0));
        let ends = |now: &str| quiet_until(at(now), from, until, &amsterdam());
        assert_eq!(ends("2027-10-29T22:00:00+02:00"), Some(at("2027-10-30T08:00:00+02:00")));
        assert_eq!(ends("2027-10-30T22:00:00+02:00"), Some(at("2027-10-31T08:00:00+01:00")), "the clock changes");
        assert_eq!(ends("2027-10-31T07:59:59+01:00"), Some(at("2027-10-31T08:00:00+01:00")));
        assert_eq!(ends("2027-10-31T08:00:00+01:00"), None);
    }

    #[test]
    fn the_weekday_is_that_of_the_zone() {
        // 23:30 UTC on Thursday is Friday in Amsterdam.
        let thursday = at("2027-01-14T23:30:00Z");
        let tick = next_at(thursday, Some(Weekday::Friday), time(0, 45, 0, 0), &amsterdam());
        assert_eq!(tick, Some(at("2027-01-15T00:45:00+01:00")));
    }
}
