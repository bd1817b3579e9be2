//! What comes over from another customer when two turn out to be one, and back when they are taken apart. Copied before the
//! other's rows are removed: rows do not change their bucket, so that tables can be spread over machines.

use super::{
    super::{
        driver::Conn,
        sql::{Sql, sql},
    },
    Written,
};
use crate::{Change, MovedRun, Result, UndoneMerge, customer_bucket};

/// A sender may be about to take a message: on a server the row stays as it is from here on.
const HOLD: [&str; 2] = [
    "UPDATE outbox SET rank = rank WHERE bucket = $1 AND organisation = $2 AND customer = $3 AND run = $4",
    "UPDATE tasks SET made = made WHERE bucket = $1 AND organisation = $2 AND customer = $3 AND run = $4",
];
const CONTACTS: &str = "INSERT INTO contacts (bucket, organisation, customer, run, sequence, seq, journey, version,
        touchpoint, visit, time, recorded, channel, place, staff, outcome, reason, score, event, object)
    SELECT $5, organisation, $6, $7, sequence + $8, $9, journey, version, touchpoint, visit, time, recorded, channel, place,
        staff, outcome, reason, score, event, object
    FROM contacts WHERE bucket = $1 AND organisation = $2 AND customer = $3 AND run = $4";
const LEARNT: &str = "INSERT INTO learnt (bucket, organisation, customer, run, seq, place, sequence, journey, time, lesson)
    SELECT $5, organisation, $6, $7, $9, $10 + row_number() OVER (ORDER BY seq, place), sequence + $8, journey, time, lesson
    FROM learnt WHERE bucket = $1 AND organisation = $2 AND customer = $3 AND run = $4";
const DECISIONS: &str = "INSERT INTO decisions (bucket, organisation, customer, run, seq, place, time, decision)
    SELECT $5, organisation, $6, $7, seq, place, time, decision
    FROM decisions WHERE bucket = $1 AND organisation = $2 AND customer = $3 AND run = $4";
const OUTBOX: &str = "INSERT INTO outbox (bucket, organisation, customer, key, run, journey, touchpoint, decided, send, rank,
        claim_at, state, reason, moment, reference, attempt, channel, address, tried, attempts, next_attempt, last_error,
        rendered, doubt)
    SELECT $5, organisation, $6, key, $7, journey, touchpoint, decided, send, rank, claim_at, state, reason, moment,
        reference, attempt, channel, address, tried, attempts, next_attempt, last_error, rendered, doubt
    FROM outbox WHERE bucket = $1 AND organisation = $2 AND customer = $3 AND run = $4";
const TASKS: &str = "INSERT INTO tasks (bucket, organisation, customer, key, run, journey, touchpoint, team, title, due,
        script, facts, object, made, complaint, state, done, done_by, channel, note)
    SELECT $5, organisation, $6, key, $7, journey, touchpoint, team, title, due, script, facts, object, made, complaint, state, done,
        done_by, channel, note
    FROM tasks WHERE bucket = $1 AND organisation = $2 AND customer = $3 AND run = $4";
/// Of one's own run that is folded into another: the key of a message does not name the run, so the row stays.
const OWN: [&str; 2] = [
    "UPDATE outbox SET run = $5 WHERE bucket = $1 AND organisation = $2 AND customer = $3 AND run = $4",
    "UPDATE tasks SET run = $5 WHERE bucket = $1 AND organisation = $2 AND customer = $3 AND run = $4",
];
const LOG: &str = "INSERT INTO merges (bucket, organisation, winner, loser, time, source, event, kept)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
const UNDO: &str = "UPDATE merges SET undone = $6, undone_by = $7
    WHERE bucket = $1 AND organisation = $2 AND winner = $3 AND loser = $4 AND time = $5 AND undone IS NULL";
const STAND_ALONE: &str = "UPDATE customers SET forwards_to = NULL
    WHERE bucket = $1 AND organisation = $2 AND customer = $3";

/// Lessons of one run that may come over: places of the next begin behind them.
const LESSONS_MAX: i64 = 1 << 32;

#[cfg(test)]
pub(in super::super) const HOT: [&str; 12] =
    [HOLD[0], HOLD[1], CONTACTS, LEARNT, DECISIONS, OUTBOX, TASKS, OWN[0], OWN[1], LOG, UNDO, STAND_ALONE];

pub(super) async fn save(conn: &mut Conn, written: &[Written<'_>]) -> Result<()> {
    for one in written {
        for (place, moved) in (1..).zip(&one.change.moved_runs) {
            copy(conn, one, moved, place).await?;
        }
        log(conn, one.change).await?;
    }
    Ok(())
}

async fn copy(conn: &mut Conn, one: &Written<'_>, moved: &MovedRun, place: i64) -> Result<()> {
    let Change { organisation, customer, .. } = one.change;
    let from = |text| {
        let at: Sql = sql(text).place(customer_bucket(organisation, moved.from), organisation);
        at.id(moved.from.uuid()).id(moved.run.uuid())
    };
    let bucket = i64::from(customer_bucket(organisation, *customer).number());
    let to = |text| from(text).int(bucket).id(customer.uuid()).id(moved.into.uuid());
    for hold in HOLD {
        from(hold).run(conn).await?;
    }
    to(CONTACTS).int(moved.sequence_offset.into()).count(one.seq).run(conn).await?;
    let learnt = to(LEARNT).int(moved.sequence_offset.into()).count(one.seq);
    learnt.int(place * LESSONS_MAX).run(conn).await?;
    to(DECISIONS).run(conn).await?;
    if moved.from == *customer {
        for own in OWN {
            from(own).id(moved.into.uuid()).run(conn).await?;
        }
    } else {
        to(OUTBOX).run(conn).await?;
        to(TASKS).run(conn).await?;
    }
    Ok(())
}

async fn log(conn: &mut Conn, change: &Change) -> Result<()> {
    let at = |text| {
        let at = sql(text).place(customer_bucket(&change.organisation, change.customer), &change.organisation);
        at.id(change.customer.uuid())
    };
    for merge in &change.merges {
        let log = at(LOG).id(merge.loser.uuid()).time(merge.time).text(&merge.source).text(&merge.event);
        log.bytes(&merge.kept).run(conn).await?;
    }
    if let Some(UndoneMerge { loser, time, by }) = change.undone_merge {
        at(UNDO).id(loser.uuid()).time(time).time(change.time).id_if(by).run(conn).await?;
    }
    if change.stands_alone {
        at(STAND_ALONE).run(conn).await?;
    }
    Ok(())
}
