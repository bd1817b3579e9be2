use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use store::{NewLease, Share};
use tokio::sync::{Notify, watch};

use super::{Standing, Term};
use crate::fetching::Running;
use crate::sending::carry_on;
use crate::telling::Underway;
use crate::{Error, Result, Service, memory};

/// How long a lease lasts: so long after a worker stopped, others do its work.
pub const LEASE_SECONDS: i64 = 15;
/// A lease is renewed, and the shares are evened out, this often.
pub const RENEWED_SECONDS: i64 = 5;
const RENEWED: SignedDuration = SignedDuration::from_secs(RENEWED_SECONDS);
/// This often it is looked at what was left behind: messages in the middle of being carried, events that missed their object.
const LOOKED_BACK: SignedDuration = SignedDuration::from_secs(60);
/// How long the loop sleeps when nobody wakes it: as late something due may be, and what came in at another process.
const IDLE: Duration = Duration::from_millis(250);

/// How long the loop waits between two steps of erasures that are not done.
const BETWEEN_ERASURES: SignedDuration = SignedDuration::from_secs(1);
/// How long the loop waits between two looks at what is due to be fetched.
const BETWEEN_FETCHES: SignedDuration = SignedDuration::from_secs(2);
/// How long the loop waits between two looks at what other systems are to be told.
const BETWEEN_TELLINGS: SignedDuration = SignedDuration::from_secs(1);

/// With whom the work is shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sharing {
    /// With nobody; whoever starts it sees to that. It holds all buckets by one lease without an end.
    Alone,
    /// With every other worker of the same store, by leases that run out.
    Shared,
}

/// The current term, for the task that renews it.
type Current = Arc<Mutex<Option<Arc<Term>>>>;

/// Applies and carries what its lease holds, each in a loop of its own.
pub struct Worker {
    service: Service,
    sharing: Sharing,
    version: String,
    current: Current,
    balanced: Timestamp,
    looked_back: Timestamp,
    fetches: Running,
    looked_to_fetch: Timestamp,
    tellings: Underway,
    looked_to_tell: Timestamp,
    looked_to_erase: Timestamp,
}

impl Worker {
    /// From now on `service` works only under this worker's leases. `version`: of the program, for people.
    pub async fn new(service: Service, sharing: Sharing, version: impl Into<String>) -> Self {
        service.stand(Standing::Elsewhere).await;
        if sharing == Sharing::Shared {
            service.share();
        }
        let never = Timestamp::MIN;
        Self {
            service,
            sharing,
            version: version.into(),
            current: Current::default(),
            balanced: never,
            looked_back: never,
            fetches: Running::default(),
            looked_to_fetch: never,
            tellings: Underway::default(),
            looked_to_tell: never,
            looked_to_erase: never,
        }
    }

    /// Works until `stop` is told, and gives back what it holds. A failing store is tried again; an error says that this
    /// version may not work here.
    pub async fn run(mut self, stop: Arc<Notify>) -> Result<()> {
        let stopped = stop.notified();
        tokio::pin!(stopped);
        let renewing = tokio::spawn(renew_on(self.service.clone(), self.current.clone()));
        let (stopping, told) = watch::channel(false);
        let carrying = tokio::spawn(carry_on(self.service.clone(), IDLE, told));
        let mut ended = Ok(());
        loop {
            self.fetch().await;
            self.tell().await;
            let is_idle = match self.round().await {
                Ok(is_idle) => is_idle,
                Err(error @ Error::Store(store::Error::Outdated { .. })) => {
                    ended = Err(error);
                    break;
                }
                Err(error) => {
                    tracing::warn!(%error, "a round failed and will be tried again");
                    true
                }
            };
            let wait = async {
                if is_idle {
                    tokio::select! {
                        () = self.service.woken() => {}
                        () = tokio::time::sleep(IDLE) => {}
                    }
                }
            };
            tokio::select! {
                biased;
                // Heard between two busy rounds too.
                () = &mut stopped => break,
                () = wait => {}
            }
        }
        // What is under way comes to its end under the lease, which is renewed so long.
        stopping.send_replace(true);
        if let Err(error) = carrying.await {
            tracing::error!(panicked = error.is_panic(), "carrying ended before it was told to");
        }
        renewing.abort();
        if let Err(error) = self.leave().await {
            tracing::warn!(%error, "what this worker held is free only when its lease runs out");
        }
        ended
    }

    /// Starts to fetch what is due; each source by one worker.
    async fn fetch(&mut self) {
        let now = self.service.clock.now();
        if !is_time(self.looked_to_fetch, BETWEEN_FETCHES, now) {
            return;
        }
        self.looked_to_fetch = now;
        if let Err(error) = self.service.fetching.tick(now, &mut self.fetches).await {
            tracing::warn!(%error, "what is due to be fetched could not be started");
        }
    }

    /// Begins to tell other systems what is due.
    async fn tell(&mut self) {
        let now = self.service.clock.now();
        if !is_time(self.looked_to_tell, BETWEEN_TELLINGS, now) {
            return;
        }
        self.looked_to_tell = now;
        if let Err(error) = self.service.teller.tick(&self.service, &mut self.tellings).await {
            tracing::warn!(%error, "what other systems are to be told waits");
        }
    }

    /// Goes on with erasures, a step each.
    async fn erase(&mut self) {
        let now = self.service.clock.now();
        if !is_time(self.looked_to_erase, BETWEEN_ERASURES, now) {
            return;
        }
        self.looked_to_erase = now;
        if let Err(error) = self.service.eraser.tick(now).await {
            tracing::warn!(%error, "an erasure stands still and will be gone on with");
        }
        if let Err(error) = self.let_go(now).await {
            tracing::warn!(%error, "what was kept long enough is let go of later");
        }
    }

    /// A small piece for each organisation that this process works for.
    async fn let_go(&self, now: Timestamp) -> Result<()> {
        for organisation in self.service.store.organisations().await? {
            if self.service.works_for(&organisation.id).await {
                self.service.retainer.tick(&organisation.id, now).await?;
                self.service.booking.settle(&organisation.id, now).await?;
            }
        }
        Ok(())
    }

    /// One turn of everything: sees to the lease, applies, then carries once round. For those who step it; [`Worker::run`] does
    /// not let the one wait for the other. Whether there was nothing to do.
    pub async fn turn(&mut self) -> Result<bool> {
        self.see_to_lease().await?;
        self.erase().await;
        let done = self.service.once().await;
        self.hear(done)
    }

    /// One turn that applies only; whether there was nothing to do.
    pub async fn apply(&mut self) -> Result<bool> {
        self.see_to_lease().await?;
        let applied = self.service.apply().await.map(|round| round.is_none_or(|round| round.is_idle()));
        self.hear(applied)
    }

    /// One turn of what is not carrying; that is told when there may be something for it.
    async fn round(&mut self) -> Result<bool> {
        self.service.note_turn();
        self.see_to_lease().await?;
        self.erase().await;
        let is_idle = self.apply().await?;
        if !is_idle {
            self.service.wake_to_carry();
        }
        self.service.note_turn();
        Ok(is_idle)
    }

    /// Gives back what it holds, after what it is doing: others take it up at once.
    pub async fn leave(&mut self) -> Result<()> {
        self.service.stand(Standing::Elsewhere).await;
        match self.take_current() {
            Some(term) => Ok(self.service.store.end_lease(term.lease).await?),
            None => Ok(()),
        }
    }

    fn term(&self) -> Option<Arc<Term>> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn take_current(&self) -> Option<Arc<Term>> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// That somebody took over is no trouble: the next turn begins anew.
    fn hear(&self, done: Result<bool>) -> Result<bool> {
        match done {
            Err(Error::Store(store::Error::LeaseEnded)) => {
                tracing::info!("another worker took over; what was being done is left to it");
                if let Some(term) = self.term() {
                    term.end();
                }
                Ok(false)
            }
            other => other,
        }
    }

    async fn see_to_lease(&mut self) -> Result<()> {
        let now = self.service.clock.now();
        match self.term().filter(|term| term.lasts(now)) {
            None => self.begin(now).await?,
            Some(term) if self.sharing == Sharing::Shared && is_time(self.balanced, RENEWED, now) => {
                renew(&self.service, &term).await?;
                self.balance(&term, now).await?;
            }
            Some(_) => {}
        }
        if is_time(self.looked_back, LOOKED_BACK, now) && self.term().is_some_and(|term| term.lasts(now)) {
            self.looked_back = now;
            self.service.look_back().await?;
        }
        Ok(())
    }

    /// A new lease, under which nothing is being done yet.
    async fn begin(&mut self, now: Timestamp) -> Result<()> {
        let id = uuid::Builder::from_random_bytes(self.service.random.bytes16()).into_uuid();
        let lease = NewLease { id, format: memory::FORMAT, version: self.version.clone() };
        self.service.stand(Standing::Elsewhere).await;
        let (share, until) = match self.sharing {
            Sharing::Alone => (self.service.store.begin_only_lease(lease).await?, Timestamp::MAX),
            Sharing::Shared => {
                let until = after(now, LEASE_SECONDS);
                (self.service.store.begin_lease(lease, now, until).await?, until)
            }
        };
        tracing::info!(worker.buckets = share.buckets.len(), "begins to work");
        let term = Arc::new(Term::new(id, until));
        *self.current.lock().unwrap_or_else(PoisonError::into_inner) = Some(term.clone());
        self.balanced = now;
        self.looked_back = Timestamp::MIN;
        self.stand(&share, term).await;
        Ok(())
    }

    /// More or fewer buckets, when others came or went. Nothing is being applied meanwhile: what was taken up and not yet
    /// written would be taken up by another.
    async fn balance(&mut self, term: &Arc<Term>, now: Timestamp) -> Result<()> {
        let mut standing = self.service.standing().await;
        match self.service.store.balance(term.lease, now).await? {
            Some(share) => {
                if !matches!(&*standing, Standing::Held { share: before, .. } if *before == share) {
                    tracing::info!(worker.buckets = share.buckets.len(), "shares the work anew");
                    // Whoever held these buckets may have left something behind.
                    self.looked_back = Timestamp::MIN;
                }
                let held = self.service.under(&share, term.clone());
                self.service.stand_as(&mut standing, held);
            }
            None => term.end(),
        }
        self.balanced = now;
        Ok(())
    }

    async fn stand(&self, share: &Share, term: Arc<Term>) {
        self.service.stand(self.service.under(share, term)).await;
    }
}

/// Whether it is time for what is done at intervals. A last time that still lies ahead was told by a clock that was set back
/// since.
fn is_time(last: Timestamp, every: SignedDuration, now: Timestamp) -> bool {
    last > now || now.duration_since(last) >= every
}

fn after(moment: Timestamp, seconds: i64) -> Timestamp {
    moment.saturating_add(SignedDuration::from_secs(seconds)).unwrap_or(Timestamp::MAX)
}

async fn renew(service: &Service, term: &Term) -> Result<()> {
    let until = after(service.clock.now(), LEASE_SECONDS);
    if service.store.renew_lease(term.lease, until).await? {
        term.renewed(until);
    } else {
        term.end();
    }
    Ok(())
}

/// Renews beside the rounds, which may take longer than a lease: a large backlog is no reason to take over.
async fn renew_on(service: Service, current: Current) {
    loop {
        tokio::time::sleep(Duration::from_secs(RENEWED_SECONDS.unsigned_abs())).await;
        let term = current.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let now = service.clock.now();
        let Some(term) = term.filter(|term| term.lasts(now) && !term.is_endless()) else { continue };
        if let Err(error) = renew(&service, &term).await {
            tracing::warn!(%error, "a lease could not be renewed and will be tried again");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_done_at_intervals_goes_on_after_the_clock_was_set_back() {
        let at = |seconds| Timestamp::from_second(seconds).unwrap();
        let every = SignedDuration::from_secs(60);
        assert!(is_time(Timestamp::MIN, every, at(0)), "never done");
        assert!(!is_time(at(1_000), every, at(1_000)) && !is_time(at(1_000), every, at(1_059)));
        assert!(is_time(at(1_000), every, at(1_060)));
        assert!(is_time(at(1_000), every, at(999)) && is_time(at(1_000_000), every, at(0)), "by a second, or by days");
    }
}
