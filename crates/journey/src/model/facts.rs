use std::collections::BTreeMap;
use std::fmt;

use words::Value;

/// The type of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FactType {
    /// Any text.
    Text,
    /// A decimal number.
    Number,
    /// True or false.
    Bool,
    /// A civil date, `2027-04-02`.
    Date,
    /// A moment with an offset, `2027-04-02T10:00:00+02:00`.
    Time,
}

impl FactType {
    /// Every type.
    pub const ALL: [Self; 5] = [Self::Text, Self::Number, Self::Bool, Self::Date, Self::Time];

    /// As it is written in a definition.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::Bool => "bool",
            Self::Date => "date",
            Self::Time => "time",
        }
    }

    /// Reads what a definition says.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// The declared facts: object, property, type.
pub type Facts = BTreeMap<String, BTreeMap<String, FactType>>;

/// The examples that facts declare, each of its fact's type.
pub type Examples = BTreeMap<FactPath, Value>;

/// One fact: `appointment.start`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactPath {
    /// The object.
    pub object: String,
    /// Its property.
    pub property: String,
}

impl fmt::Display for FactPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.object, self.property)
    }
}
