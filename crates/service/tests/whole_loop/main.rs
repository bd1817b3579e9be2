//! The hand-worked traces once more, now through the whole shell: accepted, applied, decided, carried and told back, on a
//! real store of each kind and a clock of our own. The totals are those at the foot of each `trace.expected.md`.

mod carrying;
mod endpoints;
mod faults;
mod hearing;
mod restoring;
mod sharing;
#[path = "../support/mod.rs"]
mod support;
#[path = "../support/telling.rs"]
mod telling;

use std::collections::BTreeMap;
use std::sync::Arc;

use channels::MemoryTransport;
use service::intake::native;
use service::reference;
use service::sending::Transports;
use store::{NewEvent, Paging, PoolSize, Postgres, QuarantineFilter, SqlStore, Sqlite, TaskFilter, TaskState};
use support::World;
use words::{Channel, Event, JourneyId};

/// An organisation in which one reference journey is live and every sender was tested.
async fn with(store: SqlStore, journey: &str, start: &str) -> (World, Arc<MemoryTransport>) {
    let transport = Arc::new(MemoryTransport::new());
    let transports = Transports::only(transport.clone());
    let world = World::new(store, reference::organisation(), transports, start.parse().unwrap()).await;
    for channel in Channel::SENDING {
        world.sender(channel, "memory", serde_json::Value::Null).await;
    }
    let mut folder = reference::journeys().remove(journey).unwrap();
    // The traces assume that holdouts are off.
    let text = folder.get("journey.yaml").unwrap().replace("holdout: 10%", "holdout: 0%");
    folder.put("journey.yaml", text);
    world.live(&folder).await;
    (world, transport)
}

/// Replays a trace; how many events were refused as duplicates.
async fn replay(world: &World, journey: &str, end: &str) -> u32 {
    let mut duplicates = 0;
    for event in trace(journey) {
        world.drive.until(event.received).await.unwrap();
        let new = NewEvent::from_outside(world.organisation.clone(), event);
        let accepted = world.store().accept(vec![new]).await.unwrap();
        duplicates += u32::from(accepted == [store::Accepted::Duplicate]);
    }
    world.drive.until(end.parse().unwrap()).await.unwrap();
    duplicates
}

/// Messages by touchpoint and state.
async fn messages(world: &World) -> BTreeMap<(String, String), u32> {
    let mut counts = BTreeMap::new();
    for row in world.messages().await {
        *counts.entry((row.touchpoint.to_string(), row.state.name().to_owned())).or_default() += 1;
    }
    counts
}

/// Tasks: made, done, withdrawn.
async fn tasks(world: &World) -> (usize, usize, usize) {
    let filter = TaskFilter::default();
    let rows = world.store().tasks(&world.organisation, &filter, Paging::first(1000)).await.unwrap().rows;
    let done = rows.iter().filter(|row| matches!(row.state, TaskState::Done { .. })).count();
    let withdrawn = rows.iter().filter(|row| matches!(row.state, TaskState::Withdrawn { .. })).count();
    (rows.len(), done, withdrawn)
}

fn trace(journey: &str) -> Vec<Event> {
    let path = format!("{}/../../journeys/{journey}/trace.jsonl", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    text.lines().map(|line| native::trace_line(line).unwrap()).collect()
}

fn sent(messages: &BTreeMap<(String, String), u32>) -> BTreeMap<&str, u32> {
    let sent = messages.iter().filter(|((_, state), _)| state == "sent");
    sent.map(|((touchpoint, _), count)| (touchpoint.as_str(), *count)).collect()
}

async fn a_repair_at_home(store: SqlStore) {
    let journey = "woning-reparatie";
    let (world, transport) = with(store, journey, "2027-10-01T00:00:00Z").await;
    let duplicates = replay(&world, journey, "2027-11-16T00:00:00Z").await;
    let messages = messages(&world).await;
    let expected =
        [("bevestiging", 7), ("enquete", 3), ("herinnering", 4), ("onderweg", 4), ("tussenvraag", 1), ("uitloop", 1)];
    assert_eq!(sent(&messages), BTreeMap::from(expected), "{messages:?}");
    assert_eq!(transport.taken().len(), 20, "each left once");
    assert_eq!(tasks(&world).await.0, 3);
    assert_eq!(duplicates, 1);
    let quarantine =
        world.store().quarantine(&world.organisation, QuarantineFilter::default(), Paging::first(10)).await.unwrap();
    assert_eq!(quarantine.total, 1, "{:?}", quarantine.rows);
}

async fn a_book_on_hold(store: SqlStore) {
    let journey = "bibliotheek-reserveren";
    let (world, _) = with(store, journey, "2027-03-01T00:00:00Z").await;
    let duplicates = replay(&world, journey, "2027-05-31T00:00:00Z").await;
    let messages = messages(&world).await;
    let expected = [
        ("bevestiging", 4),
        ("enquete", 2),
        ("ligt-klaar", 3),
        ("ophaalherinnering", 2),
        ("tips", 1),
        ("vertraging", 1),
    ];
    assert_eq!(sent(&messages), BTreeMap::from(expected), "{messages:?}");
    assert_eq!(tasks(&world).await.0, 1);
    assert_eq!(duplicates, 1);
}

async fn an_order(store: SqlStore) {
    let journey = "winkel-webshop";
    let (world, _) = with(store, journey, "2027-01-01T00:00:00Z").await;
    let duplicates = replay(&world, journey, "2027-03-01T00:00:00Z").await;
    let messages = messages(&world).await;
    let expected = [("bevestiging", 4), ("enquete", 4), ("herhaalaanbod", 2), ("vertraagd", 2)];
    assert_eq!(sent(&messages), BTreeMap::from(expected), "{messages:?}");
    let refused = messages.get(&("herhaalaanbod".to_owned(), "refused".to_owned()));
    assert_eq!(refused, Some(&1), "no consent");
    let (made, done, withdrawn) = tasks(&world).await;
    assert_eq!(
        (made - withdrawn, done),
        (5, 3),
        "kaartje 4 and klacht 1; kaartje of the cancelled order is taken back"
    );
    assert_eq!(duplicates, 1);
    let from = "2027-01-01".parse().unwrap();
    let until = "2027-03-01".parse().unwrap();
    let id = JourneyId::new(journey);
    let counts = world.store().day_counts(&world.organisation, &id, from, until).await.unwrap();
    let counts: Vec<_> = counts.into_iter().map(|count| (count.touchpoint.to_string(), count.count)).collect();
    assert_eq!(counts, [("advertentie".to_owned(), 18_250)]);
}

async fn help_with_logging_in(store: SqlStore) {
    let journey = "hulp-bij-inloggen";
    let (world, _) = with(store, journey, "2027-01-01T00:00:00Z").await;
    let duplicates = replay(&world, journey, "2027-03-01T00:00:00Z").await;
    let messages = messages(&world).await;
    assert_eq!(sent(&messages), BTreeMap::from([("beoordeling", 3), ("inlogmail", 1)]), "{messages:?}");
    let (made, done, _) = tasks(&world).await;
    assert_eq!((made, done), (2, 2));
    assert_eq!(duplicates, 1);
}

/// A visit is told before the appointment that it belongs to: it waits, and counts once however much follows.
async fn what_waited_is_taken_up_once(store: SqlStore) {
    let (world, _) = with(store, "woning-reparatie", "2027-10-01T08:00:00Z").await;
    let appointment = r#"{"id":"A-1","repair_id":"R-1","start":"2027-10-01T08:00:00Z","end":"2027-10-01T10:00:00Z""#;
    let told = [
        ("repair.reported", r#"{"id":"R-1","kind":"lekkage"}"#.to_owned()),
        ("visit.completed", r#"{"id":"V-1","appointment_id":"A-1","outcome":"fixed"}"#.to_owned()),
        ("appointment.booked", format!(r#"{appointment},"status":"booked"}}"#)),
        ("appointment.moved", format!(r#"{appointment},"status":"moved"}}"#)),
        ("appointment.moved", format!(r#"{appointment},"status":"moved again"}}"#)),
    ];
    for (number, (name, properties)) in told.into_iter().enumerate() {
        let line = format!(
            r#"{{"id":"{number}","time":"2027-10-01T07:5{number}:00Z","source":"test","customer":"k1","name":"{name}","properties":{properties}}}"#
        );
        let event = NewEvent::from_outside(world.organisation.clone(), native::trace_line(&line).unwrap());
        world.store().accept(vec![event]).await.unwrap();
        world.drive.settle().await.unwrap();
    }
    let customer = world.store().customers(&world.organisation, Paging::first(1)).await.unwrap().rows[0].customer.id;
    let (contacts, _) = world.store().story_of(&world.organisation, customer).await.unwrap();
    let visits = contacts.iter().filter(|contact| contact.touchpoint.as_str() == "gerepareerd").count();
    assert_eq!(visits, 1, "{contacts:?}");
    let loaded = world.store().load(&world.organisation, &[customer]).await.unwrap();
    assert!(loaded[0].memory.is_empty(), "nothing waits any more: {:?}", String::from_utf8_lossy(&loaded[0].memory));
}

async fn in_memory() -> Option<SqlStore> {
    Some(Sqlite::in_memory().await.unwrap())
}

async fn on_a_server() -> Option<SqlStore> {
    let url = postgres_for_tests::schema().await?;
    Some(Postgres::open(&url, PoolSize { writers: 2, readers: 2 }).await.unwrap())
}

/// Each story on each kind of store.
macro_rules! on_both {
    ($($story:ident),+) => {
        mod sqlite {
            $(
                #[tokio::test]
                async fn $story() {
                    super::$story(super::in_memory().await.unwrap()).await;
                }
            )+
        }

        mod postgres {
            $(
                #[tokio::test]
                async fn $story() {
                    if let Some(store) = super::on_a_server().await {
                        super::$story(store).await;
                    }
                }
            )+
        }
    };
}

on_both!(a_repair_at_home, a_book_on_hold, an_order, help_with_logging_in, what_waited_is_taken_up_once);
