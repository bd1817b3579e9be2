use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use channels::fetch::{Fetcher, Trusted};
use jiff::Timestamp;
use store::{EventRef, EventState, Share, Store};
use tokio::sync::{Mutex, MutexGuard, Notify};
use travel::{Steady, StraightLine};
use words::OrganisationId;

use crate::accept::Intake;
use crate::answering::Answering;
use crate::booking::Booking;
use crate::erasing::Eraser;
use crate::fetching::Fetching;
use crate::publishing::Publisher;
use crate::receiving::Receiving;
use crate::retaining::Retainer;
use crate::running::{Round, Runner};
use crate::sending::{Carrier, Guard, Lanes, SentLog, Transports, UnderWay};
use crate::telling::Teller;
use crate::working::{Carries, Standing, Term};
use crate::{Catalog, Clock, Figures, Random, Result};

/// How often a page that waits for another process looks whether an event was applied, and how long between.
const LOOKS_MAX: u32 = 20;
const BETWEEN_LOOKS: Duration = Duration::from_millis(100);
/// How long an endpoint may take to begin with its answer.
const TOLD: Duration = Duration::from_secs(20);

/// Everything of the shell, joined.
#[derive(Clone)]
pub struct Service {
    /// What is remembered.
    pub store: Arc<dyn Store>,
    /// Definitions and organisations.
    pub catalog: Arc<Catalog>,
    /// Deliveries.
    pub intake: Arc<Intake>,
    /// What customers write back.
    pub answering: Arc<Answering>,
    /// Mail that comes in.
    pub receiving: Receiving,
    /// Applies what came in. Where several processes work, only under a lease: see [`Service::apply`].
    pub runner: Arc<Runner>,
    /// Carries messages; the same holds for it.
    pub carrier: Arc<Carrier>,
    /// Measures.
    pub figures: Arc<Figures>,
    /// Puts versions live.
    pub publisher: Arc<Publisher>,
    /// Fetches from sources that do not send.
    pub fetching: Arc<Fetching>,
    /// Tells other systems what happens.
    pub teller: Arc<Teller>,
    /// Appointments.
    pub booking: Booking,
    /// Erases customers.
    pub eraser: Arc<Eraser>,
    /// Lets go of what was kept long enough.
    pub retainer: Arc<Retainer>,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Makes secrets.
    pub random: Arc<dyn Random>,
    /// Locked while something is applied: two rounds at once would apply an event twice.
    standing: Arc<Mutex<Standing>>,
    /// What of it concerns carrying, which does not wait for what is being applied.
    carries: Arc<std::sync::Mutex<Carries>>,
    is_shared: Arc<AtomicBool>,
    /// When the loop last began or ended a turn, in microseconds; 0: never.
    turned: Arc<AtomicI64>,
    /// The same of the loop that carries.
    carried: Arc<AtomicI64>,
    wake: Arc<Notify>,
    wake_to_carry: Arc<Notify>,
}

impl Service {
    /// `base`: the address under which customers reach our pages. It works freely; a [`crate::working::Worker`] puts it under
    /// leases.
    pub fn new(
        store: Arc<dyn Store>,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
        transports: Transports,
        base: impl Into<String>,
    ) -> Self {
        let catalog = Arc::new(Catalog::new(store.clone()));
        let intake = Arc::new(Intake { store: store.clone(), catalog: catalog.clone() });
        let answering = Arc::new(Answering::new(store.clone()));
        let receiving = Receiving { store: store.clone(), catalog: catalog.clone(), answering: answering.clone() };
        let wake: Arc<Notify> = Arc::default();
        let figures = Arc::new(Figures::new(store.clone()));
        let booking = Booking::new(store.clone(), Arc::new(Steady::new(None, StraightLine::default())));
        let eraser = Arc::new(Eraser {
            booking: booking.clone(),
            store: store.clone(),
            catalog: catalog.clone(),
            figures: figures.clone(),
            random: random.clone(),
            transports: transports.clone(),
            log: None,
        });
        Self {
            retainer: Arc::new(Retainer::new(store.clone(), catalog.clone(), eraser.clone())),
            eraser,
            booking,
            fetching: Arc::new(Fetching {
                store: store.clone(),
                intake: intake.clone(),
                receiving: receiving.clone(),
                catalog: catalog.clone(),
                fetcher: Fetcher::new(Vec::new()),
                folder: None,
                wake: wake.clone(),
            }),
            teller: teller(&store, &clock, &random, Vec::new()),
            intake,
            answering,
            receiving,
            runner: Arc::new(Runner {
                store: store.clone(),
                catalog: catalog.clone(),
                clock: clock.clone(),
                trouble: Arc::default(),
            }),
            carrier: Arc::new(Carrier {
                store: store.clone(),
                catalog: catalog.clone(),
                clock: clock.clone(),
                random: random.clone(),
                transports,
                base: base.into(),
                term: None,
                log: None,
                guard: Guard::default(),
                lanes: Lanes::default(),
                under_way: UnderWay::default(),
            }),
            figures,
            publisher: Arc::new(Publisher { store: store.clone(), catalog: catalog.clone() }),
            standing: Arc::new(Mutex::new(Standing::Free)),
            carries: Arc::default(),
            is_shared: Arc::default(),
            turned: Arc::default(),
            carried: Arc::default(),
            wake,
            wake_to_carry: Arc::default(),
            store,
            catalog,
            clock,
            random,
        }
    }

    /// Fetches and calls with what the host allows: hosts that are trusted although they are private, and a folder in which each
    /// organisation may have one of its own.
    #[must_use]
    pub fn fetching_from(self, trusted: Vec<Trusted>, folder: Option<PathBuf>) -> Self {
        let fetching = Fetching {
            store: self.store.clone(),
            intake: self.intake.clone(),
            receiving: self.receiving.clone(),
            catalog: self.catalog.clone(),
            fetcher: Fetcher::new(trusted.clone()),
            folder,
            wake: self.wake.clone(),
        };
        let teller = teller(&self.store, &self.clock, &self.random, trusted.clone());
        let transports = self.carrier.transports.clone().trusting(trusted);
        let carrier = Carrier { transports, ..(*self.carrier).clone() };
        Self { fetching: Arc::new(fetching), carrier: Arc::new(carrier), teller, ..self }
    }

    /// What carries its messages.
    pub fn transports(&self) -> Transports {
        self.carrier.transports.clone()
    }

    /// Notes erasures in this file too, for what is restored later.
    #[must_use]
    pub fn noting_erasures_in(self, log: PathBuf) -> Self {
        let eraser = Arc::new(Eraser { log: Some(log), ..(*self.eraser).clone() });
        let retainer = Retainer::new(self.store.clone(), self.catalog.clone(), eraser.clone());
        Self { eraser, retainer: Arc::new(retainer), ..self }
    }

    /// Writes down beside the store what is handed over.
    #[must_use]
    pub fn logging_sends(self, log: Arc<SentLog>) -> Self {
        Self { carrier: Arc::new(Carrier { log: Some(log), ..(*self.carrier).clone() }), ..self }
    }

    /// Leaves the work to other processes, once and for all: for a process that only serves pages.
    pub async fn leave_work_to_others(&self) {
        self.share();
        self.stand(Standing::Elsewhere).await;
    }

    /// Whether other processes may be at work on the same store.
    pub fn is_shared(&self) -> bool {
        self.is_shared.load(Ordering::Relaxed)
    }

    pub(crate) fn share(&self) {
        self.is_shared.store(true, Ordering::Relaxed);
    }

    /// When the loops of this process last began or ended a turn, whichever of them is longer ago; `None` when it does not work.
    pub fn last_turn(&self) -> Option<Timestamp> {
        let turned = |at: &AtomicI64| Some(at.load(Ordering::Relaxed)).filter(|at| *at != 0);
        let last = turned(&self.turned).into_iter().chain(turned(&self.carried)).min()?;
        Timestamp::from_microsecond(last).ok()
    }

    pub(crate) fn note_turn(&self) {
        self.turned.store(self.clock.now().as_microsecond(), Ordering::Relaxed);
    }

    pub(crate) fn note_carried(&self) {
        self.carried.store(self.clock.now().as_microsecond(), Ordering::Relaxed);
    }

    /// Something came in: the loops need not sleep on.
    pub fn wake(&self) {
        self.wake.notify_one();
        self.wake_to_carry();
    }

    /// Something may be ready to be carried.
    pub(crate) fn wake_to_carry(&self) {
        self.wake_to_carry.notify_one();
    }

    pub(crate) async fn woken_to_carry(&self) {
        self.wake_to_carry.notified().await;
    }

    pub(crate) async fn woken(&self) {
        self.wake.notified().await;
    }

    /// Applies and carries until nothing is left to do at this moment; how many rounds that took. For tests and simulation.
    pub async fn settle(&self) -> Result<usize> {
        let mut rounds = 0;
        while !self.once().await? {
            rounds += 1;
        }
        Ok(rounds)
    }

    /// Applies what is pending at this moment, as far as it is this process's; `None` when the work is elsewhere.
    pub async fn apply(&self) -> Result<Option<Round>> {
        let standing = self.standing.lock().await;
        match &*standing {
            Standing::Free => self.runner.round().await.map(Some),
            Standing::Held { term, runner, .. } if term.lasts(self.clock.now()) => runner.round().await.map(Some),
            Standing::Held { .. } | Standing::Elsewhere => Ok(None),
        }
    }

    /// Applies what is pending, and gives another process a moment when the event may be its own; the rest goes on behind.
    pub async fn applied(&self, event: &EventRef) -> Result<()> {
        if let Err(error) = self.apply().await {
            // What is accepted stays accepted, whoever applies it.
            tracing::warn!(%error, "an event is left to the loop");
        }
        self.wake();
        if !self.is_shared() {
            return Ok(());
        }
        for _ in 0..LOOKS_MAX {
            let state = self.store.event(event).await?.map(|stored| stored.state);
            if state != Some(EventState::New) {
                break;
            }
            tokio::time::sleep(BETWEEN_LOOKS).await;
        }
        Ok(())
    }

    /// Whether this process is the one that does at this moment what one process does for an organisation, such as asking
    /// other systems for its events: the one that holds its home bucket.
    pub async fn works_for(&self, organisation: &OrganisationId) -> bool {
        match &*self.standing.lock().await {
            Standing::Free => true,
            Standing::Held { term, share, .. } => {
                term.lasts(self.clock.now()) && share.holds(store::home(organisation))
            }
            Standing::Elsewhere => false,
        }
    }

    /// One round of everything; whether there was nothing to do.
    pub(crate) async fn once(&self) -> Result<bool> {
        let Some(round) = self.apply().await? else { return Ok(true) };
        let carried = match self.carrier() {
            Some(carrier) => carrier.carry().await?.taken,
            None => 0,
        };
        Ok(round.is_idle() && carried == 0)
    }

    /// Takes up what a crash, or a moment between two processes, left behind.
    pub(crate) async fn look_back(&self) -> Result<()> {
        let standing = self.standing.lock().await.clone();
        if let Standing::Held { runner, carrier, .. } = standing {
            while carrier.recover().await? > 0 {}
            if self.is_shared() {
                runner.store.wake_waiting().await?;
            }
        }
        Ok(())
    }

    /// What may be carried at this moment, by whom.
    pub(crate) fn carrier(&self) -> Option<Arc<Carrier>> {
        match &*self.carries.lock().unwrap_or_else(PoisonError::into_inner) {
            Carries::Freely => Some(self.carrier.clone()),
            Carries::Held(carrier) => Some(carrier.clone()),
            Carries::Nothing => None,
        }
    }

    pub(crate) async fn standing(&self) -> MutexGuard<'_, Standing> {
        self.standing.lock().await
    }

    pub(crate) async fn stand(&self, standing: Standing) {
        self.stand_as(&mut *self.standing.lock().await, standing);
    }

    /// From now on, also for what is carried.
    pub(crate) fn stand_as(&self, place: &mut Standing, standing: Standing) {
        *self.carries.lock().unwrap_or_else(PoisonError::into_inner) = standing.carries();
        *place = standing;
    }

    /// The work as it is done under a lease.
    pub(crate) fn under(&self, share: &Share, term: Arc<Term>) -> Standing {
        let store = self.store.held(share);
        Standing::Held {
            share: share.clone(),
            runner: Arc::new(Runner { store: store.clone(), ..(*self.runner).clone() }),
            carrier: Arc::new(Carrier { store, term: Some(term.clone()), ..(*self.carrier).clone() }),
            term,
        }
    }
}

fn teller(
    store: &Arc<dyn Store>,
    clock: &Arc<dyn Clock>,
    random: &Arc<dyn Random>,
    trusted: Vec<Trusted>,
) -> Arc<Teller> {
    let (store, clock, random) = (store.clone(), clock.clone(), random.clone());
    Arc::new(Teller { store, clock, random, fetcher: Fetcher::new(trusted).patient(TOLD) })
}
