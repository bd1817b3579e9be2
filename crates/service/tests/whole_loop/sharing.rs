//! Several workers on one store: they come to the same end as one, whoever stops or dies meanwhile.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use channels::MemoryTransport;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use service::sending::Transports;
use service::working::{LEASE_SECONDS, RENEWED_SECONDS, Sharing, Worker};
use service::{Clock, Random, Service};
use store::{AliasKind, EventState, NewEvent, PoolSize, Postgres, SqlStore, Sqlite, Store};
use words::{Event, EventId, EventName, Identity, JourneyId, OrganisationId};

use super::{messages, sent, tasks, trace, with};

/// A clock that a test moves, or lets stand.
struct Hands(Mutex<Timestamp>);

impl Clock for Hands {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

/// Every process draws others.
struct Drawn(AtomicU64);

impl Random for Drawn {
    fn fill(&self, bytes: &mut [u8]) {
        let count = self.0.fetch_add(1, Ordering::Relaxed);
        bytes.fill(0);
        bytes[..8].copy_from_slice(&count.to_be_bytes());
    }
}

/// A process that works.
struct Process {
    worker: Worker,
    service: Service,
    clock: Arc<Hands>,
    /// Turns in which it found something to do.
    busy: usize,
}

impl Process {
    async fn start(store: SqlStore, transport: &Arc<MemoryTransport>, number: u64, now: Timestamp) -> Self {
        let clock = Arc::new(Hands(Mutex::new(now)));
        let random = Arc::new(Drawn(AtomicU64::new(number << 32)));
        let transports = Transports::only(transport.clone());
        let service = Service::new(Arc::new(store), clock.clone(), random, transports, "https://k.example");
        Self { worker: Worker::new(service.clone(), Sharing::Shared, "0.1.0").await, service, clock, busy: 0 }
    }

    /// Its clock goes on; never back.
    fn at(&self, moment: Timestamp) {
        let mut now = self.clock.0.lock().unwrap();
        *now = moment.max(*now);
    }

    async fn turn(&mut self) -> bool {
        let is_idle = self.worker.turn().await.unwrap();
        self.busy += usize::from(!is_idle);
        is_idle
    }
}

fn seconds(seconds: i64) -> SignedDuration {
    SignedDuration::from_secs(seconds)
}

/// Everything that is to be done at a moment, by turns. Shortly before it both look around, so that they share.
async fn live_until(processes: &mut [Process], moment: Timestamp) {
    for before in [2 * RENEWED_SECONDS, RENEWED_SECONDS, 0] {
        for process in processes.iter_mut() {
            process.at(moment - seconds(before));
            process.turn().await;
        }
    }
    loop {
        let mut is_idle = true;
        for process in processes.iter_mut() {
            is_idle &= process.turn().await;
        }
        if is_idle {
            return;
        }
    }
}

/// Lives up to a moment, with every moment on the way at which something is due.
async fn lived(store: &dyn Store, processes: &mut [Process], moment: Timestamp) {
    let now = processes[0].clock.now();
    live_until(processes, now).await;
    while let Some(next) = store.next_due().await.unwrap().filter(|next| *next < moment) {
        let now = processes[0].clock.now();
        if next <= now {
            break;
        }
        live_until(processes, next).await;
    }
    live_until(processes, moment).await;
}

/// The trace of a journey with two processes, one of which dies in the middle.
async fn one_dies(mine: SqlStore, theirs: SqlStore) {
    let (journey, start) = ("woning-reparatie", "2027-10-01T00:00:00Z");
    let (world, transport) = with(mine.clone(), journey, start).await;
    let start: Timestamp = start.parse().unwrap();
    let mut processes =
        vec![Process::start(mine, &transport, 1, start).await, Process::start(theirs, &transport, 2, start).await];
    let events = trace(journey);
    let half = events.len() / 2;
    for (number, event) in events.into_iter().enumerate() {
        if number == half {
            let dead = processes.remove(0);
            assert!(dead.busy > 3 && processes[0].busy > 3, "both work: {} {}", dead.busy, processes[0].busy);
            assert_eq!(world.store().leases().await.unwrap().len(), 2, "it gave nothing back");
            let taken_over = dead.clock.now() + seconds(LEASE_SECONDS + RENEWED_SECONDS);
            live_until(&mut processes, taken_over).await;
        }
        lived(world.store(), &mut processes, event.received).await;
        world.store().accept(vec![NewEvent::from_outside(world.organisation.clone(), event)]).await.unwrap();
    }
    lived(world.store(), &mut processes, "2027-11-16T00:00:00Z".parse().unwrap()).await;
    assert_eq!(world.store().leases().await.unwrap().len(), 1);
    let messages = messages(&world).await;
    let expected =
        [("bevestiging", 7), ("enquete", 3), ("herinnering", 4), ("onderweg", 4), ("tussenvraag", 1), ("uitloop", 1)];
    assert_eq!(sent(&messages), BTreeMap::from(expected), "{messages:?}");
    assert_eq!(transport.calls().len(), 20, "each left once");
    assert_eq!(tasks(&world).await.0, 3);
}

#[tokio::test]
async fn of_two_processes_on_one_file_one_dies() {
    let store = Sqlite::in_memory().await.unwrap();
    one_dies(store.clone(), store).await;
}

#[tokio::test]
async fn of_two_processes_on_one_server_one_dies() {
    let Some(url) = postgres_for_tests::schema().await else { return };
    let size = PoolSize { writers: 2, readers: 2 };
    one_dies(Postgres::open(&url, size).await.unwrap(), Postgres::open(&url, size).await.unwrap()).await;
}

/// What one customer is told to be called, or a count of a day.
fn told(number: usize, customer: Option<usize>, now: Timestamp) -> NewEvent {
    let (name, properties) = match customer {
        Some(_) => ("customer.identified", serde_json::json!({ "first_name": format!("N{number}") })),
        None => ("ad.shown", serde_json::json!({ "campaign": "winter", "date": "2027-01-11", "count": 1 })),
    };
    let event = Event {
        id: EventId::new(format!("e{number}")),
        source: "bron".into(),
        name: EventName::parse(name).unwrap(),
        // All at one time: the last that is applied stays.
        time: "2027-01-11T08:00:00Z".parse().unwrap(),
        received: now,
        identity: Identity { customer: customer.map(|customer| format!("klant-{customer}")), anonymous: None },
        properties: serde_json::from_value(properties).unwrap(),
        imported: false,
    };
    NewEvent::from_outside(OrganisationId::new("rijnoever"), event)
}

const START: &str = "2027-01-11T09:00:00Z";
const CUSTOMERS: usize = 8;

#[derive(Clone, Debug)]
enum Happens {
    /// A customer gets another name, by the intake.
    Named(usize),
    /// Something without identity is counted.
    Counted,
    /// A process does one turn.
    Turn(usize),
    /// Time passes for those that do not stand still.
    Pass(i64),
    /// A process stands still with its clock, or goes on.
    Stop(usize, bool),
}

fn happens() -> impl Strategy<Value = Happens> {
    prop_oneof![
        4 => (0..CUSTOMERS).prop_map(Happens::Named),
        1 => Just(Happens::Counted),
        5 => (0..3_usize).prop_map(Happens::Turn),
        2 => (1..2 * LEASE_SECONDS).prop_map(Happens::Pass),
        1 => (0..3_usize, any::<bool>()).prop_map(|(process, stops)| Happens::Stop(process, stops)),
    ]
}

/// What happened, in any order, leaves what was said last, and counts each event once.
async fn last_wins(store: SqlStore, happened: Vec<Happens>) {
    let (world, transport) = with(store.clone(), "winkel-webshop", START).await;
    let mut now: Timestamp = START.parse().unwrap();
    let mut processes = Vec::new();
    for number in 1..=3 {
        processes.push(Process::start(store.clone(), &transport, number, now).await);
    }
    let mut stopped = [false; 3];
    let (mut last, mut counted, mut events) = (BTreeMap::new(), 0, Vec::new());
    for happens in happened {
        match happens {
            Happens::Named(_) | Happens::Counted => {
                let customer = if let Happens::Named(customer) = happens { Some(customer) } else { None };
                let event = told(events.len(), customer, now);
                match customer {
                    Some(customer) => drop(last.insert(customer, format!("N{}", events.len()))),
                    None => counted += 1,
                }
                events.push(event.reference());
                world.store().accept(vec![event]).await.unwrap();
            }
            Happens::Turn(process) => drop(processes[process].turn().await),
            Happens::Pass(passed) => {
                now += seconds(passed);
                let going = processes.iter().zip(stopped).filter(|(_, stopped)| !stopped);
                going.for_each(|(process, _)| process.at(now));
            }
            Happens::Stop(process, stops) => stopped[process] = stops,
        }
    }
    for _ in 0..4 {
        now += seconds(RENEWED_SECONDS);
        live_until(&mut processes, now).await;
    }
    for event in &events {
        assert_eq!(world.store().event(event).await.unwrap().unwrap().state, EventState::Applied);
    }
    for (customer, name) in last {
        let alias = (AliasKind::User, format!("klant-{customer}"));
        let id = world.store().by_alias(&world.organisation, &[alias]).await.unwrap()[0].unwrap();
        let found = world.store().customer(&world.organisation, id).await.unwrap().unwrap();
        assert_eq!(found.customer.name.first, Some(name));
    }
    let (day, next) = ("2027-01-11".parse().unwrap(), "2027-01-12".parse().unwrap());
    let counts = world.store().day_counts(&world.organisation, &JourneyId::new("winkel-webshop"), day, next).await;
    assert_eq!(counts.unwrap().iter().map(|count| count.count).sum::<u64>(), counted);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn order_holds_and_nothing_counts_twice_whoever_stops(happened in prop::collection::vec(happens(), 20..120)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async { last_wins(Sqlite::in_memory().await.unwrap(), happened).await });
    }
}

/// Two at the same time on a server, with more to do than one round takes.
#[tokio::test]
async fn two_at_the_same_time_share_a_server() {
    let Some(url) = postgres_for_tests::schema().await else { return };
    let size = PoolSize { writers: 2, readers: 2 };
    let stores = [Postgres::open(&url, size).await.unwrap(), Postgres::open(&url, size).await.unwrap()];
    let (world, transport) = with(stores[0].clone(), "winkel-webshop", START).await;
    let start: Timestamp = START.parse().unwrap();
    let mut processes = Vec::new();
    for (store, number) in stores.into_iter().zip(1..) {
        processes.push(Process::start(store, &transport, number, start).await);
    }
    live_until(&mut processes, start + seconds(20)).await;
    let events: Vec<NewEvent> =
        (0..1_200).map(|number| told(number, (number % 4 > 0).then_some(number % 60), start + seconds(20))).collect();
    world.store().accept(events).await.unwrap();
    let [one, other] = &mut processes[..] else { unreachable!() };
    let all_done = async |process: &mut Process| {
        while !world.store().pending(1).await.unwrap().is_empty() {
            process.turn().await;
        }
    };
    tokio::join!(all_done(one), all_done(other));
    assert!(one.busy > 0 && other.busy > 0, "both work: {} {}", one.busy, other.busy);
    let names: Vec<_> = (0..60).filter(|number| number % 4 > 0).map(|number| format!("klant-{number}")).collect();
    let aliases: Vec<_> = names.iter().map(|name| (AliasKind::User, name.clone())).collect();
    for (alias, id) in aliases.iter().zip(world.store().by_alias(&world.organisation, &aliases).await.unwrap()) {
        let found = world.store().customer(&world.organisation, id.unwrap()).await.unwrap().unwrap();
        let customer: usize = alias.1["klant-".len()..].parse().unwrap();
        assert_eq!(found.customer.name.first, Some(format!("N{}", 1_140 + customer)), "the last of twenty");
    }
    let (day, next) = ("2027-01-11".parse().unwrap(), "2027-01-12".parse().unwrap());
    let counts = world.store().day_counts(&world.organisation, &JourneyId::new("winkel-webshop"), day, next).await;
    assert_eq!(counts.unwrap().iter().map(|count| count.count).sum::<u64>(), 300);
}

/// R16: stopped in the middle for longer than its lease, with a clock that says nothing of it.
#[tokio::test]
async fn a_worker_that_was_stopped_leaves_what_others_took_over() {
    let store = Sqlite::in_memory().await.unwrap();
    let (world, transport) = with(store.clone(), "winkel-webshop", START).await;
    let start: Timestamp = START.parse().unwrap();
    let mut stopped = Process::start(store.clone(), &transport, 1, start).await;
    let mut other = Process::start(store, &transport, 2, start).await;
    stopped.turn().await;
    other.at(start + seconds(LEASE_SECONDS));
    other.turn().await;
    let event = told(0, Some(0), start);
    world.store().accept(vec![event.clone()]).await.unwrap();
    let before = world.store().stats().await.unwrap();
    assert!(!stopped.turn().await, "it takes up what it believes to be its own");
    assert_eq!(world.store().stats().await.unwrap(), before, "and writes nothing");
    let state = async || world.store().event(&event.reference()).await.unwrap().unwrap().state;
    assert_eq!(state().await, EventState::New);
    other.turn().await;
    assert_eq!(state().await, EventState::Applied);
}

/// A clean end frees the work at once; nobody waits for the lease to run out.
#[tokio::test]
async fn a_worker_that_ends_hands_over() {
    let store = Sqlite::in_memory().await.unwrap();
    let (world, transport) = with(store.clone(), "winkel-webshop", START).await;
    let start: Timestamp = START.parse().unwrap();
    let mut first = Process::start(store.clone(), &transport, 1, start).await;
    let mut second = Process::start(store, &transport, 2, start).await;
    first.turn().await;
    second.turn().await;
    first.worker.leave().await.unwrap();
    second.at(start + seconds(RENEWED_SECONDS));
    second.turn().await;
    let leases = world.store().leases().await.unwrap();
    assert_eq!(leases.iter().map(|lease| lease.buckets).collect::<Vec<_>>(), [1024]);
}

/// What is done once for an organisation is done by one process, also after that one stood still.
#[tokio::test]
async fn one_process_works_for_an_organisation() {
    let store = Sqlite::in_memory().await.unwrap();
    let (world, transport) = with(store.clone(), "winkel-webshop", START).await;
    let start: Timestamp = START.parse().unwrap();
    let mut processes = Vec::new();
    for number in 1..=3 {
        processes.push(Process::start(store.clone(), &transport, number, start).await);
    }
    let works = async |processes: &[Process]| {
        let mut working = Vec::new();
        for process in processes {
            working.push(process.service.works_for(&world.organisation).await);
        }
        working
    };
    assert_eq!(works(&processes).await, [false; 3], "nobody has begun");
    live_until(&mut processes, start + seconds(20)).await;
    let before = works(&processes).await;
    assert_eq!(before.iter().filter(|works| **works).count(), 1, "{before:?}");
    let stopped = processes.remove(before.iter().position(|works| *works).unwrap());
    live_until(&mut processes, start + seconds(20 + LEASE_SECONDS + RENEWED_SECONDS)).await;
    stopped.at(start + seconds(20 + LEASE_SECONDS));
    assert!(!stopped.service.works_for(&world.organisation).await, "its own clock says so");
    let after = works(&processes).await;
    assert_eq!(after.iter().filter(|works| **works).count(), 1, "{after:?}");
}
