//! One person on many devices, and names that follow one another.

use serde_json::json;
use service::running::Parted;
use store::{AliasKind, NewEvent, Sqlite};
use words::{Event, Status};

use crate::house::{self, both, event, hear, mail, merges, once, standing, wait, who, world};
use crate::support::World;

async fn keys(world: &World, kind: AliasKind, name: &str) -> Vec<String> {
    let id = who(world, kind, name).await;
    let runs = world.store().runs_of(&world.organisation, id).await.unwrap();
    let mut keys: Vec<String> = runs.into_iter().filter_map(|run| run.key).collect();
    keys.sort();
    keys
}

#[tokio::test]
async fn who_logs_in_on_one_device_after_another_is_one_person() {
    both(async |store| {
        let world = world(store).await;
        hear(
            &world,
            vec![
                event("r1", 0, "/telefoon", "request.made", json!({ "id": "R-1" })),
                event("r2", 1, "/laptop", "request.made", json!({ "id": "R-2" })),
                event("l1", 2, "lotte/telefoon", "customer.identified", mail()),
            ],
        )
        .await;
        let lotte = who(&world, AliasKind::User, "lotte").await;
        assert_eq!(who(&world, AliasKind::Anonymous, "telefoon").await, lotte);
        assert!(merges(&world).await.is_empty(), "the nameless one got a name, and nothing moved");
        hear(
            &world,
            vec![
                event("l2", 3, "lotte/laptop", "customer.identified", json!({})),
                event("l3", 4, "lotte/werk", "page.viewed", json!({})),
                // Each device speaks for the same person from here on.
                event("d1", 5, "/werk", "request.doubted", json!({ "id": "R-1" })),
                event("c1", 6, "/laptop", "request.closed", json!({ "id": "R-1" })),
                event("c2", 7, "/werk", "request.closed", json!({ "id": "R-2" })),
            ],
        )
        .await;
        for device in ["telefoon", "laptop", "werk"] {
            assert_eq!(who(&world, AliasKind::Anonymous, device).await, lotte, "{device}");
        }
        assert_eq!(merges(&world).await.len(), 1);
        let runs = world.store().runs_of(&world.organisation, lotte).await.unwrap();
        assert!(runs.len() == 2 && runs.iter().all(|run| run.status != Status::Open), "{runs:?}");
        // Somebody else logs in on the telephone: that is a shared device, and nobody is merged.
        hear(&world, vec![event("n1", 8, "noor/telefoon", "customer.identified", json!({}))]).await;
        assert_ne!(who(&world, AliasKind::User, "noor").await, lotte);
        assert_eq!(merges(&world).await.len(), 1);
        wait(&world, 5).await;
        once(&world).await;
    })
    .await;
}

/// Three names, each with a request of its own, and two events that say which name followed which.
fn three() -> (Vec<Event>, [Event; 2], Vec<Event>) {
    let made = |minute, who: &str, request: &str| {
        event(&format!("r{minute}"), minute, who, "request.made", json!({ "id": request }))
    };
    let before = vec![
        event("i", 0, "k-1/", "customer.identified", mail()),
        made(1, "k-1/", "R-1"),
        made(2, "k-2/", "R-2"),
        made(3, "lotte/", "R-3"),
    ];
    let follows = |id, minute, who: &str, previous: &str| {
        event(id, minute, who, "customer.identified", json!({ "previous_id": previous }))
    };
    let closed = |minute, who: &str, request: &str| {
        event(&format!("c{minute}"), minute, who, "request.closed", json!({ "id": request }))
    };
    let after = vec![closed(20, "k-1/", "R-3"), closed(21, "lotte/", "R-1"), closed(22, "k-2/", "R-2")];
    (before, [follows("a1", 10, "k-2/", "k-1"), follows("a2", 11, "lotte/", "k-2")], after)
}

#[tokio::test]
async fn names_that_follow_one_another_lead_to_one_person() {
    both(async |store| {
        let mut store = Some(store);
        let mut expected: Option<Vec<String>> = None;
        for (backwards, in_one_batch) in [(false, false), (true, false), (false, true), (true, true)] {
            let store = match store.take() {
                Some(store) => store,
                None => Sqlite::in_memory().await.unwrap(),
            };
            let world = house::world(store).await;
            let (before, mut aliases, after) = three();
            if backwards {
                aliases.reverse();
            }
            if in_one_batch {
                let all: Vec<_> = before.into_iter().chain(aliases).chain(after).collect();
                world.drive.until(all.last().unwrap().received).await.unwrap();
                let all = all.into_iter().map(|event| NewEvent::from_outside(world.organisation.clone(), event));
                world.store().accept(all.collect()).await.unwrap();
                world.drive.service.settle().await.unwrap();
            } else {
                hear(&world, before).await;
                hear(&world, aliases.into()).await;
                hear(&world, after).await;
            }
            wait(&world, 5).await;
            let lotte = who(&world, AliasKind::User, "lotte").await;
            for name in ["k-1", "k-2"] {
                assert_eq!(who(&world, AliasKind::User, name).await, lotte, "{name}");
            }
            assert_eq!(merges(&world).await.len(), 2);
            once(&world).await;
            // In one batch a message is carried when everything has been heard: its contact comes later.
            let standing = standing(&world, lotte).await.into_iter().filter(|line| !line.starts_with("contact"));
            let standing: Vec<String> =
                standing.map(|line| line.split(" {").next().unwrap_or_default().to_owned()).collect();
            assert_eq!(expected.get_or_insert_with(|| standing.clone()), &standing, "{backwards} {in_one_batch}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_chain_is_taken_apart_from_its_end() {
    both(async |store| {
        let world = world(store).await;
        let (before, aliases, _) = three();
        hear(&world, before).await;
        hear(&world, aliases.into()).await;
        assert_eq!(keys(&world, AliasKind::User, "lotte").await, ["R-1", "R-2", "R-3"]);
        let [last, first] = merges(&world).await.try_into().unwrap();
        let runner = &world.drive.service.runner;
        let part = async |merge: &store::Merge| {
            let key = (merge.winner, merge.loser, merge.time);
            runner.part(&world.organisation, key, None).await.unwrap()
        };
        assert_eq!(part(&first).await, Parted::MergedOn, "who remained then is no longer there");
        assert_eq!(part(&last).await, Parted::Done { back: 2 });
        assert_eq!(keys(&world, AliasKind::User, "lotte").await, ["R-3"]);
        assert_eq!(keys(&world, AliasKind::User, "k-1").await, ["R-1", "R-2"]);
        assert_eq!(part(&first).await, Parted::Done { back: 1 });
        assert_eq!(keys(&world, AliasKind::User, "k-2").await, ["R-2"]);
        assert_eq!(keys(&world, AliasKind::User, "k-1").await, ["R-1"]);
        wait(&world, 5).await;
        once(&world).await;
        let messages = world.messages().await;
        assert_eq!(messages.iter().filter(|row| row.touchpoint.as_str() == "later").count(), 3);
    })
    .await;
}
