use jiff::civil::{DateTime, Time};
use jiff::fmt::strtime::BrokenDownTime;
use jiff::tz::TimeZone;
use jiff::{Timestamp, civil::Date};

/// The ways in which tables write a moment, day before month. A month before the day cannot be told from them and needs a
/// format of its own in the mapping.
const WAYS: &[&str] = &[
    "%d-%m-%Y %H:%M:%S",
    "%d-%m-%Y %H:%M",
    "%d-%m-%Y",
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y",
    "%d.%m.%Y %H:%M",
    "%d.%m.%Y",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y-%m-%d %H:%M",
];

/// Ways that need a format of their own in the mapping, since they are read as something else or not at all.
pub const OTHER_WAYS: &[&str] =
    &["%m/%d/%Y %H:%M", "%m/%d/%Y", "%m-%d-%Y", "%d-%m-%y %H:%M", "%d-%m-%y", "%Y%m%d %H:%M", "%Y%m%d%H%M%S", "%Y%m%d"];

/// Reads a moment of a table, to the microsecond. A time without an offset is civil time in the zone given (in the hour
/// that a clock runs twice, the first; in the hour that it skips, after it); a date alone is the start of that day.
pub fn read(text: &str, format: Option<&str>, zone: &TimeZone) -> Option<Timestamp> {
    let text = text.trim();
    if text.is_empty() || text.len() > 60 {
        return None;
    }
    let time = match format {
        Some(format) => by_format(text, format, zone),
        None => text
            .parse::<Timestamp>()
            .ok()
            .or_else(|| in_zone(text.parse::<DateTime>().ok()?, zone))
            .or_else(|| WAYS.iter().find_map(|way| by_format(text, way, zone))),
    }?;
    let sensible = Date::constant(1900, 1, 1).to_zoned(TimeZone::UTC).ok()?.timestamp();
    (time >= sensible).then(|| crate::intake::micros(time))
}

fn by_format(text: &str, format: &str, zone: &TimeZone) -> Option<Timestamp> {
    let read = BrokenDownTime::parse(format, text).ok()?;
    if read.offset().is_some() {
        return read.to_timestamp().ok();
    }
    let date = read.to_date().ok()?;
    in_zone(date.to_datetime(read.to_time().unwrap_or(Time::midnight())), zone)
}

fn in_zone(moment: DateTime, zone: &TimeZone) -> Option<Timestamp> {
    zone.to_ambiguous_zoned(moment).compatible().ok().map(|zoned| zoned.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_nl(text: &str, format: Option<&str>) -> Option<String> {
        read(text, format, &TimeZone::get("Europe/Amsterdam").unwrap()).map(|time| time.to_string())
    }

    #[test]
    fn moments_are_read_as_tables_write_them() {
        for text in [
            "2027-03-01T09:30:00+01:00",
            "2027-03-01T08:30:00Z",
            "2027-03-01T09:30:00",
            "2027-03-01 09:30:00",
            "2027-03-01 09:30",
            "01-03-2027 09:30",
            "1-3-2027 9:30",
            "01/03/2027 09:30:00",
            "2027/03/01 09:30",
        ] {
            assert_eq!(read_nl(text, None).as_deref(), Some("2027-03-01T08:30:00Z"), "{text}");
        }
        assert_eq!(
            read_nl("2027-07-01", None).as_deref(),
            Some("2027-06-30T22:00:00Z"),
            "the start of the day in its zone"
        );
        assert_eq!(read_nl("03/01/2027", Some("%m/%d/%Y")).as_deref(), Some("2027-02-28T23:00:00Z"));
        assert_eq!(read_nl("20270301 0930 +0200", Some("%Y%m%d %H%M %z")).as_deref(), Some("2027-03-01T07:30:00Z"));
    }

    #[test]
    fn hours_that_a_clock_skips_or_repeats_are_read() {
        assert_eq!(read_nl("2027-03-28 02:30", None).as_deref(), Some("2027-03-28T01:30:00Z"));
        assert_eq!(read_nl("2027-10-31 02:30", None).as_deref(), Some("2027-10-31T00:30:00Z"));
    }

    #[test]
    fn what_is_no_moment_is_none() {
        for text in ["", "gisteren", "31-02-2027", "2027", "45000", "1-3-27", &"1".repeat(100)] {
            assert_eq!(read_nl(text, None), None, "{text}");
        }
    }
}
