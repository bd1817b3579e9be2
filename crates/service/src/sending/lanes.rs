use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use channels::Outcome as Told;
use jiff::Timestamp;
use store::Lane;

use super::breaker::{Breaker, Turned};

/// How each lane is doing, as far as this process has seen. A lane is there once something went by it.
#[derive(Clone, Default)]
pub(crate) struct Lanes(Arc<Mutex<BTreeMap<Lane, Breaker>>>);

impl Lanes {
    /// How many more messages of a lane may be claimed now.
    pub(super) fn room(&self, lane: &Lane, under_way: usize, now: Timestamp) -> usize {
        self.all().entry(lane.clone()).or_default().room(under_way, now)
    }

    /// Whether nothing goes by a lane now.
    pub(super) fn is_open(&self, lane: &Lane, now: Timestamp) -> bool {
        self.room(lane, 0, now) == 0
    }

    pub(super) fn hear(&self, lane: &Lane, told: &Told, now: Timestamp, spread: f64) -> Option<Turned> {
        self.all().entry(lane.clone()).or_default().hear(told, now, spread)
    }

    /// The next moment at which something goes again.
    pub(crate) fn next(&self, now: Timestamp) -> Option<Timestamp> {
        self.all().values().filter_map(Breaker::open_until).filter(|until| *until > now).min()
    }

    fn all(&self) -> MutexGuard<'_, BTreeMap<Lane, Breaker>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
