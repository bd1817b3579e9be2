//! Any of them, in any order, interrupted anywhere.

use proptest::prelude::*;
use store::{Customers, Paging, Sqlite, StoredCustomer};
use words::{Contact, CustomerId};

use crate::house::{Folder, Past, world};
use crate::support::World;

async fn everybody(world: &World) -> Vec<StoredCustomer> {
    world.store().customers(&world.organisation, Paging::first(1000)).await.unwrap().rows
}

async fn story(world: &World, customer: CustomerId) -> Vec<Contact> {
    Customers::story_of(world.drive.service.store.as_ref(), &world.organisation, customer).await.unwrap().0
}

/// Erases these, one step of one of them at a time as `order` says, some steps twice.
async fn interrupted(world: &World, whom: &[CustomerId], order: &[usize]) {
    let (service, now) = (&world.drive.service, world.drive.now());
    let mut open = Vec::new();
    for customer in whom {
        open.push(service.eraser.begin(&world.organisation, *customer, now).await.unwrap().expect("somebody"));
    }
    for at in order {
        let erasure = &open[at % open.len()];
        // What was done and not yet noted is done once more.
        match at % 3 {
            0 => service.store.scrub_shared(erasure).await.unwrap(),
            1 => service.store.quieten(erasure).await.map(|_| ()).unwrap(),
            _ => {}
        }
        service.eraser.step(&world.organisation, erasure.id, now).await.unwrap();
    }
    while service.eraser.tick(now).await.unwrap() > 0 {}
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, max_shrink_iters: 0, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn others_keep_what_is_theirs(picks in proptest::collection::vec(any::<prop::sample::Index>(), 1..6),
                                  order in proptest::collection::vec(0_usize..100, 0..12)) {
        tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
            let folder = Folder::new("many");
            let world = world(Sqlite::in_memory().await.unwrap(), &folder.0).await;
            world.live_through(&Past::plain().events).await;
            let all = everybody(&world).await;
            let mut whom: Vec<CustomerId> = picks.iter().map(|pick| pick.get(&all).customer.id).collect();
            whom.sort_unstable();
            whom.dedup();
            let figures = world.figures().await;
            let mut stories = Vec::new();
            for other in all.iter().filter(|stored| !whom.contains(&stored.customer.id)) {
                stories.push((other.clone(), story(&world, other.customer.id).await));
            }
            interrupted(&world, &whom, &order).await;
            figures.stay(&world.figures().await);
            let left = everybody(&world).await;
            assert_eq!(left.len(), all.len() - whom.len(), "nobody else is gone");
            for (other, before) in stories {
                assert!(left.contains(&other));
                assert_eq!(story(&world, other.customer.id).await, before);
            }
            for customer in whom {
                assert!(world.store().customer(&world.organisation, customer).await.unwrap().is_none());
                assert!(story(&world, customer).await.is_empty());
            }
        });
    }
}
