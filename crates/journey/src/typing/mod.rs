//! The types of conditions: every name, operator and function is looked at before anything runs.

mod calls;
mod missing;
mod names;
mod spell;
mod walk;

use words::{EventName, TouchpointId};

pub(crate) use spell::{spell, symbol};

use crate::model::{Expression, FactType, Facts};
use crate::problem::Condition;

/// The type of a part of a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// True or false.
    Bool,
    /// A decimal number.
    Number,
    /// A whole number written in the condition, or counted by `size`.
    Whole,
    /// A text.
    Text,
    /// A civil date.
    Date,
    /// A moment.
    Time,
    /// A list of texts.
    Texts,
    /// A list of numbers.
    Numbers,
    /// Known only when it runs: a property of an event that is no declared fact.
    Any,
}

impl Type {
    pub(crate) const fn dutch(self) -> &'static str {
        match self {
            Self::Bool => "waar of onwaar",
            Self::Number => "een getal",
            Self::Whole => "een heel getal",
            Self::Text => "een tekst",
            Self::Date => "een datum",
            Self::Time => "een tijdstip",
            Self::Texts => "een lijst van teksten",
            Self::Numbers => "een lijst van getallen",
            Self::Any => "van onbekende soort",
        }
    }

    pub(crate) const fn english(self) -> &'static str {
        match self {
            Self::Bool => "true or false",
            Self::Number => "a number",
            Self::Whole => "a whole number",
            Self::Text => "a text",
            Self::Date => "a date",
            Self::Time => "a moment",
            Self::Texts => "a list of texts",
            Self::Numbers => "a list of numbers",
            Self::Any => "of an unknown kind",
        }
    }

    const fn is_number(self) -> bool {
        matches!(self, Self::Number | Self::Whole | Self::Any)
    }
}

impl From<FactType> for Type {
    fn from(kind: FactType) -> Self {
        match kind {
            FactType::Text => Self::Text,
            FactType::Number => Self::Number,
            FactType::Bool => Self::Bool,
            FactType::Date => Self::Date,
            FactType::Time => Self::Time,
        }
    }
}

/// What a condition may speak of where it stands.
pub(crate) struct Scope<'a> {
    /// The declared facts.
    pub(crate) facts: &'a Facts,
    /// The touchpoints that `happened` may ask for.
    pub(crate) touchpoints: &'a [&'a TouchpointId],
    /// The events that `event` can be here; `None`: there is no event.
    pub(crate) events: Option<&'a [EventName]>,
}

/// What typing one condition found.
#[derive(Debug, Default)]
pub(crate) struct Typed {
    /// What is wrong.
    pub(crate) errors: Vec<Condition>,
    /// What is probably not meant.
    pub(crate) warnings: Vec<Condition>,
}

/// Types a condition.
pub(crate) fn check(expression: &Expression, scope: &Scope<'_>) -> Typed {
    let root = expression.program().expression();
    let mut walker = walk::Walker { scope, errors: Vec::new() };
    walker.truth(root);
    let errors = walker.errors;
    // A warning about something that is wrong anyway helps nobody.
    let warnings = if errors.is_empty() {
        missing::negated(root, scope).into_iter().map(Condition::Negation).collect()
    } else {
        Vec::new()
    };
    Typed { errors, warnings }
}
