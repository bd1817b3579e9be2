use words::Language;

use crate::model::Span;

impl Span {
    /// In words: "2 weken", "1 dag", "30 minuten".
    pub fn words(self, language: Language) -> String {
        let (count, [one_nl, many_nl, one_en, many_en]) = match self {
            Self::Days(days) if days > 0 && days % 7 == 0 => (u64::from(days) / 7, ["week", "weken", "week", "weeks"]),
            Self::Days(days) => (u64::from(days), ["dag", "dagen", "day", "days"]),
            Self::WorkingDays(days) => (u64::from(days), ["werkdag", "werkdagen", "working day", "working days"]),
            Self::Seconds(s) if s > 0 && s % 3600 == 0 => (s / 3600, ["uur", "uur", "hour", "hours"]),
            Self::Seconds(s) if s > 0 && s % 60 == 0 => (s / 60, ["minuut", "minuten", "minute", "minutes"]),
            Self::Seconds(s) => (s, ["seconde", "seconden", "second", "seconds"]),
        };
        let word = match count {
            1 => language.pick(one_nl, one_en),
            _ => language.pick(many_nl, many_en),
        };
        format!("{count} {word}")
    }
}
