//! Events accepted and applied with full durability, from 1, 100 and 1000 events a request:
//! `cargo run --release -p service --example intake -- [EVENTS] [CLIENTS] [EVENTS A REQUEST]`, into a SQLite file, or into the
//! empty PostgreSQL that `KLANTREIS_STORE` names (then with the events a request: one run fills it).
//!
//! Each customer reports a repair, books an appointment, moves it, is visited, and the repair is closed: six events, of which
//! several make messages and tasks. A request is answered after its commit; applying goes on beside it, and the time ends when
//! everything is applied. Messages are decided and kept, not carried.

#![expect(clippy::disallowed_methods, reason = "a measurement needs a clock")]
#![expect(clippy::print_stdout, reason = "a measurement is told")]

mod house;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Instant;

use house::{STEPS, Trouble, cpu_seconds, event, house, now};
use jiff::Timestamp;
use serde_json::Value;
use service::intake::{Receipt, native};
use service::sending::Transports;
use service::working::{Sharing, Worker};
use service::{Clock, Service};
use store::{Durability, OpenMode, PoolSize, Postgres, Sqlite, Store};
use tokio::sync::Notify;
use words::OrganisationId;

struct Still(Timestamp);

impl Clock for Still {
    fn now(&self) -> Timestamp {
        self.0
    }
}

/// The bodies of all requests: customers come in groups, and of a group every step follows the one before.
fn bodies(events: usize, per_request: usize) -> Vec<String> {
    const GROUP: usize = 200;
    let customers = events / STEPS;
    let groups = (0..customers).step_by(GROUP).map(|first| first..(first + GROUP).min(customers));
    let ordered = groups.flat_map(|group| (0..STEPS).flat_map(move |step| group.clone().map(move |one| (one, step))));
    let ordered: Vec<Value> = ordered.map(|(customer, step)| event(customer, step)).collect();
    ordered.chunks(per_request).map(|request| Value::from(request.to_vec()).to_string()).collect()
}

async fn open(file: &Path) -> Result<(Service, OrganisationId), Trouble> {
    for end in ["db", "db-wal", "db-shm"] {
        // The first time there is nothing to remove.
        let _ = std::fs::remove_file(file.with_extension(end));
    }
    let store: Arc<dyn Store> = match std::env::var("KLANTREIS_STORE") {
        Ok(url) => Arc::new(Postgres::open(&url, PoolSize::default()).await?),
        Err(_) => Arc::new(Sqlite::open(file, OpenMode::Create, Durability::Full).await?),
    };
    let transports = Transports::new(file.with_extension("sent"));
    house(store, Arc::new(Still(now())), transports, ("file", Value::Null)).await
}

async fn measure(file: &Path, events: usize, per_request: usize, clients: usize) -> Result<(), Trouble> {
    let (service, id) = open(file).await?;
    let bodies = Arc::new(bodies(events, per_request));
    let (next, accepted, said) =
        (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)), Arc::new(Notify::new()));
    let (began, cpu) = (Instant::now(), cpu_seconds());
    let applying = tokio::spawn({
        let (service, accepted, said) = (service.clone(), accepted.clone(), said.clone());
        async move {
            // As `klantreis serve` does: under a lease on everything.
            let mut worker = Worker::new(service, Sharing::Alone, "0.1.0").await;
            loop {
                let last = accepted.load(Ordering::Acquire);
                if worker.apply().await? {
                    if last {
                        return Ok::<(), service::Error>(());
                    }
                    said.notified().await;
                }
            }
        }
    });
    let client = || {
        let (service, id, bodies, next, said) =
            (service.clone(), id.clone(), bodies.clone(), next.clone(), said.clone());
        tokio::spawn(async move {
            while let Some(body) = bodies.get(next.fetch_add(1, Ordering::Relaxed)) {
                let taken = native::events(body.as_bytes(), &Receipt::new("woningsysteem", now()));
                let taken = taken.map_err(|error| format!("{error:?}"))?;
                let delivered = service.intake.accept(&id, "woningsysteem", taken, now()).await?;
                if !delivered.refused.is_empty() || delivered.duplicate > 0 {
                    return Err(format!("not all were new: {delivered:?}").into());
                }
                said.notify_one();
            }
            Ok::<(), Trouble>(())
        })
    };
    for client in (0..clients).map(|_| client()).collect::<Vec<_>>() {
        client.await??;
    }
    let answered = began.elapsed().as_secs_f64();
    accepted.store(true, Ordering::Release);
    said.notify_one();
    applying.await??;
    let (wall, cpu) = (began.elapsed().as_secs_f64(), cpu_seconds() - cpu);
    let stats = service.store.stats().await?;
    let count = (events / STEPS * STEPS) as f64;
    println!(
        "| {per_request} | {clients} | {count} | {answered:.1} | {wall:.1} | {:.0} | {cpu:.1} | {:.0} | {} contacts, {} messages |",
        count / wall,
        count / cpu,
        stats["contacts"],
        stats["outbox"]
    );
    service.store.close().await;
    Ok(())
}

#[tokio::main]
async fn main() -> Result<(), Trouble> {
    let mut args = std::env::args().skip(1).map(|word| word.parse::<usize>());
    let events = args.next().transpose()?.unwrap_or(60_000);
    let clients = args.next().transpose()?.unwrap_or(16);
    let only = args.next().transpose()?;
    println!(
        "| events a request | clients | events | answered after s | applied after s | events/s | CPU s | events per core-second | made |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    let sizes =
        [(1, 6), (100, 1), (1_000, 1)].map(|(size, share)| if only == Some(size) { (size, 1) } else { (size, share) });
    for (per_request, share) in sizes.into_iter().filter(|(size, _)| only.is_none_or(|only| only == *size)) {
        // A file of its own: the one before may still be closing.
        let file = std::env::temp_dir().join(format!("klantreis-intake-{per_request}.db"));
        measure(&file, events / share, per_request, clients).await?;
    }
    Ok(())
}
