//! Runs as rows.

use jiff::Timestamp;
use words::{CustomerId, Ending, Exit, JourneyId, OrganisationId, Run, RunId, Status, TouchpointId, VersionHash};

use super::{
    bulk::bulk,
    driver::{Conn, Row},
    packed::{pack, unpack},
    read::Read,
    sql::{Sql, sql},
};
use crate::{Result, StoredRun, customer_bucket};

pub(super) const SAVE: (&str, usize, &str) = (
    "INSERT INTO runs (bucket, organisation, customer, run, journey, version, key, generation, started,
        status, ended, ended_after, ended_reason, listens_until, goal, dropped, dropped_after, dropped_reason,
        at, due, revision, seq, state) VALUES",
    23,
    "ON CONFLICT (bucket, organisation, customer, run) DO UPDATE SET version = excluded.version, key = excluded.key,
        generation = excluded.generation, started = excluded.started, status = excluded.status,
        ended = excluded.ended, ended_after = excluded.ended_after, ended_reason = excluded.ended_reason,
        listens_until = excluded.listens_until, goal = excluded.goal, dropped = excluded.dropped,
        dropped_after = excluded.dropped_after, dropped_reason = excluded.dropped_reason, at = excluded.at,
        due = excluded.due, revision = excluded.revision, seq = excluded.seq, state = excluded.state",
);

const REMOVALS: [&str; 6] = [
    "DELETE FROM runs WHERE bucket = $1 AND organisation = $2 AND customer = $3 AND run = $4",
    "DELETE FROM contacts WHERE bucket = $1 AND organisation = $2 AND customer = $3 AND run = $4",
    "DELETE FROM learnt WHERE bucket = $1 AND organisation = $2 AND customer = $3 AND run = $4",
    "DELETE FROM decisions WHERE bucket = $1 AND organisation = $2 AND customer = $3 AND run = $4",
    "DELETE FROM outbox WHERE bucket = $1 AND organisation = $2 AND customer = $3 AND run = $4",
    "DELETE FROM tasks WHERE bucket = $1 AND organisation = $2 AND customer = $3 AND run = $4",
];
const NOTE_REMOVAL: &str = "INSERT INTO removed_runs (bucket, organisation, customer, run, journey, seq)
    SELECT bucket, organisation, customer, run, journey, $5 FROM runs
    WHERE bucket = $1 AND organisation = $2 AND customer = $3 AND run = $4
    ON CONFLICT (bucket, organisation, customer, run) DO UPDATE SET seq = excluded.seq";

/// A run to be saved: where, as what, in which write.
pub(super) struct SavedRun<'a> {
    pub(super) organisation: &'a OrganisationId,
    pub(super) run: &'a StoredRun,
    pub(super) seq: u64,
}

pub(super) async fn save(conn: &mut Conn, runs: &[SavedRun<'_>]) -> Result<()> {
    bulk(conn, SAVE, runs, bind).await?;
    Ok(())
}

fn ending_name(ending: Ending) -> &'static str {
    match ending {
        Ending::Done => "done",
        Ending::Left => "left",
        Ending::Stopped => "stopped",
    }
}

fn bind_exit(row: Sql, exit: Option<&Exit>) -> Sql {
    row.time_if(exit.map(|exit| exit.time))
        .text_if(exit.and_then(|exit| exit.after.as_ref()).map(TouchpointId::as_str))
        .text_if(exit.and_then(|exit| exit.reason.as_deref()))
}

fn bind(row: Sql, saved: &SavedRun<'_>) -> Sql {
    let StoredRun { run, state } = saved.run;
    let (status, exit, listens_until) = match &run.status {
        Status::Open => ("open", None, None),
        Status::Ended { ending, exit, listens_until } => (ending_name(*ending), Some(exit), Some(*listens_until)),
    };
    let row = row
        .place(customer_bucket(saved.organisation, run.customer), saved.organisation)
        .id(run.customer.uuid())
        .id(run.id.uuid())
        .text(run.journey.as_str())
        .text(run.version.as_str())
        .text_if(run.key.as_deref())
        .int(run.generation.into())
        .time(run.started)
        .text(status);
    let row = bind_exit(row, exit).time_if(listens_until).time_if(run.goal);
    bind_exit(row, run.dropped.as_ref())
        .text_if(run.at.as_ref().map(TouchpointId::as_str))
        .time_if(run.due.map(not_before))
        .count(run.revision)
        .count(saved.seq)
        .bytes(&pack(state))
}

/// Takes a run away with everything that hangs on it, and notes that for those who read facts.
pub(super) async fn remove(
    conn: &mut Conn,
    organisation: &OrganisationId,
    customer: CustomerId,
    run: RunId,
    seq: u64,
) -> Result<()> {
    let at = |text| {
        let at = sql(text).place(customer_bucket(organisation, customer), organisation);
        at.id(customer.uuid()).id(run.uuid())
    };
    at(NOTE_REMOVAL).count(seq).run(conn).await?;
    for removal in REMOVALS {
        at(removal).run(conn).await?;
    }
    Ok(())
}

fn read_exit(read: &Read<'_>, [time, after, reason]: [&str; 3]) -> Result<Option<Exit>> {
    let Some(time) = read.time_if(time)? else { return Ok(None) };
    let after = read.text_if(after)?.map(TouchpointId::new);
    Ok(Some(Exit { time, after, reason: read.text_if(reason)? }))
}

pub(super) fn read(row: &Row) -> Result<Run> {
    let read = Read::new(row, "run");
    let ending = match read.text("status")?.as_str() {
        "open" => None,
        "done" => Some(Ending::Done),
        "left" => Some(Ending::Left),
        "stopped" => Some(Ending::Stopped),
        other => return Err(read.unreadable(format!("status {other}"))),
    };
    let ended = read_exit(&read, ["ended", "ended_after", "ended_reason"])?;
    let status = match (ending, ended) {
        (Some(ending), Some(exit)) => Status::Ended { ending, exit, listens_until: read.time("listens_until")? },
        _ => Status::Open,
    };
    Ok(Run {
        id: RunId::new(read.id("run")?),
        customer: read.customer()?,
        journey: JourneyId::new(read.text("journey")?),
        version: VersionHash::new(read.text("version")?),
        key: read.text_if("key")?,
        generation: read.small("generation")?,
        started: read.time("started")?,
        status,
        goal: read.time_if("goal")?,
        dropped: read_exit(&read, ["dropped", "dropped_after", "dropped_reason"])?,
        at: read.text_if("at")?.map(TouchpointId::new),
        due: read.time_if("due")?,
        revision: read.count("revision")?,
    })
}

pub(super) fn read_with_state(row: &Row) -> Result<StoredRun> {
    let state = unpack(Read::new(row, "run").bytes("state")?)?;
    Ok(StoredRun { run: read(row)?, state })
}

/// A whole microsecond, no earlier: by the column nobody may be due who by the state, with its nanoseconds, is not yet.
fn not_before(due: Timestamp) -> Timestamp {
    let whole = due.round(jiff::TimestampRound::new().smallest(jiff::Unit::Microsecond).mode(jiff::RoundMode::Ceil));
    whole.unwrap_or(due)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_due_before_the_moment() {
        let up = |text: &str| not_before(text.parse().unwrap()).to_string();
        assert_eq!(up("2026-11-20T22:59:59.999999999Z"), "2026-11-20T23:00:00Z");
        assert_eq!(up("2026-11-20T23:00:00.000001Z"), "2026-11-20T23:00:00.000001Z");
    }
}
