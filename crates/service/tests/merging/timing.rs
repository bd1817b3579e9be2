//! What is due or under way at the moment of a merge goes out once, to the one who remains.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use store::{AliasKind, NewEvent};
use words::{Channel, Event};

use crate::house::{both, event, hear, mail, once, story, who, world};

#[tokio::test]
async fn what_went_out_for_the_loser_comes_back_to_the_winner() {
    both(async |store| {
        let world = world(store).await;
        let (before, says, others) = story();
        hear(&world, before).await;
        // Applied, decided and about to be carried when it turns out.
        let made = others[0].clone();
        world.drive.until(made.received).await.unwrap();
        world.store().accept(vec![NewEvent::from_outside(world.organisation.clone(), made)]).await.unwrap();
        world.drive.service.runner.round().await.unwrap();
        let visitor = who(&world, AliasKind::Anonymous, "bezoek-1").await;
        let late = Event { received: world.drive.now(), ..says };
        world.store().accept(vec![NewEvent::from_outside(world.organisation.clone(), late)]).await.unwrap();
        let ready = world.messages().await.into_iter().find(|row| row.customer == visitor).unwrap();
        assert_eq!(ready.state.name(), "ready");
        world.drive.service.runner.round().await.unwrap();
        let moved = world.store().message(&world.organisation, &ready.key).await.unwrap().unwrap();
        let lotte = who(&world, AliasKind::User, "lotte").await;
        assert_eq!((moved.customer, moved.state.name()), (lotte, "ready"));
        world.drive.service.settle().await.unwrap();
        let (contacts, _) = world.store().story_of(&world.organisation, lotte).await.unwrap();
        assert!(
            contacts.iter().any(|one| one.run == ready.run && one.channel == Some(Channel::email())),
            "{contacts:?}"
        );
        once(&world).await;
    })
    .await;
}

/// Nobody worked for a night: when work begins again, both have a message that is due and an event says that they are one.
#[tokio::test]
async fn what_is_due_when_it_turns_out_goes_out_once() {
    both(async |store| {
        let world = world(store).await;
        let (before, says, others) = story();
        hear(&world, before).await;
        hear(&world, others[..1].to_vec()).await;
        hear(&world, vec![event("o1", 20, "lotte/", "account.opened", json!({}))]).await;
        hear(&world, vec![event("o2", 21, "/bezoek-1", "account.opened", json!({}))]).await;
        let due: Timestamp = "2027-10-07T08:00:00Z".parse().unwrap();
        world.drive.until(due - SignedDuration::from_mins(1)).await.unwrap();
        let before = world.messages().await.len();
        assert_eq!(world.drive.next().await.unwrap(), Some(due), "four moments fall together");
        world.drive.stand_still_until(due + SignedDuration::from_mins(2));
        let late = Event { received: world.drive.now(), ..says };
        world.store().accept(vec![NewEvent::from_outside(world.organisation.clone(), late)]).await.unwrap();
        world.drive.service.settle().await.unwrap();

        let lotte = who(&world, AliasKind::User, "lotte").await;
        let messages = world.messages().await;
        assert!(messages.iter().all(|row| row.customer == lotte && row.state.name() == "sent"), "{messages:#?}");
        let mut sent: Vec<_> = messages.iter().map(|row| row.touchpoint.as_str()).collect();
        sent.sort_unstable();
        assert_eq!((before, sent), (2, vec!["later", "later", "ontvangen", "ontvangen", "uitleg"]));
        once(&world).await;
        assert_eq!(world.drive.service.runner.round().await.unwrap().conflicts, 0);
    })
    .await;
}

/// The other way round: the moment is dealt with first, and what it asked for is still on its way.
#[tokio::test]
async fn what_was_asked_for_on_the_same_occasion_goes_out_once() {
    both(async |store| {
        let world = world(store).await;
        let quiet = json!({ "email": "l.jansen@voorbeeld.nl" });
        hear(
            &world,
            vec![
                event("i1", 0, "lotte/", "customer.identified", mail()),
                event("i2", 1, "/bezoek-1", "customer.identified", quiet),
                event("o1", 2, "lotte/", "account.opened", json!({})),
                event("o2", 3, "/bezoek-1", "account.opened", json!({})),
            ],
        )
        .await;
        let due: Timestamp = "2027-10-07T08:00:00Z".parse().unwrap();
        world.drive.until(due - SignedDuration::from_mins(1)).await.unwrap();
        world.drive.stand_still_until(due);
        // Asked for and decided, not carried yet.
        world.drive.service.runner.round().await.unwrap();
        assert_eq!(world.messages().await.iter().filter(|row| row.state.name() == "ready").count(), 2);
        let says = event("i3", 0, "lotte/bezoek-1", "customer.identified", json!({}));
        let late = Event { received: world.drive.now(), ..says };
        world.store().accept(vec![NewEvent::from_outside(world.organisation.clone(), late)]).await.unwrap();
        world.drive.service.settle().await.unwrap();
        let mut states: Vec<_> = world.messages().await.iter().map(|row| row.state.name()).collect();
        states.sort_unstable();
        assert_eq!(states, ["sent", "withdrawn"]);
        let lotte = who(&world, AliasKind::User, "lotte").await;
        assert!(world.messages().await.iter().all(|row| row.customer == lotte));
    })
    .await;
}
