//! E-mails a second into a mail server on this machine, and what a second worker brings when the server takes its time.
//!
//! Everything that `klantreis serve` does: messages that are ready are claimed, made, written into the sent log, handed over on
//! lines that are kept, and what came of them is noted with the event that tells the run, which is applied beside it. The time
//! begins when the journey goes on and ends when the server took the last message. Workers are in one process, each with a
//! store, connections and lines of its own; so is the server.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use provider_for_tests::Provider;
use serde_json::{Value, json};
use service::intake::{Receipt, native};
use service::sending::{SentLog, Transports};
use service::working::{Sharing, Worker};
use service::{Clock, Random, Service};
use store::{Durability, JourneyRow};
use tokio::sync::Notify;
use words::OrganisationId;

use crate::house::{House, Place, Trouble, cpu_seconds, start};
use crate::intake::{event, journey};

/// Between two looks at how far it is.
const LOOK: Duration = Duration::from_millis(5);

/// Runs from the moment at which everything happens.
struct Running(Instant);

impl Clock for Running {
    fn now(&self) -> Timestamp {
        let passed = SignedDuration::try_from(self.0.elapsed()).unwrap_or_default();
        start().saturating_add(passed).unwrap_or_default()
    }
}

/// Tokens that differ, also from those of another worker.
struct Counted(AtomicU64);

impl Random for Counted {
    fn fill(&self, bytes: &mut [u8]) {
        let number = self.0.fetch_add(1, Ordering::Relaxed).to_be_bytes();
        bytes.iter_mut().zip(number.into_iter().cycle()).for_each(|(byte, own)| *byte = own);
    }
}

struct Case {
    place: Place,
    workers: usize,
    latency: Duration,
    lines: usize,
    messages: usize,
}

impl Case {
    fn is_shared(&self) -> bool {
        matches!(self.place, Place::Server(_))
    }

    /// Messages that are ready, of a journey that pauses.
    async fn fill(&self, service: &Service, id: &OrganisationId) -> Result<(), Trouble> {
        let pause = async |paused| -> Result<(), Trouble> {
            for row in service.store.journeys(id).await? {
                service.store.save_journey(JourneyRow { paused, ..row }).await?;
            }
            Ok(())
        };
        pause(true).await?;
        let customers: Vec<usize> = (0..self.messages).collect();
        for group in customers.chunks(200) {
            for step in 0..3 {
                let body = Value::from_iter(group.iter().map(|customer| event(*customer, step)));
                let taken = native::events(body.to_string().as_bytes(), &Receipt::new("woningsysteem", start()));
                let taken = taken.map_err(|error| format!("{error:?}"))?;
                service.intake.accept(id, "woningsysteem", taken, start()).await?;
            }
        }
        while service.apply().await?.is_some_and(|round| !round.is_idle()) {}
        Ok(())
    }

    async fn measure(&self) -> Result<f64, Trouble> {
        let folder = std::env::temp_dir().join(format!("klantreis-carry-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder)?;
        let provider = Provider::counting(self.latency).await?;
        let House { service, organisation: id, .. } = House::new(&self.place, &journey()?).await?;
        let config =
            json!({ "host": "127.0.0.1", "port": provider.address.port(), "tls": "none", "lines": self.lines });
        for sender in service.store.senders(&id).await? {
            service
                .store
                .save_sender(store::Sender { transport: "smtp".into(), config: config.clone(), ..sender })
                .await?;
        }
        self.fill(&service, &id).await?;
        let clock: Arc<Running> = Arc::new(Running(Instant::now()));
        let (stop, mut working) = (Arc::new(Notify::new()), Vec::new());
        for number in 0..self.workers {
            let first = number == 0;
            let store = if first { service.store.clone() } else { self.place.open(Durability::Full).await? };
            let own = Service::new(
                store,
                clock.clone(),
                Arc::new(Counted(AtomicU64::new((number as u64 + 1) << 48))),
                Transports::new(&folder),
                "https://k.example",
            );
            let log = SentLog::open(&folder.join(format!("{number}.sent.log")), start())?;
            let sharing = if self.is_shared() { Sharing::Shared } else { Sharing::Alone };
            let worker = Worker::new(own.logging_sends(Arc::new(log)), sharing, "0.1.0").await;
            working.push(tokio::spawn(worker.run(stop.clone())));
        }
        let share = 1024 / u32::try_from(self.workers)?;
        loop {
            let leases = service.store.leases().await?;
            if leases.len() == self.workers && leases.iter().all(|lease| lease.buckets == share) {
                break;
            }
            tokio::time::sleep(LOOK).await;
        }
        let (began, cpu) = (Instant::now(), cpu_seconds());
        for row in service.store.journeys(&id).await? {
            service.store.save_journey(JourneyRow { paused: false, ..row }).await?;
        }
        while (provider.count() as usize) < self.messages {
            tokio::time::sleep(LOOK).await;
        }
        let (wall, cpu) = (began.elapsed().as_secs_f64(), cpu_seconds() - cpu);
        stop.notify_waiters();
        for worker in working {
            worker.await??;
        }
        service.store.close().await;
        std::fs::remove_dir_all(&folder)?;
        let rate = self.messages as f64 / wall;
        let store = if self.is_shared() { "PostgreSQL" } else { "SQLite" };
        println!(
            "| {store} | {} | {} | {} | {} | {wall:.1} | {rate:.0} | {cpu:.1} | {:.0} |",
            self.workers,
            self.latency.as_millis(),
            self.lines,
            self.messages,
            self.messages as f64 / cpu
        );
        Ok(rate)
    }
}

pub(crate) async fn run(numbers: &[usize]) -> Result<(), Trouble> {
    let messages = numbers.first().copied().unwrap_or(10_000);
    println!(
        "| store | workers | provider ms | lines each | e-mails | s | e-mails/s | CPU s | e-mails per core-second |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    for lines in [2, 8] {
        let place = Place::File(std::env::temp_dir().join("klantreis-carry.db"));
        Case { place, workers: 1, latency: Duration::ZERO, lines, messages }.measure().await?;
    }
    let mut rates = Vec::new();
    for (workers, latency) in [(1, 0), (1, 20), (2, 20)] {
        let Some(url) = postgres_for_tests::schema().await else { return Ok(()) };
        let latency = Duration::from_millis(latency);
        let case = Case { place: Place::Server(url), workers, latency, lines: 8, messages };
        rates.push(case.measure().await?);
    }
    println!("\n2 workers over 1 at a provider of 20 ms: {:.2}", rates[2] / rates[1]);
    Ok(())
}
