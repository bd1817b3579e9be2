use std::collections::BTreeMap;

use async_trait::async_trait;
use jiff::{Timestamp, civil::Date};
use words::{
    Channel, Contact, CustomerId, EventId, Experience, JourneyId, Learnt, OrganisationId, RunId, TouchpointId,
    VersionHash,
};

use super::{
    SqlStore,
    driver::{Conn, Row},
    identities::{end_of, followed},
    numbers,
    read::{Read, all},
    run_rows,
    seen::{Seen, Span},
    sql::sql,
};
use crate::{Cursor, DayCount, Facts, FactsAfter, Result, customer_bucket, home, limits::ROWS_MAX};

/// Facts are read in larger pieces than pages.
const FACTS_MAX: u32 = ROWS_MAX * 20;

/// The last number that is written between two (in any table), and per table the number at which a piece would end.
pub(super) const BOUNDS: &str =
    "SELECT (SELECT max(seq) FROM contacts WHERE organisation = $1 AND journey = $2 AND seq > $3 AND seq <= $4)
        AS contacts_end,
    (SELECT max(seq) FROM learnt WHERE organisation = $1 AND journey = $2 AND seq > $3 AND seq <= $4) AS learnt_end,
    (SELECT max(seq) FROM runs WHERE organisation = $1 AND journey = $2 AND seq >= 0 AND seq > $3 AND seq <= $4) AS runs_end,
    (SELECT max(seq) FROM removed_runs WHERE organisation = $1 AND journey = $2 AND seq > $3 AND seq <= $4)
        AS removed_end,
    (SELECT seq FROM contacts WHERE organisation = $1 AND journey = $2 AND seq > $3 AND seq <= $4
        ORDER BY seq LIMIT 1 OFFSET $5) AS contacts_piece,
    (SELECT seq FROM learnt WHERE organisation = $1 AND journey = $2 AND seq > $3 AND seq <= $4
        ORDER BY seq LIMIT 1 OFFSET $5) AS learnt_piece,
    (SELECT seq FROM runs WHERE organisation = $1 AND journey = $2 AND seq >= 0 AND seq > $3 AND seq <= $4
        ORDER BY seq LIMIT 1 OFFSET $5) AS runs_piece";
pub(super) const BY_TOUCHPOINT: &str = "SELECT touchpoint, count(*) AS count FROM contacts
    WHERE organisation = $1 AND journey = $2 AND time >= $3 GROUP BY touchpoint";
pub(super) const CONTACTS: &str =
    "SELECT * FROM contacts WHERE organisation = $1 AND journey = $2 AND seq > $3 AND seq <= $4
    ORDER BY seq, run, sequence";
pub(super) const LEARNT: &str =
    "SELECT * FROM learnt WHERE organisation = $1 AND journey = $2 AND seq > $3 AND seq <= $4
    ORDER BY seq, place";
pub(super) const RUNS: &str = "SELECT bucket, organisation, customer, run, journey, version, key, generation, started,
    status, ended, ended_after, ended_reason, listens_until, goal, dropped, dropped_after, dropped_reason, at, due,
    revision, seq FROM runs WHERE organisation = $1 AND journey = $2 AND seq >= 0 AND seq > $3 AND seq <= $4 ORDER BY seq, run";
pub(super) const REMOVED: &str = "SELECT customer, run FROM removed_runs
    WHERE organisation = $1 AND journey = $2 AND seq > $3 AND seq <= $4 ORDER BY seq, run";
pub(super) const CONTACTS_OF: &str = "SELECT * FROM contacts
    WHERE bucket = $1 AND organisation = $2 AND customer = $3 AND run = $4 ORDER BY sequence";
pub(super) const LEARNT_OF: &str = "SELECT * FROM learnt
    WHERE bucket = $1 AND organisation = $2 AND customer = $3 AND run = $4 ORDER BY seq, place";
pub(super) const RUN_OF: &str = "SELECT * FROM runs
    WHERE bucket = $1 AND organisation = $2 AND customer = $3 AND run = $4";
const COUNTS: &str = "SELECT * FROM day_counts
    WHERE bucket = $1 AND organisation = $2 AND journey = $3 AND day >= $4 AND day < $5 ORDER BY touchpoint, day";

pub(super) fn read_contact(row: &Row) -> Result<Contact> {
    let read = Read::new(row, "contact");
    Ok(Contact {
        run: RunId::new(read.id("run")?),
        sequence: read.small("sequence")?,
        customer: read.customer()?,
        journey: JourneyId::new(read.text("journey")?),
        version: VersionHash::new(read.text("version")?),
        touchpoint: TouchpointId::new(read.text("touchpoint")?),
        visit: read.small("visit")?,
        time: read.time("time")?,
        recorded: read.time("recorded")?,
        channel: read.text_if("channel")?.map(Channel::new),
        place: read.text_if("place")?,
        staff: read.text_if("staff")?,
        outcome: read.text_if("outcome")?,
        reason: read.text_if("reason")?,
        score: read.real_if("score")?.and_then(Experience::new),
        event: EventId::new(read.text("event")?),
        object: read.text_if("object")?,
    })
}

pub(super) fn read_learnt(row: &Row) -> Result<Learnt> {
    let read = Read::new(row, "lesson");
    Ok(Learnt {
        run: RunId::new(read.id("run")?),
        sequence: read.small("sequence")?,
        time: read.time("time")?,
        lesson: read.json("lesson")?,
    })
}

fn read_count(row: &Row) -> Result<DayCount> {
    let read = Read::new(row, "count of a day");
    Ok(DayCount {
        organisation: read.organisation()?,
        journey: JourneyId::new(read.text("journey")?),
        touchpoint: TouchpointId::new(read.text("touchpoint")?),
        day: read.parsed("day")?,
        count: read.count("count")?,
    })
}

/// How far a piece of a span goes, and whether that is the end of what is written there. Within a span numbers rise in the
/// order of commits, so once one is seen, everything up to it can be seen: the reads that follow need no transaction.
async fn piece(
    conn: &mut Conn,
    (organisation, journey): (&OrganisationId, &JourneyId),
    span: Span,
    limit: u32,
) -> Result<(u64, bool)> {
    let bounds = sql(BOUNDS).text(organisation.as_str()).text(journey.as_str()).count(span.after).count(span.until);
    let row = bounds.int(i64::from(limit.clamp(1, FACTS_MAX)) - 1).row(conn).await?;
    let Some(row) = row else { return Ok((span.after, true)) };
    let read = Read::new(&row, "bounds");
    let end = ["contacts_end", "learnt_end", "runs_end", "removed_end"];
    let end = largest(end.iter().map(|column| read.number_if(column)))?.unwrap_or(span.after);
    let pieces = ["contacts_piece", "learnt_piece", "runs_piece"];
    let mut until = end;
    for column in pieces {
        until = read.number_if(column)?.unwrap_or(end).min(until);
    }
    Ok((until, until == end))
}

/// The pieces to be read, and whether they are everything until now; notes them as seen. All are measured before any is read:
/// what is taken away meanwhile is then told the next time, and not before what was read of it.
async fn pieces(
    conn: &mut Conn,
    named: (&OrganisationId, &JourneyId),
    seen: &mut Seen,
    limit: u32,
) -> Result<(Vec<(u64, u64)>, bool)> {
    let blocks = numbers::blocks(conn).await?;
    let mut pieces = Vec::new();
    for span in seen.unseen(&blocks) {
        let (until, is_whole) = piece(conn, named, span, limit).await?;
        if until > span.after {
            pieces.push((span.after, until));
        }
        // Where nothing can be added any more, what is not there is seen too.
        let end = if is_whole && !span.is_open { span.until } else { until };
        seen.add(span.after, end);
        if !is_whole {
            return Ok((pieces, false));
        }
    }
    Ok((pieces, true))
}

/// A run that was removed here because it went to another customer is there under the same id. What was told of it there
/// before is told again, behind the removal.
async fn moved(
    conn: &mut Conn,
    organisation: &OrganisationId,
    seen: &Seen,
    removed: &[(CustomerId, RunId)],
    facts: &mut FactsAfter,
) -> Result<()> {
    let forwards = followed(conn, organisation, removed.iter().map(|(customer, _)| *customer).collect()).await?;
    for (customer, run) in removed.iter().filter(|(customer, _)| forwards.contains_key(customer)) {
        let owner = end_of(&forwards, *customer);
        let of = |text| {
            let at = sql(text).place(customer_bucket(organisation, owner), organisation);
            at.id(owner.uuid()).id(run.uuid())
        };
        let told = |row: &&Row| Read::new(row, "fact").count("seq").is_ok_and(|seq| seen.has(seq));
        let rows = of(RUN_OF).rows(conn).await?;
        facts.runs.extend(rows.iter().filter(told).map(run_rows::read).collect::<Result<Vec<_>>>()?);
        let rows = of(CONTACTS_OF).rows(conn).await?;
        facts.contacts.extend(rows.iter().filter(told).map(read_contact).collect::<Result<Vec<_>>>()?);
        let rows = of(LEARNT_OF).rows(conn).await?;
        facts.learnt.extend(rows.iter().filter(told).map(read_learnt).collect::<Result<Vec<_>>>()?);
    }
    Ok(())
}

fn largest(numbers: impl Iterator<Item = Result<Option<u64>>>) -> Result<Option<u64>> {
    let numbers: Vec<Option<u64>> = numbers.collect::<Result<_>>()?;
    Ok(numbers.into_iter().flatten().max())
}

#[async_trait]
impl Facts for SqlStore {
    async fn facts_after(
        &self,
        organisation: &OrganisationId,
        journey: &JourneyId,
        cursor: &Cursor,
        limit: u32,
    ) -> Result<FactsAfter> {
        let mut seen = Seen::parse(&cursor.0)?;
        let before = seen.clone();
        let mut conn = self.reader().await?;
        let (pieces, complete) = pieces(&mut conn, (organisation, journey), &mut seen, limit).await?;
        let next = Cursor(seen.to_string());
        let (contacts, learnt, runs) = (Vec::new(), Vec::new(), Vec::new());
        let mut facts = FactsAfter { contacts, learnt, runs, removed: Vec::new(), next, complete };
        let mut removed: Vec<(CustomerId, RunId)> = Vec::new();
        for (after, until) in pieces {
            let between = |text| {
                let at = sql(text).text(organisation.as_str()).text(journey.as_str());
                at.count(after).count(until)
            };
            let rows = between(REMOVED).rows(&mut conn).await?;
            removed.extend(all(&rows, |row| {
                let read = Read::new(row, "run");
                Ok((read.customer()?, RunId::new(read.id("run")?)))
            })?);
            facts.contacts.extend(all(&between(CONTACTS).rows(&mut conn).await?, read_contact)?);
            facts.learnt.extend(all(&between(LEARNT).rows(&mut conn).await?, read_learnt)?);
            facts.runs.extend(all(&between(RUNS).rows(&mut conn).await?, run_rows::read)?);
        }
        moved(&mut conn, organisation, &before, &removed, &mut facts).await?;
        facts.removed = removed.into_iter().map(|(_, run)| run).collect();
        Ok(facts)
    }

    async fn contact_counts(
        &self,
        organisation: &OrganisationId,
        journey: &JourneyId,
        since: Timestamp,
    ) -> Result<BTreeMap<TouchpointId, u64>> {
        let counts = sql(BY_TOUCHPOINT).text(organisation.as_str()).text(journey.as_str()).time(since);
        let rows = counts.rows(&mut self.reader().await?).await?;
        let read = |row: &Row| {
            let read = Read::new(row, "count");
            Ok((TouchpointId::new(read.text("touchpoint")?), read.count("count")?))
        };
        rows.iter().map(read).collect()
    }

    async fn day_counts(
        &self,
        organisation: &OrganisationId,
        journey: &JourneyId,
        from: Date,
        until: Date,
    ) -> Result<Vec<DayCount>> {
        let counts = sql(COUNTS).place(home(organisation), organisation).text(journey.as_str());
        let counts = counts.text(&from.to_string()).text(&until.to_string());
        all(&counts.rows(&mut self.reader().await?).await?, read_count)
    }
}
