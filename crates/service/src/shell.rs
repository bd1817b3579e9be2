use std::sync::Arc;
use std::time::Duration;

use store::Store;
use tokio::sync::Notify;

use crate::accept::Intake;
use crate::publishing::Publisher;
use crate::running::Runner;
use crate::sending::{Carrier, Transports};
use crate::{Catalog, Clock, Figures, Random, Result};

/// How long the loop sleeps when nothing is due and nobody wakes it.
const IDLE: Duration = Duration::from_secs(1);

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
        Self {
            intake: Arc::new(Intake { store: store.clone(), catalog: catalog.clone() }),
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
            wake: Arc::default(),
            store,
            catalog,
            clock,
            random,
        }
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
        loop {
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
