use serde::Serialize;
use store::{JourneyRow, Mode};

/// How a journey stands, as a word with a shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Standing {
    /// Reaches customers.
    Live,
    /// Reaches listed colleagues.
    Proof,
    /// Nothing fires.
    Paused,
    /// Never published.
    Draft,
}

impl Standing {
    pub(crate) fn of(row: &JourneyRow) -> Self {
        match row {
            JourneyRow { live: None, .. } => Self::Draft,
            JourneyRow { paused: true, .. } => Self::Paused,
            JourneyRow { mode: Mode::Proof, .. } => Self::Proof,
            JourneyRow { mode: Mode::Live, .. } => Self::Live,
        }
    }
}
