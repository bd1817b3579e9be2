/// What can go wrong in the shell.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A key to sign mail with could not be made.
    #[error(transparent)]
    Key(#[from] channels::dkim::KeyError),
    /// The store said no.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// A definition that runs cannot be read any more: the text of a version was changed from outside.
    #[error("version {version} of journey {journey} cannot be read: {detail}")]
    Definition {
        /// Which journey.
        journey: String,
        /// Which version.
        version: String,
        /// The first finding.
        detail: String,
    },
    /// More was to be measured than the columns hold.
    #[error("it cannot be measured: {0}")]
    Measure(String),
    /// What the engine remembers of a customer cannot be read.
    #[error("what is remembered of customer {customer} cannot be read: {detail}")]
    Memory {
        /// Whose.
        customer: words::CustomerId,
        /// What was wrong.
        detail: String,
    },
    /// What is kept of a source cannot be read.
    #[error("what is kept of source {source_id} cannot be read: {detail}")]
    Connection {
        /// Which source.
        source_id: String,
        /// What was wrong.
        detail: String,
    },
    /// What is held of a customer cannot be written down.
    #[error("what is held of the customer cannot be written down: {0}")]
    Export(String),
    /// The log of erasures cannot be written: without it a restored backup would bring somebody back.
    #[error("the log of erasures cannot be written: {0}")]
    Log(String),
    /// What is kept of days and bookings cannot be read, or cannot be planned with.
    #[error("what is booked cannot be read: {0}")]
    Booking(String),
    /// A run's state cannot be read.
    #[error("the state of run {run} cannot be read: {detail}")]
    State {
        /// Which run.
        run: words::RunId,
        /// What was wrong.
        detail: String,
    },
}

impl Error {
    /// Whether it has nothing to do with what was asked: the store takes nothing for the moment, or not from us.
    pub(crate) const fn is_of_the_moment(&self) -> bool {
        match self {
            Self::Store(error) => error.is_temporary() || matches!(error, store::Error::LeaseEnded),
            _ => false,
        }
    }
}

/// A result of the shell.
pub type Result<T> = std::result::Result<T, Error>;
