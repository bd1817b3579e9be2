//! Days and arrival windows as people say them.

use jiff::{Timestamp, Zoned, civil::Date, tz::TimeZone};
use thiserror::Error;
use words::Language;

/// Where and when the reader is, and in which language.
#[derive(Clone, Debug)]
pub(crate) struct Clock {
    pub(crate) zone: TimeZone,
    pub(crate) now: Timestamp,
    pub(crate) language: Language,
}

/// Why a moment cannot be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub(crate) enum Trouble {
    #[error("no day or time")]
    NotAMoment,
    #[error("{0} is missing")]
    Missing(&'static str),
}

/// "vrijdag 29 oktober", with the year only when it is not this year. Takes a date (`2027-04-02`) or an RFC 3339 moment,
/// which is read in the reader's zone.
pub(crate) fn day(text: &str, clock: &Clock) -> Result<String, Trouble> {
    let date = match moment(text, clock) {
        Some(moment) => moment.date(),
        None if text.len() == 10 => text.parse::<Date>().map_err(|_| Trouble::NotAMoment)?,
        None => return Err(Trouble::NotAMoment),
    };
    let (weekday, month) = (clock.language.weekday(date.weekday()), clock.language.month(date));
    let this_year = clock.now.to_zoned(clock.zone.clone()).year();
    let year = if date.year() == this_year { String::new() } else { format!(" {}", date.year()) };
    Ok(format!("{weekday} {} {month}{year}", date.day()))
}

/// "10 uur", "13.20 uur"; "10:00", "13:20". Takes an RFC 3339 moment.
pub(crate) fn time(text: &str, clock: &Clock) -> Result<String, Trouble> {
    let moment = moment(text, clock).ok_or(Trouble::NotAMoment)?;
    Ok(match clock.language {
        Language::Nl => format!("{} uur", dutch_hour(&moment)),
        Language::En => english_hour(&moment),
    })
}

/// "tussen 10 en 12 uur", "tussen 13.20 en 13.40 uur"; "between 10 and 12", "between 13:20 and 13:40".
pub(crate) fn window(start: &str, end: &str, clock: &Clock) -> Result<String, Trouble> {
    let start = moment(start, clock).ok_or(Trouble::NotAMoment)?;
    let end = moment(end, clock).ok_or(Trouble::NotAMoment)?;
    // "between 1 and 3" could be night or day; with minutes it is the 24-hour clock beyond doubt.
    let bare =
        start.minute() == 0 && end.minute() == 0 && 1 <= start.hour() && start.hour() < end.hour() && end.hour() <= 12;
    Ok(match clock.language {
        Language::Nl => format!("tussen {} en {} uur", dutch_hour(&start), dutch_hour(&end)),
        Language::En if bare => format!("between {} and {}", start.hour(), end.hour()),
        Language::En => format!("between {} and {}", english_hour(&start), english_hour(&end)),
    })
}

fn dutch_hour(moment: &Zoned) -> String {
    match moment.minute() {
        0 => moment.hour().to_string(),
        minute => format!("{}.{minute:02}", moment.hour()),
    }
}

fn english_hour(moment: &Zoned) -> String {
    format!("{}:{:02}", moment.hour(), moment.minute())
}

fn moment(text: &str, clock: &Clock) -> Option<Zoned> {
    let moment: Timestamp = text.parse().ok()?;
    Some(moment.to_zoned(clock.zone.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clock(language: Language) -> Clock {
        let zone = TimeZone::get("Europe/Amsterdam").unwrap();
        Clock { zone, now: "2027-04-01T10:00:00Z".parse().unwrap(), language }
    }

    #[test]
    fn a_day_names_the_year_only_when_it_differs() {
        let said = |text, language| day(text, &clock(language)).unwrap();
        assert_eq!(said("2027-10-29", Language::Nl), "vrijdag 29 oktober");
        assert_eq!(said("2027-10-29", Language::En), "Friday 29 October");
        assert_eq!(said("2028-01-03", Language::Nl), "maandag 3 januari 2028");
        assert_eq!(day("straks", &clock(Language::Nl)), Err(Trouble::NotAMoment));
        assert_eq!(day("2027-02-30", &clock(Language::Nl)), Err(Trouble::NotAMoment));
    }

    #[test]
    fn a_moment_falls_on_the_day_of_the_readers_zone() {
        assert_eq!(day("2027-04-02T22:30:00Z", &clock(Language::Nl)).unwrap(), "zaterdag 3 april");
        // New Year's Eve in Amsterdam has begun; the year is the reader's, not that of UTC.
        let eve = Clock { now: "2027-12-31T23:30:00Z".parse().unwrap(), ..clock(Language::Nl) };
        assert_eq!(day("2028-01-01", &eve).unwrap(), "zaterdag 1 januari");
    }

    #[test]
    fn a_time_is_said_as_people_say_it() {
        let said = |text, language| time(text, &clock(language)).unwrap();
        assert_eq!(said("2027-04-02T08:00:00Z", Language::Nl), "10 uur");
        assert_eq!(said("2027-04-02T11:05:00Z", Language::Nl), "13.05 uur");
        assert_eq!(said("2027-04-02T08:00:00Z", Language::En), "10:00");
        assert_eq!(time("2027-04-02", &clock(Language::Nl)), Err(Trouble::NotAMoment));
    }

    #[test]
    fn a_window_is_said_as_people_say_it() {
        let said = |start, end, language| window(start, end, &clock(language)).unwrap();
        assert_eq!(said("2027-04-02T10:00:00+02:00", "2027-04-02T12:00:00+02:00", Language::Nl), "tussen 10 en 12 uur");
        assert_eq!(said("2027-04-02T11:20:00Z", "2027-04-02T11:40:00Z", Language::Nl), "tussen 13.20 en 13.40 uur");
        assert_eq!(said("2027-04-02T08:00:00Z", "2027-04-02T10:30:00Z", Language::Nl), "tussen 10 en 12.30 uur");
        assert_eq!(said("2027-04-02T08:00:00Z", "2027-04-02T10:00:00Z", Language::En), "between 10 and 12");
        assert_eq!(said("2027-04-02T11:00:00Z", "2027-04-02T13:00:00Z", Language::En), "between 13:00 and 15:00");
        assert_eq!(said("2027-04-02T11:20:00Z", "2027-04-02T11:40:00Z", Language::En), "between 13:20 and 13:40");
        assert_eq!(window("2027-04-02", "x", &clock(Language::Nl)), Err(Trouble::NotAMoment));
    }
}
