//! The shell on a clock that one moves by hand: for playing a journey, for tests. It is the very same shell that runs, with a
//! store and transports of its own; only time is different.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use store::Store;

use crate::sending::Transports;
use crate::{Clock, Random, Result, Service};

/// Moments that one jump passes at most; beyond it the rest stays due.
const MOMENTS_MAX: usize = 10_000;

/// A clock that stands still until it is moved.
#[derive(Debug)]
pub struct VirtualClock(Mutex<Timestamp>);

impl VirtualClock {
    /// Stands at this moment.
    pub fn at(now: Timestamp) -> Self {
        Self(Mutex::new(now))
    }

    /// Moves on; never back.
    pub fn move_to(&self, moment: Timestamp) {
        let mut now = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *now = (*now).max(moment);
    }
}

impl Clock for VirtualClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Bytes that everyone can guess, always the same: where nothing is secret.
#[derive(Clone, Copy, Debug)]
pub struct SameBytes(pub u8);

impl Random for SameBytes {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill(self.0);
    }
}

/// The shell with its own clock.
#[derive(Clone)]
pub struct Drive {
    /// Everything of the shell.
    pub service: Service,
    clock: Arc<VirtualClock>,
}

impl Drive {
    /// Begins at a moment. `base`: the address before links in messages.
    pub fn new(
        store: Arc<dyn Store>,
        random: Arc<dyn Random>,
        transports: Transports,
        base: impl Into<String>,
        now: Timestamp,
    ) -> Self {
        let clock = Arc::new(VirtualClock::at(now));
        Self { service: Service::new(store, clock.clone(), random, transports, base), clock }
    }

    /// Where the clock stands.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The next moment at which something is to be done; `None`: nothing without a new event.
    pub async fn next(&self) -> Result<Option<Timestamp>> {
        Ok(self.service.store.next_due().await?)
    }

    /// Does what is to be done now.
    pub async fn settle(&self) -> Result<()> {
        self.service.settle().await.map(|_| ())
    }

    /// The clock goes on and nothing is done: as when everything stood still meanwhile.
    pub fn stand_still_until(&self, moment: Timestamp) {
        self.clock.move_to(moment);
    }

    /// Lets the clock run until a moment, doing everything that falls due on the way at its own time.
    pub async fn until(&self, moment: Timestamp) -> Result<()> {
        self.settle().await?;
        for _ in 0..MOMENTS_MAX {
            let Some(next) = self.next().await?.filter(|next| *next <= moment) else { break };
            if next <= self.now() {
                // Due, and yet nothing came of it: time alone brings it further.
                break;
            }
            self.clock.move_to(next);
            self.settle().await?;
        }
        self.clock.move_to(moment);
        self.settle().await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_never_goes_back() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let clock = VirtualClock::at(at("2026-11-24T09:00:00Z"));
        clock.move_to(at("2026-11-25T09:00:00Z"));
        clock.move_to(at("2026-11-23T09:00:00Z"));
        assert_eq!(clock.now(), at("2026-11-25T09:00:00Z"));
    }
}
