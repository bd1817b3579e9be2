//! Workers, their PostgreSQL and the lines between them fail at random, and nothing is lost, nothing repeated: R2, R16, R17.
//! It waits for real leases to run out, so it is part of `./test --long` alone.
//! `KLANTREIS_KILLS` and `KLANTREIS_EVENTS` make it longer, `KLANTREIS_SEED` does the same once more.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use checker::{Asked, Database, Logs};
use jiff::{SignedDuration, Timestamp};
use postgres_for_tests::Cluster;
use provider_for_tests::{Link, Provider};
use serde_json::{Value, json};
use service::drive::SameBytes;
use service::intake::{Receipt, native};
use service::sending::Transports;
use service::{Clock, Publication, Service, reference};
use store::{
    JourneyRow, Mode, OrganisationRow, OutboxFilter, OutboxRow, Paging, PoolSize, Postgres, SendState, Sender,
    SqlStore, Store,
};
use words::{Channel, OrganisationId};

use super::{Running, folder, klantreis, shares, until, within};

const JOURNEY: &str = "woning-reparatie";
const SMALL: PoolSize = PoolSize { writers: 1, readers: 2 };

pub(super) struct Now;

impl Clock for Now {
    #[expect(clippy::disallowed_methods, reason = "the processes live in real time too")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// Numbers that look like chance and come again with the same seed.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).unwrap()
    }
}

pub(super) fn asked(name: &str, usual: usize) -> usize {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(usual)
}

/// A PostgreSQL, an organisation that mails, and a mail server.
struct World {
    cluster: Cluster,
    store: SqlStore,
    service: Service,
    organisation: OrganisationId,
    data: PathBuf,
    /// What was answered, as the checker reads it.
    answered: RefCell<String>,
}

impl World {
    async fn new(name: &str, mail: SocketAddr) -> Option<Self> {
        std::env::var_os("KLANTREIS_LONG")?;
        let Some(cluster) = Cluster::start() else {
            assert!(std::env::var_os("KLANTREIS_REQUIRE_PEERS").is_none(), "PostgreSQL is required");
            return None;
        };
        let store = Postgres::open(&cluster.url(), SMALL).await.unwrap();
        let transports = Transports::new("unused");
        let shared: std::sync::Arc<dyn Store> = std::sync::Arc::new(store.clone());
        let service = Service::new(shared, std::sync::Arc::new(Now), std::sync::Arc::new(SameBytes(7)), transports, "");
        let organisation = found(&service, mail).await;
        Some(Self { cluster, store, service, organisation, data: folder(name), answered: RefCell::default() })
    }

    fn worker(&self, url: &str) -> Running {
        klantreis(&["worker", "--url", "https://k.example", "--store", url], &self.data)
    }

    /// Three events of each of these customers, of which one letter comes. Told again until it is accepted, as a source does.
    async fn tell(&self, customers: std::ops::Range<usize>) {
        let now = Now.now();
        for step in 0..3 {
            let events: Vec<Value> = customers.clone().map(|customer| event(customer, step, now)).collect();
            let body = Value::from(events.clone()).to_string();
            loop {
                let taken = native::events(body.as_bytes(), &Receipt::new("woningsysteem", now)).unwrap();
                match self.service.intake.accept(&self.organisation, "woningsysteem", taken, now).await {
                    Ok(delivered) => break assert!(delivered.refused.is_empty(), "{delivered:?}"),
                    Err(_) => tokio::time::sleep(Duration::from_millis(200)).await,
                }
            }
            let lines = events.iter().map(|event| {
                let line = json!({ "time": Now.now(), "organisation": self.organisation, "source": "woningsysteem",
                                   "event": event["id"], "customer": event["customer"] });
                format!("{line}\n")
            });
            self.answered.borrow_mut().extend(lines);
        }
    }

    /// Whether each of these customers got a letter, and the runs know.
    async fn is_done(&self, customers: usize) -> bool {
        let is_sent = self.counts().await.get("sent") == Some(&(customers as u64));
        is_sent && self.service.store.pending(1).await.is_ok_and(|pending| pending.is_empty())
    }

    /// Messages by state; nothing while the server is away.
    async fn counts(&self) -> BTreeMap<String, u64> {
        let counts = self.service.store.outbox_counts(&self.organisation, None).await.unwrap_or_default();
        let mut by_state = BTreeMap::new();
        for ((state, _), count) in counts {
            *by_state.entry(state).or_default() += count;
        }
        by_state
    }

    /// Every message of the journey, page by page.
    async fn messages(&self) -> Vec<OutboxRow> {
        let mut rows = Vec::new();
        loop {
            let paging = Paging { limit: 1_000, offset: u32::try_from(rows.len()).unwrap() };
            let page = self.service.store.messages(&self.organisation, &OutboxFilter::default(), paging).await.unwrap();
            if page.rows.is_empty() {
                return rows;
            }
            rows.extend(page.rows);
        }
    }

    /// The checker reads the server itself. The mail server knows no keys, so what it got is compared here: each of these
    /// customers got one letter, and nothing else went (I2, I3).
    async fn judge(&self, provider: &Provider, customers: usize) -> usize {
        let database = Database::read(&self.cluster.url()).await.unwrap();
        let logs = Logs::read(None, &self.answered.borrow()).unwrap();
        assert_eq!(logs.answers.len(), customers * 3);
        let found = checker::check(&database, &logs, Asked { drained: Some(Now.now()) });
        assert!(found.is_empty(), "{found:#?}");
        assert!(self.service.store.pending(1).await.unwrap().is_empty(), "I1: everything accepted is applied");
        let rows = self.messages().await;
        let mut references = BTreeMap::new();
        for row in &rows {
            let SendState::Sent { reference, .. } = &row.state else { panic!("I3: {row:?}") };
            *references.entry(reference.clone().expect("by SMTP each has one")).or_insert(0) += 1;
        }
        assert_eq!((rows.len(), references.len()), (customers, customers), "one letter each");
        let mut taken: BTreeMap<String, usize> = BTreeMap::new();
        for call in provider.calls().into_iter().filter(|call| call.fault.is_taken()) {
            *taken.entry(call.id).or_default() += 1;
        }
        assert!(taken.keys().eq(references.keys()), "I2: what is said to be sent was taken, and nothing else");
        taken.values().map(|times| times - 1).sum()
    }
}

/// An organisation in which the journey is live and that mails by this server.
pub(super) async fn found(service: &Service, mail: SocketAddr) -> OrganisationId {
    let (organisation, now) = (OrganisationId::new("rijnoever"), Now.now());
    let row = OrganisationRow { id: organisation.clone(), text: reference::organisation(), created: now };
    service.store.save_organisation(row).await.unwrap();
    let config = json!({ "host": "127.0.0.1", "port": mail.port(), "tls": "none", "lines": 4,
                         "answer_timeout_seconds": 3, "connect_timeout_seconds": 3 });
    let sender = Sender {
        organisation: organisation.clone(),
        channel: Channel::email(),
        principal: words::PrincipalId::own(),
        transport: "smtp".into(),
        config,
        from_name: "Rijnoever".into(),
        from_address: "post@rijnoever.example".into(),
        reply_to: None,
        tested: Some(now),
        per_minute: None,
        catch_up: None,
    };
    service.store.save_sender(sender).await.unwrap();
    let folder_of_journey = reference::journeys().remove(JOURNEY).unwrap();
    let published = service.publisher.publish(&organisation, &folder_of_journey, None, "", now).await.unwrap();
    assert!(matches!(published, Publication::Live { .. }));
    for row in service.store.journeys(&organisation).await.unwrap() {
        service.store.save_journey(JourneyRow { mode: Mode::Live, ..row }).await.unwrap();
    }
    organisation
}

fn event(customer: usize, step: usize, now: Timestamp) -> Value {
    let (repair, appointment) = (format!("R-{customer}"), format!("A-{customer}"));
    let start = now + SignedDuration::from_hours(72);
    let (name, properties) = match step {
        0 => ("customer.identified", json!({ "email": format!("k{customer}@example.org"), "last_name": "de Vries" })),
        1 => ("repair.reported", json!({ "id": repair, "kind": "lekkage", "channel": "phone" })),
        _ => (
            "appointment.booked",
            json!({ "id": appointment, "repair_id": repair, "start": start, "status": "booked",
                    "end": start + SignedDuration::from_hours(2) }),
        ),
    };
    json!({ "id": format!("{customer}-{step}"), "time": now, "customer": format!("k{customer}"),
            "name": name, "properties": properties })
}

/// R2: workers are killed and their server crashes, again and again, while events come in.
#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_killed_nothing_is_lost_and_nothing_repeated() {
    let provider = Provider::good(Duration::from_millis(5)).await.unwrap();
    let Some(world) = World::new("chaos", provider.address).await else { return };
    let (kills, customers) = (asked("KLANTREIS_KILLS", 20), asked("KLANTREIS_EVENTS", 3_000) / 3);
    let mut chance = Chance(asked("KLANTREIS_SEED", 20_271_031) as u64);
    let url = world.cluster.url();
    let mut workers: Vec<Running> = (0..4).map(|_| world.worker(&url)).collect();
    let mut told = 0;
    for kill in 0..kills {
        let more = customers * (kill + 1) / kills;
        world.tell(told..more).await;
        told = more;
        if kill % 7 == 3 {
            world.cluster.crash();
        } else {
            let number = chance.below(workers.len());
            // The old one is killed when the new one takes its place.
            workers[number] = world.worker(&url);
        }
        // Until some more was carried, or not, if everything stands still at this moment.
        let (before, pause) = (provider.count(), Duration::from_millis(200 + 100 * chance.below(20) as u64));
        let some = async {
            while provider.count() < before + 40 {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        let _ = tokio::time::timeout(pause, some).await;
    }
    within(120 + kills as u64, "a letter for everyone", async || world.is_done(customers).await).await;
    drop(workers);
    let again = world.judge(&provider, customers).await;
    assert!(again <= kills * 4 * 200, "no more again than was under way: {again}");
    std::fs::remove_dir_all(&world.data).unwrap();
}

/// R16 and R17: a worker stands still, a worker is cut off from the server, all are cut off from the mail server.
#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_cut_off_nothing_is_lost_and_nothing_repeated() {
    let provider = Provider::good(Duration::from_millis(5)).await.unwrap();
    let mail = Link::to(provider.address).await.unwrap();
    let Some(world) = World::new("cut-off", mail.address).await else { return };
    let server = Link::to_socket(world.cluster.socket()).await.unwrap();
    let through = format!("postgres://klantreis@127.0.0.1:{}/postgres", server.address.port());
    let one = world.worker(&through);
    let other = world.worker(&world.cluster.url());
    let halves = async || shares(&world.store).await == [512, 512];
    let all = async || shares(&world.store).await == [1024];
    until("two halves", halves).await;

    world.tell(0..200).await;
    server.cut();
    world.tell(200..300).await;
    until("one that holds everything", all).await;
    until("letters from one", async || world.counts().await.get("sent").is_some_and(|sent| *sent >= 300)).await;
    server.mend();
    until("two halves again", halves).await;

    world.tell(300..400).await;
    other.told("STOP");
    until("the one that was cut off holds everything", all).await;
    other.told("CONT");
    until("two halves after standing still", halves).await;

    mail.cut();
    world.tell(400..600).await;
    let paused = async || !world.service.store.troubles(&world.organisation).await.unwrap().is_empty();
    until("a breaker that opens", paused).await;
    mail.mend();
    // What was being handed over is tried again after a minute, as with every server that does not answer.
    within(180, "a letter for everyone", async || world.is_done(600).await).await;
    drop((one, other));
    world.judge(&provider, 600).await;
    std::fs::remove_dir_all(&world.data).unwrap();
}
