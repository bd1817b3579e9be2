use store::{
    AliasKind, Change, Conflict, OutboxFilter, Paging, Result, SendState, Store, TaskFilter, TaskState, Withdrawn,
};
use words::{Customer, Decision, Learnt, Lesson, Refusal, Verdict, Waits};

use crate::outbox::claim;
use crate::{
    identities::alias,
    samples::{at, change, contact, customer, key, message, new_event, rijnoever, run, run_id, task},
};

/// One of everything.
pub(crate) fn full(number: u128, revision: u64) -> Change {
    let who = customer(number);
    Change {
        profile: Some(Customer::unknown(who)),
        aliases: vec![alias(AliasKind::User, &format!("klant-{number}"))],
        runs: vec![run(number, who, Some(at(30)))],
        contacts: vec![contact(number, who, 1, "melding", 1)],
        learnt: vec![Learnt { run: run_id(number), sequence: 1, time: at(2), lesson: Lesson::Read }],
        outbox: vec![message(number, who, "bevestiging", SendState::Ready)],
        tasks: vec![task(number, who, "vakmensen", None)],
        decisions: vec![Decision {
            key: key(number, "bevestiging"),
            time: at(1),
            verdict: Verdict::Refuse { reason: Refusal::NoAddress },
            checks: Vec::new(),
        }],
        ..change(who, revision)
    }
}

pub(crate) async fn a_stale_revision_writes_nothing(store: &impl Store) -> Result<()> {
    store.commit(vec![change(customer(1), 0)]).await?;
    let before = store.stats().await?;
    assert_eq!(store.commit(vec![full(1, 0)]).await?, [Err(Conflict::Revision(1))], "it exists by now");
    assert_eq!(store.commit(vec![full(1, 7)]).await?, [Err(Conflict::Revision(1))]);
    assert_eq!(store.commit(vec![full(2, 1)]).await?, [Err(Conflict::Revision(0))], "it does not exist");
    assert_eq!(store.stats().await?, before, "nothing of it is there");
    Ok(())
}

pub(crate) async fn one_conflict_leaves_the_others(store: &impl Store) -> Result<()> {
    let commits = store.commit(vec![full(1, 0), full(2, 5), full(3, 0)]).await?;
    assert_eq!(commits, [Ok(1), Err(Conflict::Revision(0)), Ok(1)]);
    let stats = store.stats().await?;
    for table in ["customers", "aliases", "runs", "contacts", "learnt", "outbox", "tasks", "decisions"] {
        assert_eq!(stats[table], 2, "{table}");
    }
    Ok(())
}

pub(crate) async fn changes_of_one_customer_may_follow_each_other(store: &impl Store) -> Result<()> {
    let mut second = change(customer(1), 1);
    let mut moved = run(1, customer(1), None);
    moved.run.revision = 2;
    second.runs = vec![moved.clone()];
    let stale = change(customer(1), 1);
    assert_eq!(store.commit(vec![full(1, 0), second, stale]).await?, [Ok(1), Ok(2), Err(Conflict::Revision(2))]);
    let loaded = store.load(&rijnoever(), &[customer(1)]).await?;
    assert_eq!((loaded[0].revision, &loaded[0].runs), (2, &vec![moved]), "the last one stands");
    Ok(())
}

pub(crate) async fn an_effect_is_written_once(store: &impl Store) -> Result<()> {
    store.commit(vec![full(1, 0)]).await?;
    let claimed = claim(store, at(1), 10).await?;
    assert_eq!(claimed.len(), 1);
    // A replay decides the same; the message on its way and the contact that happened stay what they are.
    assert_eq!(store.commit(vec![full(1, 1)]).await?, [Ok(2)]);
    let stored = store.message(&rijnoever(), &key(1, "bevestiging")).await?.expect("it is there");
    assert_eq!(stored.state.name(), "sending");
    assert_eq!(store.stats().await?["contacts"], 1);
    assert_eq!(store.stats().await?["tasks"], 1);

    // Made and taken back in one change.
    let made = Change {
        outbox: vec![message(2, customer(1), "herinnering", SendState::Held { until: at(9), why: Waits::QuietHours })],
        withdrawn: vec![Withdrawn { key: key(2, "herinnering"), reason: "moved".to_owned() }],
        closed_tasks: vec![(key(1, "niet-gelukt"), at(5))],
        ..change(customer(1), 2)
    };
    store.commit(vec![made]).await?;
    let withdrawn = store.message(&rijnoever(), &key(2, "herinnering")).await?.map(|row| row.state);
    assert_eq!(withdrawn, Some(SendState::Withdrawn { reason: "moved".to_owned() }));
    let closed = store.task(&rijnoever(), &key(1, "niet-gelukt")).await?.map(|row| row.state);
    assert_eq!(closed, Some(TaskState::Done { time: at(5), by: None, channel: None, note: String::new() }));
    Ok(())
}

pub(crate) async fn a_run_that_moved_leaves_nothing_behind(store: &impl Store) -> Result<()> {
    store.accept(vec![new_event("e1", "klant-1", 1)]).await?;
    store.commit(vec![full(1, 0), full(2, 0)]).await?;
    // 1 turns out to be 2: the run is copied, then removed.
    let mut copied = full(1, 0);
    copied.customer = customer(2);
    copied.revision = 1;
    copied.profile = None;
    copied.aliases.clear();
    copied.runs[0].run.customer = customer(2);
    copied.contacts[0].customer = customer(2);
    copied.outbox[0].customer = customer(2);
    copied.tasks[0].customer = customer(2);
    let removed = Change { forwards_to: Some(customer(2)), removed_runs: vec![run_id(1)], ..change(customer(1), 1) };
    assert_eq!(store.commit(vec![copied]).await?, [Ok(2)]);
    assert_eq!(store.commit(vec![removed]).await?, [Ok(2)]);
    let stats = store.stats().await?;
    for table in ["runs", "contacts", "learnt", "outbox", "tasks", "decisions"] {
        assert_eq!(stats[table], 2, "{table}");
    }
    assert_eq!(store.load(&rijnoever(), &[customer(1)]).await?[0].runs, []);
    assert_eq!(store.load(&rijnoever(), &[customer(2)]).await?[0].runs.len(), 2);
    assert_eq!(store.messages(&rijnoever(), &OutboxFilter::default(), Paging::first(9)).await?.total, 2);
    assert_eq!(store.tasks(&rijnoever(), &TaskFilter::default(), Paging::first(9)).await?.total, 2);
    Ok(())
}
