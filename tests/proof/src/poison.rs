//! R9: what cannot be applied is put aside after five attempts, where staff see it with its reason; only its own customer
//! waits, and it can be offered again.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use service::intake::{Code, Receipt, native};
use service::quarantine_text;
use service::running::{POISON, STUCK, TRIED_AGAIN};
use service::working::Sharing;
use store::{EventRef, EventState, Inbox, NewEvent, Paging, Quarantine, QuarantineFilter, Quarantined};
use words::{Event, Language};

use crate::fate::Fates;
use crate::outside::Moods;
use crate::stories::{event, named};
use crate::world::{Place, Setting, World, founded, open, organisation};

pub(crate) async fn world(place: &Place, start: Timestamp) -> World {
    std::fs::write(place.file(), founded()).expect("a copy");
    let setting = Setting {
        seed: "poison".into(),
        start,
        workers: 1,
        sharing: Sharing::Alone,
        fates: Fates::Kind,
        moods: Moods::default(),
        is_mixed: false,
    };
    World::new(open(&place.file()).await, Some(place.file()), setting)
}

pub(crate) fn told(world: &World, n: usize, what: &str, properties: serde_json::Value) -> NewEvent {
    let id = format!("p{n}-{what}");
    NewEvent::from_outside(organisation(), event(id, what, world.time.told(), named(n), properties))
}

/// Spoils what is kept of the run R1 of customer 1; how many.
fn spoil(place: &Place) -> usize {
    changed(place, "UPDATE runs SET state = CAST('spoilt' || state AS BLOB) WHERE key = 'R1'")
}

/// Mends it again.
fn mend(place: &Place) -> usize {
    changed(
        place,
        "UPDATE runs SET state = substr(state, 7) WHERE key = 'R1' AND substr(state, 1, 6) = CAST('spoilt' AS BLOB)",
    )
}

fn changed(place: &Place, change: &str) -> usize {
    let conn = rusqlite::Connection::open(place.file()).expect("the file");
    conn.execute(change, []).expect("it is changed")
}

pub(crate) async fn state(world: &World, event: &EventRef) -> EventState {
    world.store.event(event).await.expect("the store answers").expect("it is there").state
}

pub(crate) async fn quarantine(world: &World, reason: &str) -> Vec<Quarantined> {
    let filter = QuarantineFilter { source: None, reason: Some(reason) };
    world.store.quarantine(&organisation(), filter, Paging::first(10)).await.expect("the quarantine").rows
}

#[tokio::test]
async fn only_the_customer_of_a_poison_event_waits_and_it_can_be_offered_again() {
    let place = Place::new("poison");
    let mut world = world(&place, "2027-06-01T07:00:00Z".parse().expect("a moment")).await;
    for n in [1, 2] {
        let reported = told(&world, n, "repair.reported", json!({ "id": format!("R{n}"), "kind": "kraan" }));
        world.store.accept(vec![reported]).await.expect("accepted");
    }
    world.rest().await;
    assert_eq!(spoil(&place), 1);
    let call = |world: &World, n: usize| {
        told(
            world,
            n,
            "call.logged",
            json!({ "id": format!("C{n}"), "repair_id": format!("R{n}"), "reason": "status" }),
        )
    };
    let (poison, good) = (call(&world, 1), call(&world, 2));
    world.store.accept(vec![poison.clone(), good.clone()]).await.expect("accepted");
    world.rest().await;
    assert_eq!(state(&world, &good.reference()).await, EventState::Applied);
    let EventState::Quarantined { reason, detail } = state(&world, &poison.reference()).await else {
        panic!("it stands in quarantine")
    };
    assert_eq!(reason, POISON);
    let seen = quarantine(&world, POISON).await;
    assert_eq!(seen.len(), 1);
    for language in [Language::Nl, Language::En] {
        let text = quarantine_text(&seen[0].reason, &seen[0].detail, language);
        assert!(text.contains(&detail) && text.contains(language.pick("vijf pogingen", "five attempts")), "{text}");
    }
    assert_eq!(mend(&place), 1);
    assert!(world.store.take_again(&poison.reference()).await.expect("the store answers"));
    world.rest().await;
    assert_eq!(state(&world, &poison.reference()).await, EventState::Applied);
}

#[tokio::test]
async fn what_is_due_in_one_customer_and_cannot_be_done_holds_up_nobody_else() {
    let place = Place::new("stuck");
    let start: Timestamp = "2027-06-01T07:00:00Z".parse().expect("a moment");
    let mut world = world(&place, start).await;
    let mut outcomes = Vec::new();
    for n in [1, 2] {
        let reported = told(&world, n, "repair.reported", json!({ "id": format!("R{n}"), "kind": "kraan" }));
        outcomes.push(reported.reference());
        world.store.accept(vec![reported]).await.expect("accepted");
    }
    world.rest().await;
    assert_eq!(spoil(&place), 1);
    // Without a next contact within two days a run is dropped: something is due in both.
    world.time.move_to(start + SignedDuration::from_hours(49));
    world.rest().await;
    let dropped = |world: &World| {
        let conn = crate::dump::look(&place.file());
        let _ = world;
        crate::dump::rows(&conn, "SELECT key FROM runs WHERE dropped IS NOT NULL")
    };
    assert_eq!(dropped(&world), ["R2"]);
    let seen = quarantine(&world, STUCK).await;
    assert_eq!(seen.len(), 1, "staff see it once");
    assert!(quarantine_text(STUCK, &seen[0].detail, Language::Nl).contains("elk uur opnieuw"));
    assert_eq!(mend(&place), 1);
    world.rest().await;
    assert_eq!(dropped(&world), ["R2"], "not yet");
    world.time.move_to(world.time.really() + TRIED_AGAIN);
    world.rest().await;
    assert_eq!(dropped(&world), ["R1", "R2"], "it mends by itself");
}

#[test]
fn an_event_of_ten_megabytes_is_refused_with_its_reason_and_the_others_beside_it_are_taken() {
    let receipt = Receipt::new("systeem", "2027-06-01T07:00:00Z".parse().expect("a moment"));
    let big = json!({ "name": "call.logged", "customer": "k1", "properties": { "text": "x".repeat(10 << 20) } });
    let good = json!({ "name": "call.logged", "customer": "k2", "properties": {} });
    let body = json!([big, good]).to_string();
    let whole = native::events(body.as_bytes(), &receipt);
    let taken: Vec<Result<Event, _>> = match whole {
        Ok(taken) => taken,
        // The body as a whole is over its limit, and that is told.
        Err(_) => return assert!(native::events(json!([good]).to_string().as_bytes(), &receipt).is_ok()),
    };
    assert_eq!(taken[0].as_ref().expect_err("refused").reason.code, Code::TooLarge);
    assert!(taken[1].is_ok());
}
