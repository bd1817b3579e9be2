//! Fifty texts through four journeys, and none of them anywhere afterwards.

use std::path::Path;

use serde_json::json;
use store::{
    AuditRow, Durability, Heard, ImportJob, ImportState, NewEvent, OpenMode, Paging, PoolSize, Postgres, Rejected,
    SqlStore, Sqlite, Suppression, TaskFilter, TaskState,
};
use words::{Channel, Event, EventId, EventName, Identity};

use crate::house::{Folder, MARK, Past, world};
use crate::support::World;

/// What staff, imports and the quarantine say of a person.
async fn said_elsewhere(world: &World, number: u128, name: &str) {
    let (store, now, organisation) = (world.store(), world.drive.now(), &world.organisation);
    let customer = world.who(name).await.unwrap();
    let id = |kind: u128| uuid::Uuid::from_u128(number * 100 + kind);
    let rejected = Rejected {
        id: id(1),
        organisation: organisation.clone(),
        source: "website".into(),
        received: now,
        reason: "no_name".into(),
        detail: format!("{MARK}detail{number}"),
        raw: json!({ "user": name, "text": format!("{MARK}raw{number}") }).to_string(),
    };
    store.reject(vec![rejected]).await.unwrap();
    let line = AuditRow {
        id: id(2),
        organisation: organisation.clone(),
        time: now,
        account: None,
        what: "customer.changed".into(),
        subject: customer.to_string(),
        detail: json!({ "parts": [format!("{MARK}audit{number}")] }),
    };
    store.record(line).await.unwrap();
    let job = ImportJob {
        id: id(3),
        organisation: organisation.clone(),
        file_name: "klanten.csv".into(),
        kind: "customers".into(),
        mapping: json!({}),
        state: ImportState::Done,
        read_bytes: 1,
        total_bytes: 1,
        report: json!({ "skipped": [{ "place": 2, "detail": format!("{name} twice: {MARK}report{number}") }] }),
        created: now,
        finished: Some(now),
    };
    store.save_import(job).await.unwrap();
    let suppression = Suppression {
        organisation: organisation.clone(),
        channel: Channel::new("email"),
        address: format!("{MARK}mail{number}@example.org"),
        reason: "bounced".into(),
        since: now,
    };
    let heard = Heard {
        organisation: organisation.clone(),
        channel: suppression.channel.clone(),
        address: suppression.address.clone(),
        time: now,
    };
    store.note_heard(heard, now).await.unwrap();
    store.suppress(suppression).await.unwrap();
}

/// Staff does every task of the marked people, with a note.
async fn tasks_done(world: &World, names: &[String]) {
    let now = world.drive.now();
    for name in names {
        let customer = world.who(name).await;
        let filter = TaskFilter { open: true, customer, ..TaskFilter::default() };
        for task in world.store().tasks(&world.organisation, &filter, Paging::first(100)).await.unwrap().rows {
            let done =
                TaskState::Done { time: now, by: None, channel: None, note: format!("{MARK}staffnote about {name}") };
            let event = Event {
                id: EventId::new(format!("{}:done", task.key)),
                source: "klantreis".into(),
                name: EventName::parse("task.done").unwrap(),
                time: now,
                received: now,
                identity: Identity::default(),
                properties: [("note".to_owned(), json!(format!("{MARK}notedone")))].into(),
                imported: false,
            };
            let event = NewEvent::about(world.organisation.clone(), task.customer, event);
            world.store().finish_task(&world.organisation, &task.key, done, event).await.unwrap();
        }
    }
    world.drive.settle().await.unwrap();
}

fn files_with(folder: &Path, found: &mut Vec<String>) -> usize {
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            count += files_with(&path, found);
            continue;
        }
        count += 1;
        let bytes = std::fs::read(&path).unwrap();
        let places = bytes.windows(MARK.len()).enumerate().filter(|(_, part)| *part == MARK.as_bytes());
        for (place, _) in places.take(5) {
            let end = (place + 60).min(bytes.len());
            found.push(format!("{}@{place}: {}", path.display(), String::from_utf8_lossy(&bytes[place..end])));
        }
    }
    count
}

async fn nothing_is_left(store: SqlStore, folder: &Path) {
    let traced = store.clone();
    let world = world(store, folder).await;
    let past = Past::marked();
    assert!(past.markers.len() >= 50, "{} texts", past.markers.len());
    world.live_through(&past.events).await;
    for (number, name) in (0..).zip(&past.marked) {
        said_elsewhere(&world, number, name).await;
    }
    tasks_done(&world, &past.marked).await;
    let marks = [MARK.to_owned()];
    let before = store::Erasures::traces(&traced, &marks).await.unwrap();
    let tables: Vec<&str> = before.iter().map(|(table, _)| *table).collect();
    for table in [
        "aliases",
        "audit",
        "conversations",
        "customers",
        "customer_words",
        "decisions",
        "events",
        "imports",
        "objects",
        "outbox",
        "rejected",
        "runs",
        "suppressions",
        "tasks",
    ] {
        // What an audit line says of a customer it says by our own id; the others hold the texts themselves.
        assert!(tables.contains(&table), "{table} holds something to begin with: {before:?}");
    }
    let (figures, messages) = (world.figures().await, world.messages().await.len());
    let mut found = Vec::new();
    assert!(files_with(folder, &mut found) > 5 && !found.is_empty(), "files hold something to begin with");

    for name in &past.marked {
        world.erase(world.who(name).await.unwrap()).await;
    }
    for stored in world.store().recent_events(&world.organisation, None, 1000).await.unwrap() {
        assert!(!format!("{:?}", stored.event).contains(MARK), "{stored:?}");
    }
    assert_eq!(store::Erasures::traces(&traced, &marks).await.unwrap(), [], "no table holds any of it");
    assert_eq!(world.messages().await.len(), messages, "what was sent still counts");
    figures.stay(&world.figures().await);
    world.drive.until("2028-03-01T00:00:00Z".parse().unwrap()).await.unwrap();
    let mut left = Vec::new();
    files_with(folder, &mut left);
    assert_eq!(left, Vec::<String>::new(), "no file holds any of it, and nothing was sent");
}

#[tokio::test]
async fn no_table_and_no_file_holds_anything() {
    let folder = Folder::new("file");
    let path = folder.0.join("klantreis.db");
    nothing_is_left(Sqlite::open(&path, OpenMode::Create, Durability::Full).await.unwrap(), &folder.0).await;
}

#[tokio::test]
async fn no_table_of_a_server_holds_anything() {
    let Some(url) = postgres_for_tests::schema().await else { return };
    let folder = Folder::new("server");
    let size = PoolSize { writers: 2, readers: 2 };
    nothing_is_left(Postgres::open(&url, size).await.unwrap(), &folder.0).await;
}
