//! E-mails a second into a mail server on this machine, and what a second worker brings when the server takes its time:
//! `cargo run --release -p service --example carry -- [MESSAGES] [PART…]`, parts `sqlite`, `postgres` and `workers`; all without.
//! For PostgreSQL within `cargo run -p postgres-for-tests -- …`.
//!
//! Everything that `klantreis serve` does: messages that are ready are claimed, made, written into the sent log, handed over on
//! lines that are kept, and what came of them is noted with the event that tells the run, which is applied beside it. The time
//! begins when the journey goes on and ends when the server took the last message. Workers are in one process, each with a
//! store, connections and lines of its own; so is the server.

#![expect(clippy::disallowed_methods, reason = "a measurement needs a clock")]
#![expect(clippy::print_stdout, reason = "a measurement is told")]

mod house;

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use house::{Counted, Trouble, cpu_seconds, event, house, now};
use jiff::{SignedDuration, Timestamp};
use provider_for_tests::Provider;
use serde_json::{Value, json};
use service::intake::{Receipt, native};
use service::sending::{SentLog, Transports};
use service::working::{Sharing, Worker};
use service::{Clock, Service};
use store::{Durability, JourneyRow, OpenMode, PoolSize, Postgres, Sqlite, Store};
use tokio::sync::Notify;
use words::OrganisationId;

/// Between two looks at how far it is.
const LOOK: Duration = Duration::from_millis(5);

/// Runs from the moment at which everything happens.
struct Running(Instant);

impl Clock for Running {
    fn now(&self) -> Timestamp {
        let passed = SignedDuration::try_from(self.0.elapsed()).unwrap_or_default();
        now().saturating_add(passed).unwrap_or_default()
    }
}

struct Case {
    /// `None`: a SQLite file.
    server: Option<String>,
    workers: usize,
    latency: Duration,
    lines: usize,
    messages: usize,
}

impl Case {
    async fn store(&self, file: &Path) -> Result<Arc<dyn Store>, Trouble> {
        Ok(match &self.server {
            Some(url) => Arc::new(Postgres::open(url, PoolSize::default()).await?),
            None => Arc::new(Sqlite::open(file, OpenMode::Create, Durability::Full).await?),
        })
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
                let taken = native::events(body.to_string().as_bytes(), &Receipt::new("woningsysteem", now()));
                let taken = taken.map_err(|error| format!("{error:?}"))?;
                service.intake.accept(id, "woningsysteem", taken, now()).await?;
            }
        }
        while service.apply().await?.is_some_and(|round| !round.is_idle()) {}
        Ok(())
    }

    async fn measure(&self) -> Result<f64, Trouble> {
        let folder = std::env::temp_dir().join(format!("klantreis-carry-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder)?;
        let file = folder.join("klantreis.db");
        let provider = Provider::counting(self.latency).await?;
        let config =
            json!({ "host": "127.0.0.1", "port": provider.address.port(), "tls": "none", "lines": self.lines });
        let clock: Arc<Running> = Arc::new(Running(Instant::now()));
        let made = house(self.store(&file).await?, clock.clone(), Transports::new(&folder), ("smtp", config)).await?;
        let (service, id) = made;
        self.fill(&service, &id).await?;
        let (stop, mut working) = (Arc::new(Notify::new()), Vec::new());
        for number in 0..self.workers {
            let store = if number == 0 { service.store.clone() } else { self.store(&file).await? };
            let own = Service::new(
                store,
                clock.clone(),
                Arc::new(Counted::from(number as u64 + 1)),
                Transports::new(&folder),
                "https://k.example",
            );
            let log = SentLog::open(&folder.join(format!("{number}.sent.log")), now())?;
            let sharing = if self.server.is_some() { Sharing::Shared } else { Sharing::Alone };
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
        let store = if self.server.is_some() { "PostgreSQL" } else { "SQLite" };
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

#[tokio::main]
async fn main() -> Result<(), Trouble> {
    let mut words = std::env::args().skip(1).peekable();
    let messages = words.next_if(|word| word.parse::<usize>().is_ok()).map_or(Ok(10_000), |word| word.parse())?;
    let parts: Vec<String> = words.collect();
    let wants = |part: &str| parts.is_empty() || parts.iter().any(|asked| asked == part);
    println!(
        "| store | workers | provider ms | lines each | e-mails | s | e-mails/s | CPU s | e-mails per core-second |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    if wants("sqlite") {
        for lines in [2, 8] {
            let case = Case { server: None, workers: 1, latency: Duration::ZERO, lines, messages };
            case.measure().await?;
        }
    }
    if wants("postgres")
        && let Some(url) = postgres_for_tests::schema().await
    {
        let case = Case { server: Some(url), workers: 1, latency: Duration::ZERO, lines: 8, messages };
        case.measure().await?;
    }
    if wants("workers") {
        let mut rates = Vec::new();
        for workers in [1, 2] {
            let Some(url) = postgres_for_tests::schema().await else { continue };
            let latency = Duration::from_millis(20);
            let case = Case { server: Some(url), workers, latency, lines: 8, messages: messages / 2 };
            rates.push(case.measure().await?);
        }
        if let [one, two] = rates[..] {
            println!("\n2 workers over 1 at a provider of 20 ms: {:.2}", two / one);
        }
    }
    Ok(())
}
