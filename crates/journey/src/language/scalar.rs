use jiff::civil::Time;
use words::EventName;

use crate::model::{Late, Span};
use crate::yaml::Core;

/// Characters of a title, a name or a reason.
pub(crate) const TITLE_CHARS_MAX: usize = 200;
/// Characters of a need, a quote or a description.
pub(crate) const TEXT_CHARS_MAX: usize = words::limits::TEXT_CHARS_MAX;
/// Characters of an id.
pub(crate) const ID_CHARS_MAX: usize = 60;

/// What a count is at most.
pub(super) const COUNT_MAX: f64 = 100_000.0;
/// Days of a budget at most.
const DAYS_MAX: u32 = 31;

/// The forms of a single value.
#[derive(Clone, Copy, Debug)]
pub enum Scalar {
    /// A short text.
    Title,
    /// A longer text.
    Text,
    /// An id in kebab case: `ligt-klaar`.
    Id,
    /// A name in snake case: `word_of_mouth`.
    Word,
    /// `object.action`.
    Event,
    /// `object.property`.
    Fact,
    /// A fact's time, an event or a touchpoint.
    Anchor,
    /// `30m`, `2h`, `1d`, `2w`.
    Span,
    /// `now`, a span, or working days: `3wd`.
    Due,
    /// `never`, `after_end` or a span.
    Again,
    /// `never` or a number of days.
    Kept,
    /// `skip`, `send` or `within 1h`.
    Late,
    /// A local time: `10:00`.
    Clock,
    /// Two local times: `21:00-08:00`.
    Hours,
    /// −2..+2.
    Experience,
    /// Euros, nought or more.
    Amount,
    /// A whole number from 1.
    Count,
    /// A whole number from 0.
    Number,
    /// Whole days: `7d`.
    Days,
    /// `true` or `false`.
    Bool,
    /// `10%`.
    Share,
    /// One of a closed list.
    Choice(fn() -> Vec<&'static str>),
    /// A condition in CEL.
    Condition,
    /// The name of a time zone.
    Zone,
    /// A short text, a number, or true or false.
    Example,
}

impl Scalar {
    /// Whether a value has this form.
    pub(crate) fn accepts(self, value: Core<'_>) -> bool {
        match (self, value) {
            (Self::Bool | Self::Example, Core::Bool(_)) => true,
            (Self::Example, Core::Number(number)) => number.is_finite(),
            (Self::Experience, Core::Number(number)) => (-2.0..=2.0).contains(&number),
            (Self::Amount, Core::Number(number)) => (0.0..=100_000.0).contains(&number),
            (Self::Count, Core::Number(number)) => number.fract() == 0.0 && (1.0..=COUNT_MAX).contains(&number),
            (Self::Number, Core::Number(number)) => number.fract() == 0.0 && (0.0..=COUNT_MAX).contains(&number),
            (_, Core::Text(text)) => self.accepts_text(text.trim()),
            _ => false,
        }
    }

    fn accepts_text(self, text: &str) -> bool {
        let short = |max| !text.is_empty() && text.chars().count() <= max;
        match self {
            Self::Title | Self::Example => short(TITLE_CHARS_MAX),
            Self::Text => short(TEXT_CHARS_MAX),
            Self::Id => is_id(text),
            Self::Word => is_word(text),
            // A fact has the form of an event's name: two words and a dot.
            Self::Event | Self::Fact => EventName::parse(text).is_some(),
            Self::Anchor => is_id(text) || EventName::parse(text).is_some(),
            Self::Span => matches!(Span::parse(text), Some(Span::Days(_) | Span::Seconds(_))),
            Self::Days => matches!(Span::parse(text), Some(Span::Days(1..=DAYS_MAX))),
            Self::Due => text == "now" || Span::parse(text).is_some(),
            Self::Kept => text == "never" || matches!(Span::parse(text), Some(Span::Days(1..))),
            Self::Again => matches!(text, "never" | "after_end") || Self::Span.accepts_text(text),
            Self::Late => late(text).is_some(),
            Self::Clock => clock(text).is_some(),
            Self::Hours => text == "none" || hours(text).is_some(),
            Self::Share => share(text).is_some(),
            Self::Choice(choices) => choices().contains(&text),
            // What it says is judged where the expressions are typed.
            Self::Condition => !text.is_empty(),
            Self::Zone => jiff::tz::TimeZone::get(text).is_ok(),
            Self::Experience | Self::Amount | Self::Count | Self::Number | Self::Bool => false,
        }
    }
}

/// An id in kebab case: words of `a-z0-9` joined by single hyphens, led by a letter.
pub(crate) fn is_id(text: &str) -> bool {
    text.len() <= ID_CHARS_MAX
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text
            .split('-')
            .all(|word| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()))
}

/// A name in snake case, as objects, properties and channels have.
pub(crate) fn is_word(text: &str) -> bool {
    text.len() <= ID_CHARS_MAX
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// Reads `skip`, `send` or `within 1h`.
pub(crate) fn late(text: &str) -> Option<Late> {
    match text {
        "skip" => Some(Late::Skip),
        "send" => Some(Late::Send),
        _ => {
            let span = Span::parse(text.strip_prefix("within ")?.trim())?;
            (!matches!(span, Span::WorkingDays(_))).then_some(Late::Within(span))
        }
    }
}

/// Reads `10:00`.
pub(crate) fn clock(text: &str) -> Option<Time> {
    let (hour, minute) = text.split_once(':')?;
    let digits = |part: &str| {
        (part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse::<i8>().ok()).flatten()
    };
    Time::new(digits(hour)?, digits(minute)?, 0, 0).ok()
}

/// Reads `21:00-08:00`.
pub fn hours(text: &str) -> Option<(Time, Time)> {
    let (from, until) = text.split_once('-')?;
    Some((clock(from.trim())?, clock(until.trim())?))
}

/// Reads `10%` as 0.1; at most 90%.
pub(crate) fn share(text: &str) -> Option<f64> {
    let digits = text.strip_suffix('%')?;
    let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    let percent: u32 = plain.then(|| digits.parse().ok()).flatten()?;
    (percent <= 90).then_some(f64::from(percent) / 100.0)
}
