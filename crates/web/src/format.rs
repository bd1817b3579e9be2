//! Dates, times and numbers as people read them. Dutch: decimal comma, points per thousand, "vrijdag 27 november".

use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};
use words::Language;

/// "vrijdag 27 november"; with the year when it is not this year's.
pub fn day(language: Language, date: Date, today: Date) -> String {
    let year = if date.year() == today.year() { String::new() } else { format!(" {}", date.year()) };
    format!("{} {} {}{year}", language.weekday(date.weekday()), date.day(), language.month(date))
}

/// "27 november 2026".
pub fn date(language: Language, date: Date) -> String {
    format!("{} {} {}", date.day(), language.month(date), date.year())
}

/// "27 nov 2026".
pub fn short_date(language: Language, date: Date) -> String {
    format!("{} {}", day_of_month(language, date), date.year())
}

/// "27 nov".
pub fn day_of_month(language: Language, date: Date) -> String {
    let month = language.month(date);
    // Dutch writes "mrt", the one month that is not its first three letters.
    let month = match (language, date.month()) {
        (Language::Nl, 3) => "mrt",
        _ => &month[..3],
    };
    format!("{} {month}", date.day())
}

/// "10:05".
pub fn time(moment: Timestamp, zone: &TimeZone) -> String {
    let zoned = moment.to_zoned(zone.clone());
    format!("{:02}:{:02}", zoned.hour(), zoned.minute())
}

/// Today: the time; yesterday: the word and the time; otherwise short date and time.
pub fn moment(language: Language, moment: Timestamp, zone: &TimeZone, now: Timestamp) -> String {
    let date = moment.to_zoned(zone.clone()).date();
    let today = now.to_zoned(zone.clone()).date();
    let time = time(moment, zone);
    if date == today {
        format!("{} {time}", language.pick("vandaag", "today"))
    } else if today.yesterday().is_ok_and(|yesterday| yesterday == date) {
        format!("{} {time}", language.pick("gisteren", "yesterday"))
    } else {
        format!("{}, {time}", short_date(language, date))
    }
}

/// "3 minuten geleden", "over 2 dagen". Whole units, rounded down.
pub fn ago(language: Language, moment: Timestamp, now: Timestamp) -> String {
    let apart = now.duration_since(moment);
    let span = span(language, apart.abs());
    match (language, apart.is_negative()) {
        (Language::Nl, false) => format!("{span} geleden"),
        (Language::Nl, true) => format!("over {span}"),
        (Language::En, false) => format!("{span} ago"),
        (Language::En, true) => format!("in {span}"),
    }
}

/// "3 minuten", "1 dag": the largest whole unit.
pub fn span(language: Language, length: SignedDuration) -> String {
    let minutes = length.as_secs() / 60;
    let (number, one, many) = match minutes {
        ..1 => return language.pick("minder dan een minuut", "less than a minute").into(),
        1..60 => (minutes, ("minuut", "minute"), ("minuten", "minutes")),
        60..1440 => (minutes / 60, ("uur", "hour"), ("uur", "hours")),
        _ => (minutes / 1440, ("dag", "day"), ("dagen", "days")),
    };
    let word = if number == 1 { one } else { many };
    format!("{number} {}", language.pick(word.0, word.1))
}

/// "1.284" or "8,6": a number with so many decimals.
pub fn number(language: Language, value: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let (thousand, point) = match language {
        Language::Nl => ('.', ','),
        Language::En => (',', '.'),
    };
    let mut out = String::new();
    let is_zero = text.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    if value < 0.0 && !is_zero {
        out.push('−');
    }
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place) % 3 == 0 {
            out.push(thousand);
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push(point);
        out.push_str(fraction);
    }
    out
}

/// "+1,0", "−0,5", "0,0": an experience.
pub fn signed(language: Language, value: f64) -> String {
    let text = number(language, value, 1);
    if value > 0.0 && text.chars().any(|c| ('1'..='9').contains(&c)) { format!("+{text}") } else { text }
}

/// The same without decimals: "+30".
pub fn signed_whole(language: Language, value: f64) -> String {
    let text = number(language, value, 0);
    if value.round() > 0.0 { format!("+{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Language::{En, Nl};

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn amsterdam() -> TimeZone {
        TimeZone::get("Europe/Amsterdam").unwrap()
    }

    #[test]
    fn days_name_their_weekday_and_only_another_year() {
        let today = jiff::civil::date(2026, 11, 24);
        let friday = jiff::civil::date(2026, 11, 27);
        assert_eq!(day(Nl, friday, today), "vrijdag 27 november");
        assert_eq!(day(En, friday, today), "Friday 27 November");
        let next = jiff::civil::date(2027, 1, 1);
        assert_eq!(day(Nl, next, today), "vrijdag 1 januari 2027");
        assert_eq!(short_date(Nl, jiff::civil::date(2026, 3, 2)), "2 mrt 2026");
    }

    #[test]
    fn a_moment_is_read_in_the_organisations_zone() {
        let now = at("2026-11-24T09:42:00Z");
        let zone = amsterdam();
        assert_eq!(moment(Nl, at("2026-11-24T09:00:00Z"), &zone, now), "vandaag 10:00");
        assert_eq!(moment(Nl, at("2026-11-22T23:30:00Z"), &zone, now), "gisteren 00:30");
        assert_eq!(moment(En, at("2026-07-01T08:00:00Z"), &zone, now), "1 Jul 2026, 10:00");
    }

    #[test]
    fn numbers_have_the_signs_of_the_language() {
        assert_eq!(number(Nl, 1284.0, 0), "1.284");
        assert_eq!(number(En, 1_234_567.5, 1), "1,234,567.5");
        assert_eq!(number(Nl, 8.6, 1), "8,6");
        assert_eq!(number(Nl, -0.04, 1), "0,0");
        assert_eq!(signed(Nl, 0.94), "+0,9");
        assert_eq!(signed(Nl, -1.2), "−1,2");
        assert_eq!(signed(Nl, 0.01), "0,0");
    }

    #[test]
    fn spans_take_the_largest_whole_unit() {
        let now = at("2026-11-24T09:42:00Z");
        assert_eq!(ago(Nl, at("2026-11-24T09:41:30Z"), now), "minder dan een minuut geleden");
        assert_eq!(ago(Nl, at("2026-11-24T09:39:00Z"), now), "3 minuten geleden");
        assert_eq!(ago(En, at("2026-11-23T09:00:00Z"), now), "1 day ago");
        assert_eq!(ago(Nl, at("2026-11-24T11:42:00Z"), now), "over 2 uur");
    }
}
