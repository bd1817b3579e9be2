use async_trait::async_trait;
use jiff::Timestamp;
use words::{JourneyId, OrganisationId};

use super::{
    SqlStore,
    driver::{Conn, Row},
    due,
    sql::{Sql, sql},
};
use crate::{Condition, Gauges, Gauging, Result};

const OLDEST_NEW: &str = "SELECT arrival FROM events WHERE state = 'new' ORDER BY arrival LIMIT 1";
const NEW: &str = "SELECT count(*) FROM (SELECT 1 FROM events WHERE state = 'new' LIMIT $1) AS new";
const NEWEST: &str = "SELECT max(arrival) FROM events WHERE organisation = $1 AND arrival >= 0";
const DUE: &str = "SELECT count(*) FROM (SELECT 1 FROM runs
    WHERE organisation = $1 AND journey = $2 AND due <= $3 LIMIT $4) AS due";
/// States that few messages are in at one time, each with an index of its own.
const PASSING: [&str; 4] = ["held", "ready", "sending", "printed"];
/// States in which messages stay, and that somebody looks after.
const STUCK: [&str; 2] = ["failed", "unknown"];
const STAYED: &str = "SELECT count(*) FROM (SELECT 1 FROM outbox
    WHERE organisation = $1 AND journey = $2 AND state = $3 LIMIT $4) AS stuck";
const CHECK: &str = "PRAGMA quick_check(3)";
const BYTES: &str = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size";
const FREE_BYTES: &str = "SELECT freelist_count * page_size FROM pragma_freelist_count, pragma_page_size";
const SERVER_BYTES: &str = "SELECT pg_database_size(current_database())";

fn earliest(one: Option<Timestamp>, other: Option<Timestamp>) -> Option<Timestamp> {
    [one, other].into_iter().flatten().min()
}

fn of(text: &'static str, (organisation, journey): &(OrganisationId, JourneyId)) -> Sql {
    sql(text).text(organisation.as_str()).text(journey.as_str())
}

async fn of_outbox(conn: &mut Conn, gauges: &mut Gauges) -> Result<()> {
    for state in PASSING {
        let count = format!("SELECT count(*) FROM (SELECT 1 FROM outbox WHERE state = '{state}' LIMIT $1) AS passing");
        gauges.outbox.insert(state, sql(count).count(Gauges::COUNTED_MAX).number(conn).await?);
    }
    for organisation in due::organisations(conn).await? {
        let newest = sql(NEWEST).text(organisation.as_str()).moment(conn).await?;
        gauges.newest_event = gauges.newest_event.max(newest);
        for ready in due::next_ready(conn, &organisation).await? {
            gauges.oldest_ready = earliest(gauges.oldest_ready, ready.moment(conn).await?);
        }
    }
    Ok(())
}

#[async_trait]
impl Gauging for SqlStore {
    async fn gauges(&self, now: Timestamp) -> Result<Gauges> {
        let mut conn = self.reader().await?;
        let mut gauges = Gauges {
            oldest_unapplied: sql(OLDEST_NEW).moment(&mut conn).await?,
            unapplied: sql(NEW).count(Gauges::COUNTED_MAX).number(&mut conn).await?,
            ..Gauges::default()
        };
        for journey in due::active(&mut conn).await? {
            let next = of(due::NEXT_RUN, &journey).moment(&mut conn).await?;
            gauges.next_due = earliest(gauges.next_due, next);
            if next.is_some_and(|next| next <= now) {
                gauges.due += of(DUE, &journey).time(now).count(Gauges::COUNTED_MAX).number(&mut conn).await?;
            }
            for state in STUCK {
                let stayed = of(STAYED, &journey).text(state).count(Gauges::COUNTED_MAX);
                *gauges.outbox.entry(state).or_default() += stayed.number(&mut conn).await?;
            }
        }
        of_outbox(&mut conn, &mut gauges).await?;
        Ok(gauges)
    }

    async fn condition(&self) -> Result<Condition> {
        let mut conn = self.reader().await?;
        if conn.is_shared() {
            let bytes = sql(SERVER_BYTES).number(&mut conn).await?;
            return Ok(Condition { bytes, ..Condition::default() });
        }
        let said = sql(CHECK).rows(&mut conn).await?;
        let said = said.iter().map(Row::first::<String>).collect::<Result<Vec<_>>>()?;
        Ok(Condition {
            faults: said.into_iter().filter(|said| said != "ok").collect(),
            bytes: sql(BYTES).number(&mut conn).await?,
            free_bytes: sql(FREE_BYTES).number(&mut conn).await?,
        })
    }
}
