//! Names of days and months.

use jiff::civil::{Date, Weekday};

use crate::Language;

const WEEKDAYS: [(&str, &str); 7] = [
    ("maandag", "Monday"),
    ("dinsdag", "Tuesday"),
    ("woensdag", "Wednesday"),
    ("donderdag", "Thursday"),
    ("vrijdag", "Friday"),
    ("zaterdag", "Saturday"),
    ("zondag", "Sunday"),
];

const MONTHS: [(&str, &str); 12] = [
    ("januari", "January"),
    ("februari", "February"),
    ("maart", "March"),
    ("april", "April"),
    ("mei", "May"),
    ("juni", "June"),
    ("juli", "July"),
    ("augustus", "August"),
    ("september", "September"),
    ("oktober", "October"),
    ("november", "November"),
    ("december", "December"),
];

impl Language {
    /// "vrijdag", "Friday".
    pub fn weekday(self, day: Weekday) -> &'static str {
        let (dutch, english) = WEEKDAYS[day.to_monday_zero_offset().unsigned_abs() as usize];
        self.pick(dutch, english)
    }

    /// The month of a date: "november", "November".
    pub fn month(self, date: Date) -> &'static str {
        let (dutch, english) = MONTHS[date.month().unsigned_abs() as usize - 1];
        self.pick(dutch, english)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_first_and_the_last_have_their_names() {
        let said = |day: Date| (Language::Nl.weekday(day.weekday()), Language::En.month(day));
        assert_eq!(said(date(2026, 11, 23)), ("maandag", "November"));
        assert_eq!(said(date(2027, 1, 3)), ("zondag", "January"));
        assert_eq!(Language::Nl.month(date(2026, 12, 31)), "december");
    }
}
