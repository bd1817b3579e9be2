use jiff::civil::date;
use store::{Accepted, DayCount, Error, EventOutcome, EventState, NewEvent, Result, Store, limits};
use words::EventName;

use crate::samples::{at, customer, event, new_event, other, reparatie, rijnoever};

pub(crate) async fn what_comes_twice_is_kept_once(store: &impl Store) -> Result<()> {
    let batch = vec![new_event("e1", "anne", 1), new_event("e2", "anne", 2), new_event("e1", "anne", 3)];
    assert_eq!(store.accept(batch).await?, [Accepted::New, Accepted::New, Accepted::Duplicate]);
    let again = vec![new_event("e2", "anne", 9), new_event("e3", "anne", 9)];
    assert_eq!(store.accept(again).await?, [Accepted::Duplicate, Accepted::New]);
    let elsewhere = NewEvent::from_outside(other(), event("e1", Some("anne"), &[], 1));
    assert_eq!(store.accept(vec![elsewhere]).await?, [Accepted::New], "of another organisation");
    let mut from_till = event("e1", Some("anne"), &[], 1);
    from_till.source = "kassa".to_owned();
    let from_till = NewEvent::from_outside(rijnoever(), from_till);
    assert_eq!(store.accept(vec![from_till]).await?, [Accepted::New], "from another source");
    let first = store.event(&store.pending(1).await?[0].reference()).await?.expect("it is there");
    assert_eq!(first.event, new_event("e1", "anne", 1).event, "the first is kept as it came");
    Ok(())
}

pub(crate) async fn events_are_applied_in_order_of_arrival(store: &impl Store) -> Result<()> {
    // Their own times say otherwise.
    for (id, minute) in [("e3", 3), ("e1", 1), ("e2", 2)] {
        store.accept(vec![new_event(id, "anne", minute)]).await?;
    }
    let pending = store.pending(10).await?;
    let ids: Vec<_> = pending.iter().map(|stored| stored.event.id.as_str()).collect();
    assert_eq!(ids, ["e3", "e1", "e2"]);
    assert_eq!(pending[0].bucket, store::event_bucket(&rijnoever(), &pending[0].event));

    let done = EventOutcome { event: pending[0].reference(), customer: Some(customer(1)), state: EventState::Applied };
    store.settle(vec![done], Vec::new()).await?;
    assert_eq!(store.pending(1).await?[0].event.id.as_str(), "e1");
    let applied = store.events_of(&rijnoever(), customer(1), 10).await?;
    assert_eq!(applied.iter().map(|stored| &stored.state).collect::<Vec<_>>(), [&EventState::Applied]);
    let recent = store.recent_events(&rijnoever(), Some("klantenportaal"), 2).await?;
    assert_eq!(recent.iter().map(|stored| stored.event.id.as_str()).collect::<Vec<_>>(), ["e2", "e1"]);
    assert_eq!(store.recent_events(&rijnoever(), Some("kassa"), 2).await?, []);
    Ok(())
}

pub(crate) async fn an_event_waits_for_its_object(store: &impl Store) -> Result<()> {
    store.accept(vec![new_event("e1", "anne", 1), new_event("e2", "anne", 2)]).await?;
    let wait = |number: usize, until| {
        let object = "visit:V-1".to_owned();
        let state = EventState::Waiting { object, until: at(until) };
        (number, state)
    };
    let pending = store.pending(10).await?;
    let outcomes = [wait(1, 30), wait(0, 20)].map(|(number, state)| EventOutcome {
        event: pending[number].reference(),
        customer: None,
        state,
    });
    store.settle(outcomes.into(), Vec::new()).await?;
    assert_eq!(store.pending(10).await?, []);
    let waiting = store.waiting_for(&rijnoever(), &["visit:V-1".to_owned(), "visit:V-2".to_owned()]).await?;
    assert_eq!(waiting.iter().map(|stored| stored.event.id.as_str()).collect::<Vec<_>>(), ["e1", "e2"]);
    assert_eq!(store.waited(at(19), 10).await?, []);
    assert_eq!(store.waited(at(20), 10).await?.len(), 1);
    assert_eq!(store.next_due().await?, Some(at(20)), "one may sleep until then");
    Ok(())
}

pub(crate) async fn counting_without_identity_adds_up(store: &impl Store) -> Result<()> {
    let count = |day, count| DayCount {
        organisation: rijnoever(),
        journey: reparatie(),
        touchpoint: "advertentie".into(),
        day: date(2026, 3, day),
        count,
    };
    store.settle(Vec::new(), vec![count(2, 3), count(3, 1)]).await?;
    store.settle(Vec::new(), vec![count(2, 4), count(4, 1)]).await?;
    let counts = store.day_counts(&rijnoever(), &reparatie(), date(2026, 3, 2), date(2026, 3, 4)).await?;
    assert_eq!(counts, [count(2, 7), count(3, 1)], "the last day is left out");
    Ok(())
}

pub(crate) async fn the_newest_of_each_name_are_found(store: &impl Store) -> Result<()> {
    let name = |text: &str| EventName::parse(text).expect("a name");
    let named = |id: &str, text: &str, source: &str| {
        let mut event = event(id, Some("anne"), &[], 1);
        event.name = name(text);
        event.source = source.to_owned();
        NewEvent::from_outside(rijnoever(), event)
    };
    for (id, text) in
        [("e1", "visit.started"), ("e2", "visit.failed"), ("e3", "visit.started"), ("e4", "visit.started")]
    {
        store.accept(vec![named(id, text, "planpakket"), named(id, text, "kassa")]).await?;
    }
    let names = [name("visit.started"), name("visit.cancelled"), name("visit.failed")];
    let found = store.named_events(&rijnoever(), "planpakket", &names, 2).await?;
    assert_eq!(found.iter().map(|stored| stored.event.id.as_str()).collect::<Vec<_>>(), ["e4", "e3", "e2"]);
    assert!(found.iter().all(|stored| stored.event.source == "planpakket"));
    assert_eq!(store.named_events(&other(), "planpakket", &names, 2).await?, []);
    assert_eq!(store.named_events(&rijnoever(), "planpakket", &[], 2).await?, []);
    for number in 0..=limits::NAMED_EACH_MAX {
        store.accept(vec![named(&format!("n{number}"), "visit.seen", "planpakket")]).await?;
    }
    let most = store.named_events(&rijnoever(), "planpakket", &[name("visit.seen")], u32::MAX).await?;
    assert_eq!(most.len(), limits::NAMED_EACH_MAX as usize);
    let many = vec![name("visit.seen"); limits::NAMES_MAX + 1];
    assert!(matches!(store.named_events(&rijnoever(), "planpakket", &many, 1).await, Err(Error::TooMuch { .. })));
    Ok(())
}
