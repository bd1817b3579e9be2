use words::{JourneyId, OrganisationId};

use crate::behaviour::Fault;

/// Why customers cannot be simulated.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The store said no.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// The shell said no.
    #[error(transparent)]
    Service(#[from] service::Error),
    /// There is no such organisation.
    #[error("there is no organisation {0}; add it before simulating its customers")]
    NoOrganisation(OrganisationId),
    /// A `simulate.yaml` cannot be used.
    #[error("simulate.yaml of {journey}: {}", .faults.first().map(ToString::to_string).unwrap_or_default())]
    Behaviour {
        /// Of which journey.
        journey: JourneyId,
        /// Everything that is wrong.
        faults: Vec<Fault>,
    },
    /// A journey has no `simulate.yaml`, and nobody said how its customers behave.
    #[error("the journey has no simulate.yaml; say how its customers behave")]
    NoBehaviour,
    /// A draft cannot be read.
    #[error("the draft cannot be read: {}", .0.first().map(|finding| finding.message(words::Language::En)).unwrap_or_default())]
    Draft(Vec<journey::Finding>),
    /// What was kept cannot be read back.
    #[error("what was kept of simulated customers cannot be read ({0}); start again with a new file")]
    Kept(String),
    /// A customer that exists came out as new: the store is not the one that these customers live in.
    #[error("customer {0} exists already; simulated customers are filled into a new store only")]
    Exists(words::CustomerId),
    /// A thread stopped.
    #[error("a simulating thread stopped before its work was done")]
    Stopped,
}

/// A result of this crate.
pub type Result<T> = std::result::Result<T, Error>;
