//! Two workers as they are, each with its tasks beside each other (`sending::carrying`, `lane`), on a store that fails and with a
//! provider that misbehaves; they are killed and followed. What goes wrong comes of a seed, the order of tasks does not: a seed
//! is not the same world to the byte. `KLANTREIS_LANES` says how many.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use jiff::SignedDuration;
use service::Clock;
use service::working::{Sharing, Worker};
use sim::Draws;
use store::{Between, Call, Error, Result};
use tokio::runtime::Runtime;
use tokio::sync::Notify;

use crate::many::{DUE, Library, asked, at};
use crate::outside::Moods;

/// Readers of whom each gets one reminder.
const READERS: usize = 150;
/// Looks at it while things go wrong.
const STEPS: usize = 60;
/// Between two looks, and by how much the clock goes on meanwhile: a lease is over in less than a second.
const STEP: (Duration, SignedDuration) = (Duration::from_millis(30), SignedDuration::from_secs(2));
/// The same when nothing goes wrong any more: what is tried again waits for minutes.
const AFTERWARDS: (Duration, SignedDuration) = (Duration::from_millis(50), SignedDuration::from_mins(1));
/// Steps afterwards that are enough.
const AFTERWARDS_MAX: usize = 600;

/// A store as one process sees it: calls fail, or are made and not answered. Of one that is dead none comes to an end.
struct Shaky {
    draws: Mutex<Draws>,
    is_kind: Arc<AtomicBool>,
    is_dead: Arc<AtomicBool>,
}

impl Shaky {
    async fn strikes(&self, chance: f64) -> Result<()> {
        if self.is_dead.load(Ordering::Relaxed) {
            std::future::pending::<()>().await;
        }
        let mut draws = self.draws.lock().unwrap_or_else(PoisonError::into_inner);
        if !self.is_kind.load(Ordering::Relaxed) && draws.happens(chance) {
            return Err(Error::Unavailable("the line was lost".into()));
        }
        Ok(())
    }
}

#[async_trait]
impl Between for Shaky {
    async fn before(&self, _: Call) -> Result<()> {
        self.strikes(0.02).await
    }

    async fn after(&self, _: Call) -> Result<()> {
        self.strikes(0.02).await
    }
}

/// A process. When it is dropped all of its tasks stand still for ever, wherever they are.
struct Process {
    is_dead: Arc<AtomicBool>,
    runtime: Option<Runtime>,
}

impl Process {
    fn new(library: &Library, number: u64, sharing: Sharing, is_kind: &Arc<AtomicBool>) -> Self {
        let draws = Mutex::new(Draws::of(&["shaky", &library.name, &number.to_string()]));
        let is_dead = Arc::new(AtomicBool::new(false));
        let shaky = Shaky { draws, is_kind: is_kind.clone(), is_dead: is_dead.clone() };
        let service = library.service_on(&library.store.with(Arc::new(shaky)), number);
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
        let runtime = runtime.expect("a runtime");
        runtime.spawn(async move {
            let worker = Worker::new(service, sharing, "0.1.0").await;
            worker.run(Arc::new(Notify::new())).await
        });
        Self { is_dead, runtime: Some(runtime) }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.is_dead.store(true, Ordering::Relaxed);
        // Ending it would be an orderly end.
        std::mem::forget(self.runtime.take());
    }
}

async fn live(seed: usize) {
    let library = Library::with(READERS, &format!("lanes-{seed}")).await;
    let moods = Moods { busy: 0.1, silent_after: 0.05, silent_before: 0.05, refuses: 0.0, only_mail: true };
    library.provider.be(moods);
    library.clock.move_to(at(DUE));
    let is_kind = Arc::new(AtomicBool::new(false));
    let mut draws = Draws::of(&["lanes", &seed.to_string()]);
    let mut born = 0;
    let mut bear = |sharing| {
        born += 1;
        Process::new(&library, born, sharing, &is_kind)
    };
    let mut workers = vec![bear(Sharing::Shared), bear(Sharing::Shared)];
    for _ in 0..STEPS {
        tokio::time::sleep(STEP.0).await;
        library.clock.move_to(library.clock.now() + STEP.1);
        if draws.happens(0.1) {
            let place = draws.below(workers.len());
            workers[place] = bear(Sharing::Shared);
        }
    }
    is_kind.store(true, Ordering::Relaxed);
    library.provider.be_kind();
    workers.clear();
    let _last = bear(Sharing::Alone);
    let mut steps = 0;
    while !library.is_done().await {
        steps += 1;
        assert!(steps < AFTERWARDS_MAX, "seed {seed}: it does not come to rest");
        tokio::time::sleep(AFTERWARDS.0).await;
        library.clock.move_to(library.clock.now() + AFTERWARDS.1);
    }
    let logs = library.judged(READERS, true).await;
    let mut keys: Vec<_> = logs.calls.unwrap_or_default().into_iter().filter(|call| call.accepted).collect();
    keys.sort_by(|one, other| one.key.cmp(&other.key));
    keys.dedup_by(|one, other| one.key == other.key);
    assert_eq!(keys.len(), READERS, "seed {seed}: one reminder each, however often it was tried");
}

#[tokio::test(flavor = "multi_thread")]
async fn lanes_that_go_by_themselves_bring_each_message_once() {
    for seed in 0..asked("KLANTREIS_LANES", 50, 2) {
        live(seed).await;
    }
}
