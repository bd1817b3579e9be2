//! The hand-worked traces once more, now through the whole shell: accepted, applied, decided, carried and told back, on a
//! real store and a clock of our own. The totals are those at the foot of each `trace.expected.md`.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use channels::MemoryTransport;
use jiff::Timestamp;
use service::intake::native;
use service::sending::Transports;
use service::{Clock, Publication, Random, Service, reference};
use store::{
    Mode, NewEvent, OrganisationRow, OutboxFilter, Paging, Sender, Sqlite, Store, TaskFilter, TaskState,
};
use words::{Channel, Event, JourneyId, OrganisationId};

/// A clock that the test sets.
#[derive(Default)]
struct Hand(AtomicI64);

impl Hand {
    fn set(&self, now: Timestamp) {
        self.0.store(now.as_microsecond(), Ordering::SeqCst);
    }
}

impl Clock for Hand {
    fn now(&self) -> Timestamp {
        Timestamp::from_microsecond(self.0.load(Ordering::SeqCst)).unwrap()
    }
}

/// Bytes that count up: every token differs.
#[derive(Default)]
struct Counting(Mutex<u64>);

impl Random for Counting {
    fn fill(&self, bytes: &mut [u8]) {
        let mut count = self.0.lock().unwrap();
        *count += 1;
        bytes.fill(0);
        bytes[..8].copy_from_slice(&count.to_be_bytes());
    }
}

struct World {
    service: Service,
    clock: Arc<Hand>,
    transport: Arc<MemoryTransport>,
    organisation: OrganisationId,
}

impl World {
    /// An organisation in which one reference journey is live and every sender was tested.
    async fn with(journey: &str, start: Timestamp) -> Self {
        let store: Arc<dyn Store> = Arc::new(Sqlite::in_memory().await.unwrap());
        let clock = Arc::new(Hand::default());
        clock.set(start);
        let transport = Arc::new(MemoryTransport::new());
        let transports = Transports::only(transport.clone());
        let service =
            Service::new(store.clone(), clock.clone(), Arc::new(Counting::default()), transports, "https://k.example");
        let organisation = OrganisationId::new("rijnoever");
        // Holdouts are off in the traces; here they are part of the text.
        let text = reference::organisation();
        let row = OrganisationRow { id: organisation.clone(), text, created: start };
        store.save_organisation(row).await.unwrap();
        for channel in Channel::SENDING {
            let sender = Sender {
                organisation: organisation.clone(),
                channel: Channel::new(*channel),
                transport: "memory".into(),
                config: serde_json::Value::Null,
                from_name: "Rijnoever".into(),
                from_address: "post@rijnoever.example".into(),
                reply_to: None,
                tested: Some(start),
            };
            store.save_sender(sender).await.unwrap();
        }
        let mut folder = reference::journeys().remove(journey).unwrap();
        let text = folder.get("journey.yaml").unwrap().replace("holdout: 10%", "holdout: 0%");
        folder.put("journey.yaml", text);
        let published = service.publisher.publish(&organisation, &folder, None, "", start).await.unwrap();
        assert!(matches!(published, Publication::Live { .. }), "{published:?}");
        let row = store.journey(&organisation, &JourneyId::new(journey)).await.unwrap().unwrap();
        store.save_journey(store::JourneyRow { mode: Mode::Live, ..row }).await.unwrap();
        Self { service, clock, transport, organisation }
    }

    /// Lets everything happen up to a moment, at the moments at which it is due.
    async fn until(&self, moment: Timestamp) {
        loop {
            self.service.settle().await.unwrap();
            match self.service.store.next_due().await.unwrap() {
                Some(due) if due <= moment && due > self.clock.now() => self.clock.set(due),
                _ => break,
            }
        }
        self.clock.set(moment);
        self.service.settle().await.unwrap();
    }

    /// Replays a trace; how many events were refused as duplicates.
    async fn replay(&self, journey: &str, end: Timestamp) -> u32 {
        let mut duplicates = 0;
        for event in trace(journey) {
            self.until(event.received).await;
            let new = NewEvent::from_outside(self.organisation.clone(), event);
            let accepted = self.service.store.accept(vec![new]).await.unwrap();
            duplicates += u32::from(accepted == [store::Accepted::Duplicate]);
        }
        self.until(end).await;
        duplicates
    }

    /// Messages by touchpoint and state.
    async fn messages(&self) -> BTreeMap<(String, String), u32> {
        let filter = OutboxFilter::default();
        let listed = self.service.store.messages(&self.organisation, &filter, Paging::first(1000)).await.unwrap();
        let mut counts = BTreeMap::new();
        for row in listed.rows {
            *counts.entry((row.touchpoint.to_string(), row.state.name().to_owned())).or_default() += 1;
        }
        counts
    }

    /// Tasks: made, done, withdrawn.
    async fn tasks(&self) -> (usize, usize, usize) {
        let filter = TaskFilter::default();
        let rows = self.service.store.tasks(&self.organisation, &filter, Paging::first(1000)).await.unwrap().rows;
        let done = rows.iter().filter(|row| matches!(row.state, TaskState::Done { .. })).count();
        let withdrawn = rows.iter().filter(|row| matches!(row.state, TaskState::Withdrawn { .. })).count();
        (rows.len(), done, withdrawn)
    }
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

#[tokio::test]
async fn a_repair_at_home() {
    let journey = "woning-reparatie";
    let world = World::with(journey, "2027-10-01T00:00:00Z".parse().unwrap()).await;
    let duplicates = world.replay(journey, "2027-11-16T00:00:00Z".parse().unwrap()).await;
    let messages = world.messages().await;
    let expected = [
        ("bevestiging", 7),
        ("enquete", 3),
        ("herinnering", 4),
        ("onderweg", 4),
        ("tussenvraag", 1),
        ("uitloop", 1),
    ];
    assert_eq!(sent(&messages), BTreeMap::from(expected), "{messages:?}");
    assert_eq!(world.transport.taken().len(), 20, "each left once");
    assert_eq!(world.tasks().await.0, 3);
    assert_eq!(duplicates, 1);
    let quarantine = world.service.store.quarantine(&world.organisation, None, Paging::first(10)).await.unwrap();
    assert_eq!(quarantine.total, 1, "{:?}", quarantine.rows);
}

#[tokio::test]
async fn a_book_on_hold() {
    let journey = "bibliotheek-reserveren";
    let world = World::with(journey, "2027-03-01T00:00:00Z".parse().unwrap()).await;
    let duplicates = world.replay(journey, "2027-05-31T00:00:00Z".parse().unwrap()).await;
    let messages = world.messages().await;
    let expected = [
        ("bevestiging", 4),
        ("enquete", 2),
        ("ligt-klaar", 3),
        ("ophaalherinnering", 2),
        ("tips", 1),
        ("vertraging", 1),
    ];
    assert_eq!(sent(&messages), BTreeMap::from(expected), "{messages:?}");
    assert_eq!(world.tasks().await.0, 1);
    assert_eq!(duplicates, 1);
}

#[tokio::test]
async fn an_order() {
    let journey = "winkel-webshop";
    let world = World::with(journey, "2027-01-01T00:00:00Z".parse().unwrap()).await;
    let duplicates = world.replay(journey, "2027-03-01T00:00:00Z".parse().unwrap()).await;
    let messages = world.messages().await;
    let expected = [("bevestiging", 4), ("enquete", 4), ("herhaalaanbod", 2), ("vertraagd", 2)];
    assert_eq!(sent(&messages), BTreeMap::from(expected), "{messages:?}");
    let refused = messages.get(&("herhaalaanbod".to_owned(), "refused".to_owned()));
    assert_eq!(refused, Some(&1), "no consent");
    let (made, done, withdrawn) = world.tasks().await;
    assert_eq!((made - withdrawn, done), (5, 3), "kaartje 4 and klacht 1; kaartje of the cancelled order is taken back");
    assert_eq!(duplicates, 1);
    let from = "2027-01-01".parse().unwrap();
    let until = "2027-03-01".parse().unwrap();
    let id = JourneyId::new(journey);
    let counts = world.service.store.day_counts(&world.organisation, &id, from, until).await.unwrap();
    let counts: Vec<_> = counts.into_iter().map(|count| (count.touchpoint.to_string(), count.count)).collect();
    assert_eq!(counts, [("advertentie".to_owned(), 18_250)]);
}

#[tokio::test]
async fn help_with_logging_in() {
    let journey = "hulp-bij-inloggen";
    let world = World::with(journey, "2027-01-01T00:00:00Z".parse().unwrap()).await;
    let duplicates = world.replay(journey, "2027-03-01T00:00:00Z".parse().unwrap()).await;
    let messages = world.messages().await;
    assert_eq!(sent(&messages), BTreeMap::from([("beoordeling", 3), ("inlogmail", 1)]), "{messages:?}");
    let (made, done, _) = world.tasks().await;
    assert_eq!((made, done), (2, 2));
    assert_eq!(duplicates, 1);
}
