//! A message that is on its way while somebody is erased.

use service::erasing::Stepped;
use store::{Change, Finished, Lane, OutboxFilter, OutboxRow, Outcome, Paging, SendState, Sqlite};
use words::EffectKey;

use crate::house::{Folder, Past, world};
use crate::support::World;

/// Another message like this one, which a worker has taken up.
async fn on_its_way(world: &World, like: OutboxRow) -> OutboxRow {
    let (store, now) = (world.store(), world.drive.now());
    let loaded = store.load(&world.organisation, &[like.customer]).await.unwrap().pop().unwrap();
    let mut change = Change::new(world.organisation.clone(), like.customer, loaded.revision, now);
    let key = EffectKey::stored(format!("{}-again", like.key));
    let like_channel = like.channel.clone().expect("it has one");
    change.outbox.push(OutboxRow { key: key.clone(), state: SendState::Ready, next_attempt: Some(now), ..like });
    store.commit(vec![change]).await.unwrap()[0].unwrap();
    let lane = Lane::own(world.organisation.clone(), like_channel);
    let claimed = store.claim(now, &lane, 100).await.unwrap();
    claimed.into_iter().find(|row| row.key == key).expect("it is being carried")
}

#[tokio::test]
async fn the_erasure_waits_for_it_and_nothing_else_is_sent() {
    let folder = Folder::new("underway");
    let world = world(Sqlite::in_memory().await.unwrap(), &folder.0).await;
    let past = Past::marked();
    world.live_through(&past.events).await;
    let (store, eraser) = (world.store(), &world.drive.service.eraser);
    // Staff sends what went once more, and a worker takes it up.
    let customer = world.who(&past.marked[3]).await.unwrap();
    let filter = OutboxFilter { customer: Some(customer), ..OutboxFilter::default() };
    let sent = store.messages(&world.organisation, &filter, Paging::first(100)).await.unwrap().rows;
    let row = sent.iter().find(|row| matches!(row.state, SendState::Sent { .. })).expect("something went");
    let now = world.drive.now();
    let carried = on_its_way(&world, row.clone()).await;
    let erasure = eraser.begin(&world.organisation, customer, now).await.unwrap().unwrap();
    assert_eq!(eraser.step(&world.organisation, erasure.id, now).await.unwrap(), Stepped::Waits);
    assert!(!eraser.go_on(&erasure, now).await.unwrap(), "it waits");
    for lane in store.ready_lanes(now).await.unwrap() {
        let claimed = store.claim(now, &lane, 100).await.unwrap();
        assert!(claimed.iter().all(|row| row.customer != customer), "nothing more goes");
    }
    let outcome = Outcome::Sent { time: now, reference: None };
    let finished = Finished {
        organisation: world.organisation.clone(),
        customer,
        key: carried.key.clone(),
        attempt: carried.attempts,
        outcome,
        rendered: None,
        doubt: None,
        events: Vec::new(),
    };
    assert_eq!(store.finish(vec![finished]).await.unwrap(), [true]);
    assert!(eraser.go_on(&erasure, now).await.unwrap());
    assert!(store.customer(&world.organisation, customer).await.unwrap().is_none());
}
