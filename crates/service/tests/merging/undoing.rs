//! A wrong merge is taken back.

use serde_json::json;
use service::running::Parted;
use store::{AliasKind, Paging, TaskFilter, TaskState};
use words::{Event, EventId, Status};

use crate::house::{both, event, hear, merges, once, story, wait, who, world};
use crate::support::World;

#[tokio::test]
async fn a_wrong_merge_is_taken_back() {
    both(async |store| {
        let world = world(store).await;
        let (before, says, others) = story();
        hear(&world, before).await;
        let mut others = others.into_iter();
        hear(&world, others.by_ref().take(2).collect()).await;
        let (lotte, visitor) =
            (who(&world, AliasKind::User, "lotte").await, who(&world, AliasKind::Anonymous, "bezoek-1").await);
        let late = Event { received: world.drive.now(), ..says };
        hear(&world, vec![late.clone()]).await;
        let merge = merges(&world).await.remove(0);
        assert_eq!((merge.winner, merge.loser, merge.event.as_str()), (lotte, visitor, "i3"));

        let runner = &world.drive.service.runner;
        let key = (merge.winner, merge.loser, merge.time);
        assert_eq!(runner.part(&world.organisation, key, None).await.unwrap(), Parted::Done { back: 1 });
        assert_eq!(runner.part(&world.organisation, key, None).await.unwrap(), Parted::NotThere, "once");
        assert_eq!(who(&world, AliasKind::Anonymous, "bezoek-1").await, visitor);
        let run_of = async |id| world.store().runs_of(&world.organisation, id).await.unwrap().remove(0).key.unwrap();
        assert_eq!([run_of(lotte).await, run_of(visitor).await], ["R-1", "R-2"]);
        let visitor_now = world.store().customer(&world.organisation, visitor).await.unwrap().unwrap().customer;
        assert_eq!(visitor_now.email.as_deref(), Some("l.jansen@voorbeeld.nl"));

        // The same device once more: they stay two, and each goes on with its own.
        hear(&world, vec![Event { id: EventId::new("i4"), ..late }]).await;
        let others = others.map(|event| Event { received: world.drive.now(), ..event }).collect();
        hear(&world, others).await;
        wait(&world, 5).await;
        assert_eq!(merges(&world).await.len(), 1);
        let open = async |id| {
            let runs = world.store().runs_of(&world.organisation, id).await.unwrap();
            runs.iter().filter(|run| run.status == Status::Open).count()
        };
        assert_eq!([open(lotte).await, open(visitor).await], [0, 0]);
        once(&world).await;
    })
    .await;
}

/// A customer and a visitor with a request each, merged by mistake, and what both did since.
async fn on_their_way(world: &World) {
    hear(
        world,
        vec![
            event("i1", 0, "lotte/", "customer.identified", json!({ "email": "lotte@voorbeeld.nl", "town": "Delft" })),
            event("r1", 1, "lotte/", "request.made", json!({ "id": "R-1" })),
            event("i2", 2, "/bezoek-1", "customer.identified", json!({ "email": "b@voorbeeld.nl" })),
            event("r2", 3, "/bezoek-1", "request.made", json!({ "id": "R-2" })),
            event("i3", 5, "lotte/bezoek-1", "customer.identified", json!({})),
            // Since: of the run that was the visitor's, of the person, and a run that begins.
            event("d2", 6, "/bezoek-1", "request.doubted", json!({ "id": "R-2" })),
            event("i4", 7, "lotte/", "customer.identified", json!({ "mobile": "+31612345678", "town": "Breda" })),
            event("r3", 8, "/bezoek-1", "request.made", json!({ "id": "R-3" })),
        ],
    )
    .await;
}

/// A day on: both have done things since. What hangs on a run goes with it; the rest stays with whom it was heard of.
#[tokio::test]
async fn after_further_events_each_has_their_own_again() {
    both(async |store| {
        let world = world(store).await;
        on_their_way(&world).await;
        wait(&world, 4).await;
        let merge = merges(&world).await.remove(0);
        let (lotte, visitor) = (merge.winner, merge.loser);
        let customer = async |id| world.store().customer(&world.organisation, id).await.unwrap().unwrap().customer;
        assert_eq!(customer(lotte).await.email.as_deref(), Some("b@voorbeeld.nl"), "the newest word");
        let key = (lotte, visitor, merge.time);
        let parted = world.drive.service.runner.part(&world.organisation, key, None).await.unwrap();
        assert_eq!(parted, Parted::Done { back: 1 });

        let [winner, loser] = [customer(lotte).await, customer(visitor).await];
        assert_eq!(
            (winner.email.as_deref(), loser.email.as_deref()),
            (Some("lotte@voorbeeld.nl"), Some("b@voorbeeld.nl"))
        );
        assert_eq!((winner.mobile.as_deref(), loser.mobile.as_deref()), (Some("+31612345678"), None), "said since");
        assert_eq!((winner.address.town.as_deref(), loser.address.town.as_deref()), (Some("Breda"), None));
        let told = async |id| {
            let (contacts, _) = world.store().story_of(&world.organisation, id).await.unwrap();
            let mut told: Vec<String> = contacts.iter().map(|one| one.touchpoint.to_string()).collect();
            told.sort();
            told
        };
        assert_eq!(
            told(visitor).await,
            ["bellen", "gevraagd", "later", "ontvangen"],
            "what was heard since went along"
        );
        assert_eq!(told(lotte).await, ["gevraagd", "gevraagd", "later", "later", "ontvangen", "ontvangen"]);
        let tasks = async || {
            let listed = world.store().tasks(&world.organisation, &TaskFilter::default(), Paging::first(9)).await;
            listed.unwrap().rows
        };
        let open: Vec<_> =
            tasks().await.into_iter().map(|task| (task.customer, task.state == TaskState::Open)).collect();
        assert_eq!(open, [(visitor, true)]);

        // The device is the visitor's again, and its run hears.
        let minute = 5 * 24 * 60;
        let closed = |id, minute, who, request| event(id, minute, who, "request.closed", json!({ "id": request }));
        let all = vec![
            closed("c2", minute, "/bezoek-1", "R-2"),
            closed("c1", minute + 1, "lotte/", "R-1"),
            closed("c3", minute + 2, "lotte/", "R-3"),
        ];
        hear(&world, all).await;
        wait(&world, 9).await;
        assert!(matches!(tasks().await[0].state, TaskState::Done { .. }));
        for (id, keys) in [(lotte, vec!["R-1", "R-3"]), (visitor, vec!["R-2"])] {
            let mut runs = world.store().runs_of(&world.organisation, id).await.unwrap();
            runs.sort_by(|a, b| a.key.cmp(&b.key));
            assert_eq!(runs.iter().filter_map(|run| run.key.as_deref()).collect::<Vec<_>>(), keys);
            assert!(runs.iter().all(|run| run.status != Status::Open));
        }
        once(&world).await;
        assert_eq!(world.drive.service.runner.round().await.unwrap().conflicts, 0);
    })
    .await;
}
