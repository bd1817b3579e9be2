//! Numbers and times as a reader of the language writes them.

use jiff::civil::Date;
use words::{Experience, Language};

/// A no-break space, between a number and its unit.
const NBSP: char = '\u{a0}';

/// 1.248 in Dutch, 1,248 in English.
pub(crate) fn count(n: u64, language: Language) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (nth, digit) in digits.chars().enumerate() {
        if nth > 0 && (digits.len() - nth).is_multiple_of(3) {
            text.push_str(language.pick(".", ","));
        }
        text.push(digit);
    }
    text
}

/// One decimal: 6,7 in Dutch, 6.7 in English, with a true minus.
pub(crate) fn decimal(value: f64, language: Language) -> String {
    let tenths = (value * 10.0).round() as i64;
    let sign = if tenths < 0 { "−" } else { "" };
    let point = language.pick(",", ".");
    format!("{sign}{}{point}{}", tenths.abs() / 10, tenths.abs() % 10)
}

/// An experience as the mark it stands for, one decimal.
pub(crate) fn mark(value: f64, language: Language) -> String {
    let mark = Experience::new(value).map_or(6.0, Experience::mark);
    decimal(mark, language)
}

/// A share of 0..1: `14 %` in Dutch, `14%` in English; what is there but rounds to nothing is `< 1 %`.
pub(crate) fn share(share: f64, language: Language) -> String {
    let percent = (share * 100.0).round() as i64;
    let gap = language.pick("\u{a0}", "");
    if percent == 0 && share > 0.0 {
        return format!("<{NBSP}1{gap}%");
    }
    format!("{percent}{gap}%")
}

struct Unit {
    seconds: f64,
    /// Used below this many seconds.
    below: f64,
    dutch: (&'static str, &'static str),
    english: (&'static str, &'static str),
}

const UNITS: [Unit; 5] = [
    Unit { seconds: 1.0, below: 59.5, dutch: ("seconde", "seconden"), english: ("second", "seconds") },
    Unit { seconds: 60.0, below: 5_400.0, dutch: ("minuut", "minuten"), english: ("minute", "minutes") },
    Unit { seconds: 3_600.0, below: 172_800.0, dutch: ("uur", "uur"), english: ("hour", "hours") },
    Unit { seconds: 86_400.0, below: 10_368_000.0, dutch: ("dag", "dagen"), english: ("day", "days") },
    Unit { seconds: 2_629_800.0, below: f64::INFINITY, dutch: ("maand", "maanden"), english: ("month", "months") },
];

/// A length of time in its natural unit, whole: `6 minuten`, `22 uur`, `5 dagen`.
pub fn duration(seconds: i64, language: Language) -> String {
    let seconds = seconds.max(0) as f64;
    let unit = UNITS.iter().find(|unit| seconds < unit.below).unwrap_or(&UNITS[4]);
    let amount = (seconds / unit.seconds).round() as i64;
    let (one, many) = match language {
        Language::Nl => unit.dutch,
        Language::En => unit.english,
    };
    format!("{amount}{NBSP}{}", if amount == 1 { one } else { many })
}

/// A span of days: `1 juli – 30 sept. 2026`.
pub(crate) fn window((from, until): (Date, Date), language: Language) -> String {
    let day = |date: Date| format!("{}{NBSP}{}", date.day(), month(date, language));
    let whole = |date: Date| format!("{} {}", day(date), date.year());
    if from == until {
        whole(from)
    } else if from.year() == until.year() {
        format!("{} – {}", day(from), whole(until))
    } else {
        format!("{} – {}", whole(from), whole(until))
    }
}

/// A day with its month in full: `22 november 2026`.
pub(crate) fn day(date: Date, language: Language) -> String {
    let names = match language {
        Language::Nl => [
            "januari",
            "februari",
            "maart",
            "april",
            "mei",
            "juni",
            "juli",
            "augustus",
            "september",
            "oktober",
            "november",
            "december",
        ],
        Language::En => [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
    };
    let month = usize::try_from(date.month() - 1).ok().and_then(|nth| names.get(nth)).copied().unwrap_or("");
    format!("{}{NBSP}{month} {}", date.day(), date.year())
}

fn month(date: Date, language: Language) -> &'static str {
    let names = match language {
        Language::Nl => {
            ["jan.", "feb.", "maart", "april", "mei", "juni", "juli", "aug.", "sept.", "okt.", "nov.", "dec."]
        }
        Language::En => ["Jan", "Feb", "March", "April", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec"],
    };
    usize::try_from(date.month() - 1).ok().and_then(|nth| names.get(nth)).copied().unwrap_or("")
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn numbers_are_written_as_dutch_readers_do() {
        assert_eq!(count(1_248, Language::Nl), "1.248");
        assert_eq!(count(12_345_678, Language::En), "12,345,678");
        assert_eq!(count(96, Language::Nl), "96");
        assert_eq!(decimal(6.666, Language::Nl), "6,7");
        assert_eq!(decimal(-0.04, Language::En), "0.0", "no minus nought");
        assert_eq!(decimal(-0.5, Language::Nl), "−0,5");
        assert_eq!(mark(1.5, Language::Nl), "9,0");
    }

    #[test]
    fn a_small_share_is_not_nothing() {
        assert_eq!(share(0.141, Language::Nl), "14\u{a0}%");
        assert_eq!(share(0.141, Language::En), "14%");
        assert_eq!(share(0.001, Language::En), "<\u{a0}1%");
        assert_eq!(share(0.0, Language::En), "0%");
    }

    #[test]
    fn time_is_told_in_its_natural_unit() {
        let nl = |seconds| duration(seconds, Language::Nl).replace('\u{a0}', " ");
        assert_eq!(nl(40), "40 seconden");
        assert_eq!(nl(360), "6 minuten");
        assert_eq!(nl(79_200), "22 uur");
        assert_eq!(nl(432_000), "5 dagen");
        assert_eq!(nl(15_778_800), "6 maanden");
        assert_eq!(duration(3_600 * 24 * 3, Language::En), "3\u{a0}days");
    }

    #[test]
    fn a_window_names_the_year_once() {
        let text = window((date(2026, 7, 1), date(2026, 9, 30)), Language::Nl);
        assert_eq!(text.replace('\u{a0}', " "), "1 juli – 30 sept. 2026");
        let text = window((date(2025, 12, 1), date(2026, 2, 28)), Language::En);
        assert_eq!(text.replace('\u{a0}', " "), "1 Dec 2025 – 28 Feb 2026");
        assert_eq!(day(date(2026, 11, 22), Language::Nl).replace('\u{a0}', " "), "22 november 2026");
    }
}
