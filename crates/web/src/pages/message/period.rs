//! The time that messages are counted over.

use jiff::{Timestamp, ToSpan};

use crate::language::Speech;

/// Periods that one chooses from, in days.
pub(crate) const PERIODS: [i32; 3] = [7, 30, 90];

/// The first moment of the last so many days, today included, where the organisation is; `None`: of all time.
pub(crate) fn since(days: &str, speech: &Speech) -> Option<Timestamp> {
    let days = days.parse().ok().filter(|days| PERIODS.contains(days))?;
    let first = speech.today().checked_sub((days - 1).days()).ok()?;
    Some(first.to_zoned(speech.zone.clone()).ok()?.timestamp())
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;
    use words::Language;

    use super::*;
    use crate::language::CustomerWord;

    #[test]
    fn a_period_begins_with_its_first_day_and_a_made_up_one_is_all_time() {
        let speech = Speech {
            language: Language::Nl,
            zone: TimeZone::get("Europe/Amsterdam").unwrap(),
            customer: CustomerWord::new("huurder", "huurders"),
            now: "2026-11-24T09:42:00Z".parse().unwrap(),
        };
        assert_eq!(since("7", &speech), Some("2026-11-17T23:00:00Z".parse().unwrap()));
        assert_eq!(since("90", &speech), Some("2026-08-26T22:00:00Z".parse().unwrap()), "in summer time");
        for days in ["", "alle", "8", "-7"] {
            assert_eq!(since(days, &speech), None);
        }
    }
}
