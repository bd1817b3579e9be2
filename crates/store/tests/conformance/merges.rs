use store::{
    Alias, AliasKind, Change, Conflict, Finished, Merge, MovedRun, Outcome, Paging, Result, SendState, Store,
    UndoneMerge,
};
use words::{CustomerId, Learnt, Lesson, Waits};

use crate::outbox::claim;
use crate::{
    commits::full,
    facts::read_all,
    identities::alias,
    samples::{at, change, contact, customer, key, message, rijnoever, run_id},
};

fn moved(from: CustomerId, run: u128, into: u128, sequence_offset: u32) -> MovedRun {
    MovedRun { from, run: run_id(run), into: run_id(into), sequence_offset }
}

fn named(number: u128) -> (AliasKind, String) {
    (AliasKind::User, format!("klant-{number}"))
}

/// Customer 1, with run 1, turns out to be customer 2.
fn merge() -> Vec<Change> {
    let [loser, winner] = [customer(1), customer(2)];
    let removed =
        Change { forwards_to: Some(winner), joined: Some(winner), removed_runs: vec![run_id(1)], ..change(loser, 1) };
    let mut run = full(1, 0).runs.remove(0);
    run.run.customer = winner;
    let taken = Change {
        joined: Some(winner),
        aliases: vec![Alias { instead_of: Some(loser), ..alias(AliasKind::User, "klant-1") }],
        runs: vec![run],
        moved_runs: vec![moved(loser, 1, 1, 0)],
        merges: vec![logged()],
        ..change(winner, 1)
    };
    vec![removed, taken]
}

fn logged() -> Merge {
    Merge {
        winner: customer(2),
        loser: customer(1),
        time: at(1),
        source: "klantenportaal".to_owned(),
        event: "e9".to_owned(),
        kept: vec![1, 2, 3],
        undone: None,
        undone_by: None,
    }
}

pub(crate) async fn what_is_joined_is_written_whole_or_not_at_all(store: &impl Store) -> Result<()> {
    store.commit(vec![full(1, 0), full(2, 0)]).await?;
    // The winner changed in between; the loser comes first, and nothing of it may stay.
    store.commit(vec![change(customer(2), 1)]).await?;
    let mut changes = merge();
    changes.push(full(3, 0));
    let commits = store.commit(changes).await?;
    assert_eq!(commits, [Err(Conflict::Joined(customer(2))), Err(Conflict::Revision(2)), Ok(1)], "others are written");
    let loser = store.load(&rijnoever(), &[customer(1)]).await?.remove(0);
    assert_eq!((loser.revision, loser.forwards_to, loser.runs.len()), (1, None, 1));
    assert_eq!(store.merges(&rijnoever(), Paging::first(9)).await?.total, 0);
    // The other way round.
    let mut changes = merge();
    changes[1].revision = 2;
    changes[0].revision = 7;
    let commits = store.commit(changes).await?;
    assert_eq!(commits, [Err(Conflict::Revision(1)), Err(Conflict::Joined(customer(1)))]);
    Ok(())
}

pub(crate) async fn a_merge_moves_what_hangs_on_a_run(store: &impl Store) -> Result<()> {
    store.commit(vec![full(1, 0), full(2, 0)]).await?;
    let claimed = claim(store, at(1), 10).await?;
    let under_way = claimed.into_iter().find(|row| row.customer == customer(1)).expect("it was ready");
    let (_, cursor) = read_all(store, store::Cursor::start(), 100).await?;
    assert_eq!(store.commit(merge()).await?, [Ok(2), Ok(2)]);
    let stats = store.stats().await?;
    for table in ["runs", "contacts", "learnt", "outbox", "tasks", "decisions"] {
        assert_eq!(stats[table], 2, "{table}");
    }
    let winner = store.load(&rijnoever(), &[customer(2)]).await?.remove(0);
    assert_eq!(winner.runs.len(), 2);
    assert_eq!(store.by_alias(&rijnoever(), &[named(1)]).await?, [Some(customer(2))]);
    assert_eq!(store.aliases_of(&rijnoever(), customer(2)).await?.len(), 2);

    // What was being carried comes to its end, though its sender knows it by the loser.
    let message = store.message(&rijnoever(), &under_way.key).await?.expect("it is there");
    assert_eq!((message.customer, message.state.name()), (customer(2), "sending"));
    let done = Finished {
        organisation: rijnoever(),
        customer: customer(1),
        key: under_way.key.clone(),
        attempt: under_way.attempts,
        outcome: Outcome::Sent { time: at(2), reference: None },
        rendered: None,
        doubt: None,
        events: Vec::new(),
    };
    assert_eq!(store.finish(vec![done.clone()]).await?, [true]);
    assert_eq!(store.finish(vec![done]).await?, [false], "once");

    let (pieces, _) = read_all(store, cursor, 100).await?;
    assert_eq!(pieces[0].removed, [run_id(1)]);
    let told: Vec<_> = pieces[0].contacts.iter().map(|contact| (contact.customer, contact.run)).collect();
    assert_eq!(told, [(customer(2), run_id(1))], "a reader of facts takes it away and has it anew");
    assert_eq!(pieces[0].learnt.len(), 1);
    Ok(())
}

pub(crate) async fn a_merge_is_taken_back(store: &impl Store) -> Result<()> {
    store.commit(vec![full(1, 0), full(2, 0)]).await?;
    store.commit(merge()).await?;
    let logged = logged();
    let found = store.merge(&rijnoever(), logged.winner, logged.loser, logged.time).await?;
    assert_eq!(found.as_ref(), Some(&logged));
    assert_eq!(store.merged_into(&rijnoever(), customer(2)).await?, [logged]);
    assert_eq!(store.members(&rijnoever(), customer(2)).await?, [customer(2), customer(1)]);
    let (_, cursor) = read_all(store, store::Cursor::start(), 100).await?;

    let back = Change {
        stands_alone: true,
        joined: Some(customer(2)),
        aliases: vec![Alias { instead_of: Some(customer(2)), ..alias(AliasKind::User, "klant-1") }],
        runs: full(1, 0).runs,
        moved_runs: vec![moved(customer(2), 1, 1, 0)],
        ..change(customer(1), 2)
    };
    let given = Change {
        joined: Some(customer(2)),
        removed_runs: vec![run_id(1)],
        undone_merge: Some(UndoneMerge { loser: customer(1), time: at(1), by: None }),
        ..change(customer(2), 2)
    };
    assert_eq!(store.commit(vec![given, back]).await?, [Ok(3), Ok(3)]);
    let loaded = store.load(&rijnoever(), &[customer(1), customer(2)]).await?;
    assert_eq!(loaded[0].forwards_to, None);
    assert_eq!(loaded.iter().map(|one| one.runs.len()).collect::<Vec<_>>(), [1, 1]);
    assert_eq!(store.by_alias(&rijnoever(), &[named(1), named(2)]).await?, [Some(customer(1)), Some(customer(2))]);
    let found = store.search_customers(&rijnoever(), "klant-1", 9).await?;
    assert_eq!(found.iter().map(|found| found.customer.id).collect::<Vec<_>>(), [customer(1)]);
    let listed = store.merges(&rijnoever(), Paging::first(9)).await?;
    assert_eq!((listed.total, listed.rows[0].undone), (1, Some(at(2))), "the log stays");
    assert_eq!(store.merged_into(&rijnoever(), customer(2)).await?, []);
    assert_eq!(store.members(&rijnoever(), customer(2)).await?, [customer(2)]);
    let (pieces, _) = read_all(store, cursor, 100).await?;
    assert_eq!((pieces[0].removed.as_slice(), pieces[0].contacts.len()), ([run_id(1)].as_slice(), 1));

    // Right after all: once more, in the same way.
    let mut again = merge();
    (again[0].revision, again[1].revision, again[1].merges[0].time) = (3, 3, at(9));
    assert_eq!(store.commit(again).await?, [Ok(4), Ok(4)]);
    assert_eq!(store.stats().await?["contacts"], 2);
    Ok(())
}

/// Two open runs with one key: the rows of the younger go to the older, behind its own.
pub(crate) async fn runs_of_one_customer_are_folded(store: &impl Store) -> Result<()> {
    let lesson = |run, sequence| Learnt { run: run_id(run), sequence, time: at(2), lesson: Lesson::Delivered };
    let mut both = full(2, 0);
    both.runs.extend(full(1, 0).runs);
    both.runs[1].run.customer = customer(2);
    both.contacts.extend([contact(1, customer(2), 1, "melding", 1), contact(1, customer(2), 2, "bezoek", 2)]);
    both.learnt.extend([lesson(1, 1), lesson(1, 2)]);
    both.outbox.push(message(1, customer(2), "herinnering", SendState::Held { until: at(9), why: Waits::QuietHours }));
    store.commit(vec![both]).await?;
    let before = store.stats().await?;
    let folded = Change {
        removed_runs: vec![run_id(1)],
        moved_runs: vec![moved(customer(2), 1, 2, 5)],
        ..change(customer(2), 1)
    };
    assert_eq!(store.commit(vec![folded]).await?, [Ok(2)]);
    let after = store.stats().await?;
    for table in ["contacts", "learnt", "outbox", "tasks"] {
        assert_eq!(after[table], before[table], "{table}");
    }
    let (contacts, learnt) = store.story_of(&rijnoever(), customer(2)).await?;
    assert!(contacts.iter().all(|contact| contact.run == run_id(2)) && learnt.iter().all(|one| one.run == run_id(2)));
    let moved: Vec<u32> = contacts.iter().map(|contact| contact.sequence).filter(|sequence| *sequence > 5).collect();
    assert_eq!(moved, [6, 7]);
    let held = store.message(&rijnoever(), &key(1, "herinnering")).await?.expect("it is there");
    assert_eq!((held.run, held.state), (run_id(2), SendState::Held { until: at(9), why: Waits::QuietHours }));
    let (pieces, _) = read_all(store, store::Cursor::start(), 100).await?;
    assert_eq!(pieces[0].contacts.len(), contacts.len());
    Ok(())
}
