use jiff::civil::Time;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::Settings;

/// The first wait after something went wrong; each next one is twice as long.
const FIRST_WAIT: SignedDuration = SignedDuration::from_mins(5);
/// The longest wait.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(6);
/// The pause before an API is asked for the rest, when it had more than is read at one time.
const REST: SignedDuration = SignedDuration::from_mins(1);

/// The pause between two looks into a mailbox.
const LOOKED_INTO: SignedDuration = SignedDuration::from_mins(2);

/// How a fetch ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ended {
    /// With everything that there was.
    Whole,
    /// With more to come.
    Partly,
    /// With trouble, for the given time in a row.
    Failed(u32),
}

/// When a source is fetched next. Trouble never puts the usual time off.
pub(super) fn next(settings: &Settings, ended: Ended, now: Timestamp, zone: &TimeZone) -> Timestamp {
    let usual = match settings {
        Settings::Api { every_minutes, .. } => now + SignedDuration::from_mins(i64::from(*every_minutes)),
        Settings::Table { time, .. } => nightly(*time, now, zone),
        Settings::Mailbox(_) => now + LOOKED_INTO,
    };
    match (ended, settings) {
        (Ended::Whole, _) => usual,
        (Ended::Partly, _) => usual.min(now + REST),
        (Ended::Failed(times), Settings::Table { .. }) => usual.min(now + wait(times)),
        // A busy API is asked less often while it is in trouble.
        (Ended::Failed(times), Settings::Api { .. } | Settings::Mailbox(_)) => usual.max(now + wait(times)),
    }
}

fn wait(times: u32) -> SignedDuration {
    let doubled = FIRST_WAIT.checked_mul(1 << times.saturating_sub(1).min(16)).unwrap_or(LONGEST_WAIT);
    doubled.min(LONGEST_WAIT)
}

/// The next time that a clock in this zone says so; in the hour that it skips, right after it.
fn nightly(time: Time, now: Timestamp, zone: &TimeZone) -> Timestamp {
    let today = now.to_zoned(zone.clone()).date();
    let on = |days: i64| {
        let date = today.checked_add(days.days()).ok()?;
        zone.to_ambiguous_zoned(date.to_datetime(time)).compatible().ok().map(|zoned| zoned.timestamp())
    };
    (0..=2).filter_map(on).find(|moment| *moment > now).unwrap_or(now + SignedDuration::from_hours(24))
}

#[cfg(test)]
mod tests {
    use jiff::civil::time;

    use super::super::{Address, Cursor, From, Rows};
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn amsterdam() -> TimeZone {
        TimeZone::get("Europe/Amsterdam").unwrap()
    }

    fn table(hour: i8, minute: i8) -> Settings {
        Settings::Table { from: From::Folder("x.csv".into()), time: time(hour, minute, 0, 0), rows: Rows::Events }
    }

    fn then(settings: &Settings, ended: Ended, now: &str) -> String {
        next(settings, ended, at(now), &amsterdam()).to_string()
    }

    #[test]
    fn a_table_is_read_each_night_by_the_clock_on_the_wall() {
        let whole = |now| then(&table(3, 0), Ended::Whole, now);
        assert_eq!(whole("2027-03-01T01:59:00Z"), "2027-03-01T02:00:00Z");
        assert_eq!(whole("2027-03-01T02:00:00Z"), "2027-03-02T02:00:00Z");
        assert_eq!(whole("2027-07-01T02:00:00Z"), "2027-07-02T01:00:00Z", "in summer");
        let skipped = then(&table(2, 30), Ended::Whole, "2027-03-27T12:00:00Z");
        assert_eq!(skipped, "2027-03-28T01:30:00Z", "in the hour that is skipped, after it");
        assert_eq!(
            then(&table(2, 30), Ended::Whole, "2027-10-31T00:30:00Z"),
            "2027-11-01T01:30:00Z",
            "once, not twice"
        );
    }

    #[test]
    fn a_night_that_failed_is_tried_again_before_the_next_one() {
        let failed = |times, now| then(&table(3, 0), Ended::Failed(times), now);
        assert_eq!(failed(1, "2027-03-01T02:00:00Z"), "2027-03-01T02:05:00Z");
        assert_eq!(failed(3, "2027-03-01T02:00:00Z"), "2027-03-01T02:20:00Z");
        assert_eq!(failed(40, "2027-03-01T02:00:00Z"), "2027-03-01T08:00:00Z");
        assert_eq!(failed(40, "2027-03-01T22:00:00Z"), "2027-03-02T02:00:00Z", "the night itself is not put off");
    }

    #[test]
    fn an_api_is_asked_again_and_less_often_in_trouble() {
        let api = Settings::Api { at: Address::default(), every_minutes: 15, cursor: Cursor::None };
        let now = "2027-03-01T02:00:00Z";
        assert_eq!(then(&api, Ended::Whole, now), "2027-03-01T02:15:00Z");
        assert_eq!(then(&api, Ended::Partly, now), "2027-03-01T02:01:00Z");
        assert_eq!(then(&api, Ended::Failed(1), now), "2027-03-01T02:15:00Z");
        assert_eq!(then(&api, Ended::Failed(4), now), "2027-03-01T02:40:00Z");
    }
}
