use std::{future::Future, pin::Pin, sync::Arc, task::Poll};

use store::{Conflict, OutboxRow, Result, SendState, Store};
use words::{CustomerId, Decision, EffectKey, Verdict, Waits};

use crate::{
    outbox::put,
    samples::{at, change, contact, customer, message, new_event, rijnoever, run},
};

/// Polls several futures of one task in turn until all are ready.
pub(crate) async fn together<T>(mut all: Vec<Pin<Box<dyn Future<Output = T> + Send + '_>>>) -> Vec<T> {
    let mut done: Vec<Option<T>> = all.iter().map(|_| None).collect();
    std::future::poll_fn(|context| {
        for (future, slot) in all.iter_mut().zip(&mut done) {
            if slot.is_none()
                && let Poll::Ready(value) = future.as_mut().poll(context)
            {
                *slot = Some(value);
            }
        }
        if done.iter().all(Option::is_some) { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    done.into_iter().flatten().collect()
}

pub(crate) async fn a_claim_gives_a_row_to_one(store: &impl Store) -> Result<()> {
    let rows = (1..=30).map(|number| message(number, customer(number), "bevestiging", SendState::Ready));
    put(store, rows.collect()).await?;
    let lane = store.ready_lanes(at(1)).await?.remove(0);
    let claims = (0..6).map(|_| store.claim(at(1), &lane, 7)).collect();
    let claimed: Vec<Vec<OutboxRow>> = together(claims).await.into_iter().collect::<Result<_>>()?;
    let mut customers: Vec<CustomerId> = claimed.iter().flatten().map(|row| row.customer).collect();
    customers.sort();
    assert_eq!(customers, (1..=30).map(customer).collect::<Vec<_>>(), "each row to one of them");
    Ok(())
}

pub(crate) async fn of_many_changes_of_one_revision_one_wins(store: &impl Store) -> Result<()> {
    let contenders = (1..=20).map(|number| {
        let mut change = change(customer(1), 0);
        change.runs = vec![run(number, customer(1), None)];
        change.contacts = vec![contact(number, customer(1), 1, "melding", 1)];
        store.commit(vec![change])
    });
    let commits = together(contenders.collect()).await.into_iter().collect::<Result<Vec<_>>>()?.concat();
    assert_eq!(commits.iter().filter(|commit| **commit == Ok(1)).count(), 1);
    assert_eq!(commits.iter().filter(|commit| **commit == Err(Conflict::Revision(1))).count(), 19);
    let stats = store.stats().await?;
    assert_eq!((stats["customers"], stats["runs"], stats["contacts"]), (1, 1, 1));
    Ok(())
}

pub(crate) async fn a_caller_that_goes_away_leaves_no_half(store: &impl Store) -> Result<()> {
    // Each call is dropped after it was looked at a few times, as when a connection breaks.
    for number in 1..=20_u128 {
        let mut change = change(customer(number), 0);
        change.runs = vec![run(number, customer(number), None)];
        change.contacts = vec![contact(number, customer(number), 1, "melding", 1)];
        let event = new_event(&format!("e{number}"), "anne", 1);
        let mut work: Pin<Box<dyn Future<Output = ()> + Send>> = Box::pin(async {
            store.commit(vec![change]).await.expect("it commits");
            store.accept(vec![event]).await.expect("it accepts");
        });
        let mut looks = number % 5;
        std::future::poll_fn(|context| {
            let ready = work.as_mut().poll(context).is_ready();
            let enough = looks == 0;
            looks = looks.saturating_sub(1);
            if ready || enough { Poll::Ready(()) } else { Poll::Pending }
        })
        .await;
    }
    // A write that is answered comes after those that were asked before it.
    store.ready().await?;
    let stats = store.stats().await?;
    assert_eq!((stats["customers"], stats["customers"]), (stats["runs"], stats["contacts"]), "whole or not at all");
    let customers: Vec<_> = (1..=20).map(customer).collect();
    for traveller in store.load(&rijnoever(), &customers).await? {
        assert_eq!((traveller.revision, traveller.runs.len()), (1, 1));
    }
    Ok(())
}

pub(crate) async fn a_failing_commit_takes_back_only_itself(store: &impl Store) -> Result<()> {
    let mut broken = change(customer(1), 0);
    broken.runs = vec![run(1, customer(1), None)];
    // A decision belongs to the run that leads its key; this key has none, which is found late.
    broken.decisions = vec![Decision {
        key: EffectKey::stored("no run"),
        time: at(1),
        verdict: Verdict::Hold { until: at(2), why: Waits::QuietHours },
        checks: Vec::new(),
    }];
    let commits = together(vec![
        store.commit(vec![change(customer(2), 0)]),
        store.commit(vec![change(customer(3), 0), broken]),
        store.commit(vec![change(customer(4), 0)]),
    ])
    .await;
    assert_eq!(commits.iter().map(|commit| commit.is_ok()).collect::<Vec<_>>(), [true, false, true]);
    let stats = store.stats().await?;
    assert_eq!((stats["customers"], stats["runs"]), (2, 0), "its other change is not there either");
    Ok(())
}

/// What was answered is in the files at that moment: a copy of them, as a crash would leave them, has it.
#[tokio::test]
async fn what_was_answered_survives_a_crash() {
    let folder = std::env::temp_dir().join(format!("klantreis-crash-{}", std::process::id()));
    let crashed = folder.join("crashed");
    std::fs::create_dir_all(&crashed).expect("a folder");
    let path = folder.join("store.db");
    let open = async |path: &std::path::Path| {
        store::Sqlite::open(path, store::OpenMode::Create, store::Durability::Full).await.expect("it opens")
    };
    let store = open(&path).await;
    use store::{Inbox, Travellers};
    for number in 1..=10_u128 {
        store.accept(vec![new_event(&format!("e{number}"), "anne", 1)]).await.expect("it accepts");
        let mut change = change(customer(number), 0);
        change.runs = vec![run(number, customer(number), None)];
        store.commit(vec![change]).await.expect("it commits")[0].expect("no conflict");
    }
    for file in ["store.db", "store.db-wal"] {
        std::fs::copy(folder.join(file), crashed.join(file)).expect("a copy");
    }
    let copy = open(&crashed.join("store.db")).await;
    assert_eq!(copy.pending(100).await.expect("it reads").len(), 10);
    let customers: Vec<_> = (1..=10).map(customer).collect();
    let loaded = copy.load(&rijnoever(), &customers).await.expect("it reads");
    assert!(loaded.iter().all(|one| one.runs.len() == 1) && loaded.len() == 10);
    std::fs::remove_dir_all(&folder).expect("the folder goes");
}

/// A store in a file survives being closed; its numbers go on where they were.
#[tokio::test]
async fn a_file_is_opened_again() {
    let folder = std::env::temp_dir().join(format!("klantreis-store-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join("again.db");
    for opening in 0..3_i64 {
        let mode = if opening == 0 { store::OpenMode::Create } else { store::OpenMode::Existing };
        let store = Arc::new(store::Sqlite::open(&path, mode, store::Durability::Full).await.expect("it opens"));
        use store::{Health, Inbox};
        store.accept(vec![new_event(&format!("e{opening}"), "anne", opening)]).await.expect("it accepts");
        let pending = store.pending(10).await.expect("it reads");
        assert_eq!(pending.len(), usize::try_from(opening).expect("small") + 1);
        assert!(pending.is_sorted_by_key(|stored| stored.arrival));
        store.close().await;
        assert!(store.pending(1).await.is_err(), "closed is closed");
    }
    std::fs::remove_dir_all(&folder).expect("the folder goes");
    let missing = store::Sqlite::open(&path, store::OpenMode::Existing, store::Durability::Full).await;
    assert!(missing.is_err(), "no file is made by accident");
}
