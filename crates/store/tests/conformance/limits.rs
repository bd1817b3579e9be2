use store::{Draft, Error, Files, Paging, Rejected, Result, Store, limits};

use crate::samples::{at, audit, change, customer, id, new_event, reparatie, rijnoever};

fn too_much<T>(result: Result<T>) -> bool {
    matches!(result, Err(Error::TooMuch { .. }))
}

pub(crate) async fn too_much_at_once_is_refused(store: &impl Store) -> Result<()> {
    let events = vec![new_event("e1", "anne", 1); limits::ACCEPT_EVENTS_MAX + 1];
    assert!(too_much(store.accept(events).await));
    let changes = vec![change(customer(1), 0); limits::COMMIT_CHANGES_MAX + 1];
    assert!(too_much(store.commit(changes).await));
    let rejected = |bytes| Rejected {
        id: id(1),
        organisation: rijnoever(),
        source: "kassa".to_owned(),
        received: at(1),
        reason: "too_large".to_owned(),
        detail: String::new(),
        raw: "x".repeat(bytes),
    };
    assert!(too_much(store.reject(vec![rejected(limits::RAW_BYTES_MAX + 1)]).await));
    store.reject(vec![rejected(limits::RAW_BYTES_MAX)]).await?;
    let draft = |bytes| Draft {
        organisation: rijnoever(),
        journey: reparatie(),
        files: Files::from([(String::new(), "x".repeat(bytes))]),
        base: None,
        revision: 0,
        updated: at(1),
        updated_by: None,
    };
    assert!(too_much(store.save_draft(draft(limits::FILES_BYTES_MAX + 1)).await));
    store.save_draft(draft(limits::FILES_BYTES_MAX)).await?;
    assert_eq!(store.stats().await?["events"] + store.stats().await?["customers"], 0);
    assert_eq!(store.accept(Vec::new()).await?, [], "nothing is not too little");
    assert_eq!(store.commit(Vec::new()).await?, []);
    Ok(())
}

pub(crate) async fn pages_have_a_longest(store: &impl Store) -> Result<()> {
    let longest = limits::PENDING_MAX as usize;
    let events = (0..=longest).map(|number| new_event(&format!("e{number}"), "anne", 1));
    store.accept(events.collect()).await?;
    assert_eq!(store.pending(u32::MAX).await?.len(), longest);
    for number in 0..3 {
        store.record(audit(number, 1)).await?;
    }
    let beyond = store.audit(&rijnoever(), Paging { offset: 3, limit: u32::MAX }).await?;
    assert_eq!((beyond.rows.len(), beyond.total), (0, 3));
    Ok(())
}

pub(crate) async fn the_store_says_whether_it_works(store: &impl Store) -> Result<()> {
    store.ready().await?;
    let stats = store.stats().await?;
    assert_eq!((stats["organisations"], stats["journeys"], stats["events"]), (2, 2, 0));
    Ok(())
}
