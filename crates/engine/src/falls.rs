//! When something would fall, asked without a run: for a page that shows what a trigger comes to.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use journey::{Every, Moment};

use crate::civil;

/// When a moment falls that hangs on this value: a date (`2027-04-02`) or a moment with an offset, as facts write them.
/// Days are counted in `zone`. `None` for any other text, or beyond the calendar.
pub fn falls(moment: &Moment, anchor: &str, zone: &TimeZone) -> Option<Timestamp> {
    if let Ok(time) = anchor.parse::<Timestamp>() {
        return civil::shifted(time, moment.side, moment.by, moment.at, zone);
    }
    let date = anchor.parse::<Date>().ok()?;
    civil::shifted_from_date(date, moment.side, moment.by, moment.at, zone)
}

/// The first time that a calendar rule comes round after a moment, in `zone`.
pub fn comes_round(every: &Every, after: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
    civil::next_at(after, every.day, every.at, zone)
}

#[cfg(test)]
mod tests {
    use jiff::civil::time;
    use journey::{Anchor, FactPath, Late, Side, Span};

    use super::*;

    #[test]
    fn a_day_before_is_the_day_before_on_the_clock_of_the_zone() {
        let zone = TimeZone::get("Europe/Amsterdam").unwrap();
        let fact = FactPath { object: "appointment".into(), property: "start".into() };
        let moment = Moment {
            side: Side::Before,
            anchor: Anchor::Fact(fact),
            by: Span::Days(1),
            at: Some(time(10, 0, 0, 0)),
            late: Late::Skip,
        };
        let at = |anchor| falls(&moment, anchor, &zone).map(|moment| moment.to_string());
        assert_eq!(at("2026-11-27T08:00:00+01:00").as_deref(), Some("2026-11-26T09:00:00Z"));
        assert_eq!(at("2026-11-27").as_deref(), Some("2026-11-26T09:00:00Z"));
        assert_eq!(at("morgen"), None);
        let every = Every { day: None, at: time(10, 0, 0, 0), late: Late::Skip };
        let next = comes_round(&every, "2026-11-26T09:00:00Z".parse().unwrap(), &zone);
        assert_eq!(next.unwrap().to_string(), "2026-11-27T09:00:00Z", "after, not at");
    }
}
