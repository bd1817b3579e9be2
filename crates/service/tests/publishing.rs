//! Publishing over customers who are on their way, through the whole shell and on a real store of each kind: what was foreseen
//! is what then happens.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use channels::MemoryTransport;
use jiff::{SignedDuration, Timestamp};
use journey::Folder;
use serde_json::{Value, json};
use service::sending::Transports;
use service::{Impact, Publication, Touch, reference};
use store::{NewEvent, PoolSize, Postgres, SqlStore, Sqlite};
use support::World;
use words::{Event, EventId, EventName, Identity, JourneyId, TouchpointId};

const START: &str = "2027-10-04T08:00:00Z";

/// A request, two messages after it, and a question that comes when it is over.
const JOURNEY: &str = r#"
journey: aanvraag
title: Aanvraag
language: nl
owner: klantcontactcentrum
run_per: request.id
starts: request.made
ends: { event: request.closed, as: done, listen: 14d }
goal: { event: request.closed }
human: { team: klantcontactcentrum, phone: "030 123 45 67" }
facts:
  request: { status: text }
phases: [{ id: a, title: A, band: before }]
touchpoints:
  - { id: gevraagd, phase: a, title: Gevraagd, channel: web, category: interaction, from: customer, by: human, need: Weten, expected: 0, seen: request.made }
  - { id: later, phase: a, title: Later, channel: email, category: message, by: automatic, class: service, urgent: true, need: Weten, expected: 0, when: { after: gevraagd, by: 3d }, send: later }
  - { id: klaar, phase: a, title: Klaar, channel: web, category: interaction, from: customer, by: human, need: Weten, expected: 0, seen: request.closed }
  - { id: terugblik, phase: a, title: Terugblik, channel: email, category: message, by: automatic, class: service, urgent: true, need: Weten, expected: 0, when: { after: klaar, by: 4d }, send: terugblik }
"#;

const SHORTER: (&str, &str) = ("after: gevraagd, by: 3d", "after: gevraagd, by: 1d");
const RENAMED: [(&str, &str); 2] =
    [("{ id: terugblik,", "{ id: napraten, was: terugblik,"), ("{ id: klaar,", "{ id: afgerond, was: klaar,")];
const PIN: (&str, &str) = ("run_per:", "pin: true\nrun_per:");

fn folder(changes: &[(&str, &str)]) -> Folder {
    let mut text = JOURNEY.to_owned();
    for (old, new) in changes {
        assert!(text.contains(old), "{old}");
        text = text.replace(old, new);
    }
    let text =
        text.replace("after: klaar,", if changes.contains(&RENAMED[1]) { "after: afgerond," } else { "after: klaar," });
    let mut folder = Folder::new(BTreeMap::new());
    folder.put("journey.yaml", text);
    for name in ["later", "terugblik"] {
        let text = "---\nsubject: Uw aanvraag\n---\nDag,\n\nWe hebben uw aanvraag. Vragen? Bel {{ human.phone }}.\n";
        folder.put(format!("messages/{name}.nl.md"), text.to_owned());
    }
    folder
}

/// One customer whose request is open, and one whose request was closed: two days ago both asked, an hour ago one was done.
async fn world(store: SqlStore, changes: &[(&str, &str)]) -> World {
    let transports = Transports::only(Arc::new(MemoryTransport::new()));
    let world = World::new(store, reference::organisation(), transports, START.parse().unwrap()).await;
    world.sender("email", "memory", Value::Null).await;
    world.live(&folder(changes)).await;
    for (number, who) in (0..).zip(["anne", "bram"]) {
        let mail = json!({ "email": format!("{who}@voorbeeld.nl") });
        hear(&world, &format!("i-{who}"), 0, who, "customer.identified", mail).await;
        let request = json!({ "id": format!("R-{number}") });
        hear(&world, &format!("r-{who}"), 1, who, "request.made", request).await;
    }
    hear(&world, "c-bram", 47 * 60, "bram", "request.closed", json!({ "id": "R-1" })).await;
    world.drive.until(START.parse::<Timestamp>().unwrap() + SignedDuration::from_hours(48)).await.unwrap();
    assert!(world.messages().await.is_empty(), "everything lies ahead");
    world
}

async fn both(tell: impl AsyncFn(SqlStore)) {
    tell(Sqlite::in_memory().await.unwrap()).await;
    let Some(url) = postgres_for_tests::schema().await else { return };
    tell(Postgres::open(&url, PoolSize { writers: 2, readers: 2 }).await.unwrap()).await;
}

async fn hear(world: &World, id: &str, minute: i64, who: &str, name: &str, properties: Value) {
    let time = START.parse::<Timestamp>().unwrap() + SignedDuration::from_mins(minute);
    world.drive.until(time).await.unwrap();
    let event = Event {
        id: EventId::new(id),
        source: "website".into(),
        name: EventName::parse(name).unwrap(),
        time,
        received: time,
        identity: Identity { customer: Some(who.to_owned()), anonymous: None },
        properties: serde_json::from_value(properties).unwrap(),
        imported: false,
    };
    world.store().accept(vec![NewEvent::from_outside(world.organisation.clone(), event)]).await.unwrap();
    world.drive.service.settle().await.unwrap();
}

/// What publishing would do, and then publishing; how many runs were told.
async fn publish(world: &World, changes: &[(&str, &str)]) -> (Impact, u64) {
    let new = folder(changes);
    let service = &world.drive.service;
    let shared = service.catalog.organisation(&world.organisation).await.unwrap().unwrap();
    let reading = service::workbench::read(&new, &shared);
    let wrong: Vec<_> = reading.found.iter().map(|found| found.line_for_terminal(words::Language::En)).collect();
    let definition = reading.definition.unwrap_or_else(|| panic!("{wrong:?}"));
    let row = world.store().journey(&world.organisation, &JourneyId::new("aanvraag")).await.unwrap().unwrap();
    let live = service.catalog.version(&world.organisation, &row.id, &row.live.unwrap()).await.unwrap().unwrap();
    let publisher = &service.publisher;
    let now = world.drive.now();
    let impact = publisher.foresee(&world.organisation, &live.definition, &definition, now).await.unwrap();
    let made = publisher.publish(&world.organisation, &new, None, "", now).await.unwrap();
    let Publication::Live { told, .. } = made else { panic!("{made:?}") };
    service.settle().await.unwrap();
    (impact, told)
}

/// Waiting, now and leaving at each touchpoint that somebody is touched at.
fn counts(impact: &Impact) -> Vec<(&str, [usize; 3])> {
    let count = |id: &TouchpointId| [Touch::Waiting, Touch::Now, Touch::Leaving].map(|touch| impact.count(id, touch));
    impact.touchpoints.iter().map(|(id, _)| (id.as_str(), count(id))).collect()
}

async fn sent(world: &World) -> BTreeSet<String> {
    world.messages().await.iter().map(|row| format!("{} {}", row.touchpoint, row.state.name())).collect()
}

#[tokio::test]
async fn runs_follow_and_who_listens_still_follows_too() {
    both(async |store| {
        let world = world(store, &[]).await;
        // Other words, a shorter delay, and a touchpoint renamed for whose moment one is waiting who has ended.
        let (impact, told) = publish(&world, &[SHORTER, RENAMED[0], RENAMED[1]]).await;
        assert_eq!((impact.open, impact.pinned, impact.ending, impact.more, told), (1, 0, 0, false, 2));
        assert_eq!(counts(&impact), [("later", [0, 2, 0]), ("napraten", [1, 0, 0])]);
        assert_eq!(impact.title(&"napraten".into()), "Terugblik");
        assert_eq!(sent(&world).await, ["later sent".to_owned()].into(), "now, as was foreseen");
        assert_eq!(world.messages().await.len(), 2, "of both");
        world.drive.until(world.drive.now() + SignedDuration::from_hours(24 * 9)).await.unwrap();
        assert_eq!(sent(&world).await, ["later sent".to_owned(), "napraten sent".to_owned()].into());
        assert_eq!(world.messages().await.len(), 3, "once each");
        // What went out does not wait for a longer delay.
        let longer = ("after: gevraagd, by: 3d", "after: gevraagd, by: 90d");
        let (impact, _) = publish(&world, &[longer, RENAMED[0], RENAMED[1]]).await;
        assert_eq!(counts(&impact), []);
        world.drive.until(world.drive.now() + SignedDuration::from_hours(24 * 99)).await.unwrap();
        assert_eq!(world.messages().await.len(), 3);
    })
    .await;
}

#[tokio::test]
async fn who_is_pinned_stays_and_is_let_go_once() {
    both(async |store| {
        let world = world(store, &[PIN]).await;
        let (impact, told) = publish(&world, &[PIN, SHORTER]).await;
        assert_eq!((impact.open, impact.pinned, told), (1, 1, 0));
        assert_eq!(counts(&impact), [("later", [2, 0, 0]), ("terugblik", [1, 0, 0])], "as on the version they are on");
        assert_eq!(sent(&world).await, BTreeSet::new());
        // Someone who begins now is on the new version: it is a day for them, and three for the others.
        hear(&world, "i-cora", 49 * 60, "cora", "customer.identified", json!({ "email": "cora@voorbeeld.nl" })).await;
        hear(&world, "r-cora", 49 * 60 + 1, "cora", "request.made", json!({ "id": "R-9" })).await;
        // Not pinned any more, and as long as ever: each goes from its own version to this one.
        let (impact, told) = publish(&world, &[]).await;
        assert_eq!((impact.open, impact.pinned, told), (2, 0, 3));
        assert_eq!(counts(&impact), [("later", [3, 0, 0]), ("terugblik", [1, 0, 0])]);
        // And pinned once more, with the shorter delay: that version they all still follow.
        let (impact, told) = publish(&world, &[PIN, SHORTER]).await;
        assert_eq!((impact.open, impact.pinned, told), (2, 0, 3));
        assert_eq!(counts(&impact), [("later", [1, 2, 0]), ("terugblik", [1, 0, 0])]);
        assert_eq!(sent(&world).await, ["later sent".to_owned()].into());
        assert_eq!(world.messages().await.len(), 2);
        let (impact, told) = publish(&world, &[PIN]).await;
        assert_eq!((impact.open, impact.pinned, told), (2, 2, 0));
    })
    .await;
}

#[tokio::test]
async fn what_goes_is_taken_back_and_listed() {
    both(async |store| {
        let world = world(store, &[]).await;
        let line = JOURNEY.lines().find(|line| line.contains("id: terugblik")).unwrap();
        let removed = format!("{line}\n");
        let (impact, _) = publish(&world, &[(removed.as_str(), "")]).await;
        assert_eq!(counts(&impact), [("later", [2, 0, 0]), ("terugblik", [0, 0, 1])]);
        assert_eq!(impact.gone, [("Terugblik".to_owned(), 0)]);
        let file = impact.file(words::Language::Nl, |_| "=Bram".to_owned()).unwrap();
        let text = String::from_utf8(file).unwrap();
        let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().collect();
        assert_eq!(lines.len(), 4);
        assert_eq!(lines[0], "Kenmerk;Naam;E-mail;Klantreis;Contactmoment;Wat er gebeurt");
        assert!(lines[3].ends_with(";'=Bram;bram@voorbeeld.nl;R-1;Terugblik;vervalt"), "{lines:?}");
        world.drive.until(world.drive.now() + SignedDuration::from_hours(24 * 9)).await.unwrap();
        assert_eq!(sent(&world).await, ["later sent".to_owned()].into());
    })
    .await;
}
