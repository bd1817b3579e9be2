use store::{EventOutcome, EventState, Paging, QuarantineFilter, QuarantineId, Quarantined, Rejected, Result, Store};

use crate::samples::{at, id, new_event, rijnoever};

fn rejected(number: u128, minute: i64) -> Rejected {
    Rejected {
        id: id(number),
        organisation: rijnoever(),
        source: "kassa".to_owned(),
        received: at(minute),
        reason: "no_name".to_owned(),
        detail: "event has no name".to_owned(),
        raw: "{\"event\":\"\"}".to_owned(),
    }
}

async fn quarantine_one(store: &impl Store, event: &str, minute: i64) -> Result<QuarantineId> {
    store.accept(vec![new_event(event, "anne", minute)]).await?;
    let stored = store.pending(10).await?.pop().expect("one is pending");
    let state = EventState::Quarantined { reason: "unknown_object".to_owned(), detail: "visit:V-1".to_owned() };
    let outcome = EventOutcome { event: stored.reference(), customer: None, state };
    store.settle(vec![outcome], Vec::new()).await?;
    Ok(QuarantineId::Accepted(stored.reference()))
}

pub(crate) async fn both_kinds_stand_in_one_list(store: &impl Store) -> Result<()> {
    store.reject(vec![rejected(1, 1), rejected(2, 3)]).await?;
    let accepted = quarantine_one(store, "e1", 2).await?;
    let all = store.quarantine(&rijnoever(), QuarantineFilter::default(), Paging::first(10)).await?;
    let ids: Vec<_> = all.rows.iter().map(|row| row.id.clone()).collect();
    assert_eq!(ids, [QuarantineId::Rejected(id(2)), accepted.clone(), QuarantineId::Rejected(id(1))]);
    assert_eq!(all.total, 3);
    let page = store.quarantine(&rijnoever(), QuarantineFilter::default(), Paging { offset: 1, limit: 1 }).await?;
    assert_eq!((page.rows[0].id.clone(), page.total), (accepted.clone(), 3));
    let of_till = QuarantineFilter { source: Some("kassa"), reason: None };
    let of_till = store.quarantine(&rijnoever(), of_till, Paging::first(10)).await?;
    assert_eq!((of_till.rows.len(), of_till.total), (2, 2));
    let unknown = QuarantineFilter { source: None, reason: Some("unknown_object") };
    let unknown = store.quarantine(&rijnoever(), unknown, Paging::first(10)).await?;
    assert_eq!((unknown.rows[0].id.clone(), unknown.total), (accepted.clone(), 1));
    let counts = store.quarantine_reasons(&rijnoever()).await?;
    let counts: Vec<_> = counts.iter().map(|of| (of.reason.as_str(), of.count)).collect();
    assert_eq!(counts, [("no_name", 2), ("unknown_object", 1)]);

    for row in &all.rows {
        let one: Option<Quarantined> = store.quarantined(&rijnoever(), &row.id).await?;
        assert_eq!(one.as_ref(), Some(row), "one by one they read the same");
    }
    Ok(())
}

pub(crate) async fn an_accepted_event_is_taken_again_or_discarded(store: &impl Store) -> Result<()> {
    let first = quarantine_one(store, "e1", 1).await?;
    let QuarantineId::Accepted(event) = &first else { unreachable!("it was accepted") };
    assert!(store.take_again(event).await?);
    assert!(!store.take_again(event).await?, "it is out of quarantine");
    let pending = store.pending(10).await?;
    assert_eq!(pending.iter().map(|stored| stored.reference()).collect::<Vec<_>>(), std::slice::from_ref(event));
    let done = EventOutcome { event: event.clone(), customer: None, state: EventState::Applied };
    store.settle(vec![done], Vec::new()).await?;

    let second = quarantine_one(store, "e2", 2).await?;
    assert!(store.discard(&rijnoever(), &second).await?);
    assert!(!store.discard(&rijnoever(), &second).await?);
    let again = store.accept(vec![new_event("e2", "anne", 9)]).await?;
    assert_eq!(again, [store::Accepted::Duplicate], "it stays known");
    store.reject(vec![rejected(1, 1)]).await?;
    assert!(store.discard(&rijnoever(), &QuarantineId::Rejected(id(1))).await?);
    assert_eq!(store.quarantine(&rijnoever(), QuarantineFilter::default(), Paging::first(10)).await?.total, 0);
    Ok(())
}

pub(crate) async fn many_leave_at_once_and_the_rest_stays(store: &impl Store) -> Result<()> {
    store.reject(vec![rejected(1, 1), rejected(2, 2), rejected(3, 3)]).await?;
    let accepted = quarantine_one(store, "e1", 4).await?;
    let gone = vec![QuarantineId::Rejected(id(1)), accepted.clone(), QuarantineId::Rejected(id(9))];
    store.discard_all(&rijnoever(), gone.clone()).await?;
    store.discard_all(&rijnoever(), gone).await?;
    let left = store.quarantine(&rijnoever(), QuarantineFilter::default(), Paging::first(10)).await?;
    let left: Vec<_> = left.rows.into_iter().map(|row| row.id).collect();
    assert_eq!(left, [QuarantineId::Rejected(id(3)), QuarantineId::Rejected(id(2))]);
    let many = (0..=u128::from(store::limits::ROWS_MAX)).map(|number| QuarantineId::Rejected(id(number))).collect();
    assert!(store.discard_all(&rijnoever(), many).await.is_err(), "too many at once");
    Ok(())
}
