//! How much waits, for those who watch over it.

use store::{Error, Store};

use crate::samples::{at, change, customer, new_event, run};

pub(crate) async fn what_waits_is_counted(store: &impl Store) -> Result<(), Error> {
    let idle = store.gauges(at(100)).await?;
    assert_eq!((idle.oldest_unapplied, idle.unapplied, idle.due, idle.oldest_ready), (None, 0, 0, None));
    store.accept(vec![new_event("e1", "anne", 1), new_event("e2", "bert", 2)]).await?;
    let mut changed = change(customer(1), 0);
    changed.runs = vec![run(1, customer(1), Some(at(30)))];
    assert_eq!(store.commit(vec![changed]).await?.len(), 1);
    let gauges = store.gauges(at(29)).await?;
    assert_eq!(gauges.unapplied, 2);
    assert!(gauges.oldest_unapplied.is_some());
    assert_eq!(gauges.outbox["ready"], 0);
    assert_eq!((gauges.due, gauges.next_due), (0, Some(at(30))));
    assert_eq!(store.gauges(at(30)).await?.due, 1);
    Ok(())
}

pub(crate) async fn a_sound_store_says_so(store: &impl Store) -> Result<(), Error> {
    let condition = store.condition().await?;
    assert_eq!(condition.faults, Vec::<String>::new());
    assert!(condition.bytes > 10_000 && condition.free_bytes < condition.bytes);
    Ok(())
}
