use store::{Change, Cursor, FactsAfter, Result, Store};
use words::{Learnt, Lesson};

use crate::samples::{at, change, contact, customer, reparatie, rijnoever, run, run_id};

/// Everything after a cursor, in as many pieces as it takes.
pub(crate) async fn read_all(store: &impl Store, mut cursor: Cursor, limit: u32) -> Result<(Vec<FactsAfter>, Cursor)> {
    let mut pieces = Vec::new();
    loop {
        let piece = store.facts_after(&rijnoever(), &reparatie(), &cursor, limit).await?;
        cursor = piece.next.clone();
        let complete = piece.complete;
        pieces.push(piece);
        if complete {
            return Ok((pieces, cursor));
        }
    }
}

fn told(number: u128, contacts: u32, revision: u64) -> Change {
    let who = customer(number);
    let first = u32::try_from(revision).unwrap_or(0) * 100 + 1;
    let mut stored = run(number, who, None);
    stored.run.revision = revision + 1;
    Change {
        runs: vec![stored],
        contacts: (first..first + contacts).map(|sequence| contact(number, who, sequence, "melding", 1)).collect(),
        learnt: vec![Learnt { run: run_id(number), sequence: first, time: at(2), lesson: Lesson::Delivered }],
        ..change(who, revision)
    }
}

pub(crate) async fn a_reader_sees_every_fact_once(store: &impl Store) -> Result<()> {
    for number in 1..=5 {
        store.commit(vec![told(number, 3, 0)]).await?;
    }
    for limit in [1, 2, 4, 100] {
        let (pieces, _) = read_all(store, Cursor::start(), limit).await?;
        let mut seen: Vec<_> =
            pieces.iter().flat_map(|piece| &piece.contacts).map(|contact| (contact.run, contact.sequence)).collect();
        assert_eq!(seen.len(), 15, "limit {limit}");
        seen.dedup();
        assert_eq!(seen.len(), 15);
        assert_eq!(pieces.iter().map(|piece| piece.learnt.len()).sum::<usize>(), 5);
        assert_eq!(pieces.iter().map(|piece| piece.runs.len()).sum::<usize>(), 5);
        for piece in &pieces {
            assert_eq!(piece.contacts.len(), 3 * piece.runs.len(), "never half a commit");
        }
    }
    let (_, cursor) = read_all(store, Cursor::start(), 100).await?;
    let (nothing, same) = read_all(store, cursor.clone(), 100).await?;
    assert_eq!((nothing.len(), nothing[0].contacts.len(), &same), (1, 0, &cursor));

    store.commit(vec![told(2, 1, 1)]).await?;
    let (pieces, _) = read_all(store, cursor, 100).await?;
    assert_eq!((pieces[0].contacts.len(), pieces[0].runs.len()), (1, 1));
    assert_eq!(pieces[0].runs[0].revision, 2, "the run as it is now");
    let wrong: Cursor = serde_json::from_str("\"gisteren\"").expect("any text");
    assert!(store.facts_after(&rijnoever(), &reparatie(), &wrong, 1).await.is_err(), "no cursor of this store");
    Ok(())
}

pub(crate) async fn a_removed_run_is_told(store: &impl Store) -> Result<()> {
    store.commit(vec![told(1, 2, 0)]).await?;
    let (_, cursor) = read_all(store, Cursor::start(), 10).await?;
    store.commit(vec![Change { removed_runs: vec![run_id(1)], ..change(customer(1), 1) }]).await?;
    let (pieces, _) = read_all(store, cursor, 10).await?;
    assert_eq!(pieces[0].removed, [run_id(1)]);
    let (afresh, _) = read_all(store, Cursor::start(), 10).await?;
    assert_eq!(afresh[0].contacts, []);
    Ok(())
}

/// A merge copies runs and then removes them. Wherever a reader stands meanwhile, in the end it has each fact once.
pub(crate) async fn a_moved_run_is_told_whole(store: &impl Store) -> Result<()> {
    store.commit(vec![told(1, 2, 0)]).await?;
    let (_, before) = read_all(store, Cursor::start(), 10).await?;
    let mut copied = told(1, 2, 0);
    copied.customer = customer(2);
    copied.runs[0].run.customer = customer(2);
    copied.contacts.iter_mut().for_each(|contact| contact.customer = customer(2));
    store.commit(vec![copied]).await?;
    let (_, between) = read_all(store, before.clone(), 10).await?;
    let gone = Change { forwards_to: Some(customer(2)), removed_runs: vec![run_id(1)], ..change(customer(1), 1) };
    store.commit(vec![gone]).await?;
    for cursor in [before, between] {
        let (pieces, next) = read_all(store, cursor, 10).await?;
        let [piece] = pieces.as_slice() else { panic!("{pieces:?}") };
        assert_eq!(piece.removed, [run_id(1)]);
        let whose: Vec<_> = piece.contacts.iter().map(|contact| contact.customer).collect();
        assert_eq!((whose, piece.runs.len(), piece.learnt.len()), (vec![customer(2); 2], 1, 1));
        let (nothing, _) = read_all(store, next, 10).await?;
        assert_eq!((nothing[0].contacts.len(), nothing[0].removed.len()), (0, 0));
    }
    Ok(())
}
