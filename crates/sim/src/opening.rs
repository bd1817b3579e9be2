use jiff::{SignedDuration, Timestamp, ToSpan, Zoned, tz::TimeZone};

use crate::Draws;
use crate::behaviour::Open;

/// Moves a moment into the times in which something is open: a moment outside them becomes a drawn one within the next.
pub(crate) fn into_open(moment: Timestamp, open: Open, zone: &TimeZone, draws: &mut Draws) -> Timestamp {
    let local = moment.to_zoned(zone.clone());
    let rests = |day: &Zoned| !open.weekend && day.weekday().to_monday_zero_offset() >= 5;
    let Some(hours) = open.hours else {
        let mut day = local;
        while rests(&day) {
            day = day.saturating_add(1.day());
        }
        return day.timestamp();
    };
    let inside = (hours.from..hours.until).contains(&local.time());
    if inside && !rests(&local) {
        return moment;
    }
    let mut day = if local.time() < hours.from { local } else { local.saturating_add(1.day()) };
    while rests(&day) {
        day = day.saturating_add(1.day());
    }
    let length = hours.from.duration_until(hours.until).as_secs_f64();
    let at = hours.from.saturating_add(SignedDuration::from_secs((draws.unit() * length) as i64));
    day.date().to_datetime(at).to_zoned(zone.clone()).map_or(moment, |zoned| zoned.timestamp()).max(moment)
}

#[cfg(test)]
mod tests {
    use jiff::civil::time;

    use super::*;
    use crate::behaviour::Hours;

    #[test]
    fn work_is_done_when_somebody_is_there() {
        let zone = TimeZone::get("Europe/Amsterdam").unwrap();
        let hours = Some(Hours { from: time(9, 0, 0, 0), until: time(17, 0, 0, 0) });
        let open = Open { hours, weekend: false };
        let mut draws = Draws::of(&["open"]);
        let mut at = |text: &str| into_open(text.parse().unwrap(), open, &zone, &mut draws).to_zoned(zone.clone());
        assert_eq!(at("2027-03-05T10:00:00+01:00").to_string(), "2027-03-05T10:00:00+01:00[Europe/Amsterdam]");
        let friday_night = at("2027-03-05T22:00:00+01:00");
        assert_eq!(friday_night.date().to_string(), "2027-03-08", "the weekend is free");
        assert!((9..17).contains(&friday_night.hour()));
        assert_eq!(at("2027-03-09T06:00:00+01:00").date().to_string(), "2027-03-09", "early is today");
    }
}
