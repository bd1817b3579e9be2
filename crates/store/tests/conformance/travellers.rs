use store::{Change, Due, EventOutcome, EventState, JourneyRow, Paging, Place, Result, SendState, Store, StoredRun};
use words::{Customer, Ending, Exit, Name, Status, VersionHash, Waits};

use crate::samples::{at, change, customer, journey_row, message, new_event, other, reparatie, rijnoever, run, run_id};

fn ended(mut stored: StoredRun) -> StoredRun {
    let exit = Exit { time: at(50), after: Some("melding".into()), reason: Some("opgelost".to_owned()) };
    stored.run.status = Status::Ended { ending: Ending::Done, exit: exit.clone(), listens_until: at(90) };
    stored.run.dropped = Some(Exit { after: None, reason: None, ..exit });
    stored.run.goal = Some(at(49));
    stored
}

pub(crate) async fn what_is_written_is_loaded(store: &impl Store) -> Result<()> {
    let mut anne = Customer::unknown(customer(1));
    anne.name = Name { first: Some("Anne".to_owned()), ..Name::default() };
    let mut later = run(2, customer(1), None);
    later.run.started = at(10);
    let first = Change {
        profile: Some(anne.clone()),
        memory: Some(vec![7]),
        runs: vec![later.clone(), run(1, customer(1), Some(at(30)))],
        ..change(customer(1), 0)
    };
    assert_eq!(store.commit(vec![first, change(customer(2), 0)]).await?, [Ok(1), Ok(1)]);

    store.accept(vec![new_event("e1", "anne", 1)]).await?;
    let event = store.pending(1).await?.pop().expect("one is pending");
    let state = EventState::Waiting { object: "visit:V-1".to_owned(), until: at(99) };
    let waits = EventOutcome { event: event.reference(), customer: Some(customer(1)), state };
    let closed = ended(run(1, customer(1), None));
    let second = Change { runs: vec![closed.clone()], outcomes: vec![waits], ..change(customer(1), 1) };
    store.commit(vec![second]).await?;

    let loaded = store.load(&rijnoever(), &[customer(2), customer(9), customer(1)]).await?;
    assert_eq!(loaded.len(), 2, "who does not exist is left out");
    assert_eq!(loaded[0].customer, Customer::unknown(customer(2)), "of whom nothing is known");
    assert_eq!((&loaded[1].customer, loaded[1].revision), (&anne, 2), "a change without profile leaves it");
    assert_eq!((&loaded[0].memory, &loaded[1].memory), (&vec![], &vec![7]), "nor does one without memory");
    assert_eq!(loaded[1].runs, [closed, later], "oldest first");
    assert_eq!(loaded[1].waiting.iter().map(|stored| &stored.event).collect::<Vec<_>>(), [&event.event]);
    assert_eq!(store.load(&other(), &[customer(1)]).await?, [], "not of another organisation");
    Ok(())
}

pub(crate) async fn due_customers_come_in_turn(store: &impl Store) -> Result<()> {
    let due = |number: u128, minute| Change {
        runs: vec![run(number, customer(number), Some(at(minute)))],
        ..change(customer(number), 0)
    };
    let mut twice = due(1, 5);
    twice.runs.push(run(11, customer(1), Some(at(3))));
    let elsewhere = Change { organisation: other(), ..due(7, 9) };
    store.commit(vec![twice, due(2, 4), due(3, 10), due(4, 11), elsewhere]).await?;
    let answer = store.due(at(10), 10).await?;
    let expected = [(rijnoever(), 1, 3), (other(), 7, 9), (rijnoever(), 2, 4), (rijnoever(), 3, 10)]
        .map(|(organisation, number, minute)| Due { organisation, customer: customer(number), due: at(minute) });
    assert_eq!(answer, expected, "each customer once, organisations in turn");
    assert_eq!(store.due(at(10), 2).await?, expected[..2]);
    assert_eq!(store.next_due().await?, Some(at(3)));
    Ok(())
}

pub(crate) async fn a_paused_journey_is_not_due(store: &impl Store) -> Result<()> {
    let due = Change { runs: vec![run(1, customer(1), Some(at(1)))], ..change(customer(1), 0) };
    store.commit(vec![due]).await?;
    store.save_journey(JourneyRow { paused: true, ..journey_row(rijnoever()) }).await?;
    assert_eq!(store.due(at(9), 10).await?, []);
    assert_eq!(store.next_due().await?, None, "it wakes nobody");
    store.save_journey(journey_row(rijnoever())).await?;
    assert_eq!(store.due(at(9), 10).await?.len(), 1);
    Ok(())
}

pub(crate) async fn what_cannot_be_done_steps_out_of_the_queue(store: &impl Store) -> Result<()> {
    let due = |number: u128| Change {
        runs: vec![run(number, customer(number), Some(at(1)))],
        outbox: vec![message(
            number,
            customer(number),
            "tips",
            SendState::Held { until: at(1), why: Waits::QuietHours },
        )],
        ..change(customer(number), 0)
    };
    store.accept(vec![new_event("e1", "anne", 1)]).await?;
    let event = store.pending(1).await?.pop().expect("one is pending");
    let state = EventState::Waiting { object: "visit:V-1".to_owned(), until: at(1) };
    let waits = EventOutcome { event: event.reference(), customer: Some(customer(1)), state };
    store.commit(vec![Change { outcomes: vec![waits], ..due(1) }, due(2)]).await?;
    store.postpone(&rijnoever(), customer(1), at(5), at(60)).await?;
    let who = |due: Vec<Due>| due.into_iter().map(|due| due.customer).collect::<Vec<_>>();
    assert_eq!(who(store.due(at(5), 1).await?), [customer(2)], "it stands before nobody");
    assert_eq!(who(store.held_due(at(5), 1).await?), [customer(2)]);
    assert_eq!(store.waited(at(5), 1).await?, []);
    assert_eq!(store.due(at(60), 9).await?.len(), 2, "until then");
    assert_eq!((store.held_due(at(60), 9).await?.len(), store.waited(at(60), 9).await?.len()), (2, 1));
    Ok(())
}

pub(crate) async fn publishing_makes_open_runs_due_at_the_callers_pace(store: &impl Store) -> Result<()> {
    let new = VersionHash::new("b".repeat(64));
    let mut on_it = run(4, customer(4), None);
    on_it.run.version = new.clone();
    let runs = vec![
        run(1, customer(1), None),
        run(2, customer(2), Some(at(500))),
        run(3, customer(3), Some(at(1))),
        on_it,
        ended(run(5, customer(5), None)),
        ended(run(6, customer(6), Some(at(90)))),
    ];
    let changes =
        runs.into_iter().map(|stored| Change { runs: vec![stored.clone()], ..change(stored.run.customer, 0) });
    store.commit(changes.collect()).await?;
    let mut touched = Vec::new();
    for _ in 0..4 {
        touched.push(store.mark_due(&rijnoever(), &reparatie(), &new, at(60), 1).await?);
    }
    assert_eq!(touched, [1, 1, 1, 0], "what is due already, ended for good, or on the version is left");
    assert_eq!(store.due(at(60), 10).await?.len(), 4);
    let place = Place::UnderWay { now: at(60) };
    let under_way = store.customers_at(&rijnoever(), &reparatie(), &place, Paging::first(9)).await?;
    assert_eq!(under_way.total, 5, "the open ones, and who ended and still hears");
    let newer = VersionHash::new("c".repeat(64));
    assert_eq!(
        store.mark_due(&rijnoever(), &reparatie(), &newer, at(95), 10).await?,
        1,
        "only who began on the last one"
    );
    let first = store.load(&rijnoever(), &[customer(1)]).await?;
    assert_eq!(first[0].runs[0].run.id, run_id(1));
    assert_eq!(first[0].runs[0].run.due, Some(at(60)));
    Ok(())
}
