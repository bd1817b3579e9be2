//! A commit: the changes of many customers in one transaction, one statement per table.

mod check;
mod customers;
mod effects;
mod moves;
mod story;

use super::{
    delivery_rows,
    driver::Conn,
    event_rows,
    numbers::Numbers,
    run_rows::{self, SavedRun},
};
use crate::{Change, Commit, Result};

#[cfg(test)]
pub(super) use {
    check::HOT as HOT_CHECK, customers::HOT as HOT_CUSTOMERS, effects::HOT as HOT_EFFECTS, moves::HOT as HOT_MOVES,
    story::HOT as HOT_STORY,
};

/// A change that conflicts with nothing, with the number of its write.
pub(super) struct Written<'a> {
    pub(super) change: &'a Change,
    pub(super) seq: u64,
}

/// Writes what does not conflict; per change what came of it.
pub(super) async fn commit(conn: &mut Conn, numbers: &Numbers, changes: &[Change]) -> Result<Vec<Commit>> {
    let check::Checked { commits, known } = check::check(conn, changes).await?;
    let written: Vec<Written<'_>> = changes
        .iter()
        .zip(&commits)
        .filter(|(_, commit)| commit.is_ok())
        .map(|(change, _)| Written { change, seq: numbers.fact() })
        .collect();
    customers::save(conn, &written, &known).await?;
    moves::save(conn, &written).await?;
    save_runs(conn, &written).await?;
    story::append(conn, &written).await?;
    effects::save(conn, &written).await?;
    let outcomes: Vec<_> = written.iter().flat_map(|one| &one.change.outcomes).collect();
    event_rows::mark(conn, &outcomes).await?;
    let counts: Vec<_> = written.iter().flat_map(|one| &one.change.counts).collect();
    event_rows::count(conn, &counts).await?;
    delivery_rows::insert(conn, written.iter().flat_map(|one| &one.change.deliveries)).await?;
    Ok(commits)
}

async fn save_runs(conn: &mut Conn, written: &[Written<'_>]) -> Result<()> {
    for one in written {
        let change = one.change;
        for run in &change.removed_runs {
            run_rows::remove(conn, &change.organisation, change.customer, *run, one.seq).await?;
        }
    }
    let runs = written.iter().flat_map(|one| {
        let saved = |run| SavedRun { organisation: &one.change.organisation, run, seq: one.seq };
        one.change.runs.iter().map(saved)
    });
    let newest = last_of_each(runs.collect(), |saved| (saved.organisation, saved.run.run.id));
    run_rows::save(conn, &newest).await
}

/// Of rows with one key only the last: a statement may touch a row once.
fn last_of_each<T, K: Ord>(rows: Vec<T>, key: impl Fn(&T) -> K) -> Vec<T> {
    let mut seen = std::collections::BTreeSet::new();
    let mut kept: Vec<bool> = rows.iter().rev().map(|row| seen.insert(key(row))).collect();
    kept.reverse();
    rows.into_iter().zip(kept).filter_map(|(row, keep)| keep.then_some(row)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_one_key_the_last_stays_in_its_place() {
        let rows = vec![("a", 1), ("b", 2), ("a", 3), ("c", 4)];
        assert_eq!(last_of_each(rows, |row| row.0), [("b", 2), ("a", 3), ("c", 4)]);
    }
}
