//! Who stands behind a count on the map.

use words::{JourneyId, OrganisationId, RunId, Window};

use super::{
    bulk::bulk,
    driver::{Conn, Row},
    read::{Read, all},
    sql::{Sql, sql},
    travellers::read_customer,
};
use crate::{Found, Listed, Paging, Place, Result};

/// A list of customers with a run and a moment, and its length, over the same rows.
macro_rules! both {
    ($rows:literal) => {
        (
            concat!(
                "SELECT customers.*, found.run AS run, found.moment AS moment FROM (",
                $rows,
                ") AS found JOIN customers ON customers.bucket = found.bucket
                    AND customers.organisation = found.organisation AND customers.customer = found.customer
                ORDER BY found.moment DESC, found.run LIMIT "
            ),
            concat!("SELECT count(*) FROM (", $rows, ") AS found"),
        )
    };
}

const HAPPENED: (&str, &str) = both!(
    "SELECT bucket, organisation, customer, run, max(time) AS moment FROM contacts
        WHERE organisation = $1 AND journey = $2 AND touchpoint = $3 AND time >= $4 AND time < $5
        GROUP BY bucket, organisation, customer, run"
);
const AT: (&str, &str) = both!(
    "SELECT bucket, organisation, customer, run, started AS moment FROM runs
        WHERE organisation = $1 AND journey = $2 AND at = $3 AND status = 'open'"
);
const EXIT_AFTER: (&str, &str) = both!(
    "SELECT bucket, organisation, customer, run,
            CASE WHEN status = 'left' THEN ended ELSE dropped END AS moment FROM runs
        WHERE organisation = $1 AND journey = $2 AND (
            (status = 'left' AND ended_after = $3 AND ended >= $4 AND ended < $5) OR
            (status = 'open' AND dropped_after = $3 AND dropped >= $4 AND dropped < $5))"
);
const UNDER_WAY: (&str, &str) = both!(
    "SELECT bucket, organisation, customer, run, started AS moment FROM runs
        WHERE organisation = $1 AND journey = $2 AND status = 'open'
        UNION ALL SELECT bucket, organisation, customer, run, started AS moment FROM runs
        WHERE organisation = $1 AND journey = $2 AND status <> 'open' AND due IS NOT NULL AND listens_until > $3"
);
const STARTED: (&str, &str) = both!(
    "SELECT bucket, organisation, customer, run, started AS moment FROM runs
        WHERE organisation = $1 AND journey = $2 AND started >= $3 AND started < $4"
);

const OF_RUNS: (&str, usize, &str) = (
    "WITH wanted (organisation, journey, run) AS (VALUES",
    3,
    ") SELECT customers.*, runs.run AS run, runs.started AS moment FROM runs
        JOIN customers ON customers.bucket = runs.bucket AND customers.organisation = runs.organisation
            AND customers.customer = runs.customer
        WHERE runs.organisation = (SELECT max(organisation) FROM wanted)
            AND runs.journey = (SELECT max(journey) FROM wanted) AND runs.run IN (SELECT run FROM wanted)",
);

fn read(row: &Row) -> Result<Found> {
    let read = Read::new(row, "customer at a place");
    Ok(Found { customer: read_customer(row)?, run: RunId::new(read.id("run")?), time: read.time("moment")? })
}

/// The statement pair of a place, its values, and how many values there are.
fn asked(place: &Place) -> ((&'static str, &'static str), impl Fn(Sql) -> Sql, usize) {
    let of = |window: &Window| vec![window.from, window.until];
    let (texts, touchpoint, moments) = match place {
        Place::Happened { touchpoint, window } => (HAPPENED, Some(touchpoint), of(window)),
        Place::At { touchpoint } => (AT, Some(touchpoint), Vec::new()),
        Place::ExitAfter { touchpoint, window } => (EXIT_AFTER, Some(touchpoint), of(window)),
        Place::UnderWay { now } => (UNDER_WAY, None, vec![*now]),
        Place::Started { window } => (STARTED, None, of(window)),
    };
    let count = 2 + usize::from(touchpoint.is_some()) + moments.len();
    let bind = move |row: Sql| {
        let row = match touchpoint {
            Some(touchpoint) => row.text(touchpoint.as_str()),
            None => row,
        };
        moments.iter().fold(row, |row, moment| row.time(*moment))
    };
    (texts, bind, count)
}

pub(super) async fn find(
    conn: &mut Conn,
    (organisation, journey): (&OrganisationId, &JourneyId),
    place: &Place,
    paging: Paging,
) -> Result<Listed<Found>> {
    let ((list, count), bind, values) = asked(place);
    let at = |statement: Sql| bind(statement.text(organisation.as_str()).text(journey.as_str()));
    let total = at(sql(count)).number(conn).await?;
    let list = format!("{list}${} OFFSET ${}", values + 1, values + 2);
    let rows = at(sql(list)).paged(paging).rows(conn).await?;
    Ok(Listed { rows: all(&rows, read)?, total })
}

pub(super) async fn of_runs(
    conn: &mut Conn,
    (organisation, journey): (&OrganisationId, &JourneyId),
    runs: &[RunId],
) -> Result<Vec<Found>> {
    let rows =
        bulk(conn, OF_RUNS, runs, |row, run| row.text(organisation.as_str()).text(journey.as_str()).id(run.uuid()));
    let mut found = all(&rows.await?, read)?;
    found.sort_by_key(|found| runs.iter().position(|run| *run == found.run));
    Ok(found)
}
