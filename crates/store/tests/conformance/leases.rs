use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use store::{
    Alias, AliasKind, Change, Error, EventOutcome, EventState, Finished, NewEvent, NewLease, Object, Outcome, Result,
    SendState, Share, Store, customer_bucket,
};
use words::Bucket;

use crate::{
    outbox::{claim, put},
    samples::{at, change, customer, event, id, message, new_event, rijnoever, run},
};

pub(crate) fn seconds(seconds: i64) -> Timestamp {
    at(0) + SignedDuration::from_secs(seconds)
}

pub(crate) fn lease(number: u128) -> NewLease {
    NewLease { id: id(number), format: 1, version: "0.1.0".to_owned() }
}

/// Two workers that share: both hold a part.
async fn two(store: &impl Store) -> Result<[Share; 2]> {
    store.begin_lease(lease(1), seconds(0), seconds(15)).await?;
    store.begin_lease(lease(2), seconds(0), seconds(15)).await?;
    let first = store.balance(id(1), seconds(5)).await?.expect("it holds on");
    let second = store.balance(id(2), seconds(5)).await?.expect("it holds on");
    Ok([first, second])
}

fn together(shares: &[Share]) -> BTreeSet<Bucket> {
    shares.iter().flat_map(|share| share.buckets.clone()).collect()
}

pub(crate) async fn buckets_are_shared_fairly(store: &impl Store) -> Result<()> {
    let alone = store.begin_lease(lease(1), seconds(0), seconds(15)).await?;
    assert!(alone.is_all() && alone.holds(Bucket::new(1023).expect("a bucket")));
    assert_eq!(store.begin_lease(lease(2), seconds(0), seconds(15)).await?.buckets, [], "what is held stays held");
    assert_eq!(store.begin_lease(lease(3), seconds(0), seconds(15)).await?.buckets, []);
    let mut shares = Vec::new();
    for number in 1..=3 {
        shares.push(store.balance(id(number), seconds(5)).await?.expect("it holds on"));
    }
    assert_eq!(shares.iter().map(|share| share.buckets.len()).collect::<Vec<_>>(), [342, 342, 340]);
    assert_eq!(together(&shares).len(), 1024, "each bucket is held by one");
    store.end_lease(id(1)).await?;
    let left = [2, 3].map(|number| store.balance(id(number), seconds(6)));
    let mut shares = Vec::new();
    for share in left {
        shares.push(share.await?.expect("it holds on"));
    }
    assert_eq!(shares.iter().map(|share| share.buckets.len()).collect::<Vec<_>>(), [512, 512]);
    assert_eq!(
        store.leases().await?.iter().map(|row| (row.id, row.buckets)).collect::<Vec<_>>(),
        [(id(2), 512), (id(3), 512)]
    );
    Ok(())
}

pub(crate) async fn a_lease_that_is_renewed_is_left_alone(store: &impl Store) -> Result<()> {
    store.begin_lease(lease(1), seconds(0), seconds(15)).await?;
    assert!(store.renew_lease(id(1), seconds(30)).await?);
    assert_eq!(store.begin_lease(lease(2), seconds(29), seconds(44)).await?.buckets, []);
    assert_eq!(store.balance(id(2), seconds(30)).await?.expect("it holds on").buckets.len(), 1024, "it ran out");
    assert!(!store.renew_lease(id(1), seconds(45)).await?, "and never comes back");
    assert_eq!(store.balance(id(1), seconds(31)).await?, None);
    Ok(())
}

pub(crate) async fn who_was_taken_over_writes_nothing(store: &impl Store) -> Result<()> {
    store.accept(vec![new_event("e1", "anne", 0)]).await?;
    put(store, vec![message(1, customer(1), "bevestiging", SendState::Ready)]).await?;
    let share = store.begin_lease(lease(1), seconds(0), seconds(15)).await?;
    let stopped = store.held(&share);
    let (event, sending) = (stopped.pending(10).await?.remove(0), claim(&*stopped, at(1), 10).await?.remove(0));
    put(store, vec![message(2, customer(2), "bevestiging", SendState::Ready)]).await?;
    let before = (store.stats().await?, store.message(&rijnoever(), &sending.key).await?);

    store.begin_lease(lease(2), seconds(15), seconds(30)).await?;
    let applied = EventOutcome { event: event.reference(), customer: None, state: EventState::Applied };
    let mut of_anne = change(customer(3), 0);
    of_anne.outcomes = vec![applied.clone()];
    let finished = Finished {
        organisation: rijnoever(),
        customer: sending.customer,
        key: sending.key.clone(),
        attempt: 1,
        outcome: Outcome::Sent { time: at(2), reference: None },
        rendered: None,
        doubt: None,
        events: vec![NewEvent::about(rijnoever(), sending.customer, event.event.clone())],
    };
    let ended = |error: Error| matches!(error, Error::LeaseEnded);
    assert!(stopped.commit(vec![of_anne]).await.is_err_and(ended));
    assert!(stopped.settle(vec![applied], Vec::new()).await.is_err_and(ended));
    assert!(claim(&*stopped, at(3), 10).await.is_err_and(ended));
    assert!(stopped.finish(vec![finished]).await.is_err_and(ended));
    assert!(stopped.accept(vec![new_event("e2", "anne", 1)]).await.is_err_and(ended));
    assert_eq!((store.stats().await?, store.message(&rijnoever(), &sending.key).await?), before);
    assert_eq!(store.pending(10).await?, [event], "to be applied by who took over");
    // Also in one transaction with what others write.
    let (refused, taken) =
        tokio::join!(stopped.commit(vec![change(customer(3), 0)]), store.accept(vec![new_event("e3", "anne", 2)]));
    assert!(refused.is_err_and(ended) && taken.is_ok());
    Ok(())
}

/// Of ten customers of each worker: an event, something due, a held message, one to be carried, and one that waits in vain.
async fn fill(store: &impl Store, shares: &[Share; 2]) -> Result<Vec<u128>> {
    let of = |share: &Share| {
        let share = share.clone();
        (1..).filter(move |number| share.holds(customer_bucket(&rijnoever(), customer(*number)))).take(10)
    };
    let numbers: Vec<u128> = of(&shares[0]).chain(of(&shares[1])).collect();
    for number in &numbers {
        let who = customer(*number);
        let about = |name: &str| NewEvent::about(rijnoever(), who, event(&format!("{name}-{number}"), None, &[], 0));
        store.accept(vec![about("new"), about("waiting")]).await?;
        let mut change = change(who, 0);
        change.runs = vec![run(*number, who, Some(at(1)))];
        change.outbox = vec![
            message(*number, who, "bevestiging", SendState::Ready),
            message(*number, who, "herinnering", SendState::Held { until: at(1), why: words::Waits::Anew }),
        ];
        let state = EventState::Waiting { object: format!("repair:R-{number}"), until: at(1) };
        change.outcomes = vec![EventOutcome { event: about("waiting").reference(), customer: Some(who), state }];
        store.commit(vec![change]).await?.remove(0).expect("no conflict");
    }
    Ok(numbers)
}

pub(crate) async fn work_goes_to_whom_its_bucket_belongs(store: &impl Store) -> Result<()> {
    let shares = two(store).await?;
    let mut numbers = fill(store, &shares).await?;
    let theirs: Vec<_> = numbers.split_off(10);
    for (share, numbers) in shares.iter().zip([numbers, theirs]) {
        let own = store.held(share);
        let mut expected: Vec<_> = numbers.into_iter().map(customer).collect();
        expected.sort();
        let same = |what: &str, mut found: Vec<words::CustomerId>| {
            found.sort();
            assert_eq!(found, expected, "{what}");
        };
        same("pending", own.pending(100).await?.iter().filter_map(|event| event.customer).collect());
        same("waited", own.waited(at(2), 100).await?.iter().filter_map(|event| event.customer).collect());
        same("due", own.due(at(2), 100).await?.iter().map(|due| due.customer).collect());
        same("held", own.held_due(at(2), 100).await?.iter().map(|due| due.customer).collect());
        same("claim", claim(&*own, at(2), 100).await?.iter().map(|row| row.customer).collect());
        same("left", own.left_sending(at(3), 100).await?.iter().map(|row| row.customer).collect());
    }
    assert_eq!(store.left_sending(at(3), 100).await?.len(), 20, "without a lease everything is there");
    Ok(())
}

pub(crate) async fn an_event_that_missed_its_object_is_woken(store: &impl Store) -> Result<()> {
    let shares = two(store).await?;
    let events: Vec<NewEvent> = (0..2_100)
        .map(|number| {
            let object = format!("R-{number}");
            NewEvent::from_outside(rijnoever(), event(&format!("e{number}"), None, &[("id", &object)], 0))
        })
        .collect();
    store.accept(events.clone()).await?;
    let waits = |(number, new): (usize, &NewEvent)| EventOutcome {
        event: new.reference(),
        customer: None,
        state: EventState::Waiting { object: format!("repair:R-{number}"), until: at(600) },
    };
    store.settle(events.iter().enumerate().map(waits).collect(), Vec::new()).await?;
    // Somebody made half of them known without seeing who waits.
    let objects = (0..2_100).filter(|number| number % 2 == 0).map(|number| Object {
        kind: "repair".to_owned(),
        id: format!("R-{number}"),
        run: None,
        instead_of: None,
    });
    let alias = Alias { kind: AliasKind::User, value: "anne".to_owned(), instead_of: None };
    let known = Change { objects: objects.collect(), aliases: vec![alias], ..change(customer(1), 0) };
    store.commit(vec![known]).await?.remove(0).expect("no conflict");
    let mut woken = 0;
    for share in &shares {
        let own = store.held(share);
        let mine = own.wake_waiting().await?;
        assert_eq!(own.pending(4_000).await?.len() as u64, mine, "only its own");
        woken += mine;
    }
    assert_eq!((woken, store.wake_waiting().await?), (1_050, 0));
    Ok(())
}

pub(crate) async fn an_older_format_is_kept_out(store: &impl Store) -> Result<()> {
    let old = store.begin_lease(lease(1), seconds(0), seconds(15)).await?;
    let newer = NewLease { format: 2, ..lease(2) };
    assert!(store.begin_lease(newer, seconds(1), seconds(16)).await?.is_all(), "it takes over at once");
    let refused = store.held(&old).commit(vec![change(customer(1), 0)]).await;
    assert!(matches!(refused, Err(Error::LeaseEnded)), "{refused:?}");
    store.end_lease(id(2)).await?;
    for outdated in [store.begin_lease(lease(3), seconds(2), seconds(17)).await, store.begin_only_lease(lease(4)).await]
    {
        assert!(matches!(outdated, Err(Error::Outdated { format: 1, stored: 2 })), "{outdated:?}");
    }
    Ok(())
}

pub(crate) async fn the_only_one_holds_everything_for_ever(store: &impl Store) -> Result<()> {
    let left = store.begin_lease(lease(1), seconds(0), seconds(15)).await?;
    let share = store.begin_only_lease(lease(2)).await?;
    assert!(share.is_all());
    assert!(store.held(&left).commit(vec![change(customer(1), 0)]).await.is_err(), "what a crash left is over");
    assert_eq!(store.begin_lease(lease(3), at(10_000_000), at(10_000_001)).await?.buckets, []);
    assert_eq!(store.held(&share).commit(vec![change(customer(1), 0)]).await?, [Ok(1)]);
    Ok(())
}
