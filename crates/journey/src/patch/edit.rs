use super::Written;

/// One edit of `journey.yaml`. Fields are written as findings write them: `title`, `touchpoints.herinnering.need`,
/// `phases.nazorg.band`, `touchpoints.enquete.ask[0].scale`.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Writes a value in the place of the one that is there, or adds the key.
    Set {
        /// Which field.
        field: String,
        /// What to write.
        value: Written,
    },
    /// Takes a key away, with its comment.
    Remove {
        /// Which field.
        field: String,
    },
    /// Adds an item to a list of the journey; its value is a mapping that begins with `id`.
    Add {
        /// `touchpoints`, `phases` or `funnels`.
        list: String,
        /// After the item with this id; `None`: at the end.
        after: Option<String>,
        /// The item.
        value: Written,
    },
    /// Takes an item away, with the comments right above it.
    Delete {
        /// `touchpoints`, `phases` or `funnels`.
        list: String,
        /// Which.
        id: String,
    },
    /// Moves an item, with the comments right above it.
    Move {
        /// `touchpoints`, `phases` or `funnels`.
        list: String,
        /// Which.
        id: String,
        /// After the item with this id; `None`: to the front.
        after: Option<String>,
    },
}

impl Edit {
    /// Writes a field.
    pub fn set(field: impl Into<String>, value: impl Into<Written>) -> Self {
        Self::Set { field: field.into(), value: value.into() }
    }

    /// Takes a field away.
    pub fn remove(field: impl Into<String>) -> Self {
        Self::Remove { field: field.into() }
    }
}

impl Edit {
    /// What it is about, for an error.
    pub(super) fn place(&self) -> String {
        match self {
            Self::Set { field, .. } | Self::Remove { field } => field.clone(),
            Self::Add { list, .. } => list.clone(),
            Self::Delete { list, id } | Self::Move { list, id, .. } => format!("{list}.{id}"),
        }
    }
}
