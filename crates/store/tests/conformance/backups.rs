//! Backups: of a store that is being worked on, and from a server.

use store::{
    Backups, CarriedBefore, Durability, Error, Health, Inbox, OpenMode, Restored, Sqlite, Store, backup_store,
};

use crate::{
    copying::{fill, told},
    samples::{at, new_event, rijnoever},
};

async fn is_backed_up(store: &store::SqlStore, name: &str) {
    let folder = std::env::temp_dir().join(format!("klantreis-backup-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    fill(store).await;
    let before = told(store).await;
    let file = folder.join("backup.db");
    // Others write meanwhile.
    let writing = async {
        for number in 0..50 {
            store.accept(vec![new_event(&format!("meanwhile{number}"), "anne", 40)]).await.expect("it is kept");
        }
    };
    let mut heard = Vec::new();
    let (made, ()) = tokio::join!(backup_store(store, &file, at(50), |done, all| heard.push((done, all))), writing);
    let made = made.expect("it is made");
    assert!(made.bytes > 100_000 && made.rows["runs"] == 30 && made.rows["events"] >= 1_200, "{made:?}");
    assert!(matches!(heard.last(), Some((done, all)) if done == all), "{heard:?}");
    let left: Vec<_> =
        std::fs::read_dir(&folder).expect("it reads").map(|file| file.expect("a file").file_name()).collect();
    assert_eq!(left, ["backup.db"], "one file and nothing beside it");
    store.ready().await.expect("it goes on");
    let refused = backup_store(store, &folder.join("none/backup.db"), at(51), |_, _| {}).await;
    assert!(refused.is_err());
    store.stats().await.expect("its readers read on");

    let backup = Sqlite::open(&file, OpenMode::Existing, Durability::Off).await.expect("it opens");
    assert_eq!(backup.backup_taken().await.expect("it reads"), Some(at(50)));
    let loaded = told(&backup).await;
    let runs = |told: &str| told[..told.find("StoredEvent").expect("events")].to_owned();
    assert_eq!(runs(&loaded), runs(&before));
    std::fs::remove_dir_all(&folder).expect("the folder goes");
}

#[tokio::test]
async fn a_file_is_backed_up_while_it_is_written() {
    let folder = std::env::temp_dir().join(format!("klantreis-backed-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join("klantreis.db");
    let store = Sqlite::open(&file, OpenMode::Create, Durability::Off).await.expect("it opens");
    is_backed_up(&store, "file").await;
    // What a reader may not do it may not do afterwards either, and nothing of the backup is left in it.
    assert_eq!(store.backup_taken().await.expect("it reads"), None);
    std::fs::remove_dir_all(&folder).expect("the folder goes");
}

#[tokio::test]
async fn a_server_is_backed_up_into_a_file() {
    let Some(store) = crate::on_a_server().await else { return };
    is_backed_up(&store, "server").await;
}

pub(crate) async fn a_restored_store_knows_what_went_before(store: &impl Store) -> Result<(), Error> {
    assert_eq!(store.restored().await?, None);
    assert_eq!(store.carried_before(&[[1; 16]]).await?, [None]);
    let restored = Restored { taken: at(1), restored: at(2), doubtful_until: Some(at(3)) };
    let carried = vec![([1; 16], at(1), CarriedBefore::HandedOver), ([2; 16], at(2), CarriedBefore::Accepted)];
    store.note_restored(restored, carried).await?;
    assert_eq!(store.restored().await?, None, "it was no backup");
    let told = store.carried_before(&[[2; 16], [3; 16], [1; 16]]).await?;
    let expected = [Some((at(2), CarriedBefore::Accepted)), None, Some((at(1), CarriedBefore::HandedOver))];
    assert_eq!(told, expected);
    assert!(store.organisation(&rijnoever()).await?.is_some());
    Ok(())
}
