//! R1: every call to the store and to the provider, one by one: once the process dies before it is made, once after it was.

use std::collections::BTreeMap;

use checker::{Asked, Database, Logs};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use service::working::Sharing;
use store::{AliasKind, Customers, Identities, Outbox, OutboxFilter, Paging, SqlStore, TaskFilter, Tasks};
use words::{Event, Identity};

use crate::fate::{Fates, Point, Stroke};
use crate::happening::Happening;
use crate::outside::Moods;
use crate::stories::{event, name, named};
use crate::world::{Place, Setting, World, found, founded, open, organisation};

/// Where each world begins, with a customer of its own; those before are done with by then.
const START: &str = "2027-06-01T07:00:00Z";
/// Time goes on so long after the last event.
const AFTERWARDS: SignedDuration = SignedDuration::from_hours(28);

/// A short way through a journey that touches all of it: what is told, and how many minutes after the start.
fn told(journey: &str, n: usize, start: Timestamp) -> Vec<Event> {
    let at = |minutes: i64| start + SignedDuration::from_mins(minutes);
    let day = 24 * 60;
    let date = |days: i64| at(days * day).strftime("%F").to_string();
    let tell = |place: i64, minutes: i64, what: &str, properties: serde_json::Value| {
        let identity =
            if what.starts_with("visit") || what.starts_with("parcel") { Identity::default() } else { named(n) };
        event(format!("s{n}-{place}"), what, at(minutes), identity, properties)
    };
    let email = json!({ "email": format!("{}@example.org", name(n)), "consents": { "marketing": true } });
    let first = tell(0, 0, "customer.identified", email);
    let rest = match journey {
        "woning-reparatie" => {
            let booked = |hours: i64| {
                json!({
                    "id": format!("A{n}"), "repair_id": format!("R{n}"), "start": at(2 * day + 60 * hours),
                    "end": at(2 * day + 60 * hours + 60), "status": "booked",
                })
            };
            let visit = json!({ "id": format!("V{n}"), "appointment_id": format!("A{n}"), "outcome": "fixed" });
            vec![
                tell(1, 10, "repair.reported", json!({ "id": format!("R{n}"), "kind": "kraan" })),
                tell(2, 20, "appointment.booked", booked(4)),
                tell(3, 40, "appointment.moved", booked(5)),
                tell(4, 2 * day + 320, "visit.completed", visit),
                tell(5, 2 * day + 480, "repair.closed", json!({ "id": format!("R{n}") })),
            ]
        }
        "bibliotheek-reserveren" => vec![
            tell(
                1,
                10,
                "hold.placed",
                json!({
                    "id": format!("H{n}"), "title_id": "T1", "title": "Eb", "genre": "roman", "branch": "Zuid",
                    "status": "waiting", "expected": date(4),
                }),
            ),
            tell(
                2,
                day,
                "hold.available",
                json!({
                    "id": format!("H{n}"), "status": "available", "pickup_until": date(10),
                }),
            ),
            tell(3, day + 120, "hold.collected", json!({ "id": format!("H{n}"), "status": "collected" })),
        ],
        _ => vec![
            tell(
                1,
                10,
                "order.placed",
                json!({
                    "id": format!("O{n}"), "item": "vaas", "amount": 49.5, "status": "paid", "expected": date(3),
                }),
            ),
            tell(2, day, "parcel.delivered", json!({ "id": format!("P{n}"), "order_id": format!("O{n}") })),
            tell(3, day + 90, "complaint.received", json!({ "id": format!("C{n}"), "order_id": format!("O{n}") })),
        ],
    };
    [first].into_iter().chain(rest).collect()
}

/// What came of one customer: messages and tasks by touchpoint and state, contacts by touchpoint.
type Came = BTreeMap<String, usize>;

async fn came(store: &SqlStore, n: usize) -> Came {
    let found = store.by_alias(&organisation(), &[(AliasKind::User, name(n))]).await.expect("the store answers");
    let customer = found[0].expect("the customer is there");
    let filter = OutboxFilter { customer: Some(customer), ..OutboxFilter::default() };
    let messages = store.messages(&organisation(), &filter, Paging::first(1_000)).await.expect("the messages").rows;
    let filter = TaskFilter { customer: Some(customer), ..TaskFilter::default() };
    let tasks = store.tasks(&organisation(), &filter, Paging::first(1_000)).await.expect("the tasks").rows;
    let (contacts, _) = store.story_of(&organisation(), customer).await.expect("the story");
    let messages = messages.iter().map(|row| format!("message {} {}", row.touchpoint, row.state.name()));
    let tasks = tasks.iter().map(|row| format!("task {}", row.touchpoint));
    let contacts = contacts.iter().map(|contact| format!("contact {} {}", contact.touchpoint, contact.visit));
    let mut counts = Came::new();
    for line in messages.chain(tasks).chain(contacts) {
        *counts.entry(line).or_default() += 1;
    }
    counts
}

/// The worlds of one journey on one store, one after another.
struct Sweep {
    store: SqlStore,
    journey: &'static str,
    worlds: usize,
    provider: String,
    answered: String,
    end: Timestamp,
}

/// What is left of one world.
struct Swept {
    calls: Vec<Point>,
    struck: usize,
    came: Came,
}

impl Sweep {
    async fn live(&mut self, fates: Fates) -> Swept {
        self.worlds += 1;
        let n = self.worlds;
        let start: Timestamp = START.parse().expect("a moment");
        let setting = Setting {
            seed: "sweep".into(),
            start,
            workers: 1,
            sharing: Sharing::Alone,
            fates,
            moods: Moods::default(),
            is_mixed: false,
        };
        let mut world = World::new(self.store.clone(), None, setting);
        let events = told(self.journey, n, start);
        let last = events.last().map_or(start, |event| event.time);
        let happenings: Vec<_> = events.into_iter().map(|event| Happening::deliver(event.time, event)).collect();
        world.live(&happenings, last + AFTERWARDS).await;
        self.provider += &world.provider.log();
        self.answered += &world.answered.log();
        self.end = world.time.told();
        let (calls, struck) = {
            let mut fate = world.fate();
            (std::mem::take(&mut fate.calls), fate.struck)
        };
        Swept { calls, struck, came: came(&self.store, n).await }
    }

    /// Every point both ways; how many there were and which led elsewhere.
    async fn all(&mut self) -> (usize, Vec<String>) {
        // The first finds a store that nobody worked on before.
        self.live(Fates::Kind).await;
        let reference = self.live(Fates::Kind).await;
        assert!(reference.came.keys().any(|line| line.contains("sent")), "{:?}", reference.came);
        let mut wrong = Vec::new();
        let mut points = 0;
        for (number, point) in reference.calls.iter().enumerate() {
            let after = (*point != Point::Read).then_some(Stroke::DiesAfter);
            for stroke in [Some(Stroke::DiesBefore), after].into_iter().flatten() {
                let swept = self.live(Fates::At(number, stroke)).await;
                if number >= swept.calls.len() {
                    // Who looks at a store of more customers makes a call less now and then: there is no such point.
                    continue;
                }
                points += 1;
                if swept.struck != 1 || swept.came != reference.came {
                    wrong.push(format!("{} {number} {point:?} {stroke:?}: {:?}", self.journey, swept.came));
                }
            }
        }
        (points, wrong)
    }
}

const SWEPT: [&str; 3] = ["woning-reparatie", "bibliotheek-reserveren", "winkel-webshop"];

/// Sweeps one journey on a store with the organisation in it; `address`: where the checker reads it.
async fn sweep(store: SqlStore, journey: &'static str, address: &str) -> usize {
    let (provider, answered) = (String::new(), String::new());
    let mut sweep = Sweep { store, journey, worlds: 0, provider, answered, end: Timestamp::UNIX_EPOCH };
    let (points, wrong) = sweep.all().await;
    assert!(wrong.is_empty(), "{} of {points} points came to another end:\n{}", wrong.len(), wrong.join("\n"));
    let database = Database::read(address).await.expect("the tables");
    let logs = Logs::read(Some(&sweep.provider), &sweep.answered).expect("the logs");
    let found = checker::check(&database, &logs, Asked { drained: Some(sweep.end) });
    assert!(found.is_empty(), "{found:#?}");
    points
}

#[test]
fn every_point_of_a_crash_on_a_file() {
    let sweeps = SWEPT.map(|journey| {
        std::thread::spawn(move || {
            let place = Place::new(&format!("sweep-{journey}"));
            std::fs::write(place.file(), founded()).expect("a copy");
            let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
            runtime.block_on(async {
                let store = open(&place.file()).await;
                sweep(store, journey, &place.file().to_string_lossy()).await
            })
        })
    });
    let points = sweeps.map(|sweep| sweep.join().expect("the sweep of a journey"));
    eprintln!("crash points on a file: {points:?} of {SWEPT:?}, all came to the same end");
}

/// Long: `./test --long`.
#[tokio::test]
async fn every_point_of_a_crash_on_a_server() {
    if std::env::var_os("KLANTREIS_LONG").is_none() {
        return;
    }
    for journey in SWEPT {
        let Some(url) = postgres_for_tests::schema().await else { return };
        let size = store::PoolSize { writers: 1, readers: 2 };
        let store = store::Postgres::open(&url, size).await.expect("a store");
        found(&store).await;
        let points = sweep(store, journey, &url).await;
        eprintln!("crash points on a server: {points} of {journey}, all came to the same end");
    }
}
