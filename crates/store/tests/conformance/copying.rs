//! Everything of one store into another.

use std::path::Path;

use store::{
    AliasKind, Cursor, Durability, Error, Health, Inbox, OpenMode, PoolSize, Postgres, Rejected, SqlStore, Sqlite,
    Store, Travellers, copy_store,
};
use words::Customer;

use crate::{
    SIZE,
    facts::read_all,
    identities::alias,
    samples::{at, audit, change, contact, customer, id, new_event, prepare, rijnoever, run, version},
};

/// More rows than are held at one time, odd ones too.
pub(crate) async fn fill(store: &impl Store) {
    prepare(store).await.expect("the sample organisation is kept");
    store.record(audit(1, 1)).await.expect("it is noted");
    let rejected = Rejected {
        id: id(1),
        organisation: rijnoever(),
        source: "kassa".to_owned(),
        received: at(1),
        reason: "no_name".to_owned(),
        detail: String::new(),
        raw: "twee\nregels 🙂".to_owned(),
    };
    store.reject(vec![rejected]).await.expect("it is kept");
    for number in 1..=6 {
        let version = store::Version {
            organisation: rijnoever(),
            journey: "reparatie".into(),
            number: 0,
            hash: words::VersionHash::new(format!("{number}").repeat(64)),
            files: [("journey.yaml".to_owned(), format!("versie {number}"))].into(),
            published: at(number),
            published_by: None,
            note: String::new(),
        };
        store.publish(version).await.expect("it is kept");
    }
    let events = (0..1_200).map(|number| new_event(&format!("e{number}"), &format!("klant-{number}"), 1));
    store.accept(events.collect()).await.expect("they are kept");
    let changes = (1..=30_u128).map(|number| store::Change {
        profile: Some(Customer::unknown(customer(number))),
        memory: (number % 2 == 0).then(|| vec![0, 1, 255]),
        aliases: vec![alias(AliasKind::User, &format!("klant-{number}"))],
        runs: vec![run(number, customer(number), Some(at(30)))],
        contacts: vec![contact(number, customer(number), 1, "melding", 1)],
        ..change(customer(number), 0)
    });
    store.commit(changes.collect()).await.expect("they are kept");
}

/// What is told of a store: everything that a copy must have too.
pub(crate) async fn told(store: &impl Store) -> String {
    let customers: Vec<_> = (1..=30).map(customer).collect();
    let loaded = store.load(&rijnoever(), &customers).await.expect("it reads");
    let pending = store.pending(2_000).await.expect("it reads");
    let (facts, _) = read_all(store, Cursor::start(), 1_000).await.expect("it reads");
    let contacts: Vec<_> = facts.into_iter().flat_map(|piece| piece.contacts).collect();
    let versions = store.version(&rijnoever(), &"reparatie".into(), &version()).await.expect("it reads");
    let stats = store.stats().await.expect("it reads");
    format!("{loaded:#?}{pending:#?}{contacts:#?}{versions:#?}{stats:#?}")
}

async fn copy(from: &SqlStore, to: SqlStore) {
    let mut heard = Vec::new();
    let copied =
        copy_store(from, to, |progress| heard.push((progress.copied, progress.total))).await.expect("it copies");
    let rows: u64 = copied.iter().map(|copied| copied.rows).sum();
    assert_eq!(heard.last(), Some(&(rows, rows)), "progress goes to the end");
    assert!(heard.is_sorted() && heard.len() > 10);
    let events = copied.iter().find(|copied| copied.table == "events").map(|copied| copied.rows);
    assert_eq!(events, Some(1_200));
}

async fn file(path: &Path) -> SqlStore {
    Sqlite::open(path, OpenMode::Create, Durability::Off).await.expect("it opens")
}

#[tokio::test]
async fn a_store_moves_to_a_server_and_back() {
    let Some(url) = postgres_for_tests::schema().await else { return };
    let open = async || Postgres::open(&url, SIZE).await.expect("it opens");
    let first = Sqlite::in_memory().await.expect("it opens");
    fill(&first).await;
    let before = told(&first).await;
    copy(&first, open().await).await;
    assert_eq!(told(&open().await).await, before);

    let folder = std::env::temp_dir().join(format!("klantreis-copy-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join("back.db");
    copy(&open().await, file(&path).await).await;
    let back = file(&path).await;
    assert_eq!(told(&back).await, before);

    // It goes on where it was: what is new comes behind what was copied.
    let (_, cursor) = read_all(&back, Cursor::start(), 1_000).await.expect("it reads");
    let mut new = change(customer(1), 1);
    new.contacts = vec![contact(1, customer(1), 2, "bezoek", 9)];
    assert_eq!(back.commit(vec![new]).await.expect("it commits"), [Ok(2)]);
    back.accept(vec![new_event("later", "anne", 0)]).await.expect("it is kept");
    let (pieces, _) = read_all(&back, cursor, 1_000).await.expect("it reads");
    assert_eq!(pieces.iter().map(|piece| piece.contacts.len()).sum::<usize>(), 1);
    assert_eq!(
        back.pending(2_000).await.expect("it reads").last().map(|stored| stored.event.id.as_str()),
        Some("later")
    );
    std::fs::remove_dir_all(&folder).expect("the folder goes");
}

#[tokio::test]
async fn a_store_that_holds_something_is_not_written_over() {
    let from = Sqlite::in_memory().await.expect("it opens");
    let to = Sqlite::in_memory().await.expect("it opens");
    prepare(&to).await.expect("the sample organisation is kept");
    let refused = copy_store(&from, to.clone(), |_| {}).await;
    assert!(matches!(refused, Err(Error::NotEmpty { table: "organisations" })), "{refused:?}");
    to.ready().await.expect("it goes on as it was");
}

#[tokio::test]
async fn a_wrong_address_is_told_without_its_password() {
    for url in ["postgres://anne:geheim@/x?port=geen", "mysql://anne:geheim@localhost/x"] {
        let refused = Postgres::open(url, PoolSize::default()).await.err().expect("no such address").to_string();
        assert!(!refused.contains("geheim"), "{refused}");
    }
}
