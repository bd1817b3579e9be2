use async_trait::async_trait;
use jiff::Timestamp;
use words::{EventName, OrganisationId};

use super::{
    SqlStore,
    bulk::bulk,
    event_rows::{self, read},
    leases::work,
    sql::{Sql, sql},
    unsound::readable,
    waking,
};
use crate::{
    Accepted, DayCount, Error, EventOutcome, EventRef, Inbox, NewEvent, Result, StoredEvent,
    limits::{ACCEPT_EVENTS_MAX, NAMED_EACH_MAX, NAMES_MAX, PENDING_MAX, ROWS_MAX},
};

pub(super) const PENDING: &str = "SELECT * FROM events WHERE state = 'new' {held} ORDER BY arrival LIMIT $1";
pub(super) const WAITING_FOR: (&str, usize, &str) = (
    "WITH wanted (organisation, object) AS (VALUES",
    2,
    ") SELECT found.* FROM wanted CROSS JOIN events AS found
        WHERE found.organisation = wanted.organisation AND found.waits_for = wanted.object AND found.state = 'waiting'",
);
pub(super) const WAITED: &str =
    "SELECT * FROM events WHERE state = 'waiting' AND until <= $1 {held} ORDER BY until LIMIT $2";
pub(super) const GET: &str = "SELECT * FROM events
    WHERE bucket = $1 AND organisation = $2 AND source = $3 AND event = $4";
pub(super) const RECENT: &str = "SELECT * FROM events WHERE organisation = $1 AND arrival >= 0
    ORDER BY arrival DESC LIMIT $2";
const RECENT_OF: &str = "SELECT * FROM events WHERE organisation = $1 AND source = $3 AND arrival >= 0
    ORDER BY arrival DESC LIMIT $2";
pub(super) const NAMED: &str =
    "SELECT * FROM events WHERE organisation = $1 AND source = $2 AND name = $3 AND name <> ''
    ORDER BY arrival DESC LIMIT $4";

#[async_trait]
impl Inbox for SqlStore {
    async fn accept(&self, events: Vec<NewEvent>) -> Result<Vec<Accepted>> {
        if events.len() > ACCEPT_EVENTS_MAX {
            return Err(Error::TooMuch { what: "events to accept", max: ACCEPT_EVENTS_MAX });
        }
        if events.is_empty() {
            return Ok(Vec::new());
        }
        let (bucket, rows) = (events[0].bucket, events.len());
        self.write(Some(bucket), rows, events, |conn, numbers, events| {
            Box::pin(event_rows::accept(conn, numbers, events))
        })
        .await
    }

    async fn pending(&self, limit: u32) -> Result<Vec<StoredEvent>> {
        let pending = work(PENDING, self.held, |ask| ask.int(limit.min(PENDING_MAX).into()));
        let rows = pending.rows(&mut self.reader().await?).await?;
        self.sound_events(rows).await
    }

    async fn waiting_for(&self, organisation: &OrganisationId, objects: &[String]) -> Result<Vec<StoredEvent>> {
        let mut conn = self.reader().await?;
        let wanted = |row: Sql, object: &String| row.text(organisation.as_str()).text(object);
        let mut waiting = readable(&bulk(&mut conn, WAITING_FOR, objects, wanted).await?, read)?;
        waiting.sort_by_key(|event| event.arrival);
        Ok(waiting)
    }

    async fn waited(&self, now: Timestamp, limit: u32) -> Result<Vec<StoredEvent>> {
        let waited = work(WAITED, self.held, |ask| ask.time(now).int(limit.min(ROWS_MAX).into()));
        let rows = waited.rows(&mut self.reader().await?).await?;
        self.sound_events(rows).await
    }

    async fn wake_waiting(&self) -> Result<u64> {
        let mut woken = 0;
        let mut behind = (Timestamp::MIN, String::new());
        loop {
            let mut conn = self.reader().await?;
            let Some((known, last)) = waking::known(&mut conn, self.held, &behind).await? else { return Ok(woken) };
            drop(conn);
            behind = last;
            if !known.is_empty() {
                let bucket = known[0].bucket;
                woken += self
                    .write(Some(bucket), known.len(), known, |conn, _, known| Box::pin(waking::wake(conn, known)))
                    .await?;
            }
        }
    }

    async fn settle(&self, outcomes: Vec<EventOutcome>, counts: Vec<DayCount>) -> Result<()> {
        let bucket = outcomes.first().map(|outcome| outcome.event.bucket);
        let rows = outcomes.len() + counts.len();
        self.write(bucket, rows, (outcomes, counts), |conn, _, (outcomes, counts)| {
            Box::pin(async move {
                event_rows::mark(conn, &outcomes.iter().collect::<Vec<_>>()).await?;
                event_rows::count(conn, &counts.iter().collect::<Vec<_>>()).await
            })
        })
        .await
    }

    async fn event(&self, event: &EventRef) -> Result<Option<StoredEvent>> {
        let get = sql(GET).place(event.bucket, &event.organisation).text(&event.source).text(event.id.as_str());
        get.row(&mut self.reader().await?).await?.as_ref().map(read).transpose()
    }

    async fn recent_events(
        &self,
        organisation: &OrganisationId,
        source: Option<&str>,
        limit: u32,
    ) -> Result<Vec<StoredEvent>> {
        let recent = |text| sql(text).text(organisation.as_str()).int(limit.min(ROWS_MAX).into());
        let recent = match source {
            Some(source) => recent(RECENT_OF).text(source),
            None => recent(RECENT),
        };
        readable(&recent.rows(&mut self.reader().await?).await?, read)
    }

    async fn named_events(
        &self,
        organisation: &OrganisationId,
        source: &str,
        names: &[EventName],
        each: u32,
    ) -> Result<Vec<StoredEvent>> {
        if names.len() > NAMES_MAX {
            return Err(Error::TooMuch { what: "names of events", max: NAMES_MAX });
        }
        let mut conn = self.reader().await?;
        let mut events = Vec::new();
        for name in names {
            let named = sql(NAMED).text(organisation.as_str()).text(source).text(name.as_str());
            events.extend(readable(&named.int(each.min(NAMED_EACH_MAX).into()).rows(&mut conn).await?, read)?);
        }
        Ok(events)
    }
}
