use store::{AliasKind, Change, NewEvent, Paging, Place, Result, Store};
use words::{Customer, Decision, Ending, Exit, Learnt, Lesson, Name, Status, Verdict, Waits, Window};

use crate::{
    identities::alias,
    samples::{at, change, contact, customer, event, key, other, reparatie, rijnoever, run, run_id},
};

fn person(number: u128, first: &str, last: &str) -> Customer {
    Customer {
        name: Name { first: Some(first.to_owned()), last: Some(last.to_owned()), salutation: None },
        email: Some(format!("{}@example.nl", first.to_lowercase())),
        mobile: Some(format!("+3161234567{number}")),
        ..Customer::unknown(customer(number))
    }
}

pub(crate) async fn customers_are_found_by_beginnings_of_words(store: &impl Store) -> Result<()> {
    let people = [person(1, "Anne", "de Vries"), person(2, "Anna", "Bakker"), person(3, "Bram", "de Boer")];
    let changes = people.clone().map(|profile| Change {
        aliases: vec![alias(AliasKind::User, &format!("K-{}", profile.id.uuid().as_u128()))],
        ..Change { profile: Some(profile.clone()), ..change(profile.id, 0) }
    });
    store.commit(changes.into()).await?;
    let find = async |text: &str| {
        let found = store.search_customers(&rijnoever(), text, 10).await?;
        Ok::<_, store::Error>(found.into_iter().map(|stored| stored.customer.id).collect::<Vec<_>>())
    };
    assert_eq!(find("ann").await?, [customer(1), customer(2)]);
    assert_eq!(find("vri AN").await?, [customer(1)], "every word counts");
    assert_eq!(find("bram@").await?, [customer(3)]);
    assert_eq!(find("06 1234 5672").await?, [customer(2)]);
    assert_eq!(find("k-3").await?, [customer(3)], "the number in the system that sent it");
    assert_eq!(find("x").await?, []);
    assert_eq!(find(" ").await?, [], "nothing asked, nothing found");
    assert_eq!(find("100%_").await?, [], "no sign has a meaning of its own");
    assert_eq!(store.search_customers(&other(), "ann", 10).await?, []);

    let married = person(1, "Anne", "Jansen");
    store.commit(vec![Change { profile: Some(married.clone()), ..change(customer(1), 1) }]).await?;
    assert_eq!(find("vries").await?, [], "no longer called so");
    assert_eq!(find("jansen").await?, [customer(1)]);
    assert_eq!(find("K-1").await?, [customer(1)], "the number stays");
    let stored = store.customer(&rijnoever(), customer(1)).await?.expect("it is there");
    assert_eq!((stored.customer, stored.created, stored.updated), (married, at(0), at(1)));
    let page = store.customers(&rijnoever(), Paging::first(1)).await?;
    assert_eq!((page.rows[0].customer.id, page.total), (customer(1), 3), "changed last, first");
    let some = store.customers_by_id(&rijnoever(), &[customer(3), customer(8), customer(2)]).await?;
    assert_eq!(some.iter().map(|stored| stored.customer.id).collect::<Vec<_>>(), [customer(3), customer(2)]);
    Ok(())
}

pub(crate) async fn a_story_is_told_in_order(store: &impl Store) -> Result<()> {
    let contacts = [contact(1, customer(1), 2, "bezoek", 20), contact(1, customer(1), 1, "melding", 10)];
    let learnt = Learnt { run: run_id(1), sequence: 2, time: at(30), lesson: Lesson::PromiseKept };
    let decision = Decision {
        key: key(1, "bevestiging"),
        time: at(11),
        verdict: Verdict::Hold { until: at(60), why: Waits::QuietHours },
        checks: Vec::new(),
    };
    let told = Change {
        runs: vec![run(1, customer(1), None)],
        contacts: contacts.to_vec(),
        learnt: vec![learnt.clone()],
        decisions: vec![decision.clone()],
        ..change(customer(1), 0)
    };
    store.commit(vec![told]).await?;
    let (story, lessons) = store.story_of(&rijnoever(), customer(1)).await?;
    assert_eq!(story, [contacts[1].clone(), contacts[0].clone()]);
    assert_eq!(lessons, [learnt]);
    let decisions = store.decisions_of(&rijnoever(), customer(1)).await?;
    assert_eq!((decisions[0].run, &decisions[0].decision), (run_id(1), &decision));
    assert_eq!(store.runs_of(&rijnoever(), customer(1)).await?, [run(1, customer(1), None).run]);
    assert_eq!(store.story_of(&other(), customer(1)).await?, (Vec::new(), Vec::new()));
    Ok(())
}

pub(crate) async fn a_count_leads_to_its_customers(store: &impl Store) -> Result<()> {
    let mut left = run(2, customer(2), None);
    let exit = Exit { time: at(40), after: Some("melding".into()), reason: None };
    left.run.status = Status::Ended { ending: Ending::Left, exit: exit.clone(), listens_until: at(40) };
    let mut dropped = run(3, customer(3), None);
    dropped.run.dropped = Some(Exit { time: at(50), ..exit });
    dropped.run.started = at(5);
    let changes = [run(1, customer(1), None), left, dropped].map(|stored| {
        let (who, number) = (stored.run.customer, stored.run.customer.uuid().as_u128());
        let minute = i64::try_from(number).unwrap_or(0);
        Change {
            contacts: vec![contact(number, who, 1, "melding", minute), contact(number, who, 2, "melding", minute + 1)],
            runs: vec![stored],
            ..change(who, 0)
        }
    });
    store.commit(changes.into()).await?;
    let window = |from, until| Window { from: at(from), until: at(until) };
    let find = async |place: Place| {
        let listed = store.customers_at(&rijnoever(), &reparatie(), &place, Paging::first(2)).await?;
        let rows = listed.rows.into_iter().map(|found| (found.customer.id, found.time)).collect::<Vec<_>>();
        Ok::<_, store::Error>((rows, listed.total))
    };
    let melding = || "melding".into();
    let (rows, total) = find(Place::Happened { touchpoint: melding(), window: window(0, 60) }).await?;
    assert_eq!((rows, total), (vec![(customer(3), at(4)), (customer(2), at(3))], 3), "each run once, newest first");
    let (rows, _) = find(Place::Happened { touchpoint: melding(), window: window(0, 2) }).await?;
    assert_eq!(rows, [(customer(1), at(1))], "the window's end is left out");
    let (rows, _) = find(Place::At { touchpoint: melding() }).await?;
    assert_eq!(rows, [(customer(3), at(5)), (customer(1), at(0))], "who left is not there any more");
    let (rows, total) = find(Place::ExitAfter { touchpoint: melding(), window: window(0, 60) }).await?;
    assert_eq!((rows, total), (vec![(customer(3), at(50)), (customer(2), at(40))], 2));
    let (rows, total) = find(Place::UnderWay { now: at(50) }).await?;
    assert_eq!((rows, total), (vec![(customer(3), at(5)), (customer(1), at(0))], 2), "who left does not listen");
    let (rows, _) = find(Place::Started { window: window(1, 60) }).await?;
    assert_eq!(rows, [(customer(3), at(5))]);
    let wanted = [run_id(3), run_id(9), run_id(1)];
    let found = store.runs_by_id(&rijnoever(), &reparatie(), &wanted).await?;
    let found: Vec<_> = found.into_iter().map(|found| (found.customer.id, found.run, found.time)).collect();
    assert_eq!(found, [(customer(3), run_id(3), at(5)), (customer(1), run_id(1), at(0))], "in the order asked");
    assert_eq!(store.runs_by_id(&other(), &reparatie(), &wanted).await?, []);
    Ok(())
}

pub(crate) async fn customers_with_events_are_found_in_the_order_of_their_ids(store: &impl Store) -> Result<()> {
    let sent = |number: u128, minute: i64| {
        let event = event(&format!("e-{number}-{minute}"), None, &[], minute);
        NewEvent::about(rijnoever(), customer(number), event)
    };
    store.accept(vec![sent(3, 10), sent(1, 20), sent(2, 5), sent(1, 30)]).await?;
    let of_nobody = event("e-nobody", None, &[], 60);
    store.accept(vec![NewEvent::from_outside(rijnoever(), of_nobody)]).await?;
    let active = async |since, after, limit| store.active_customers(&rijnoever(), at(since), after, limit).await;
    assert_eq!(active(0, None, 10).await?, [customer(1), customer(2), customer(3)]);
    assert_eq!(active(0, None, 2).await?, [customer(1), customer(2)], "in pieces");
    assert_eq!(active(0, Some(customer(2)), 2).await?, [customer(3)], "behind the last");
    assert_eq!(active(10, None, 10).await?, [customer(1), customer(3)], "with an event since, that moment included");
    assert_eq!(active(31, None, 10).await?, []);
    assert_eq!(store.active_customers(&other(), at(0), None, 10).await?, []);
    Ok(())
}
