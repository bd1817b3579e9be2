//! R11: a million moments due at one time, while events come in. R13: a version published over a hundred thousand runs while
//! events come in, and a newer program beside an older one. As they are, with their tasks beside each other and in real time;
//! `KLANTREIS_MOMENTS` and `KLANTREIS_RUNS` say how many, few in `./test`.

#![expect(clippy::disallowed_methods, reason = "how long it takes is told")]

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use channels::{Outcome, Outgoing, Transport};
use checker::{Asked, Database, Logs};
use jiff::{SignedDuration, Timestamp};
use journey::Folder;
use serde_json::{Value, json};
use service::drive::VirtualClock;
use service::intake::{Receipt, native};
use service::sending::Transports;
use service::working::{Sharing, Worker};
use service::{Clock, Publication, Service, reference};
use store::{
    Durability, Gauging, Health, JourneyRow, Leases, Mode, NewLease, OpenMode, OrganisationRow, Organisations, Sender,
    SqlStore, Sqlite,
};
use tokio::sync::Notify;
use words::{Channel, PrincipalId};

use crate::dump;
use crate::outside::{Drawn, Moods, Provider, Time};
use crate::world::{Place, organisation};

const START: &str = "2027-06-01T07:00:00Z";
/// The moment that everybody waits for: ordinary hours, for what is urgent and what is not.
pub(crate) const DUE: &str = "2027-06-08T10:00:00Z";
/// How long before a book is due its reader is reminded; the journey says so.
const BEFORE: SignedDuration = SignedDuration::from_hours(2);
/// Customers whose events are accepted before they are applied.
const GROUP: usize = 2_000;
/// Events of one delivery.
const DELIVERY: usize = 500;
/// Of so many customers who come meanwhile each delivery tells, so often.
const MEANWHILE: (usize, Duration) = (5, Duration::from_millis(50));
/// Slower than this is broken.
const DONE_WITHIN: Duration = Duration::from_secs(3_600);
/// Between two looks at how far it is.
const LOOKED_EVERY: Duration = Duration::from_millis(100);

pub(crate) fn at(moment: &str) -> Timestamp {
    moment.parse().expect("a moment")
}

pub(crate) fn asked(name: &str, long: usize, usual: usize) -> usize {
    let asked = std::env::var(name).ok().and_then(|value| value.parse().ok());
    asked.unwrap_or(if std::env::var_os("KLANTREIS_LONG").is_some() { long } else { usual })
}

/// The provider without anything that could go wrong.
struct Straight(Arc<Provider>);

#[async_trait]
impl Transport for Straight {
    async fn send(&self, message: &Outgoing) -> Outcome {
        self.0.take(message)
    }
}

/// An organisation that lends books, on a file.
pub(crate) struct Library {
    pub(crate) name: String,
    place: Place,
    pub(crate) store: SqlStore,
    service: Service,
    pub(crate) clock: Arc<VirtualClock>,
    pub(crate) provider: Arc<Provider>,
}

/// One event, and a moment that hangs on a date in it.
fn journey() -> Folder {
    let home = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../bench/journeys/herinnering"));
    let read = |name: &str| std::fs::read_to_string(home.join(name)).expect("the journey of the measurements");
    let mut folder = Folder::of_definition(read(Folder::DEFINITION));
    folder.put("messages/terug.nl.md", read("messages/terug.nl.md"));
    folder
}

fn sender() -> Sender {
    Sender {
        organisation: organisation(),
        channel: Channel::email(),
        principal: PrincipalId::own(),
        transport: "memory".into(),
        config: Value::Null,
        from_name: "Rijnoever".into(),
        from_address: "post@rijnoever.example".into(),
        reply_to: None,
        tested: Some(at(START)),
        per_minute: None,
        catch_up: None,
    }
}

fn service(store: &SqlStore, clock: &Arc<VirtualClock>, provider: &Arc<Provider>, number: u64) -> Service {
    let transports = Transports::only(Arc::new(Straight(provider.clone())));
    Service::new(
        Arc::new(store.clone()),
        clock.clone(),
        Arc::new(Drawn(AtomicU64::new(number << 32))),
        transports,
        "https://k.example",
    )
}

impl Library {
    /// With so many readers, each of whom has a book that is to be brought back at one time.
    pub(crate) async fn with(readers: usize, name: &str) -> Self {
        // On the disk, as it is in earnest.
        let place = Place(std::env::temp_dir().join(format!("klantreis-proof-{}-{name}", std::process::id())));
        std::fs::create_dir_all(&place.0).expect("a folder");
        let (clock, time) = (Arc::new(VirtualClock::at(at(START))), Time::at(at(START)));
        let provider = Provider::new(name, Moods::default(), time);
        let store = Sqlite::open(&place.file(), OpenMode::Create, Durability::Off).await.expect("a store");
        let filling = service(&store, &clock, &provider, 0);
        let row = OrganisationRow { id: organisation(), text: reference::organisation(), created: at(START) };
        store.save_organisation(row).await.expect("an organisation");
        filling.store.save_sender(sender()).await.expect("a sender");
        publish(&filling, &journey()).await;
        for row in filling.store.journeys(&organisation()).await.expect("the journeys") {
            filling.store.save_journey(JourneyRow { mode: Mode::Live, ..row }).await.expect("a journey");
        }
        let mut worker = Worker::new(filling.clone(), Sharing::Alone, "0.1.0").await;
        let mut reader = 0;
        while reader < readers {
            let group = reader..readers.min(reader + GROUP);
            reader = group.end;
            deliver(&filling, group).await;
            while !worker.apply().await.expect("it is applied") {}
        }
        worker.leave().await.expect("it ends");
        store.close().await;
        drop((filling, store));
        let store = Sqlite::open(&place.file(), OpenMode::Existing, Durability::Full).await.expect("a store");
        let service = service(&store, &clock, &provider, 0);
        Self { name: name.to_owned(), place, store, service, clock, provider }
    }

    /// The shell of one more process, which draws others.
    pub(crate) fn service_on(&self, store: &SqlStore, number: u64) -> Service {
        service(store, &self.clock, &self.provider, number)
    }

    /// Whether nothing is left to do at this moment.
    pub(crate) async fn is_done(&self) -> bool {
        let gauges = self.store.gauges(self.clock.now()).await.expect("the store answers");
        gauges.due == 0
            && gauges.unapplied == 0
            && ["held", "ready", "sending"].iter().all(|state| gauges.outbox.get(state).is_none_or(|count| *count == 0))
    }

    /// What the checker says, in the end or on the way.
    pub(crate) async fn judged(&self, readers: usize, drained: bool) -> Logs {
        let database = Database::read(&self.place.file().to_string_lossy()).await.expect("the tables");
        let accepted: String =
            (0..readers).flat_map(|reader| [format!("{reader}-a"), format!("{reader}-b")]).map(accepted).collect();
        let logs = Logs::read(Some(&self.provider.log()), &accepted).expect("the logs");
        let asked = Asked { drained: drained.then(|| self.clock.now()) };
        let found = checker::check(&database, &logs, asked);
        assert!(found.is_empty(), "{} violations, such as {:#?}", found.len(), &found[..found.len().min(10)]);
        logs
    }
}

fn accepted(event: String) -> String {
    let line = json!({ "time": START, "organisation": organisation(), "source": "uitleen", "event": event });
    format!("{line}\n")
}

async fn publish(service: &Service, folder: &Folder) {
    let published = service.publisher.publish(&organisation(), folder, None, "", service.clock.now()).await;
    assert!(matches!(published, Ok(Publication::Live { .. })), "{published:?}");
}

async fn deliver(service: &Service, readers: std::ops::Range<usize>) {
    let events: Vec<Value> = readers.flat_map(events).collect();
    for delivery in events.chunks(DELIVERY) {
        let now = service.clock.now();
        let body = Value::from(delivery.to_vec()).to_string();
        let taken = native::events(body.as_bytes(), &Receipt::new("uitleen", now)).expect("events");
        let delivered = service.intake.accept(&organisation(), "uitleen", taken, now).await.expect("they are kept");
        assert!(delivered.refused.is_empty(), "{delivered:?}");
    }
    service.wake();
}

fn events(reader: usize) -> [Value; 2] {
    let name = format!("k{reader}");
    let event = |id: &str, what: &str, properties: Value| json!({ "id": format!("{reader}-{id}"), "time": START, "customer": name, "name": what, "properties": properties });
    let due = at(DUE) + BEFORE;
    [
        event("a", "customer.identified", json!({ "email": format!("{name}@example.org"), "last_name": "de Vries" })),
        event("b", "loan.made", json!({ "id": format!("L-{reader}"), "due": due.to_string() })),
    ]
}

/// New readers, a delivery at a time, until it is told to end; how many, and how long each delivery waited for its answer.
fn meanwhile(service: Service, from: usize, stop: Arc<Notify>) -> tokio::task::JoinHandle<(usize, Vec<Duration>)> {
    tokio::spawn(async move {
        let (mut reader, mut waits) = (from, Vec::new());
        let stopped = stop.notified();
        tokio::pin!(stopped);
        loop {
            let begun = Instant::now();
            deliver(&service, reader..reader + MEANWHILE.0).await;
            waits.push(begun.elapsed());
            reader += MEANWHILE.0;
            tokio::select! {
                () = &mut stopped => return (reader, waits),
                () = tokio::time::sleep(MEANWHILE.1) => {}
            }
        }
    })
}

async fn until(what: &str, holds: impl AsyncFn() -> bool) -> Duration {
    let begun = Instant::now();
    while !holds().await {
        assert!(begun.elapsed() < DONE_WITHIN, "it never came to {what}");
        tokio::time::sleep(LOOKED_EVERY).await;
    }
    begun.elapsed()
}

fn p99(mut waits: Vec<Duration>) -> Duration {
    waits.sort();
    waits[(waits.len() - 1) * 99 / 100]
}

#[tokio::test(flavor = "multi_thread")]
async fn many_moments_at_once_fire_once_each_while_events_come_in() {
    let moments = asked("KLANTREIS_MOMENTS", 1_000_000, 1_000);
    let library = Library::with(moments, "moments").await;
    library.clock.move_to(at(DUE));
    let (stop, ends) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let begun = Instant::now();
    let worker = Worker::new(library.service.clone(), Sharing::Alone, "0.1.0").await;
    let working = tokio::spawn(worker.run(stop.clone()));
    let telling = meanwhile(library.service.clone(), moments, ends.clone());
    let fired =
        until("nothing due", async || library.store.gauges(library.clock.now()).await.expect("it answers").due == 0)
            .await;
    ends.notify_one();
    let (readers, waits) = telling.await.expect("they delivered");
    until("every message carried", || library.is_done()).await;
    let carried = begun.elapsed();
    stop.notify_one();
    working.await.expect("it worked").expect("it ended well");
    let logs = library.judged(readers, true).await;
    assert_eq!(logs.calls.expect("a log").len(), readers, "one reminder each");
    eprintln!(
        "R11: {moments} moments at once: decided after {:.1} s, carried after {:.1} s; {} events came in meanwhile, answered within {} ms (99 of 100 deliveries)",
        fired.as_secs_f64(),
        carried.as_secs_f64(),
        (readers - moments) * 2,
        p99(waits).as_millis()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_is_published_over_many_runs_and_an_older_program_ends_beside_a_newer() {
    let runs = asked("KLANTREIS_RUNS", 100_000, 500);
    let library = Library::with(runs, "runs").await;
    let (stop, ends) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let worker = Worker::new(library.service.clone(), Sharing::Shared, "0.1.0").await;
    let working = tokio::spawn(worker.run(stop.clone()));
    let telling = meanwhile(library.service.clone(), runs, ends.clone());
    // An hour earlier than the version before said.
    let mut folder = journey();
    let text = folder.get(Folder::DEFINITION).expect("a definition").replace("by: 2h", "by: 3h");
    folder.put(Folder::DEFINITION, text);
    publish(&library.service, &folder).await;
    let live =
        library.service.store.journeys(&organisation()).await.expect("the journeys").remove(0).live.expect("a version");
    let rows = dump::look(&library.place.file());
    let behind = "SELECT count(*) FROM runs WHERE status = 'open' AND version <> ?1";
    let behind = async || rows.query_row(behind, [live.as_str()], |row| row.get::<_, i64>(0)).expect("a count") == 0;
    let moved = until("every run on the new version", behind).await;
    let stuck = "SELECT count(*) FROM runs WHERE status = 'open' AND due IS NOT ?1";
    let due = (at(DUE) - SignedDuration::from_hours(1)).as_microsecond();
    let stuck: i64 = rows.query_row(stuck, [due], |row| row.get(0)).expect("a count");
    assert_eq!(stuck, 0, "each waits for the moment that the new version says");
    // Somebody who knows a newer format begins to work: the older one ends, and writes nothing any more.
    let newer = NewLease { id: uuid::Uuid::from_u128(9), format: u32::MAX, version: "9.9.9".into() };
    let now = library.clock.now();
    library.store.begin_lease(newer, now, now + SignedDuration::from_secs(15)).await.expect("it begins");
    let ended = working.await.expect("it worked");
    assert!(ended.is_err(), "it says that it is too old");
    ends.notify_one();
    let (readers, waits) = telling.await.expect("they delivered");
    library.judged(readers, false).await;
    eprintln!(
        "R13: {runs} runs on a new version after {:.1} s; {} events came in meanwhile, answered within {} ms (99 of 100 deliveries)",
        moved.as_secs_f64(),
        (readers - runs) * 2,
        p99(waits).as_millis()
    );
}
