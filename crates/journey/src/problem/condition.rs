use super::Texts;

/// What can be wrong with a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// Longer than so many characters.
    TooLong(usize),
    /// More brackets within brackets than so many.
    TooDeep(usize),
    /// It cannot be read.
    Syntax,
}

impl Condition {
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::TooLong(_) => "condition_long",
            Self::TooDeep(_) => "condition_deep",
            Self::Syntax => "condition_syntax",
        }
    }

    pub(super) fn texts(&self) -> Texts {
        match self {
            Self::TooLong(max) => (
                format!("Deze voorwaarde is langer dan {max} tekens. Maak er twee contactmomenten van, of vraag minder."),
                format!("This condition is longer than {max} characters. Make two touchpoints of it, or ask less."),
            ),
            Self::TooDeep(max) => (
                format!("Deze voorwaarde heeft meer dan {max} haakjes in elkaar. Schrijf hem vlakker."),
                format!("This condition has more than {max} brackets within brackets. Write it flatter."),
            ),
            Self::Syntax => (
                "Deze voorwaarde is niet te lezen. Kijk naar haakjes en aanhalingstekens; gelijk aan is ==, en is &&, of is ||, niet is !.".to_owned(),
                "This condition cannot be read. Look at brackets and quotation marks; equal is ==, and is &&, or is ||, not is !.".to_owned(),
            ),
        }
    }
}
