//! An organisation with a journey of one run per request and one of one run per customer, and what stands of a customer.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::support::World;
use channels::MemoryTransport;
use jiff::{SignedDuration, Timestamp};
use journey::Folder;
use serde_json::{Value, json};
use service::reference;
use service::sending::Transports;
use store::{AliasKind, Merge, NewEvent, Paging, PoolSize, Postgres, SqlStore, Sqlite, TaskFilter};
use words::{CustomerId, Event, EventId, EventName, Identity};

pub(crate) const START: &str = "2027-10-04T08:00:00Z";

const JOURNEY: &str = r#"
journey: aanvraag
title: Aanvraag
language: nl
owner: klantcontactcentrum
run_per: request.id
starts: request.made
ends: { event: request.closed, as: done, listen: 7d }
goal: { event: request.closed }
human: { team: klantcontactcentrum, phone: "030 123 45 67" }
facts:
  request: { status: text }
phases: [{ id: a, title: A, band: before }]
touchpoints:
  - { id: gevraagd, phase: a, title: Gevraagd, channel: web, category: interaction, from: customer, by: human, need: Weten, expected: 0, seen: request.made }
  - { id: ontvangen, phase: a, title: Ontvangen, channel: email, category: message, by: automatic, class: service, urgent: true, need: Weten, expected: 0, when: request.made, send: ontvangen }
  - { id: bellen, phase: a, title: Bellen, channel: phone, category: interaction, by: human, need: Weten, expected: 0, seen: request.doubted, task: { team: klantcontactcentrum, title: Bel, due: now, done: request.closed } }
  - { id: later, phase: a, title: Later, channel: email, category: message, by: automatic, class: service, urgent: true, need: Weten, expected: 0, when: { after: gevraagd, by: 3d, at: "10:00" }, send: later }
"#;

/// One run per customer.
const WELCOME: &str = r#"
journey: welkom
title: Welkom
language: nl
owner: klantcontactcentrum
starts: account.opened
ends: { event: account.closed, as: done }
goal: { event: account.closed }
human: { team: klantcontactcentrum, phone: "030 123 45 67" }
phases: [{ id: a, title: A, band: before }]
touchpoints:
  - { id: geopend, phase: a, title: Geopend, channel: web, category: interaction, from: customer, by: human, need: Weten, expected: 0, seen: account.opened }
  - { id: uitleg, phase: a, title: Uitleg, channel: email, category: message, by: automatic, class: service, urgent: true, need: Weten, expected: 0, when: { after: geopend, by: 3d, at: "10:00" }, send: uitleg }
"#;

fn folder(journey: &str, messages: &[&str]) -> Folder {
    let mut folder = Folder::new(BTreeMap::new());
    folder.put("journey.yaml", journey.to_owned());
    for name in messages {
        let text = "---\nsubject: Uw aanvraag\n---\nDag,\n\nWe hebben uw aanvraag. Vragen? Bel {{ human.phone }}.\n";
        folder.put(format!("messages/{name}.nl.md"), text.to_owned());
    }
    folder
}

pub(crate) async fn world(store: SqlStore) -> World {
    let transports = Transports::only(Arc::new(MemoryTransport::new()));
    let world = World::new(store, reference::organisation(), transports, START.parse().unwrap()).await;
    world.sender("email", "memory", Value::Null).await;
    world.live(&folder(JOURNEY, &["ontvangen", "later"])).await;
    world.live(&folder(WELCOME, &["uitleg"])).await;
    world
}

pub(crate) async fn both(tell: impl AsyncFn(SqlStore)) {
    tell(Sqlite::in_memory().await.unwrap()).await;
    let Some(url) = postgres_for_tests::schema().await else { return };
    tell(Postgres::open(&url, PoolSize { writers: 2, readers: 2 }).await.unwrap()).await;
}

/// An event some minutes after the start: who (`user/anonymous`, either may be empty), what, with what.
pub(crate) fn event(id: &str, minute: i64, who: &str, name: &str, properties: Value) -> Event {
    let time = START.parse::<Timestamp>().unwrap() + SignedDuration::from_mins(minute);
    let (user, anonymous) = who.split_once('/').unwrap();
    let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    Event {
        id: EventId::new(id),
        source: "website".into(),
        name: EventName::parse(name).unwrap(),
        time,
        received: time,
        identity: Identity { customer: text(user), anonymous: text(anonymous) },
        properties: serde_json::from_value(properties).unwrap(),
        imported: false,
    }
}

pub(crate) async fn hear(world: &World, events: Vec<Event>) {
    for event in events {
        world.drive.until(event.received.max(world.drive.now())).await.unwrap();
        world.store().accept(vec![NewEvent::from_outside(world.organisation.clone(), event)]).await.unwrap();
        world.drive.service.settle().await.unwrap();
    }
}

pub(crate) async fn wait(world: &World, days: i64) {
    world.drive.until(world.drive.now() + SignedDuration::from_hours(24 * days)).await.unwrap();
}

pub(crate) async fn who(world: &World, kind: AliasKind, name: &str) -> CustomerId {
    world.store().by_alias(&world.organisation, &[(kind, name.to_owned())]).await.unwrap()[0].unwrap()
}

pub(crate) async fn merges(world: &World) -> Vec<Merge> {
    world.store().merges(&world.organisation, Paging::first(10)).await.unwrap().rows
}

/// What stands of a customer in the end, without the ids of runs: contacts, messages and tasks by what they are about.
pub(crate) async fn standing(world: &World, id: CustomerId) -> Vec<String> {
    let mut all = Vec::new();
    let (contacts, _) = world.store().story_of(&world.organisation, id).await.unwrap();
    let runs = world.store().runs_of(&world.organisation, id).await.unwrap();
    let key = |run| runs.iter().find(|one| one.id == run).and_then(|one| one.key.clone()).unwrap_or_default();
    all.extend(contacts.iter().map(|one| format!("contact {} {} {}", key(one.run), one.touchpoint, one.time)));
    for row in world.messages().await {
        assert_eq!(row.customer, id, "nothing hangs on anyone else: {row:?}");
        all.push(format!("message {} {} {}", key(row.run), row.touchpoint, row.state.name()));
    }
    let tasks = world.store().tasks(&world.organisation, &TaskFilter::default(), Paging::first(100)).await.unwrap();
    all.extend(tasks.rows.iter().map(|row| format!("task {} {} {:?}", key(row.run), row.touchpoint, row.state)));
    all.extend(
        runs.iter()
            .map(|run| format!("run {} {:?} {:?}", run.key.as_deref().unwrap_or_default(), run.status, run.goal)),
    );
    all.sort();
    all
}

/// Everything under an effect's key went out once at most.
pub(crate) async fn once(world: &World) {
    let keys: Vec<_> = world.messages().await.into_iter().map(|row| row.key).collect();
    assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), keys.len(), "{keys:?}");
}

pub(crate) fn mail() -> Value {
    json!({ "email": "l.jansen@voorbeeld.nl" })
}

/// A customer with a request, a visitor with another, and what says that they are one; the visitor's events may come before or
/// after that.
pub(crate) fn story() -> (Vec<Event>, Event, Vec<Event>) {
    story_of("lotte/", "/bezoek-1")
}

/// The same of others: who remains, and who was nameless until then.
pub(crate) fn story_of(named: &str, nameless: &str) -> (Vec<Event>, Event, Vec<Event>) {
    let both = format!("{named}{}", nameless.trim_start_matches('/'));
    let before = vec![
        event("i1", 0, named, "customer.identified", mail()),
        event("r1", 1, named, "request.made", json!({ "id": "R-1" })),
        event("i2", 2, nameless, "customer.identified", mail()),
    ];
    let says = event("i3", 5, &both, "customer.identified", json!({}));
    let others = vec![
        event("r2", 6, nameless, "request.made", json!({ "id": "R-2" })),
        event("d2", 7, "/", "request.doubted", json!({ "id": "R-2" })),
        event("c1", 8, "/", "request.closed", json!({ "id": "R-1" })),
        event("c2", 9, nameless, "request.closed", json!({ "id": "R-2" })),
    ];
    (before, says, others)
}
