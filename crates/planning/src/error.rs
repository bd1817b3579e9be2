use crate::limits;

/// Why a problem cannot be one. `what` names the job or the shift by its position or by its id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// More of something than is taken.
    #[error("{what}: {count} are too many, at most {most} are taken")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// How many there are.
        count: usize,
        /// How many may be.
        most: usize,
    },
    /// A place that is not in the table of legs.
    #[error("{what} is at place {place}, but the table of legs has only {places}")]
    NoSuchPlace {
        /// Which job or shift.
        what: String,
        /// Where it says to be.
        place: usize,
        /// How many places there are.
        places: usize,
    },
    /// A span that ends before it begins, spans that overlap or are not in order of time, or none at all.
    #[error("{what}: its spans of time must not be empty, overlap, or end before they begin")]
    Spans {
        /// Which job or shift.
        what: String,
    },
    /// A duration below nothing or above a week.
    #[error("{what}: a duration is between 0 and {} seconds", limits::SECONDS_MAX)]
    Duration {
        /// Which job, shift or leg.
        what: String,
    },
    /// A table that is not as wide as it is high.
    #[error("the table of legs has {cells} cells for {places} places")]
    Table {
        /// How many cells it has.
        cells: usize,
        /// How many places it is of.
        places: usize,
    },
    /// Amounts and room are not counted in the same number of kinds.
    #[error("{what}: {count} amounts, where other jobs and shifts have {expected}")]
    Amounts {
        /// Which job or shift.
        what: String,
        /// How many it has.
        count: usize,
        /// How many others have.
        expected: usize,
    },
    /// Something a problem in VROOM's language asks that is not understood.
    #[error("{0}")]
    NotUnderstood(String),
}
