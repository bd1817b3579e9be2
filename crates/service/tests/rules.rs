//! The send rules through the whole shell: what staff hold back, what a customer says while a message waits, what a budget
//! keeps from going.

mod support;

use std::collections::BTreeMap;
use std::sync::Arc;

use channels::MemoryTransport;
use service::reference;
use service::sending::Transports;
use store::{JourneyRow, NewEvent, OutboxRow, SendState, Sqlite};
use support::World;
use words::{
    Channel, Event, EventId, EventName, Halt, HaltId, HaltScope, Identity, Notice, Properties, Refusal, Value, Waits,
};

const START: &str = "2027-10-04T08:00:00Z";

async fn world(organisation: String, journey: &str) -> (World, Arc<MemoryTransport>) {
    let transport = Arc::new(MemoryTransport::new());
    let store = Sqlite::in_memory().await.unwrap();
    let transports = Transports::only(transport.clone());
    let world = World::new(store, organisation, transports, START.parse().unwrap()).await;
    for channel in Channel::SENDING {
        world.sender(channel, "memory", Value::Null).await;
    }
    let mut folder = reference::journeys().remove(journey).unwrap();
    let text = folder.get("journey.yaml").unwrap().replace("holdout: 10%", "holdout: 0%");
    folder.put("journey.yaml", text);
    world.live(&folder).await;
    (world, transport)
}

async fn tell(world: &World, who: &str, name: &str, properties: Value) {
    let properties: Properties = serde_json::from_value(properties).unwrap();
    let event = Event {
        id: EventId::new(format!("{who} {name} {}", serde_json::to_string(&properties).unwrap())),
        source: "test".into(),
        name: EventName::parse(name).unwrap(),
        time: world.drive.now(),
        received: world.drive.now(),
        identity: Identity { customer: Some(who.into()), anonymous: None },
        properties,
        imported: false,
    };
    world.store().accept(vec![NewEvent::from_outside(world.organisation.clone(), event)]).await.unwrap();
    world.drive.settle().await.unwrap();
}

async fn tenant(world: &World, who: &str, postcode: &str) {
    let address = serde_json::json!({ "email": format!("{who}@example.nl"), "postcode": postcode });
    tell(world, who, "customer.identified", address).await;
    tell(world, who, "repair.reported", serde_json::json!({ "id": format!("r-{who}"), "what": "kraan" })).await;
    let appointment = serde_json::json!({
        "id": format!("a-{who}"), "repair_id": format!("r-{who}"), "status": "booked",
        "start": "2027-10-15T09:00:00+02:00", "end": "2027-10-15T11:00:00+02:00",
    });
    tell(world, who, "appointment.booked", appointment).await;
}

fn storm(world: &World) -> Halt {
    Halt {
        id: HaltId::derived(&["storm"]),
        title: "Storm".into(),
        scope: HaltScope { postcodes: vec!["3511".into()], ..HaltScope::default() },
        from: world.drive.now(),
        until: "2027-10-04T20:00:00Z".parse().unwrap(),
        afterwards: true,
        notice: Some(Notice {
            subject: "Storm".into(),
            text: "{{ salutation }},\n\nDoor de storm komt alles later.".into(),
        }),
    }
}

fn by_touchpoint(rows: &[OutboxRow]) -> BTreeMap<(String, String), usize> {
    let mut counts = BTreeMap::new();
    for row in rows {
        let what = if row.send.message.is_empty() { "notice".to_owned() } else { row.touchpoint.to_string() };
        *counts.entry((what, row.state.name().to_owned())).or_default() += 1;
    }
    counts
}

#[tokio::test]
async fn staff_hold_an_area_back_and_send_one_notice_instead() {
    let (world, transport) = world(reference::organisation(), "woning-reparatie").await;
    world.store().save_halt(&world.organisation, storm(&world)).await.unwrap();
    tenant(&world, "anna", "3511 AB").await;
    tenant(&world, "bram", "9711 CD").await;
    let moved = serde_json::json!({
        "id": "a-anna", "repair_id": "r-anna", "status": "booked",
        "start": "2027-10-16T09:00:00+02:00", "end": "2027-10-16T11:00:00+02:00",
    });
    tell(&world, "anna", "appointment.moved", moved).await;
    let rows = world.messages().await;
    let held = |row: &&OutboxRow| matches!(row.state, SendState::Held { why: Waits::Halt, .. });
    assert_eq!(rows.iter().filter(held).count(), 2, "{:?}", by_touchpoint(&rows));
    let taken = transport.taken();
    let notices: Vec<_> = taken.iter().filter(|message| message.subject == "Storm").collect();
    assert_eq!(notices.len(), 1, "one, however many are held back");
    assert_eq!(notices[0].to, "anna@example.nl");
    assert!(notices[0].text.contains("Door de storm"), "{}", notices[0].text);

    let ended = Halt { until: world.drive.now(), ..storm(&world) };
    world.store().save_halt(&world.organisation, ended).await.unwrap();
    world.store().decide_anew(&world.organisation, world.drive.now()).await.unwrap();
    world.drive.settle().await.unwrap();
    let rows = world.messages().await;
    assert_eq!(rows.iter().filter(held).count(), 0);
    let to_anna: Vec<_> = transport.taken().into_iter().filter(|message| message.to == "anna@example.nl").collect();
    assert_eq!(to_anna.len(), 1, "the newest confirmation alone: the older says what is not so any more");
}

#[tokio::test]
async fn a_consent_that_is_withdrawn_stops_what_waits() {
    let (world, transport) = world(reference::organisation(), "woning-reparatie").await;
    let row = world.store().journeys(&world.organisation).await.unwrap().remove(0);
    world.store().save_journey(JourneyRow { paused: true, ..row.clone() }).await.unwrap();
    tenant(&world, "anna", "3511 AB").await;
    assert_eq!(by_touchpoint(&world.messages().await)[&("bevestiging".to_owned(), "ready".to_owned())], 1);
    let no = serde_json::json!({ "consents": { "service.email": false, "service.sms": false } });
    tell(&world, "anna", "customer.identified", no).await;
    world.store().save_journey(row).await.unwrap();
    world.drive.settle().await.unwrap();
    assert!(transport.taken().is_empty());
    let rows = world.messages().await;
    let refused = SendState::Refused { reason: Refusal::NoConsent };
    assert!(rows.iter().any(|row| row.touchpoint.as_str() == "bevestiging" && row.state == refused));
}

#[tokio::test]
async fn a_budget_keeps_marketing_back_and_lets_service_go() {
    let organisation = format!("{}message_budget: {{ messages: 2, within: 31d }}\n", reference::organisation());
    let (world, _) = world(organisation, "winkel-webshop").await;
    let events = std::fs::read_to_string(reference_trace("winkel-webshop")).unwrap();
    // The trace is of January.
    let events = events.lines().map(|line| service::intake::native::trace_line(line).unwrap()).map(|mut event| {
        let later = jiff::SignedDuration::from_hours(24 * 300);
        event.time += later;
        event.received += later;
        event
    });
    for event in events {
        world.drive.until(event.received).await.unwrap();
        world.store().accept(vec![NewEvent::from_outside(world.organisation.clone(), event)]).await.unwrap();
    }
    world.drive.until("2027-12-31T00:00:00Z".parse().unwrap()).await.unwrap();
    let rows = world.messages().await;
    let over = SendState::Refused { reason: Refusal::OverBudget };
    let over: Vec<_> = rows.iter().filter(|row| row.state == over).map(|row| row.touchpoint.as_str()).collect();
    assert!(!over.is_empty() && over.iter().all(|touchpoint| *touchpoint == "herhaalaanbod"), "{over:?}");
    assert!(by_touchpoint(&rows)[&("bevestiging".to_owned(), "sent".to_owned())] >= 3, "service goes");
}

fn reference_trace(journey: &str) -> String {
    format!("{}/../../journeys/{journey}/trace.jsonl", env!("CARGO_MANIFEST_DIR"))
}
