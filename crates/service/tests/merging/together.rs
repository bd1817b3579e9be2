//! It does not matter when it turns out, or by which event.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use service::running::Kept;
use store::{AliasKind, NewEvent, Sqlite, customer_bucket};
use words::{CustomerId, Status};

use crate::house::{self, START, both, event, hear, mail, merges, once, standing, story, story_of, wait, who, world};

#[tokio::test]
async fn it_does_not_matter_when_it_turns_out() {
    both(async |store| {
        let world = world(store).await;
        let (before, says, others) = story();
        hear(&world, before).await;
        hear(&world, vec![says]).await;
        hear(&world, others).await;
        wait(&world, 5).await;
        let expected = standing(&world, who(&world, AliasKind::User, "lotte").await).await;
        assert!(expected.iter().filter(|line| line.starts_with("contact")).count() >= 6, "{expected:#?}");
        once(&world).await;
        for place in 1..=4 {
            let world = house::world(Sqlite::in_memory().await.unwrap()).await;
            let (before, says, mut others) = story();
            others.insert(place, says);
            hear(&world, before).await;
            hear(&world, others).await;
            wait(&world, 5).await;
            assert_eq!(standing(&world, who(&world, AliasKind::User, "lotte").await).await, expected, "after {place}");
            assert_eq!(merges(&world).await.len(), 1);
            once(&world).await;
        }
    })
    .await;
}

#[tokio::test]
async fn in_one_batch_it_is_the_same() {
    both(async |store| {
        let world = world(store).await;
        let (before, says, others) = story();
        let all = before.into_iter().chain(others[..2].to_vec()).chain([says]).chain(others[2..].to_vec());
        let last = START.parse::<Timestamp>().unwrap() + SignedDuration::from_mins(10);
        world.drive.until(last).await.unwrap();
        let all = all.map(|event| NewEvent::from_outside(world.organisation.clone(), event)).collect();
        world.store().accept(all).await.unwrap();
        world.drive.service.settle().await.unwrap();
        let lotte = who(&world, AliasKind::User, "lotte").await;
        assert_eq!(who(&world, AliasKind::Anonymous, "bezoek-1").await, lotte);
        let standing = standing(&world, lotte).await;
        let runs = standing.iter().filter(|line| line.starts_with("run ")).count();
        assert_eq!(runs, 2, "{standing:#?}");
        assert!(standing.iter().any(|line| line.starts_with("task R-2 bellen Done")), "{standing:#?}");
        once(&world).await;
        assert_eq!(world.drive.service.runner.round().await.unwrap().conflicts, 0);
    })
    .await;
}

#[tokio::test]
async fn an_alias_makes_two_named_customers_one() {
    both(async |store| {
        let world = world(store).await;
        let alias = event("a1", 9, "lotte/k-7", "customer.identified", json!({ "previous_id": "k-7" }));
        hear(
            &world,
            vec![
                event("i1", 0, "lotte/", "customer.identified", mail()),
                event("i2", 1, "k-7/", "customer.identified", json!({ "mobile": "+31612345678" })),
                event("r1", 2, "k-7/", "request.made", json!({ "id": "R-1" })),
                // The same request under the other name: two runs with one key.
                event("r2", 3, "lotte/", "request.made", json!({ "id": "R-1" })),
                alias,
                event("c1", 10, "k-7/", "request.closed", json!({ "id": "R-1" })),
            ],
        )
        .await;
        let lotte = who(&world, AliasKind::User, "lotte").await;
        assert_eq!(who(&world, AliasKind::User, "k-7").await, lotte);
        let runs = world.store().runs_of(&world.organisation, lotte).await.unwrap();
        assert_eq!(runs.len(), 1, "the older took the other's contacts: {runs:?}");
        assert!(!runs[0].status.eq(&Status::Open), "what is said under the old name is heard");
        let (contacts, _) = world.store().story_of(&world.organisation, lotte).await.unwrap();
        let sequences: Vec<u32> = contacts.iter().map(|one| one.sequence).collect();
        assert_eq!(sequences.iter().collect::<BTreeSet<_>>().len(), sequences.len(), "{contacts:?}");
        let customer = world.store().customer(&world.organisation, lotte).await.unwrap().unwrap().customer;
        assert_eq!(customer.mobile.as_deref(), Some("+31612345678"));
        wait(&world, 5).await;
        once(&world).await;
        let kept = Kept::read(&merges(&world).await[0]).unwrap();
        assert_eq!((kept.moved.len(), kept.folded.len()), (0, 1));
        assert_eq!(world.drive.service.runner.round().await.unwrap().conflicts, 0);
    })
    .await;
}

/// Each goes on in the bucket of its birth, so that a merge spans two; whichever of them comes first.
#[tokio::test]
async fn in_buckets_of_either_order_it_is_the_same() {
    let name = |kind: &str, number: u32| match kind {
        "customer" => format!("klant-{number}"),
        _ => format!("bezoek-{number}"),
    };
    both(async |store| {
        let mut seen = BTreeSet::new();
        let mut store = Some(store);
        let mut expected: Option<Vec<String>> = None;
        for number in 1..20 {
            let [named, nameless] = ["customer", "anonymous"].map(|kind| (kind, name(kind, number)));
            let organisation = words::OrganisationId::new("rijnoever");
            let bucket = |(kind, name): &(&str, String)| {
                customer_bucket(&organisation, CustomerId::derived(&[organisation.as_str(), kind, name])).number()
            };
            if !seen.insert(bucket(&named) < bucket(&nameless)) {
                continue;
            }
            assert_ne!(bucket(&named), bucket(&nameless));
            let store = match store.take() {
                Some(store) => store,
                None => Sqlite::in_memory().await.unwrap(),
            };
            let world = world(store).await;
            let (before, says, mut others) = story_of(&format!("{}/", named.1), &format!("/{}", nameless.1));
            others.insert(2, says);
            hear(&world, before).await;
            let last = START.parse::<Timestamp>().unwrap() + SignedDuration::from_mins(10);
            world.drive.until(last).await.unwrap();
            let others = others.into_iter().map(|event| NewEvent::from_outside(world.organisation.clone(), event));
            world.store().accept(others.collect()).await.unwrap();
            world.drive.service.settle().await.unwrap();
            wait(&world, 5).await;
            let standing = standing(&world, who(&world, AliasKind::User, &named.1).await).await;
            assert_eq!(expected.get_or_insert_with(|| standing.clone()), &standing);
            once(&world).await;
        }
        assert_eq!(seen.len(), 2, "both orders were met");
    })
    .await;
}

/// One run per customer: of two the older goes on, and what both were to get comes once.
#[tokio::test]
async fn of_two_runs_without_a_key_the_older_goes_on() {
    both(async |store| {
        let world = world(store).await;
        hear(
            &world,
            vec![
                event("i1", 0, "lotte/", "customer.identified", mail()),
                event("o1", 1, "/bezoek-1", "account.opened", json!({})),
                event("o2", 2, "lotte/", "account.opened", json!({})),
            ],
        )
        .await;
        let visitor = who(&world, AliasKind::Anonymous, "bezoek-1").await;
        let older = world.store().runs_of(&world.organisation, visitor).await.unwrap().remove(0).id;
        hear(&world, vec![event("i2", 5, "lotte/bezoek-1", "customer.identified", json!({}))]).await;
        let lotte = who(&world, AliasKind::User, "lotte").await;
        let runs = world.store().runs_of(&world.organisation, lotte).await.unwrap();
        assert_eq!(runs.iter().map(|run| run.id).collect::<Vec<_>>(), [older], "it was the visitor's");
        let (contacts, _) = world.store().story_of(&world.organisation, lotte).await.unwrap();
        let told: Vec<_> =
            contacts.iter().map(|one| (one.touchpoint.as_str(), one.sequence, one.run == older)).collect();
        assert_eq!(told, [("geopend", 1, true), ("geopend", 2, true)]);
        wait(&world, 5).await;
        let sent = world.messages().await;
        assert_eq!(sent.iter().map(|row| row.state.name()).collect::<Vec<_>>(), ["sent"], "{sent:?}");
        hear(&world, vec![event("c", 5 * 24 * 60 + 30, "/bezoek-1", "account.closed", json!({}))]).await;
        let runs = world.store().runs_of(&world.organisation, lotte).await.unwrap();
        assert!(runs.len() == 1 && runs[0].status != Status::Open, "{runs:?}");
    })
    .await;
}
