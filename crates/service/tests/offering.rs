//! What stands in quarantine is offered again: nothing is lost, nothing comes twice, and what cannot go stays.

use std::sync::Arc;

use channels::MemoryTransport;
use jiff::Timestamp;
use service::drive::Drive;
use service::intake::correction::Correction;
use service::intake::{Path, Receipt, native, segment};
use service::sending::Transports;
use service::{Chosen, Stays};
use store::{EventOutcome, EventState, OrganisationRow, Paging, QuarantineFilter, QuarantineId, Sqlite, Store};
use words::OrganisationId;

const START: &str = "2027-03-01T10:00:00Z";

/// The shell with one organisation.
struct World {
    drive: Drive,
    organisation: OrganisationId,
}

impl World {
    fn store(&self) -> &dyn Store {
        self.drive.service.store.as_ref()
    }
}

async fn world() -> World {
    let store: Arc<dyn Store> = Arc::new(Sqlite::in_memory().await.unwrap());
    let start: Timestamp = START.parse().unwrap();
    let organisation = OrganisationId::new("rijnoever");
    let row = OrganisationRow { id: organisation.clone(), text: "name: Rijnoever\n".into(), created: start };
    store.save_organisation(row).await.unwrap();
    let transports = Transports::only(Arc::new(MemoryTransport::new()));
    World {
        drive: Drive::new(store, Arc::new(service::drive::SameBytes(7)), transports, "https://k.example", start),
        organisation,
    }
}

async fn deliver(world: &World, batch: &str) {
    let now = START.parse().unwrap();
    let body = segment::Body::parse(segment::Call::Batch, batch.as_bytes()).unwrap();
    let taken = body.events(&Receipt::new("kassa", now));
    world.drive.service.intake.accept(&world.organisation, "kassa", taken, now).await.unwrap();
}

async fn in_quarantine(world: &World) -> Vec<QuarantineId> {
    let listed = world.store().quarantine(&world.organisation, QuarantineFilter::default(), Paging::first(1_000)).await;
    listed.unwrap().rows.into_iter().map(|row| row.id).collect()
}

async fn offer(world: &World, chosen: Chosen, correction: &Correction) -> service::Offered {
    let now = "2027-03-02T10:00:00Z".parse().unwrap();
    world.drive.service.intake.offer_again(&world.organisation, &chosen, correction, now).await.unwrap()
}

fn all(reason: &str) -> Chosen {
    Chosen::All { source: None, reason: reason.into() }
}

fn replace(field: &str, from: &str, to: &str) -> Correction {
    Correction::Replace { field: Path::parse(field).unwrap(), from: from.into(), to: to.into() }
}

#[tokio::test]
async fn more_than_one_page_goes_and_what_stays_does_not_stand_in_the_way() {
    let world = world().await;
    let item = |number: usize| {
        let name = if number.is_multiple_of(3) { "tapped" } else { "clicked" };
        format!(r#"{{"type":"track","event":"{name}","userId":"u","messageId":"{number}"}}"#)
    };
    for part in 0..2 {
        let items: Vec<String> = (part * 1_200..(part + 1) * 1_200).map(item).collect();
        deliver(&world, &format!("{{\"batch\":[{}]}}", items.join(","))).await;
    }
    let offered = offer(&world, all("bad_name"), &replace("event", "clicked", "button.clicked")).await;
    assert_eq!((offered.sent, offered.known, offered.stayed, offered.left), (1_600, 0, 800, 0));
    assert!(offered.told.iter().all(|(_, stays)| *stays == Stays::Unchanged) && offered.told.len() == 20);
    assert_eq!(in_quarantine(&world).await.len(), 800);
    let stored = world.store().recent_events(&world.organisation, None, 10).await.unwrap();
    let received: Timestamp = "2027-03-02T10:00:00Z".parse().unwrap();
    assert!(stored.iter().all(|one| one.event.received == received && one.event.time == START.parse().unwrap()));
}

#[tokio::test]
async fn what_was_kept_before_an_interruption_is_not_kept_twice() {
    let world = world().await;
    let bad = r#"{"batch":[{"type":"track","event":"clicked","userId":"u","messageId":"m"}]}"#;
    deliver(&world, bad).await;
    let correction = replace("event", "clicked", "button.clicked");
    offer(&world, all("bad_name"), &correction).await;
    // As if we had stopped between the two writes: the event is kept and still stands in quarantine.
    deliver(&world, bad).await;
    let again = offer(&world, all("bad_name"), &correction).await;
    assert_eq!((again.sent, again.known, again.stayed), (0, 1, 0));
    assert!(in_quarantine(&world).await.is_empty());
    assert_eq!(world.store().recent_events(&world.organisation, None, 10).await.unwrap().len(), 1);
}

#[tokio::test]
async fn an_accepted_event_is_corrected_or_offered_as_it_is() {
    let world = world().await;
    let body = br#"[{"id":"e1","name":"visit.failed","properties":{"id":"V-1"}},
                    {"id":"e2","name":"visit.failed","properties":{"id":"V-2"}}]"#;
    let taken = native::events(body, &Receipt::new("kassa", START.parse().unwrap())).unwrap();
    let intake = &world.drive.service.intake;
    intake.accept(&world.organisation, "kassa", taken, START.parse().unwrap()).await.unwrap();
    let state = || EventState::Quarantined { reason: "unknown_object".into(), detail: "visit:V".into() };
    let pending = world.store().pending(10).await.unwrap();
    let outcomes = pending.iter().map(|one| EventOutcome { event: one.reference(), customer: None, state: state() });
    world.store().settle(outcomes.collect(), Vec::new()).await.unwrap();

    let ids = in_quarantine(&world).await;
    let fill = Correction::Fill { field: Path::parse("customer").unwrap(), value: "10234".into() };
    let one = offer(&world, Chosen::These(vec![ids[0].clone()]), &fill).await;
    assert_eq!((one.sent, one.stayed), (1, 0));
    let other = offer(&world, Chosen::These(vec![ids[1].clone()]), &Correction::None).await;
    assert_eq!((other.sent, other.stayed), (1, 0));
    let pending = world.store().pending(10).await.unwrap();
    let mut events: Vec<_> =
        pending.iter().map(|one| (one.event.id.as_str(), one.event.identity.customer.as_deref())).collect();
    events.sort();
    assert!(events.contains(&("e1~corrected", Some("10234"))) || events.contains(&("e2~corrected", Some("10234"))));
    assert_eq!(events.len(), 2);
    assert!(in_quarantine(&world).await.is_empty());
    assert_eq!(offer(&world, Chosen::These(ids), &fill).await.sent, 0, "it left the quarantine");
}
