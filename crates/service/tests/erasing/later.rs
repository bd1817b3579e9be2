//! What comes afterwards: events of systems that do not know yet, and backups.

use std::collections::BTreeMap;

use service::erasing::Logged;
use store::{AliasKind, Durability, NewEvent, OpenMode, Sqlite};
use words::{Event, EventId, EventName, Identity};

use crate::house::{Folder, Past, world};
use crate::support::World;

const WHO: &str = "woning-reparatie-yilmaz";

fn event(id: &str, customer: Option<&str>, properties: serde_json::Value) -> Event {
    let now = "2027-10-28T13:00:00Z".parse().unwrap();
    Event {
        id: EventId::new(id),
        source: "woningsysteem".into(),
        name: EventName::parse("repair.reported").unwrap(),
        time: now,
        received: now,
        identity: Identity { customer: customer.map(str::to_owned), anonymous: None },
        properties: serde_json::from_value::<BTreeMap<_, _>>(properties).unwrap(),
        imported: false,
    }
}

async fn erased() -> (World, Folder) {
    let folder = Folder::new("later");
    let world = world(Sqlite::in_memory().await.unwrap(), &folder.0).await;
    world.live_through(&Past::plain().events).await;
    world.erase(world.who(WHO).await.unwrap()).await;
    (world, folder)
}

async fn customers(world: &World) -> u64 {
    world.store().customers(&world.organisation, store::Paging::first(1)).await.unwrap().total
}

#[tokio::test]
async fn an_event_does_not_bring_somebody_back() {
    let (world, _folder) = erased().await;
    let (before, now) = (customers(&world).await, world.drive.now());
    let texts = [
        event("l-1", Some(WHO), serde_json::json!({ "id": "R-99" })),
        event("l-2", Some("somebody-new"), serde_json::json!({ "id": "R-98", "mobile": "+31600000002" })),
        event("l-3", None, serde_json::json!({ "id": "R-2" })),
    ];
    let taken = texts.iter().cloned().map(Ok).collect();
    let delivered = world.drive.service.intake.accept(&world.organisation, "woningsysteem", taken, now).await.unwrap();
    assert_eq!((delivered.received, delivered.duplicate), (0, 0), "nothing is kept");
    // Past the intake, as what was accepted a moment before.
    let past = texts.into_iter().map(|event| NewEvent::from_outside(world.organisation.clone(), event));
    let past: Vec<NewEvent> = past.collect();
    let kept: Vec<_> = past.iter().map(NewEvent::reference).collect();
    world.store().accept(past).await.unwrap();
    world.drive.settle().await.unwrap();
    assert_eq!(customers(&world).await, before, "nobody came back");
    for event in kept {
        assert_eq!(world.store().event(&event).await.unwrap(), None, "it is thrown away");
    }
}

#[tokio::test]
async fn somebody_with_the_same_number_who_is_there_is_heard() {
    let (world, _folder) = erased().await;
    let known = world.who("woning-reparatie-jansen").await.expect("is there");
    let said =
        event("l-4", Some("woning-reparatie-jansen"), serde_json::json!({ "id": "R-77", "mobile": "+31600000002" }));
    let delivered = world
        .drive
        .service
        .intake
        .accept(&world.organisation, "woningsysteem", vec![Ok(said)], world.drive.now())
        .await
        .unwrap();
    assert_eq!(delivered.received, 1);
    world.drive.settle().await.unwrap();
    assert_eq!(world.store().events_of(&world.organisation, known, 1).await.unwrap()[0].event.id.as_str(), "l-4");
}

#[tokio::test]
async fn where_the_organisation_wants_it_a_new_person_counts_whom_nobody_can_name() {
    let (world, _folder) = erased().await;
    let mut row = world.store().organisation(&world.organisation).await.unwrap().unwrap();
    row.text.push_str("\nafter_erasure: anonymous\n");
    world.store().save_organisation(row).await.unwrap();
    let said =
        event("l-5", Some(WHO), serde_json::json!({ "id": "R-99", "note": "said by a neighbour", "complete": 0.5 }));
    let intake = &world.drive.service.intake;
    let now = world.drive.now();
    intake.accept(&world.organisation, "woningsysteem", vec![Ok(said)], now).await.unwrap();
    world.drive.settle().await.unwrap();
    assert_eq!(world.who(WHO).await, None);
    let recent = &world.store().recent_events(&world.organisation, Some("woningsysteem"), 1).await.unwrap()[0];
    assert_eq!(recent.event.identity.customer, None);
    let anonymous = recent.event.identity.anonymous.clone().expect("somebody");
    let nobody = world.store().by_alias(&world.organisation, &[(AliasKind::Anonymous, anonymous)]).await.unwrap();
    assert_eq!(nobody[0], recent.customer, "events of one name stay together");
    assert_eq!(recent.event.properties.get("note"), None);
    assert_eq!(recent.event.properties["complete"], 0.5);
}

#[tokio::test]
async fn a_restored_backup_forgets_once_more() {
    let folder = Folder::new("restored");
    let file = |name: &str| folder.0.join(name);
    let open = |name: &str| {
        let path = file(name);
        async move { Sqlite::open(&path, OpenMode::Create, Durability::Full).await.unwrap() }
    };
    let first = open("first.db").await;
    let world_one = world(first.clone(), &folder.0).await;
    world_one.live_through(&Past::plain().events).await;
    store::copy_store(&first, open("backup.db").await, |_| {}).await.unwrap();
    world_one.erase(world_one.who(WHO).await.unwrap()).await;

    let restored = open("backup.db").await;
    let world_two = world(restored.clone(), &folder.0).await;
    assert!(world_two.who(WHO).await.is_some(), "the backup knows them");
    let logged = Logged::read(&file("erasures.log"), world_one.drive.now()).unwrap();
    assert_eq!(logged.len(), 1);
    let now = world_one.drive.now();
    assert_eq!(world_two.drive.service.eraser.reapply(&logged, now).await.unwrap(), 1);
    assert_eq!(world_two.who(WHO).await, None);
    assert_eq!(store::Erasures::traces(&restored, &[WHO.to_owned()]).await.unwrap(), []);
    assert_eq!(world_two.drive.service.eraser.reapply(&logged, now).await.unwrap(), 0, "once is enough");
}
