use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use channels::fetch::{Fetcher, Trusted};
use jiff::{SignedDuration, Timestamp};
use store::Store;
use tokio::sync::Notify;

use crate::accept::Intake;
use crate::fetching::{Fetching, Running};
use crate::publishing::Publisher;
use crate::running::Runner;
use crate::sending::{Carrier, Transports};
use crate::{Catalog, Clock, Figures, Random, Result};

/// How long the loop sleeps when nothing is due and nobody wakes it.
const IDLE: Duration = Duration::from_secs(1);
/// How long the loop waits between two looks at what is due to be fetched.
const BETWEEN_FETCHES: SignedDuration = SignedDuration::from_secs(2);

/// Everything of the shell, joined.
#[derive(Clone)]
pub struct Service {
    /// What is remembered.
    pub store: Arc<dyn Store>,
    /// Definitions and organisations.
    pub catalog: Arc<Catalog>,
    /// Deliveries.
    pub intake: Arc<Intake>,
    /// Applies what came in.
    pub runner: Arc<Runner>,
    /// Carries messages.
    pub carrier: Arc<Carrier>,
    /// Measures.
    pub figures: Arc<Figures>,
    /// Puts versions live.
    pub publisher: Arc<Publisher>,
    /// Fetches from sources that do not send.
    pub fetching: Arc<Fetching>,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Makes secrets.
    pub random: Arc<dyn Random>,
    wake: Arc<Notify>,
}

impl Service {
    /// `base`: the address under which customers reach our pages.
    pub fn new(
        store: Arc<dyn Store>,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
        transports: Transports,
        base: impl Into<String>,
    ) -> Self {
        let catalog = Arc::new(Catalog::new(store.clone()));
        let intake = Arc::new(Intake { store: store.clone(), catalog: catalog.clone() });
        let wake: Arc<Notify> = Arc::default();
        Self {
            fetching: Arc::new(Fetching {
                store: store.clone(),
                intake: intake.clone(),
                catalog: catalog.clone(),
                fetcher: Fetcher::new(Vec::new()),
                folder: None,
                wake: wake.clone(),
            }),
            intake,
            runner: Arc::new(Runner { store: store.clone(), catalog: catalog.clone(), clock: clock.clone() }),
            carrier: Arc::new(Carrier {
                store: store.clone(),
                catalog: catalog.clone(),
                clock: clock.clone(),
                random: random.clone(),
                transports,
                base: base.into(),
            }),
            figures: Arc::new(Figures::new(store.clone())),
            publisher: Arc::new(Publisher { store: store.clone(), catalog: catalog.clone() }),
            wake,
            store,
            catalog,
            clock,
            random,
        }
    }

    /// Fetches with what the host allows: hosts that are trusted although they are private, and a folder in which each
    /// organisation may have one of its own.
    #[must_use]
    pub fn fetching_from(self, trusted: Vec<Trusted>, folder: Option<PathBuf>) -> Self {
        let fetching = Fetching {
            store: self.store.clone(),
            intake: self.intake.clone(),
            catalog: self.catalog.clone(),
            fetcher: Fetcher::new(trusted),
            folder,
            wake: self.wake.clone(),
        };
        Self { fetching: Arc::new(fetching), ..self }
    }

    /// Something came in: the loop need not sleep on.
    pub fn wake(&self) {
        self.wake.notify_one();
    }

    /// Applies and carries until nothing is left to do at this moment; how many rounds that took. For tests and simulation.
    pub async fn settle(&self) -> Result<usize> {
        let mut rounds = 0;
        while !self.once().await? {
            rounds += 1;
        }
        Ok(rounds)
    }

    /// One round of everything; whether there was nothing to do.
    async fn once(&self) -> Result<bool> {
        let round = self.runner.round().await?;
        let carried = self.carrier.carry().await?;
        Ok(round.is_idle() && carried.taken == 0)
    }

    /// Runs until `stop` is told. What a crash left in the middle is taken up first. A failing store is tried again.
    pub async fn run(&self, stop: Arc<Notify>) {
        let stopped = stop.notified();
        tokio::pin!(stopped);
        if let Err(error) = self.carrier.recover().await {
            tracing::warn!(%error, "what a crash left behind could not be taken up");
        }
        let (mut fetches, mut looked) = (Running::default(), Timestamp::MIN);
        loop {
            let now = self.clock.now();
            if now.duration_since(looked) >= BETWEEN_FETCHES {
                looked = now;
                if let Err(error) = self.fetching.tick(now, &mut fetches).await {
                    tracing::warn!(%error, "what is due to be fetched could not be started");
                }
            }
            let idle = match self.once().await {
                Ok(idle) => idle,
                Err(error) => {
                    tracing::warn!(%error, "a round failed and will be tried again");
                    true
                }
            };
            if !idle {
                // Let the stop be heard between two busy rounds.
                tokio::select! {
                    biased;
                    () = &mut stopped => return,
                    () = std::future::ready(()) => continue,
                }
            }
            tokio::select! {
                () = &mut stopped => return,
                () = self.wake.notified() => {}
                () = tokio::time::sleep(IDLE) => {}
            }
        }
    }
}
