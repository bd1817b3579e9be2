use super::{EventMatch, FactPath, Span};

/// A time or date told to a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Promise {
    /// Between `start` and `end` of this object.
    Window {
        /// The object, which has the facts `start` and `end`.
        object: String,
        /// What keeps it.
        kept_by: Vec<EventMatch>,
    },
    /// On or before a date (kept the whole day) or a time.
    By {
        /// The fact.
        fact: FactPath,
        /// What keeps it.
        kept_by: Vec<EventMatch>,
    },
    /// Within so long after the contact.
    Within {
        /// How long.
        span: Span,
        /// What keeps it.
        kept_by: Vec<EventMatch>,
    },
}

impl Promise {
    /// The events that keep it.
    pub fn kept_by(&self) -> &[EventMatch] {
        match self {
            Self::Window { kept_by, .. } | Self::By { kept_by, .. } | Self::Within { kept_by, .. } => kept_by,
        }
    }
}
