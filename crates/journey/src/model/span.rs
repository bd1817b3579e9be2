use std::fmt;

/// A length of time as a definition writes it: `30s`, `15m`, `2h`, `1d`, `2w`.
///
/// Days and longer are civil (the clock on the wall shows the same time), hours and shorter are elapsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Span {
    /// Civil days; a week is seven.
    Days(u32),
    /// Working days (Monday to Friday, without holidays): `3wd`. Only for the due date of a task.
    WorkingDays(u32),
    /// Elapsed seconds.
    Seconds(u64),
}

impl Span {
    /// The longest span that a definition may write: two years.
    pub const DAYS_MAX: u32 = 731;

    /// Reads one number with one unit: `s`, `m`, `h`, `d`, `w`, `wd`. `None` for anything else, or beyond two years.
    pub fn parse(text: &str) -> Option<Self> {
        let split = text.find(|c: char| !c.is_ascii_digit())?;
        let (digits, unit) = text.split_at(split);
        let number: u32 = digits.parse().ok()?;
        let span = match unit {
            "s" => Self::Seconds(u64::from(number)),
            "m" => Self::Seconds(u64::from(number) * 60),
            "h" => Self::Seconds(u64::from(number) * 3600),
            "d" => Self::Days(number),
            "w" => Self::Days(number.checked_mul(7)?),
            "wd" => Self::WorkingDays(number),
            _ => return None,
        };
        (span.seconds_about() <= u64::from(Self::DAYS_MAX) * 86_400).then_some(span)
    }

    /// Its length in seconds if every day had 24 hours: for limits and sorting, never for a moment.
    pub fn seconds_about(self) -> u64 {
        match self {
            Self::Days(days) => u64::from(days) * 86_400,
            Self::WorkingDays(days) => u64::from(days) * 86_400 * 7 / 5,
            Self::Seconds(seconds) => seconds,
        }
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Days(days) if days > 0 && days % 7 == 0 => write!(f, "{}w", days / 7),
            Self::Days(days) => write!(f, "{days}d"),
            Self::WorkingDays(days) => write!(f, "{days}wd"),
            Self::Seconds(s) if s > 0 && s % 3600 == 0 => write!(f, "{}h", s / 3600),
            Self::Seconds(s) if s > 0 && s % 60 == 0 => write!(f, "{}m", s / 60),
            Self::Seconds(s) => write!(f, "{s}s"),
        }
    }
}
