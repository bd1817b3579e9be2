use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use store::OutboxRow;
use words::{EffectKey, OrganisationId};

type Name = (OrganisationId, EffectKey);

/// The messages that this process is carrying at this moment, under whichever lease: they were not left behind, however long it
/// takes.
#[derive(Clone, Default)]
pub(crate) struct UnderWay(Arc<Mutex<BTreeSet<Name>>>);

/// A message is under way as long as somebody holds this.
pub(super) struct Mark {
    of: UnderWay,
    name: Name,
}

impl UnderWay {
    fn all(&self) -> MutexGuard<'_, BTreeSet<Name>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// From now on it is.
    pub(super) fn mark(&self, row: &OutboxRow) -> Arc<Mark> {
        let name = (row.organisation.clone(), row.key.clone());
        self.all().insert(name.clone());
        Arc::new(Mark { of: self.clone(), name })
    }

    pub(super) fn holds(&self, row: &OutboxRow) -> bool {
        self.all().contains(&(row.organisation.clone(), row.key.clone()))
    }

    pub(super) fn count(&self) -> usize {
        self.all().len()
    }
}

impl Drop for Mark {
    fn drop(&mut self) {
        self.of.all().remove(&self.name);
    }
}
