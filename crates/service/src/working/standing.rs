use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use jiff::Timestamp;
use store::Share;
use uuid::Uuid;

use crate::running::Runner;
use crate::sending::Carrier;

/// What a process may do with the work of its store.
#[derive(Clone)]
pub(crate) enum Standing {
    /// Everything, and nobody else does: a store in memory, tests, filling.
    Free,
    /// What its lease holds.
    Held { term: Arc<Term>, share: Share, runner: Arc<Runner>, carrier: Arc<Carrier> },
    /// Nothing at this moment: others do.
    Elsewhere,
}

/// What of it concerns carrying.
#[derive(Clone, Default)]
pub(crate) enum Carries {
    /// Everything.
    #[default]
    Freely,
    /// What the lease holds.
    Held(Arc<Carrier>),
    /// Nothing.
    Nothing,
}

impl Standing {
    pub(crate) fn carries(&self) -> Carries {
        match self {
            Self::Free => Carries::Freely,
            Self::Held { carrier, .. } => Carries::Held(carrier.clone()),
            Self::Elsewhere => Carries::Nothing,
        }
    }
}

/// How long a lease may be relied on.
#[derive(Debug)]
pub(crate) struct Term {
    pub(crate) lease: Uuid,
    until: AtomicI64,
    is_over: AtomicBool,
}

impl Term {
    pub(crate) fn new(lease: Uuid, until: Timestamp) -> Self {
        Self { lease, until: AtomicI64::new(until.as_microsecond()), is_over: AtomicBool::new(false) }
    }

    /// Whether it lasts at this moment, as far as we know. That it really does the store looks at within every write; this
    /// keeps us from doing what would be refused, and from handing messages to a provider.
    pub(crate) fn lasts(&self, now: Timestamp) -> bool {
        !self.is_over.load(Ordering::Relaxed) && now.as_microsecond() < self.until.load(Ordering::Relaxed)
    }

    /// Whether it needs no renewal: nobody else works.
    pub(crate) fn is_endless(&self) -> bool {
        self.until.load(Ordering::Relaxed) == Timestamp::MAX.as_microsecond()
    }

    pub(crate) fn renewed(&self, until: Timestamp) {
        self.until.store(until.as_microsecond(), Ordering::Relaxed);
    }

    /// Somebody took over.
    pub(crate) fn end(&self) {
        self.is_over.store(true, Ordering::Relaxed);
    }
}
