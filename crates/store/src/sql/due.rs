//! What is due: the earliest moment of a run is a column, and that column is the queue.

use std::collections::{HashSet, VecDeque};

use jiff::Timestamp;
use words::{JourneyId, OrganisationId, VersionHash};

use super::{
    claim,
    driver::{Conn, Row},
    leases::{Held, work},
    read::{Read, all},
    sql::{Sql, sql},
};
use crate::{Due, Lane, Result, customer_bucket, limits::ROWS_MAX};

const ACTIVE: &str = "SELECT journeys.organisation, journeys.journey FROM journeys
    JOIN organisations ON organisations.bucket = journeys.bucket AND organisations.organisation = journeys.organisation
    WHERE journeys.paused = 0 ORDER BY journeys.organisation, journeys.journey";
const ORGANISATIONS: &str = "SELECT organisation FROM organisations ORDER BY organisation";
pub(super) const RUNS: &str = "SELECT bucket, organisation, customer, due FROM runs
    WHERE organisation = $1 AND journey = $2 AND due <= $3 {held} ORDER BY due, bucket, customer LIMIT $4";
pub(super) const HELD: &str = "SELECT bucket, organisation, customer, moment AS due FROM outbox
    WHERE organisation = $1 AND state = 'held' AND moment <= $2 {held} ORDER BY moment, bucket, customer LIMIT $3";
pub(super) const MARK: [&str; 2] = [
    "UPDATE runs SET due = $4 WHERE (bucket, organisation, customer, run) IN (
        SELECT bucket, organisation, customer, run FROM runs
        WHERE organisation = $1 AND journey = $2 AND version <> $3 AND status = 'open' AND (due IS NULL OR due > $4)
            AND length(state) > 0
        LIMIT $5)",
    // Who ended and still listens, as far as anything lies ahead.
    "UPDATE runs SET due = $4 WHERE (bucket, organisation, customer, run) IN (
        SELECT bucket, organisation, customer, run FROM runs
        WHERE organisation = $1 AND journey = $2 AND version <> $3 AND status <> 'open' AND due > $4 AND listens_until > $4
        LIMIT $5)",
];

pub(super) const NEXT_RUN: &str =
    "SELECT min(due) FROM runs WHERE organisation = $1 AND journey = $2 AND due IS NOT NULL";
pub(super) const NEXT_HELD: &str = "SELECT min(moment) FROM outbox WHERE organisation = $1 AND state = 'held'";
pub(super) const NEXT_READY: &str = "SELECT min(claim_at) FROM outbox
    WHERE organisation = $1 AND state = 'ready' AND channel = $2 AND principal = $4 AND rank = $3";
pub(super) const NEXT_WAITED: &str = "SELECT min(until) FROM events WHERE state = 'waiting'";

fn read(row: &Row) -> Result<Due> {
    let read = Read::new(row, "due moment");
    Ok(Due { organisation: read.organisation()?, customer: read.customer()?, due: read.time("due")? })
}

/// Journeys that are not paused, with their organisations.
pub(super) async fn active(conn: &mut Conn) -> Result<Vec<(OrganisationId, JourneyId)>> {
    let read = |row: &Row| {
        let read = Read::new(row, "journey");
        Ok((read.organisation()?, JourneyId::new(read.text("journey")?)))
    };
    all(&sql(ACTIVE).rows(conn).await?, read)
}

pub(super) async fn organisations(conn: &mut Conn) -> Result<Vec<OrganisationId>> {
    all(&sql(ORGANISATIONS).rows(conn).await?, |row| Read::new(row, "organisation").organisation())
}

/// One of each list in turn, so that a large organisation does not stand before all others.
pub(super) fn in_turn<T>(lists: Vec<Vec<T>>, limit: usize) -> Vec<T> {
    let mut lists: VecDeque<VecDeque<T>> = lists.into_iter().map(VecDeque::from).collect();
    let mut taken = Vec::new();
    while let Some(mut list) = lists.pop_front() {
        if taken.len() == limit {
            break;
        }
        if let Some(one) = list.pop_front() {
            taken.push(one);
            lists.push_back(list);
        }
    }
    taken
}

/// Each customer once, earliest first; of one moment those together whose rows lie together.
fn each_once(mut due: Vec<Due>) -> Vec<Due> {
    due.sort_by_cached_key(|one| (one.due, customer_bucket(&one.organisation, one.customer), one.customer));
    let mut seen = HashSet::new();
    due.retain(|one| seen.insert(one.customer));
    due
}

pub(super) async fn runs(conn: &mut Conn, only: Option<Held>, now: Timestamp, limit: u32) -> Result<Vec<Due>> {
    let limit = limit.min(ROWS_MAX);
    let mut lists: Vec<(OrganisationId, Vec<Due>)> = Vec::new();
    for (organisation, journey) in active(conn).await? {
        let due =
            work(RUNS, only, |ask| ask.text(organisation.as_str()).text(journey.as_str()).time(now).int(limit.into()));
        let due = all(&due.rows(conn).await?, read)?;
        match lists.last_mut() {
            Some((last, list)) if *last == organisation => list.extend(due),
            _ => lists.push((organisation, due)),
        }
    }
    Ok(in_turn(lists.into_iter().map(|(_, due)| each_once(due)).collect(), limit as usize))
}

pub(super) async fn held(conn: &mut Conn, only: Option<Held>, now: Timestamp, limit: u32) -> Result<Vec<Due>> {
    let limit = limit.min(ROWS_MAX);
    let mut lists = Vec::new();
    for organisation in organisations(conn).await? {
        let held = work(HELD, only, |ask| ask.text(organisation.as_str()).time(now).int(limit.into()));
        lists.push(each_once(all(&held.rows(conn).await?, read)?));
    }
    Ok(in_turn(lists, limit as usize))
}

/// The statements that mark runs, to be asked in this order.
pub(super) fn mark(
    organisation: &OrganisationId,
    journey: &JourneyId,
    version: &VersionHash,
    now: Timestamp,
    limit: u32,
) -> [Sql; 2] {
    MARK.map(|text| {
        let mark = sql(text).text(organisation.as_str()).text(journey.as_str()).text(version.as_str());
        mark.time(now).int(limit.min(ROWS_MAX).into())
    })
}

/// When the earliest message may be carried of each kind that is on time.
pub(super) async fn next_ready(conn: &mut Conn, organisation: &OrganisationId) -> Result<Vec<Sql>> {
    let lanes = claim::lanes_of(conn, organisation).await?;
    // Paper waits for a person.
    let lanes = lanes.iter().filter(|lane| !lane.channel.is_paper());
    let ask = |lane: &Lane, rank| {
        let ask = sql(NEXT_READY).text(organisation.as_str()).text(lane.channel.as_str());
        ask.int(rank).text(lane.principal.as_str())
    };
    Ok(lanes.flat_map(|lane| [0, 1].map(|rank| ask(lane, rank))).collect())
}

/// The earliest moment at which there is anything to do.
pub(super) async fn next(conn: &mut Conn) -> Result<Option<Timestamp>> {
    let mut questions = vec![sql(NEXT_WAITED)];
    for (organisation, journey) in active(conn).await? {
        questions.push(sql(NEXT_RUN).text(organisation.as_str()).text(journey.as_str()));
    }
    for organisation in organisations(conn).await? {
        questions.push(sql(NEXT_HELD).text(organisation.as_str()));
        questions.extend(next_ready(conn, &organisation).await?);
    }
    let mut earliest: Option<Timestamp> = None;
    for question in questions {
        let moment = question.moment(conn).await?;
        earliest = [earliest, moment].into_iter().flatten().min();
    }
    Ok(earliest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_turns_until_the_limit() {
        let lists = vec![vec![1, 2, 3, 4], vec![10], vec![20, 21]];
        assert_eq!(in_turn(lists.clone(), 5), [1, 10, 20, 2, 21]);
        assert_eq!(in_turn(lists, 100), [1, 10, 20, 2, 21, 3, 4]);
        assert!(in_turn(Vec::<Vec<u8>>::new(), 5).is_empty());
    }
}
