//! A machine is lost and its store restored from a backup: nothing that went out since goes out once more.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use channels::MemoryTransport;
use jiff::SignedDuration;
use service::drive::Drive;
use service::sending::{SentLog, Transports, doubtful_until, question, read_logs};
use store::{Backups, Durability, NewEvent, OpenMode, OutboxRow, Restored, SendState, Sqlite, backup_store};
use words::Language;

use super::{support::World, trace, with};

const JOURNEY: &str = "woning-reparatie";

/// What was called before and after, on a store that was restored from a backup made before the last messages.
struct Story {
    folder: PathBuf,
    world: World,
    transport: Arc<MemoryTransport>,
    before: usize,
}

async fn accept(world: &World, numbers: std::ops::Range<usize>) {
    for event in trace(JOURNEY).drain(numbers) {
        world.drive.until(event.received).await.unwrap();
        let new = NewEvent::from_outside(world.organisation.clone(), event);
        world.store().accept(vec![new]).await.unwrap();
    }
}

/// `is_kept`: whether the sent log survives.
async fn restored(name: &str, is_kept: bool) -> Story {
    let folder = std::env::temp_dir().join(format!("klantreis-restored-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let (file, backup) = (folder.join("klantreis.db"), folder.join("backup.db"));
    let store = Sqlite::open(&file, OpenMode::Create, Durability::Off).await.unwrap();
    let (mut world, transport) = with(store.clone(), JOURNEY, "2027-10-01T00:00:00Z").await;
    let path = SentLog::beside(&file);
    let log = Arc::new(SentLog::open(&path, world.drive.now()).unwrap());
    world.drive.service = world.drive.service.clone().logging_sends(log);
    // Until something went out since the last backup.
    let (mut known, mut before) = (0, 0);
    while before < 4 || transport.calls().len() == before {
        world.drive.until(trace(JOURNEY)[known].received).await.unwrap();
        before = transport.calls().len();
        let made = backup_store(&store, &backup, world.drive.now(), |_, _| {}).await.unwrap();
        assert!(made.rows["organisations"] == 1);
        accept(&world, known..known + 1).await;
        world.drive.service.settle().await.unwrap();
        known += 1;
    }
    let end = world.drive.now() + SignedDuration::from_mins(1);

    let again = folder.join("restored.db");
    std::fs::copy(&backup, &again).unwrap();
    let store = Sqlite::open(&again, OpenMode::Existing, Durability::Off).await.unwrap();
    let taken = store.backup_taken().await.unwrap().expect("it says when it was made");
    let logs = if is_kept { vec![path] } else { Vec::new() };
    let told = read_logs(&logs, taken).unwrap();
    assert_eq!(told.is_whole, is_kept);
    let doubtful_until = (!told.is_whole).then(|| doubtful_until(end));
    let carried = told.messages.into_iter().map(|(message, (time, outcome))| (message, time, outcome)).collect();
    store.note_restored(Restored { taken, restored: end, doubtful_until }, carried).await.unwrap();
    assert_eq!(store.backup_taken().await.unwrap(), None);
    let (random, organisation) = (world.drive.service.random.clone(), world.organisation);
    let transports = Transports::only(transport.clone());
    let drive = Drive::new(Arc::new(store), random, transports, "https://k.example", end);
    let world = World { drive, organisation };
    // What was due meanwhile fires, and the sources send what was never answered.
    world.drive.service.settle().await.unwrap();
    accept(&world, 0..known).await;
    world.drive.service.settle().await.unwrap();
    Story { folder, world, transport, before }
}

impl Story {
    /// Nothing was handed to the provider twice.
    fn nothing_went_twice(&self) {
        let calls = self.transport.calls();
        let once: BTreeSet<&String> = calls.iter().collect();
        assert!(self.before > 3);
        assert_eq!(once.len(), calls.len(), "{calls:#?}");
    }

    async fn in_state(&self, state: fn(&SendState) -> bool) -> Vec<OutboxRow> {
        let mut rows = self.world.messages().await;
        rows.retain(|row| state(&row.state));
        rows
    }
}

#[tokio::test]
async fn with_the_sent_log_it_is_known_what_went_out() {
    let story = restored("with", true).await;
    story.nothing_went_twice();
    let known = story.in_state(|state| matches!(state, SendState::Sent { reference: None, .. })).await;
    assert!(!known.is_empty(), "what went since counts as sent");
    assert_eq!(story.in_state(|state| matches!(state, SendState::Unknown { .. })).await, []);
    std::fs::remove_dir_all(&story.folder).unwrap();
}

#[tokio::test]
async fn without_it_staff_are_asked_and_what_they_send_goes() {
    let story = restored("without", false).await;
    story.nothing_went_twice();
    let asked = story.in_state(|state| matches!(state, SendState::Unknown { .. })).await;
    assert!(!asked.is_empty());
    for row in &asked {
        assert_eq!(row.state, SendState::Unknown { reason: question(Language::Nl).to_owned() });
    }
    let (store, now) = (story.world.store(), story.world.drive.now());
    assert!(store.send_again(&story.world.organisation, &asked[0].key, now).await.unwrap());
    let calls = story.transport.calls().len();
    story.world.drive.service.settle().await.unwrap();
    assert_eq!(story.transport.calls().len(), calls + 1);
    std::fs::remove_dir_all(&story.folder).unwrap();
}
