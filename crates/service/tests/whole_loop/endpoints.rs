//! Other systems that are told what happens: found while it is applied, delivered until it is taken.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Arc, Mutex};

use jiff::SignedDuration;
use provider_for_tests::{Answer, Called};
use serde_json::{Value, json};
use service::access::Access;
use service::doctor::{Area, Installation, examine};
use service::intake::webhook::{Signing, Way};
use service::telling::{Kind, Secrets, opened, read_trouble, write_secrets};
use store::{Delivery, DeliveryState, Endpoint, EndpointHealth, EndpointState, JourneyRow, Mode, NewEvent, Sqlite};
use words::{CustomerId, Event, EventId, EventName, Identity, Language};

use super::support::World;
use super::with;

const START: &str = "2027-10-04T08:00:00Z";

/// Another system, which answers with a status that can be changed.
struct System {
    called: Called,
    status: Arc<AtomicU16>,
}

impl System {
    async fn start() -> Self {
        let status = Arc::new(AtomicU16::new(204));
        let says = status.clone();
        let called = Called::start(move |_| match says.load(Ordering::Relaxed) {
            0 => Answer::HangUp,
            429 => Answer::Say(429, "retry-after: 7200\r\n", String::new()),
            301 => Answer::Say(301, "location: http://127.0.0.1:1/\r\n", String::new()),
            status => Answer::of(status, ""),
        });
        Self { called: called.await.unwrap(), status }
    }

    fn answers(&self, status: u16) {
        self.status.store(status, Ordering::Relaxed);
    }

    /// What it was told, with the id of each.
    fn told(&self) -> Vec<(String, Value)> {
        let asked = self.called.asked();
        asked
            .iter()
            .map(|one| (header(&one.head, "webhook-id").unwrap(), serde_json::from_str(&one.body).unwrap()))
            .collect()
    }

    fn types(&self) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        for (_, told) in self.told() {
            *counts.entry(told["type"].as_str().unwrap().to_owned()).or_default() += 1;
        }
        counts
    }
}

fn header(head: &str, name: &str) -> Option<String> {
    let mut lines = head.lines().filter_map(|line| line.split_once(':'));
    lines.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim().to_owned())
}

/// A repair firm that tells this system everything.
async fn world(system: &System) -> World {
    let store = Sqlite::in_memory().await.unwrap();
    let (mut world, _) = with(store, "woning-reparatie", START).await;
    let trusted = vec![system.called.address.to_string().parse().unwrap()];
    world.drive.service = world.drive.service.clone().fetching_from(trusted, None);
    let random = world.drive.service.random.clone();
    let endpoint = Endpoint {
        organisation: world.organisation.clone(),
        id: "kassa".into(),
        name: "Kassa".into(),
        address: format!("{}/hook", system.called.base()),
        kinds: Kind::ASKED.map(|kind| kind.as_str().to_owned()).into(),
        secrets: write_secrets("kassa", &Secrets::fresh(random.as_ref())).unwrap(),
        created: world.drive.now(),
        state: EndpointState::Open,
        since: world.drive.now(),
        health: EndpointHealth::default(),
    };
    world.store().save_endpoint(endpoint).await.unwrap();
    world
}

async fn happens(world: &World, name: &str, properties: Value) {
    accept(world, name, properties, false).await;
}

async fn accept(world: &World, name: &str, properties: Value, imported: bool) {
    let event = Event {
        id: EventId::new(format!("{name} {properties}")),
        source: "test".into(),
        name: EventName::parse(name).unwrap(),
        time: world.drive.now(),
        received: world.drive.now(),
        identity: Identity { customer: Some("k1".into()), anonymous: None },
        properties: serde_json::from_value(properties).unwrap(),
        imported,
    };
    world.store().accept(vec![NewEvent::from_outside(world.organisation.clone(), event)]).await.unwrap();
    world.drive.settle().await.unwrap();
}

/// A tenant reports a leak and gets an appointment, which is confirmed.
async fn booked(world: &World) {
    happens(world, "customer.identified", json!({ "email": "devries@example.org", "last_name": "de Vries" })).await;
    happens(world, "repair.reported", json!({ "id": "R-1", "kind": "lekkage" })).await;
    let times = json!({ "id": "A-1", "repair_id": "R-1", "start": "2027-10-08T11:00:00Z", "end": "2027-10-08T13:00:00Z", "status": "booked" });
    happens(world, "appointment.booked", times).await;
}

async fn tell(world: &World) -> usize {
    let service = &world.drive.service;
    service.teller.tell_due(service).await.unwrap()
}

async fn endpoint(world: &World) -> Endpoint {
    world.store().endpoint(&world.organisation, "kassa").await.unwrap().unwrap()
}

async fn deliveries(world: &World) -> Vec<Delivery> {
    world.store().newest_deliveries(&world.organisation, "kassa", 1_000).await.unwrap()
}

async fn hours_on(world: &World, hours: i64) {
    world.drive.stand_still_until(world.drive.now() + SignedDuration::from_hours(hours));
}

#[tokio::test]
async fn what_happens_is_told_signed_thin_and_once() {
    let system = System::start().await;
    let world = world(&system).await;
    booked(&world).await;
    assert_eq!(tell(&world).await, 1);
    assert_eq!(tell(&world).await, 0, "nothing is left to tell");
    let types = system.types();
    let seen = |kind: &str| types.get(kind).copied().unwrap_or(0);
    assert_eq!((seen("journey.begun"), seen("message.sent")), (1, 1), "{types:?}");
    assert!(seen("contact.happened") >= 2, "{types:?}");
    let told = system.told();
    assert_eq!(told.iter().map(|(id, _)| id).collect::<BTreeSet<_>>().len(), told.len(), "each under its own id");
    let sent = &told.iter().find(|(_, told)| told["type"] == "message.sent").unwrap().1;
    assert_eq!(sent["data"]["journey"], json!({ "id": "woning-reparatie", "title": "Reparatie aan mijn woning" }));
    assert_eq!(sent["data"]["touchpoint"]["id"], "bevestiging");
    assert_eq!(sent["data"]["run"]["key"], "R-1");
    assert_eq!(sent["data"]["customer"]["known_as"], json!(["k1"]));
    assert_eq!(sent["data"]["message"]["channel"], "email");
    for one in system.called.asked() {
        assert!(one.line.starts_with("POST /hook"), "{}", one.line);
        for private in ["devries", "Vries", "lekkage"] {
            assert!(!one.body.contains(private), "{}", one.body);
        }
        let secret = opened(&endpoint(&world).await).unwrap().current().to_owned();
        let signing = Signing { way: Way::Standard, header: String::new(), secret };
        let heads: BTreeMap<String, String> = ["id", "timestamp", "signature"]
            .map(|name| (format!("webhook-{name}"), header(&one.head, &format!("webhook-{name}")).unwrap()))
            .into();
        let header = |name: &str| heads.get(name).map(String::as_str);
        assert!(signing.proven(header, one.body.as_bytes(), world.drive.now()).is_some());
    }
    assert!(deliveries(&world).await.iter().all(|one| one.state == DeliveryState::Done && one.status == Some(204)));
    assert_eq!(endpoint(&world).await.health.went_well, Some(world.drive.now()));
}

#[tokio::test]
async fn a_consent_a_task_and_a_merge_are_told() {
    let system = System::start().await;
    let world = world(&system).await;
    booked(&world).await;
    happens(&world, "customer.identified", json!({ "consents": { "marketing": true } })).await;
    happens(&world, "visit.started", json!({ "id": "V-1", "appointment_id": "A-1", "repair_id": "R-1" })).await;
    let failed =
        json!({ "id": "V-1", "appointment_id": "A-1", "repair_id": "R-1", "outcome": "failed", "reason": "material" });
    happens(&world, "visit.failed", failed).await;
    happens(&world, "customer.identified", json!({ "previous_id": "k0" })).await;
    tell(&world).await;
    let told = system.told();
    let of = |kind: &str| -> Vec<&Value> {
        told.iter().filter(|(_, told)| told["type"] == kind).map(|(_, told)| &told["data"]).collect()
    };
    assert_eq!(of("consent.changed")[0]["consents"], json!([{ "purpose": "marketing", "given": true }]));
    let task = of("task.created")[0];
    assert_eq!((&task["touchpoint"]["id"], &task["team"]), (&json!("niet-gelukt"), &json!("vakmensen")));
    let again = json!({ "id": "A-2", "repair_id": "R-1", "start": "2027-10-09T11:00:00Z", "end": "2027-10-09T13:00:00Z", "status": "booked" });
    happens(&world, "appointment.booked", again).await;
    tell(&world).await;
    let told = system.told();
    let done: Vec<_> = told.iter().filter(|(_, told)| told["type"] == "task.done").collect();
    assert_eq!(done.len(), 1, "closed by the event that it waited for");
    assert_eq!(done[0].1["data"]["task"]["id"], task["task"]["id"]);
}

#[tokio::test]
async fn history_and_what_is_not_live_are_not_told() {
    let system = System::start().await;
    let world = world(&system).await;
    accept(&world, "repair.reported", json!({ "id": "R-0", "kind": "lekkage" }), true).await;
    assert_eq!(deliveries(&world).await, []);
    for row in world.store().journeys(&world.organisation).await.unwrap() {
        world.store().save_journey(JourneyRow { mode: Mode::Proof, ..row }).await.unwrap();
    }
    booked(&world).await;
    assert_eq!(deliveries(&world).await, []);
}

#[tokio::test]
async fn only_what_is_asked_for_is_kept() {
    let system = System::start().await;
    let world = world(&system).await;
    let one = endpoint(&world).await;
    let kinds = BTreeSet::from(["message.sent".to_owned(), "of.another_version".to_owned()]);
    world.store().save_endpoint(Endpoint { kinds, ..one }).await.unwrap();
    booked(&world).await;
    let kinds: BTreeSet<String> = deliveries(&world).await.into_iter().map(|one| one.kind).collect();
    assert_eq!(kinds, BTreeSet::from(["message.sent".to_owned()]));
}

#[tokio::test]
async fn a_system_in_trouble_is_left_alone_and_loses_nothing() {
    let system = System::start().await;
    let world = world(&system).await;
    system.answers(500);
    booked(&world).await;
    let all = deliveries(&world).await.len();
    assert_eq!(tell(&world).await, 1);
    let after_first = system.told().len();
    assert!(after_first <= 4, "no more than go at one time");
    assert_eq!(tell(&world).await, 0, "it rests");
    let kept = endpoint(&world).await;
    assert!(read_trouble(kept.health.trouble.as_deref()).is_some() && kept.health.failing_since.is_some());
    world.drive.stand_still_until(world.drive.now() + SignedDuration::from_secs(30));
    // Redirects are not followed, and no answer is as bad as a bad one.
    for (round, status) in [301, 0, 404].into_iter().enumerate() {
        system.answers(status);
        assert_eq!(tell(&world).await, 1);
        assert_eq!(system.called.asked().len(), after_first + round + 1, "one at a time");
        world.drive.stand_still_until(world.drive.now() + SignedDuration::from_mins(10));
    }
    system.answers(429);
    tell(&world).await;
    world.drive.stand_still_until(world.drive.now() + SignedDuration::from_mins(119));
    assert_eq!(tell(&world).await, 0, "it asked for two hours");
    system.answers(204);
    hours_on(&world, 30).await;
    for _ in 0..3 {
        tell(&world).await;
    }
    let told: BTreeSet<String> = system.told().into_iter().map(|(id, _)| id).collect();
    assert_eq!(told.len(), all, "everything arrived, under the ids that it had");
    assert!(deliveries(&world).await.iter().all(|one| one.state == DeliveryState::Done));
    assert_eq!(endpoint(&world).await.health.failing_since, None);
}

#[tokio::test]
async fn after_days_it_is_left_alone_until_staff_say_otherwise() {
    let system = System::start().await;
    let world = world(&system).await;
    system.answers(503);
    booked(&world).await;
    for _ in 0..120 {
        tell(&world).await;
        hours_on(&world, 1).await;
    }
    let kept = endpoint(&world).await;
    assert_eq!(kept.state, EndpointState::Failing);
    let data = std::env::temp_dir();
    let installation = Installation { url: None, data, file: None, backups: None, names: None };
    let found = examine(&world.drive.service, &installation, Language::Nl).await.unwrap();
    assert!(found.iter().any(|one| one.area == Area::Webhooks && one.what.contains("Kassa lukte dagen niet")));
    let calls = system.called.asked().len();
    hours_on(&world, 10).await;
    happens(&world, "repair.reported", json!({ "id": "R-2", "kind": "slot" })).await;
    assert_eq!((tell(&world).await, system.called.asked().len()), (0, calls));
    system.answers(204);
    let now = world.drive.now();
    world.store().endpoint_state(&world.organisation, "kassa", EndpointState::Open, now).await.unwrap();
    while tell(&world).await > 0 {}
    assert!(system.types().contains_key("journey.begun"));
    assert_eq!(world.store().waiting_deliveries(&world.organisation, "kassa").await.unwrap(), 0);
}

#[tokio::test]
async fn who_says_gone_hears_no_more() {
    let system = System::start().await;
    let world = world(&system).await;
    system.answers(410);
    booked(&world).await;
    tell(&world).await;
    assert_eq!(endpoint(&world).await.state, EndpointState::Gone);
    let kept = deliveries(&world).await.len();
    happens(&world, "repair.reported", json!({ "id": "R-2", "kind": "slot" })).await;
    assert_eq!((tell(&world).await, deliveries(&world).await.len()), (0, kept));
}

#[tokio::test]
async fn a_slow_system_is_in_nobodys_way() {
    let silent = Called::start(|_| Answer::Silent).await.unwrap();
    let system = System::start().await;
    let mut world = world(&system).await;
    let trusted = [silent.address, system.called.address].map(|address| address.to_string().parse().unwrap());
    world.drive.service = world.drive.service.clone().fetching_from(trusted.into(), None);
    let slow = Endpoint { id: "aaa".into(), address: silent.base(), ..endpoint(&world).await };
    world.store().save_endpoint(slow).await.unwrap();
    booked(&world).await;
    let mut under_way = service::telling::Underway::default();
    let service = &world.drive.service;
    service.teller.tick(service, &mut under_way).await.unwrap();
    for _ in 0..500 {
        if system.types().contains_key("message.sent") {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    panic!("the other one was not told");
}

#[tokio::test]
async fn staff_test_an_endpoint_and_deliver_once_more() {
    let system = System::start().await;
    let world = world(&system).await;
    let teller = world.drive.service.teller.clone();
    let kept = endpoint(&world).await;
    let tested = teller.test(&kept).await.unwrap();
    assert_eq!((tested.state, tested.status, tested.kind.as_str()), (DeliveryState::Done, Some(204), "endpoint.test"));
    system.answers(401);
    let tested = teller.test(&kept).await.unwrap();
    assert_eq!((tested.state, tested.status, tested.due), (DeliveryState::Failed, Some(401), None));
    system.answers(200);
    let again = teller.again(&kept, tested.clone()).await.unwrap();
    assert_eq!((again.state, again.attempts, again.id), (DeliveryState::Done, 2, tested.id));
    assert_eq!(tell(&world).await, 0, "a test is not tried again by itself");
    teller.remove(&world.organisation, "kassa", world.drive.now()).await.unwrap();
    assert_eq!(world.store().endpoint(&world.organisation, "kassa").await.unwrap(), None);
    assert_eq!(deliveries(&world).await, []);
}

#[tokio::test]
async fn what_is_told_of_somebody_is_given_to_them_and_goes_with_them() {
    let system = System::start().await;
    let world = world(&system).await;
    booked(&world).await;
    let told = deliveries(&world).await;
    let customer: CustomerId = told[0].customer.unwrap();
    let now = world.drive.now();
    let access = Access::gather(world.store(), &world.organisation, customer, now).await.unwrap().unwrap();
    assert!(access.json().contains("\"deliveries\"") && access.json().contains("\"message.sent\""));
    let eraser = &world.drive.service.eraser;
    let erasure = eraser.begin(&world.organisation, customer, now).await.unwrap().unwrap();
    assert_eq!(deliveries(&world).await, [], "from the moment that it is asked for nothing more is told");
    eraser.go_on(&erasure, now).await.unwrap();
    assert_eq!(tell(&world).await, 0);
}

#[tokio::test]
async fn an_address_of_ones_own_network_is_not_called() {
    let system = System::start().await;
    let world = world(&system).await;
    let kept = endpoint(&world).await;
    let seen = Arc::new(Mutex::new(0));
    let count = seen.clone();
    let inside = Called::start(move |_| {
        *count.lock().unwrap() += 1;
        Answer::of(200, "")
    });
    let inside = inside.await.unwrap();
    let address = format!("https://localhost:{}/", inside.address.port());
    let tested = world.drive.service.teller.test(&Endpoint { address, ..kept }).await.unwrap();
    assert_eq!((tested.state, tested.status, *seen.lock().unwrap()), (DeliveryState::Failed, None, 0));
    assert!(tested.trouble.unwrap().contains("private"));
    assert!(world.drive.service.teller.check("http://voorbeeld.nl/").is_err());
}
