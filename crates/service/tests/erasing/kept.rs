//! What was kept long enough goes, on whatever clock.

use engine::State;
use jiff::SignedDuration;
use store::{Class, Customers, OutboxFilter, Paging, QuarantineFilter, Rejected, Sqlite};
use words::Status;

use crate::house::{Folder, Past, world};
use crate::support::World;

async fn swept(world: &World) -> u64 {
    let (retainer, now) = (&world.drive.service.retainer, world.drive.now());
    let mut gone = 0;
    // Once through all buckets, and as often as something goes.
    for _ in 0..400 {
        gone += retainer.tick(&world.organisation, now).await.unwrap();
    }
    gone
}

#[tokio::test]
async fn each_class_goes_in_its_time_and_figures_stay() {
    let folder = Folder::new("kept");
    let world = world(Sqlite::in_memory().await.unwrap(), &folder.0).await;
    world.live_through(&Past::plain().events).await;
    let rejected = Rejected {
        id: uuid::Uuid::from_u128(1),
        organisation: world.organisation.clone(),
        source: "website".into(),
        received: world.drive.now(),
        reason: "no_name".into(),
        detail: String::new(),
        raw: "{}".into(),
    };
    world.store().reject(vec![rejected]).await.unwrap();
    let figures = world.figures().await;
    let everybody = |paging| world.store().customers(&world.organisation, paging);
    let people = everybody(Paging::first(1000)).await.unwrap();
    let with_text = || async {
        let rows =
            world.store().messages(&world.organisation, &OutboxFilter::default(), Paging::first(1000)).await.unwrap();
        (rows.rows.iter().filter(|row| row.rendered.is_some()).count(), rows.total)
    };
    let (texts, messages) = with_text().await;
    assert!(texts > 10);
    let ids: Vec<_> = people.rows.iter().map(|stored| stored.customer.id).collect();
    let remembered = || async {
        let travellers = world.store().load(&world.organisation, &ids).await.unwrap();
        let runs = travellers.iter().flat_map(|one| &one.runs).filter(|run| run.run.status != Status::Open);
        let states: Vec<State> = runs.map(|run| serde_json::from_slice(&run.state).unwrap()).collect();
        (states.len(), states.iter().map(|state| state.facts().count()).sum::<usize>())
    };
    let (ended, facts) = remembered().await;
    assert!(ended > 5 && facts > 20, "{ended} {facts}");
    let later = world.drive.now().checked_add(SignedDuration::from_hours(24 * 800)).unwrap();
    world.drive.stand_still_until(later);
    assert!(swept(&world).await > 50);
    assert_eq!(with_text().await, (0, messages), "that they went stays");
    assert_eq!(remembered().await, (ended, 0), "and what happened in a run when");
    let quarantine =
        world.store().quarantine(&world.organisation, QuarantineFilter::default(), Paging::first(10)).await;
    assert_eq!(quarantine.unwrap().total, 0);
    assert!(
        world
            .store()
            .recent_events(&world.organisation, None, 10)
            .await
            .unwrap()
            .iter()
            .all(|event| { !matches!(event.state, store::EventState::Applied) })
    );
    let named = people.rows.iter().filter(|stored| stored.customer.reached_by(&words::Channel::new("email")).is_some());
    for stored in named {
        let kept =
            Customers::customer(world.drive.service.store.as_ref(), &world.organisation, stored.customer.id).await;
        assert_eq!(kept.unwrap().as_ref(), Some(stored), "who said who they are stays");
        assert!(world.store().decisions_of(&world.organisation, stored.customer.id).await.unwrap().is_empty());
    }
    figures.stay(&world.figures_as_of(crate::house::END.parse().unwrap()).await);
    assert_eq!(swept(&world).await, 0, "nothing is left to go");
}

#[tokio::test]
async fn what_is_kept_without_an_end_stays() {
    let folder = Folder::new("never");
    let world = world(Sqlite::in_memory().await.unwrap(), &folder.0).await;
    let mut row = world.store().organisation(&world.organisation).await.unwrap().unwrap();
    row.text.push_str("\nretention: { events: never, messages: never, quarantine: never, decisions: never, audit: never, runs: never, fetched: never, deliveries: never, anonymous: never }\n");
    world.store().save_organisation(row).await.unwrap();
    world.live_through(&Past::plain().events).await;
    let later = world.drive.now().checked_add(SignedDuration::from_hours(24 * 800)).unwrap();
    world.drive.stand_still_until(later);
    assert_eq!(swept(&world).await, 0);
    let gone = world.store().let_go(&world.organisation, Class::Events, later, 3).await.unwrap();
    assert_eq!(gone, 3, "a few at a time");
}
