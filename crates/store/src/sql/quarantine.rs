use async_trait::async_trait;
use words::{EventId, OrganisationId};

use super::{
    SqlStore,
    bulk::bulk,
    driver::{Conn, Row},
    inbox::GET as GET_EVENT,
    read::{Read, all},
    sql::{Sql, sql},
};
use crate::{
    Error, EventRef, Listed, Paging, Quarantine, QuarantineCount, QuarantineFilter, QuarantineId, Quarantined,
    Rejected, Result, home,
    limits::{RAW_BYTES_MAX, ROWS_MAX},
};

/// Reasons that are told apart.
const REASONS_MAX: i64 = 100;

const REJECT: (&str, usize, &str) = (
    "INSERT INTO rejected (bucket, organisation, id, source, received, reason, detail, raw) VALUES",
    8,
    "ON CONFLICT (bucket, organisation, id) DO NOTHING",
);
/// Both kinds in one list; an accepted event has no id of its own, a rejected one no event.
const LIST: &str = "SELECT * FROM (
        SELECT bucket, organisation, id, NULL AS event, source, received, reason, detail, raw
            FROM rejected WHERE bucket = $1 AND organisation = $2 AND ($3 IS NULL OR source = $3)
            AND ($4 IS NULL OR reason = $4)
        UNION ALL
        SELECT bucket, organisation, NULL AS id, event, source, received, reason, detail, body AS raw
            FROM events WHERE organisation = $2 AND state = 'quarantined' AND ($3 IS NULL OR source = $3)
            AND ($4 IS NULL OR reason = $4)
    ) AS listed ORDER BY received DESC, source, event, id LIMIT $5 OFFSET $6";
const COUNT: &str = "SELECT
    (SELECT count(*) FROM rejected WHERE bucket = $1 AND organisation = $2 AND ($3 IS NULL OR source = $3)
        AND ($4 IS NULL OR reason = $4)) +
    (SELECT count(*) FROM events WHERE organisation = $2 AND state = 'quarantined' AND ($3 IS NULL OR source = $3)
        AND ($4 IS NULL OR reason = $4))";
/// How many of each reason, the largest groups first.
const REASONS: &str = "SELECT source, reason, count(*) AS number FROM (
        SELECT source, reason FROM rejected WHERE bucket = $1 AND organisation = $2
        UNION ALL
        SELECT source, reason FROM events WHERE organisation = $2 AND state = 'quarantined'
    ) AS listed GROUP BY source, reason ORDER BY count(*) DESC, source, reason LIMIT $3";
const GET: &str = "SELECT *, NULL AS event FROM rejected WHERE bucket = $1 AND organisation = $2 AND id = $3";
const DISCARD: &str = "DELETE FROM rejected WHERE bucket = $1 AND organisation = $2 AND id = $3";
const DISCARD_EVENT: &str = "UPDATE events SET state = 'discarded', reason = NULL, detail = NULL
    WHERE bucket = $1 AND organisation = $2 AND source = $3 AND event = $4 AND state = 'quarantined'";
const TAKE_AGAIN: &str = "UPDATE events SET state = 'new', reason = NULL, detail = NULL
    WHERE bucket = $1 AND organisation = $2 AND source = $3 AND event = $4 AND state = 'quarantined'";

fn read(row: &Row) -> Result<Quarantined> {
    let read = Read::new(row, "event in quarantine");
    let source = read.text("source")?;
    let id = match (read.id_if("id")?, read.text_if("event")?) {
        (Some(id), _) => QuarantineId::Rejected(id),
        (None, Some(event)) => QuarantineId::Accepted(EventRef {
            organisation: read.organisation()?,
            bucket: read.bucket()?,
            source: source.clone(),
            id: EventId::new(event),
        }),
        (None, None) => return Err(read.unreadable("neither id nor event")),
    };
    Ok(Quarantined {
        id,
        source,
        received: read.time("received")?,
        reason: read.text("reason")?,
        detail: read.text("detail")?,
        raw: read.text("raw")?,
    })
}

/// Of the columns alone: what it says may be what cannot be read.
fn of_event(row: &Row) -> Result<Option<Quarantined>> {
    let read = Read::new(row, "event in quarantine");
    if read.text("state")? != "quarantined" {
        return Ok(None);
    }
    let source = read.text("source")?;
    let id = EventId::new(read.text("event")?);
    let event = EventRef { organisation: read.organisation()?, bucket: read.bucket()?, source: source.clone(), id };
    Ok(Some(Quarantined {
        id: QuarantineId::Accepted(event),
        source,
        received: read.time("received")?,
        reason: read.text("reason")?,
        detail: read.text("detail")?,
        raw: read.text("body")?,
    }))
}

fn discard(organisation: &OrganisationId, id: &QuarantineId) -> Sql {
    match id {
        QuarantineId::Rejected(id) => sql(DISCARD).place(home(organisation), organisation).id(*id),
        QuarantineId::Accepted(event) => {
            let at = sql(DISCARD_EVENT).place(event.bucket, organisation);
            at.text(&event.source).text(event.id.as_str())
        }
    }
}

pub(super) async fn reject(conn: &mut Conn, rejected: &[Rejected]) -> Result<()> {
    bulk(conn, REJECT, rejected, |row, rejected| {
        row.place(home(&rejected.organisation), &rejected.organisation)
            .id(rejected.id)
            .text(&rejected.source)
            .time(rejected.received)
            .text(&rejected.reason)
            .text(&rejected.detail)
            .text(&rejected.raw)
    })
    .await?;
    Ok(())
}

#[async_trait]
impl Quarantine for SqlStore {
    async fn reject(&self, rejected: Vec<Rejected>) -> Result<()> {
        if rejected.iter().any(|one| one.raw.len() > RAW_BYTES_MAX) {
            return Err(Error::TooMuch { what: "bytes of a refused event", max: RAW_BYTES_MAX });
        }
        let bucket = rejected.first().map(|one| home(&one.organisation));
        self.write(bucket, rejected.len(), rejected, |conn, _, rejected| Box::pin(reject(conn, rejected))).await
    }

    async fn quarantine(
        &self,
        organisation: &OrganisationId,
        filter: QuarantineFilter<'_>,
        paging: Paging,
    ) -> Result<Listed<Quarantined>> {
        let mut conn = self.reader().await?;
        let at = |text| sql(text).place(home(organisation), organisation).text_if(filter.source).text_if(filter.reason);
        let total = at(COUNT).number(&mut conn).await?;
        let rows = at(LIST).paged(paging).rows(&mut conn).await?;
        Ok(Listed { rows: all(&rows, read)?, total })
    }

    async fn quarantined(&self, organisation: &OrganisationId, id: &QuarantineId) -> Result<Option<Quarantined>> {
        let mut conn = self.reader().await?;
        match id {
            QuarantineId::Rejected(id) => {
                let row = sql(GET).place(home(organisation), organisation).id(*id).row(&mut conn).await?;
                row.as_ref().map(read).transpose()
            }
            QuarantineId::Accepted(event) => {
                let get = sql(GET_EVENT).place(event.bucket, organisation).text(&event.source);
                let row = get.text(event.id.as_str()).row(&mut conn).await?;
                row.as_ref().map(of_event).transpose().map(Option::flatten)
            }
        }
    }

    async fn quarantine_reasons(&self, organisation: &OrganisationId) -> Result<Vec<QuarantineCount>> {
        let reasons = sql(REASONS).place(home(organisation), organisation).int(REASONS_MAX);
        all(&reasons.rows(&mut self.reader().await?).await?, |row| {
            let read = Read::new(row, "reasons of the quarantine");
            Ok(QuarantineCount {
                source: read.text("source")?,
                reason: read.text("reason")?,
                count: read.count("number")?,
            })
        })
    }

    async fn discard(&self, organisation: &OrganisationId, id: &QuarantineId) -> Result<bool> {
        self.change(discard(organisation, id)).await
    }

    async fn discard_all(&self, organisation: &OrganisationId, ids: Vec<QuarantineId>) -> Result<()> {
        if ids.len() > ROWS_MAX as usize {
            return Err(Error::TooMuch { what: "events of the quarantine", max: ROWS_MAX as usize });
        }
        let data = (organisation.clone(), ids);
        self.write(Some(home(organisation)), data.1.len(), data, |conn, _, (organisation, ids)| {
            Box::pin(async move {
                for id in ids {
                    discard(organisation, id).run(conn).await?;
                }
                Ok(())
            })
        })
        .await
    }

    async fn take_again(&self, event: &EventRef) -> Result<bool> {
        let at = sql(TAKE_AGAIN).place(event.bucket, &event.organisation);
        self.change(at.text(&event.source).text(event.id.as_str())).await
    }
}
