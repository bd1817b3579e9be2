//! Two customers who turn out to be one, through the whole shell and on a real store of each kind: what they had under way
//! goes on as if they had been one from the start, nothing goes out twice, and a wrong merge is taken back.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use channels::MemoryTransport;
use jiff::{SignedDuration, Timestamp};
use journey::Folder;
use serde_json::{Value, json};
use service::reference;
use service::running::{Kept, Parted};
use service::sending::Transports;
use store::{AliasKind, Merge, NewEvent, Paging, PoolSize, Postgres, SqlStore, Sqlite, TaskFilter};
use support::World;
use words::{Channel, CustomerId, Event, EventId, EventName, Identity};

const START: &str = "2027-10-04T08:00:00Z";

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

fn folder() -> Folder {
    let mut folder = Folder::new(BTreeMap::new());
    folder.put("journey.yaml", JOURNEY.to_owned());
    for name in ["ontvangen", "later"] {
        let text = "---\nsubject: Uw aanvraag\n---\nDag,\n\nWe hebben uw aanvraag. Vragen? Bel {{ human.phone }}.\n";
        folder.put(format!("messages/{name}.nl.md"), text.to_owned());
    }
    folder
}

async fn world(store: SqlStore) -> World {
    let transports = Transports::only(Arc::new(MemoryTransport::new()));
    let world = World::new(store, reference::organisation(), transports, START.parse().unwrap()).await;
    world.sender("email", "memory", Value::Null).await;
    world.live(&folder()).await;
    world
}

async fn both(tell: impl AsyncFn(SqlStore)) {
    tell(Sqlite::in_memory().await.unwrap()).await;
    let Some(url) = postgres_for_tests::schema().await else { return };
    tell(Postgres::open(&url, PoolSize { writers: 2, readers: 2 }).await.unwrap()).await;
}

/// An event some minutes after the start: who (`user/anonymous`, either may be empty), what, with what.
fn event(id: &str, minute: i64, who: &str, name: &str, properties: Value) -> Event {
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

async fn hear(world: &World, events: Vec<Event>) {
    for event in events {
        world.drive.until(event.received.max(world.drive.now())).await.unwrap();
        world.store().accept(vec![NewEvent::from_outside(world.organisation.clone(), event)]).await.unwrap();
        world.drive.service.settle().await.unwrap();
    }
}

async fn wait(world: &World, days: i64) {
    world.drive.until(world.drive.now() + SignedDuration::from_hours(24 * days)).await.unwrap();
}

async fn who(world: &World, kind: AliasKind, name: &str) -> CustomerId {
    world.store().by_alias(&world.organisation, &[(kind, name.to_owned())]).await.unwrap()[0].unwrap()
}

async fn merges(world: &World) -> Vec<Merge> {
    world.store().merges(&world.organisation, Paging::first(10)).await.unwrap().rows
}

/// What stands of a customer in the end, without the ids of runs: contacts, messages and tasks by what they are about.
async fn standing(world: &World, id: CustomerId) -> Vec<String> {
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
async fn once(world: &World) {
    let keys: Vec<_> = world.messages().await.into_iter().map(|row| row.key).collect();
    assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), keys.len(), "{keys:?}");
}

fn mail() -> Value {
    json!({ "email": "l.jansen@voorbeeld.nl" })
}

/// A customer with a request, a visitor with another, and what says that they are one; the visitor's events may come before or
/// after that.
fn story() -> (Vec<Event>, Event, Vec<Event>) {
    let before = vec![
        event("i1", 0, "lotte/", "customer.identified", mail()),
        event("r1", 1, "lotte/", "request.made", json!({ "id": "R-1" })),
        event("i2", 2, "/bezoek-1", "customer.identified", mail()),
    ];
    let says = event("i3", 5, "lotte/bezoek-1", "customer.identified", json!({}));
    let others = vec![
        event("r2", 6, "/bezoek-1", "request.made", json!({ "id": "R-2" })),
        event("d2", 7, "/", "request.doubted", json!({ "id": "R-2" })),
        event("c1", 8, "/", "request.closed", json!({ "id": "R-1" })),
        event("c2", 9, "/bezoek-1", "request.closed", json!({ "id": "R-2" })),
    ];
    (before, says, others)
}

#[tokio::test]
async fn it_does_not_matter_when_it_turns_out() {
    both(async |store| {
        let world = world(store).await;
        let (before, says, others) = story();
        hear(&world, before).await;
        hear(&world, vec![says]).await;
        hear(&world, others).await;
        wait(&world, 5).await;
        let expected = standing(&world, who(&world, AliasKind::User, "lotte").await).await;
        assert!(expected.iter().filter(|line| line.starts_with("contact")).count() >= 6, "{expected:#?}");
        once(&world).await;
        for place in 1..=4 {
            let world = self::world(Sqlite::in_memory().await.unwrap()).await;
            let (before, says, mut others) = story();
            others.insert(place, says);
            hear(&world, before).await;
            hear(&world, others).await;
            wait(&world, 5).await;
            assert_eq!(standing(&world, who(&world, AliasKind::User, "lotte").await).await, expected, "after {place}");
            assert_eq!(merges(&world).await.len(), 1);
            once(&world).await;
        }
    })
    .await;
}

#[tokio::test]
async fn in_one_batch_it_is_the_same() {
    both(async |store| {
        let world = world(store).await;
        let (before, says, others) = story();
        let all = before.into_iter().chain(others[..2].to_vec()).chain([says]).chain(others[2..].to_vec());
        let last = START.parse::<Timestamp>().unwrap() + SignedDuration::from_mins(10);
        world.drive.until(last).await.unwrap();
        let all = all.map(|event| NewEvent::from_outside(world.organisation.clone(), event)).collect();
        world.store().accept(all).await.unwrap();
        world.drive.service.settle().await.unwrap();
        let lotte = who(&world, AliasKind::User, "lotte").await;
        assert_eq!(who(&world, AliasKind::Anonymous, "bezoek-1").await, lotte);
        let standing = standing(&world, lotte).await;
        let runs = standing.iter().filter(|line| line.starts_with("run ")).count();
        assert_eq!(runs, 2, "{standing:#?}");
        assert!(standing.iter().any(|line| line.starts_with("task R-2 bellen Done")), "{standing:#?}");
        once(&world).await;
        assert_eq!(world.drive.service.runner.round().await.unwrap().conflicts, 0);
    })
    .await;
}

#[tokio::test]
async fn an_alias_makes_two_named_customers_one() {
    both(async |store| {
        let world = world(store).await;
        let alias = event("a1", 9, "lotte/k-7", "customer.identified", json!({ "previous_id": "k-7" }));
        hear(
            &world,
            vec![
                event("i1", 0, "lotte/", "customer.identified", mail()),
                event("i2", 1, "k-7/", "customer.identified", json!({ "mobile": "+31612345678" })),
                event("r1", 2, "k-7/", "request.made", json!({ "id": "R-1" })),
                // The same request under the other name: two runs with one key.
                event("r2", 3, "lotte/", "request.made", json!({ "id": "R-1" })),
                alias,
                event("c1", 10, "k-7/", "request.closed", json!({ "id": "R-1" })),
            ],
        )
        .await;
        let lotte = who(&world, AliasKind::User, "lotte").await;
        assert_eq!(who(&world, AliasKind::User, "k-7").await, lotte);
        let runs = world.store().runs_of(&world.organisation, lotte).await.unwrap();
        assert_eq!(runs.len(), 1, "the older took the other's contacts: {runs:?}");
        assert!(!runs[0].status.eq(&words::Status::Open), "what is said under the old name is heard");
        let (contacts, _) = world.store().story_of(&world.organisation, lotte).await.unwrap();
        let sequences: Vec<u32> = contacts.iter().map(|one| one.sequence).collect();
        assert_eq!(sequences.iter().collect::<BTreeSet<_>>().len(), sequences.len(), "{contacts:?}");
        let customer = world.store().customer(&world.organisation, lotte).await.unwrap().unwrap().customer;
        assert_eq!(customer.mobile.as_deref(), Some("+31612345678"));
        wait(&world, 5).await;
        once(&world).await;
        let kept = Kept::read(&merges(&world).await[0]).unwrap();
        assert_eq!((kept.moved.len(), kept.folded.len()), (0, 1));
        assert_eq!(world.drive.service.runner.round().await.unwrap().conflicts, 0);
    })
    .await;
}

#[tokio::test]
async fn a_wrong_merge_is_taken_back() {
    both(async |store| {
        let world = world(store).await;
        let (before, says, others) = story();
        hear(&world, before).await;
        let mut others = others.into_iter();
        hear(&world, others.by_ref().take(2).collect()).await;
        let (lotte, visitor) =
            (who(&world, AliasKind::User, "lotte").await, who(&world, AliasKind::Anonymous, "bezoek-1").await);
        let late = Event { received: world.drive.now(), ..says };
        hear(&world, vec![late.clone()]).await;
        let merge = merges(&world).await.remove(0);
        assert_eq!((merge.winner, merge.loser, merge.event.as_str()), (lotte, visitor, "i3"));

        let runner = &world.drive.service.runner;
        let key = (merge.winner, merge.loser, merge.time);
        assert_eq!(runner.part(&world.organisation, key, None).await.unwrap(), Parted::Done { back: 1 });
        assert_eq!(runner.part(&world.organisation, key, None).await.unwrap(), Parted::NotThere, "once");
        assert_eq!(who(&world, AliasKind::Anonymous, "bezoek-1").await, visitor);
        let run_of = async |id| world.store().runs_of(&world.organisation, id).await.unwrap().remove(0).key.unwrap();
        assert_eq!([run_of(lotte).await, run_of(visitor).await], ["R-1", "R-2"]);
        let visitor_now = world.store().customer(&world.organisation, visitor).await.unwrap().unwrap().customer;
        assert_eq!(visitor_now.email.as_deref(), Some("l.jansen@voorbeeld.nl"));

        // The same device once more: they stay two, and each goes on with its own.
        hear(&world, vec![Event { id: EventId::new("i4"), ..late }]).await;
        let others = others.map(|event| Event { received: world.drive.now(), ..event }).collect();
        hear(&world, others).await;
        wait(&world, 5).await;
        assert_eq!(merges(&world).await.len(), 1);
        let open = async |id| {
            let runs = world.store().runs_of(&world.organisation, id).await.unwrap();
            runs.iter().filter(|run| run.status == words::Status::Open).count()
        };
        assert_eq!([open(lotte).await, open(visitor).await], [0, 0]);
        once(&world).await;
    })
    .await;
}

#[tokio::test]
async fn what_went_out_for_the_loser_comes_back_to_the_winner() {
    both(async |store| {
        let world = world(store).await;
        let (before, says, others) = story();
        hear(&world, before).await;
        // Applied, decided and about to be carried when it turns out.
        let made = others[0].clone();
        world.drive.until(made.received).await.unwrap();
        world.store().accept(vec![NewEvent::from_outside(world.organisation.clone(), made)]).await.unwrap();
        world.drive.service.runner.round().await.unwrap();
        let visitor = who(&world, AliasKind::Anonymous, "bezoek-1").await;
        let late = Event { received: world.drive.now(), ..says };
        world.store().accept(vec![NewEvent::from_outside(world.organisation.clone(), late)]).await.unwrap();
        let ready = world.messages().await.into_iter().find(|row| row.customer == visitor).unwrap();
        assert_eq!(ready.state.name(), "ready");
        world.drive.service.runner.round().await.unwrap();
        let moved = world.store().message(&world.organisation, &ready.key).await.unwrap().unwrap();
        let lotte = who(&world, AliasKind::User, "lotte").await;
        assert_eq!((moved.customer, moved.state.name()), (lotte, "ready"));
        world.drive.service.settle().await.unwrap();
        let (contacts, _) = world.store().story_of(&world.organisation, lotte).await.unwrap();
        assert!(
            contacts.iter().any(|one| one.run == ready.run && one.channel == Some(Channel::email())),
            "{contacts:?}"
        );
        once(&world).await;
    })
    .await;
}
