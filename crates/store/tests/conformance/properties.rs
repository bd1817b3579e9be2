use std::collections::BTreeSet;

use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, TestRunner},
};
use store::{Accepted, Change, EventOutcome, EventState, Result, Store};
use words::CustomerId;

use crate::samples::{change, new_event, rijnoever};

/// Whatever comes in however often: every accepted event is there once, is applied once, and every count is a recount.
pub(crate) async fn counts_equal_what_was_accepted(store: &impl Store) -> Result<()> {
    let batches = prop::collection::vec(prop::collection::vec((0_u8..60, 0_u8..5), 0..40), 1..25);
    let mut runner = TestRunner::new_with_rng(
        Config::default(),
        proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
    );
    let batches = batches.new_tree(&mut runner).expect("batches").current();
    // One event id belongs to one customer, as its source made it.
    let event = |id: u8, _: u8| new_event(&format!("e{id}"), &format!("klant-{}", id % 5), i64::from(id));
    let (mut distinct, mut new, mut steps) = (BTreeSet::new(), 0, 0);
    for batch in &batches {
        let events: Vec<_> = batch.iter().map(|(id, salt)| event(*id, *salt)).collect();
        distinct.extend(batch.iter().map(|(id, _)| *id));
        let accepted = store.accept(events).await?;
        assert_eq!(accepted.len(), batch.len());
        new += accepted.iter().filter(|one| **one == Accepted::New).count();
        steps += apply(store).await?;
    }
    assert_eq!((new, steps), (distinct.len(), distinct.len()));
    assert_eq!(store.stats().await?["events"], distinct.len() as u64);
    let mut applied = 0;
    for number in 0..5 {
        let who = CustomerId::derived(&[&format!("klant-{number}")]);
        let events = store.events_of(&rijnoever(), who, 1_000).await?;
        let revision = store.load(&rijnoever(), &[who]).await?.first().map_or(0, |one| one.revision);
        assert_eq!(revision, events.len() as u64, "one step per event");
        applied += events.len();
    }
    assert_eq!(applied, distinct.len());
    Ok(())
}

/// Applies what is pending, one step per event.
async fn apply(store: &impl Store) -> Result<usize> {
    let pending = store.pending(1_000).await?;
    for stored in &pending {
        let name = stored.event.identity.customer.as_deref().unwrap_or_default();
        let who = CustomerId::derived(&[name]);
        let revision = store.load(&rijnoever(), &[who]).await?.first().map_or(0, |one| one.revision);
        let outcome = EventOutcome { event: stored.reference(), customer: Some(who), state: EventState::Applied };
        let commits = store.commit(vec![Change { outcomes: vec![outcome], ..change(who, revision) }]).await?;
        assert_eq!(commits, [Ok(revision + 1)]);
    }
    Ok(pending.len())
}
