//! The send rules through the whole shell: what staff hold back, what a customer says while a message waits, what a budget
//! keeps from going.

mod support;
#[path = "support/telling.rs"]
mod telling;

use std::collections::BTreeMap;
use std::sync::Arc;

use channels::MemoryTransport;
use service::reference;
use service::sending::{Transports, coverage, notice_of, notice_touchpoint};
use store::{Change, JourneyRow, NewEvent, OutboxFilter, OutboxRow, SendState, Sqlite};
use support::World;
use telling::{accept, tell};
use words::{Channel, EffectKey, Halt, HaltId, HaltScope, Notice, Refusal, Value, Waits};

const START: &str = "2027-10-04T08:00:00Z";

async fn world(organisation: String, journey: &str) -> (World, Arc<MemoryTransport>) {
    changed(organisation, journey, ("holdout: 10%", "holdout: 0%")).await
}

/// A world in which a journey says one thing otherwise.
async fn changed(organisation: String, journey: &str, (was, is): (&str, &str)) -> (World, Arc<MemoryTransport>) {
    let transport = Arc::new(MemoryTransport::new());
    let store = Sqlite::in_memory().await.unwrap();
    let transports = Transports::only(transport.clone());
    let world = World::new(store, organisation, transports, START.parse().unwrap()).await;
    for channel in Channel::SENDING {
        world.sender(channel, "memory", Value::Null).await;
    }
    let mut folder = reference::journeys().remove(journey).unwrap();
    let text = folder.get("journey.yaml").unwrap().replace(was, is);
    folder.put("journey.yaml", text);
    world.live(&folder).await;
    (world, transport)
}

async fn tenant(world: &World, who: &str, postcode: &str) {
    let address = serde_json::json!({ "email": format!("{who}@example.nl"), "postcode": postcode });
    tell(world, who, "customer.identified", address).await;
    tell(world, who, "repair.reported", serde_json::json!({ "id": format!("r-{who}"), "kind": "lekkage" })).await;
    tell(world, who, "appointment.booked", appointment(who, 15)).await;
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
    tell(&world, "anna", "appointment.moved", appointment("anna", 16)).await;
    let rows = world.messages().await;
    let held = |row: &&OutboxRow| matches!(row.state, SendState::Held { why: Waits::Halt, .. });
    assert_eq!(rows.iter().filter(held).count(), 2, "{:?}", by_touchpoint(&rows));
    let taken = transport.taken();
    let notices: Vec<_> = taken.iter().filter(|message| message.subject == "Storm").collect();
    assert_eq!(notices.len(), 1, "one, however many are held back");
    assert_eq!(notices[0].to, "anna@example.nl");
    let told = rows.iter().find(|row| notice_of(row).is_some()).map(|row| row.touchpoint.clone());
    assert_eq!(
        told,
        Some(notice_touchpoint(storm(&world).id)),
        "a notice stands apart from what it is sent instead of"
    );
    let organisation = journey::Organisation::parse(&reference::organisation()).0;
    let about = (&world.organisation, &organisation);
    let held_back = OutboxFilter { state: Some("held".into()), ..OutboxFilter::default() };
    let elsewhere = Halt { scope: HaltScope { postcodes: vec!["97".into()], ..HaltScope::default() }, ..storm(&world) };
    let halts = [elsewhere, Halt { id: HaltId::derived(&["all"]), scope: HaltScope::default(), ..storm(&world) }];
    let coverage = coverage(world.store(), about, &halts, &[held_back], world.drive.now()).await.unwrap();
    let counts: Vec<_> = coverage.halts.iter().map(|halt| (halt.messages, halt.customers.len())).collect();
    assert_eq!((counts, coverage.cut), (vec![(0, 0), (2, 1)], false), "what staff see before they make one");
    assert!(notices[0].text.contains("Door de storm"), "{}", notices[0].text);

    let ended = Halt { until: world.drive.now(), ..storm(&world) };
    world.store().save_halt(&world.organisation, ended).await.unwrap();
    world.store().decide_anew(&world.organisation, world.drive.now()).await.unwrap();
    world.drive.settle().await.unwrap();
    let rows = world.messages().await;
    assert_eq!(rows.iter().filter(held).count(), 0);
    let to_anna: Vec<_> = transport.taken().into_iter().filter(|message| message.to == "anna@example.nl").collect();
    assert_eq!(to_anna.len(), 2, "after the notice the newest confirmation alone: the older is not so any more");
    assert!(to_anna[1].subject.starts_with("Uw afspraak op"), "{}", to_anna[1].subject);
}

#[tokio::test]
async fn only_so_many_messages_are_looked_at() {
    let (world, _) = world(reference::organisation(), "woning-reparatie").await;
    let row = world.store().journeys(&world.organisation).await.unwrap().remove(0);
    world.store().save_journey(JourneyRow { paused: true, ..row }).await.unwrap();
    tenant(&world, "anna", "3511 AB").await;
    let one = world.messages().await.remove(0);
    let copies =
        (1..=5_000).map(|number| OutboxRow { key: EffectKey::stored(format!("{}:{number}", one.key)), ..one.clone() });
    let revision = world.store().load(&world.organisation, &[one.customer]).await.unwrap()[0].revision;
    let change = Change::new(world.organisation.clone(), one.customer, revision, world.drive.now());
    let change = Change { outbox: copies.collect(), ..change };
    world.store().commit(vec![change]).await.unwrap().remove(0).expect("no conflict");
    let organisation = journey::Organisation::parse(&reference::organisation()).0;
    let ready = OutboxFilter { state: Some("ready".into()), ..OutboxFilter::default() };
    let about = (&world.organisation, &organisation);
    let coverage = coverage(world.store(), about, &[storm(&world)], &[ready], world.drive.now()).await.unwrap();
    assert_eq!((coverage.halts[0].messages, coverage.cut), (5_000, true), "a least, and the page says so");
}

#[tokio::test]
async fn a_notice_of_what_is_over_does_not_go() {
    let (world, transport) = world(reference::organisation(), "woning-reparatie").await;
    world.store().save_halt(&world.organisation, storm(&world)).await.unwrap();
    let row = world.store().journeys(&world.organisation).await.unwrap().remove(0);
    world.store().save_journey(JourneyRow { paused: true, ..row.clone() }).await.unwrap();
    tenant(&world, "anna", "3511 AB").await;
    assert_eq!(by_touchpoint(&world.messages().await)[&("notice".to_owned(), "ready".to_owned())], 1);
    let ended = Halt { until: world.drive.now(), ..storm(&world) };
    world.store().save_halt(&world.organisation, ended).await.unwrap();
    world.store().decide_anew(&world.organisation, world.drive.now()).await.unwrap();
    world.store().save_journey(row).await.unwrap();
    world.drive.settle().await.unwrap();
    let subjects: Vec<String> = transport.taken().into_iter().map(|message| message.subject).collect();
    assert!(subjects.len() == 1 && subjects[0].starts_with("Uw afspraak op"), "{subjects:?}");
    assert_eq!(by_touchpoint(&world.messages().await)[&("notice".to_owned(), "refused".to_owned())], 1);
}

#[tokio::test]
async fn of_a_message_that_would_not_go_anyway_nobody_is_told() {
    let (world, transport) = world(reference::organisation(), "woning-reparatie").await;
    let row = world.store().journeys(&world.organisation).await.unwrap().remove(0);
    world.store().save_journey(JourneyRow { paused: true, ..row.clone() }).await.unwrap();
    tenant(&world, "anna", "3511 AB").await;
    // By now it is too late for the confirmation, whatever staff hold back.
    world.drive.stand_still_until(world.drive.now() + jiff::SignedDuration::from_hours(3));
    world.store().save_halt(&world.organisation, storm(&world)).await.unwrap();
    world.store().decide_anew(&world.organisation, world.drive.now()).await.unwrap();
    world.store().save_journey(row).await.unwrap();
    world.drive.settle().await.unwrap();
    let counts = by_touchpoint(&world.messages().await);
    assert_eq!(counts.get(&("bevestiging".to_owned(), "refused".to_owned())), Some(&1), "{counts:?}");
    assert!(counts.keys().all(|(what, _)| what != "notice") && transport.taken().is_empty(), "{counts:?}");
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
    let organisation = reference::organisation().replace("messages: 6, within: 7d", "messages: 2, within: 31d");
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

/// Where and when somebody comes, of one tenant.
fn appointment(who: &str, day: u32) -> Value {
    serde_json::json!({
        "id": format!("a-{who}"), "repair_id": format!("r-{who}"), "status": "booked",
        "start": format!("2027-10-{day}T09:00:00+02:00"), "end": format!("2027-10-{day}T11:00:00+02:00"),
    })
}

#[tokio::test]
async fn after_a_pause_nothing_floods_and_what_is_too_late_stays_away() {
    let patient = "when: [{ event: appointment.booked, late: send }, { event: appointment.moved, late: within 1h }]";
    let usual = "when: [appointment.booked, appointment.moved]";
    let (world, transport) = changed(reference::organisation(), "woning-reparatie", (usual, patient)).await;
    let tenants: Vec<String> = (0..200).map(|number| format!("tenant{number}")).collect();
    let (moved, booked) = tenants.split_at(40);
    let report = async |who: &str| {
        accept(&world, who, "customer.identified", serde_json::json!({ "email": format!("{who}@example.nl") })).await;
        accept(&world, who, "repair.reported", serde_json::json!({ "id": format!("r-{who}"), "kind": "lekkage" }))
            .await;
        accept(&world, who, "appointment.booked", appointment(who, 15)).await;
    };
    for who in moved {
        report(who).await;
    }
    world.drive.settle().await.unwrap();
    let before = by_touchpoint(&world.messages().await);
    assert_eq!(transport.taken().len(), 40, "before the pause they go at once: {before:?}");

    let row = world.store().journeys(&world.organisation).await.unwrap().remove(0);
    world.store().save_journey(JourneyRow { paused: true, ..row.clone() }).await.unwrap();
    for who in moved {
        accept(&world, who, "appointment.moved", appointment(who, 16)).await;
    }
    for who in booked {
        report(who).await;
    }
    world.drive.settle().await.unwrap();
    assert_eq!(transport.taken().len(), 40, "in a pause nothing goes");
    let later = world.drive.now() + jiff::SignedDuration::from_hours(2);
    world.drive.stand_still_until(later);
    world.store().save_journey(row.clone()).await.unwrap();
    let since = later - jiff::SignedDuration::from_mins(10);
    assert_eq!(world.store().fall_behind(&world.organisation, &row.id, since).await.unwrap(), 200);
    for _ in 0..5 {
        let before = transport.taken().len();
        for _ in 0..60 {
            world.drive.stand_still_until(world.drive.now() + jiff::SignedDuration::from_secs(1));
            world.drive.settle().await.unwrap();
        }
        let gone = transport.taken().len() - before;
        assert!(gone <= 62, "{gone} in a minute, of 60 and what two seconds save up");
    }
    let counts = by_touchpoint(&world.messages().await);
    let of = |state: &str| counts[&("bevestiging".to_owned(), state.to_owned())];
    assert_eq!((of("sent"), of("refused")), (40 + 160, 40), "{counts:?}");
    let late = SendState::Refused { reason: Refusal::TooLate };
    assert_eq!(world.messages().await.iter().filter(|row| row.state == late).count(), 40);
}

fn reference_trace(journey: &str) -> String {
    format!("{}/../../journeys/{journey}/trace.jsonl", env!("CARGO_MANIFEST_DIR"))
}
