use std::fmt;

/// Something that may never be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Violation {
    /// Which invariant: `I1`.
    pub invariant: &'static str,
    /// Of which organisation; empty where nobody knows.
    pub organisation: String,
    /// Whose, in hexadecimal; empty where nobody knows.
    pub customer: String,
    /// The event, the message or the run that it is about.
    pub key: String,
    /// What is wrong.
    pub what: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let or_none = |text: &str| if text.is_empty() { "-".to_owned() } else { text.to_owned() };
        let (organisation, customer) = (or_none(&self.organisation), or_none(&self.customer));
        write!(f, "{} {organisation} {customer} {}: {}", self.invariant, or_none(&self.key), self.what)
    }
}
