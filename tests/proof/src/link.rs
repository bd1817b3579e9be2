use std::future::{pending, poll_fn};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Poll, Waker};

use async_trait::async_trait;
use channels::{Outcome, Outgoing, Transport};
use store::{Between, Call, Error, Result};

use crate::fate::{Fate, Point, Stroke};
use crate::outside::Provider;

/// Where a process stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stands {
    /// It works.
    Works,
    /// Before a call, until it may go on.
    BeforeCall,
    /// At the end of a turn, in which there was nothing to do (true) or something.
    Rests(bool),
    /// It is no more.
    Dead,
}

/// Everything that leaves a process goes through here: whoever drives the world decides when it goes on, and whether.
pub(crate) struct Link {
    pub(crate) who: u64,
    pub(crate) fate: Arc<Mutex<Fate>>,
    state: Mutex<(Stands, Option<Waker>)>,
}

impl Link {
    pub(crate) fn new(who: u64, fate: Arc<Mutex<Fate>>) -> Arc<Self> {
        Arc::new(Self { who, fate, state: Mutex::new((Stands::Works, None)) })
    }

    fn state(&self) -> MutexGuard<'_, (Stands, Option<Waker>)> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn stands(&self) -> Stands {
        self.state().0
    }

    /// It may go on; whoever drives is woken by this waker when it dies.
    pub(crate) fn go_on(&self) {
        let mut state = self.state();
        if state.0 != Stands::Dead {
            state.0 = Stands::Works;
        }
    }

    pub(crate) fn driven_by(&self, waker: &Waker) {
        self.state().1 = Some(waker.clone());
    }

    fn stand(&self, stands: Stands) {
        let mut state = self.state();
        state.0 = stands;
        if let Some(waker) = state.1.take() {
            waker.wake();
        }
    }

    async fn stop(&self, stands: Stands) {
        self.stand(stands);
        poll_fn(|_| if self.stands() == Stands::Works { Poll::Ready(()) } else { Poll::Pending }).await;
    }

    /// The end of a turn.
    pub(crate) async fn rest(&self, is_idle: bool) {
        self.stop(Stands::Rests(is_idle)).await;
    }

    async fn die<T>(&self) -> T {
        self.stand(Stands::Dead);
        pending().await
    }

    fn fate(&self, point: Point) -> Stroke {
        self.fate.lock().unwrap_or_else(PoisonError::into_inner).next(self.who, point)
    }

    pub(crate) fn tell(&self, what: String) {
        self.fate.lock().unwrap_or_else(PoisonError::into_inner).tell(format!("process {}: {what}", self.who));
    }
}

/// The store as one process sees it.
pub(crate) struct ToStore {
    pub(crate) link: Arc<Link>,
    after: Mutex<Stroke>,
}

impl ToStore {
    pub(crate) fn new(link: Arc<Link>) -> Arc<Self> {
        Arc::new(Self { link, after: Mutex::new(Stroke::Pass) })
    }
}

fn lost() -> Error {
    Error::Unavailable("the line was lost".into())
}

#[async_trait]
impl Between for ToStore {
    async fn before(&self, call: Call) -> Result<()> {
        self.link.stop(Stands::BeforeCall).await;
        let point = if call == Call::Read { Point::Read } else { Point::Write };
        let stroke = self.link.fate(point);
        *self.after.lock().unwrap_or_else(PoisonError::into_inner) = stroke;
        match stroke {
            Stroke::Fails => Err(lost()),
            Stroke::DiesBefore => self.link.die().await,
            Stroke::Pass | Stroke::IsUnanswered | Stroke::DiesAfter => Ok(()),
        }
    }

    async fn after(&self, call: Call) -> Result<()> {
        if let Call::Write(Some(lease)) = call {
            self.link.fate.lock().unwrap_or_else(PoisonError::into_inner).written_under(self.link.who, lease);
        }
        let stroke = *self.after.lock().unwrap_or_else(PoisonError::into_inner);
        match stroke {
            Stroke::IsUnanswered => Err(lost()),
            Stroke::DiesAfter => self.link.die().await,
            Stroke::Pass | Stroke::Fails | Stroke::DiesBefore => Ok(()),
        }
    }
}

/// The provider as one process sees it.
pub(crate) struct ToProvider {
    pub(crate) link: Arc<Link>,
    pub(crate) provider: Arc<Provider>,
}

#[async_trait]
impl Transport for ToProvider {
    async fn send(&self, message: &Outgoing) -> Outcome {
        let stroke = self.link.fate(Point::Provider);
        if stroke == Stroke::DiesBefore {
            return self.link.die().await;
        }
        let outcome = self.provider.take(message);
        if stroke == Stroke::DiesAfter {
            return self.link.die().await;
        }
        outcome
    }
}
