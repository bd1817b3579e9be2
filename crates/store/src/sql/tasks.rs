use async_trait::async_trait;
use jiff::Timestamp;
use words::{CustomerId, EffectKey, JourneyId, OrganisationId, TouchpointId};

use super::{
    SqlStore,
    driver::Conn,
    event_rows,
    numbers::Numbers,
    read::{Read, all},
    sql::{Sql, sql},
    task_rows::{self, read},
};
use crate::{
    ComplaintCounts, Listed, NewEvent, Paging, Result, TaskCounts, TaskFilter, TaskRow, TaskState, Tasks,
    customer_bucket,
};

/// Without a due moment last, in either order of nulls.
const LIST: &str = "SELECT * FROM tasks WHERE organisation = $1 AND ($2 = 0 OR state = 'open')
    AND ($3 IS NULL OR team = $3) AND ($4 IS NULL OR customer = $4) AND ($5 IS NULL OR journey = $5)
    AND ($6 IS NULL OR due < $6) AND ($7 = 0 OR complaint IS NOT NULL) AND ($8 = 0 OR state = 'done')
    AND ($9 IS NULL OR touchpoint = $9)
    ORDER BY CASE WHEN due IS NULL THEN 1 ELSE 0 END, due, made, key LIMIT $10 OFFSET $11";
const COUNT: &str = "SELECT count(*) FROM tasks WHERE organisation = $1 AND ($2 = 0 OR state = 'open')
    AND ($3 IS NULL OR team = $3) AND ($4 IS NULL OR customer = $4) AND ($5 IS NULL OR journey = $5)
    AND ($6 IS NULL OR due < $6) AND ($7 = 0 OR complaint IS NOT NULL) AND ($8 = 0 OR state = 'done')
    AND ($9 IS NULL OR touchpoint = $9)";
pub(super) const GET: &str = "SELECT * FROM tasks WHERE organisation = $1 AND key = $2";
pub(super) const COUNTS: &str =
    "SELECT team, count(*) AS open, sum(CASE WHEN due < $2 AND due > made THEN 1 ELSE 0 END) AS overdue
    FROM tasks WHERE organisation = $1 AND state = 'open' GROUP BY team ORDER BY team";

pub(super) const COMPLAINTS: &str = "SELECT touchpoint, count(*) AS open,
        sum(CASE WHEN due < $3 AND due > made THEN 1 ELSE 0 END) AS overdue
    FROM tasks WHERE organisation = $1 AND journey = $2 AND complaint IS NOT NULL AND state = 'open'
    GROUP BY touchpoint ORDER BY touchpoint";

fn filtered(text: &'static str, organisation: &OrganisationId, filter: &TaskFilter) -> Sql {
    sql(text)
        .text(organisation.as_str())
        .int(filter.open.into())
        .text_if(filter.team.as_deref())
        .id_if(filter.customer.map(CustomerId::uuid))
        .text_if(filter.journey.as_ref().map(JourneyId::as_str))
        .time_if(filter.due_before)
        .int(filter.complaints.into())
        .int(filter.done.into())
        .text_if(filter.touchpoint.as_ref().map(TouchpointId::as_str))
}

async fn finish(
    conn: &mut Conn,
    numbers: &Numbers,
    (organisation, key): (&OrganisationId, &EffectKey),
    done: &TaskState,
    event: &[NewEvent; 1],
) -> Result<bool> {
    let row = sql(GET).text(organisation.as_str()).text(key.as_str()).row(conn).await?;
    let Some(task) = row.as_ref().map(read).transpose()? else { return Ok(false) };
    let end = sql(task_rows::END).place(customer_bucket(organisation, task.customer), organisation);
    let end = end.id(task.customer.uuid()).text(key.as_str());
    let ended = task_rows::bind_state(end, done).run(conn).await? > 0;
    if ended {
        event_rows::accept(conn, numbers, event).await?;
    }
    Ok(ended)
}

#[async_trait]
impl Tasks for SqlStore {
    async fn tasks(
        &self,
        organisation: &OrganisationId,
        filter: &TaskFilter,
        paging: Paging,
    ) -> Result<Listed<TaskRow>> {
        let mut conn = self.reader().await?;
        let total = filtered(COUNT, organisation, filter).number(&mut conn).await?;
        let rows = filtered(LIST, organisation, filter).paged(paging).rows(&mut conn).await?;
        Ok(Listed { rows: all(&rows, read)?, total })
    }

    async fn task(&self, organisation: &OrganisationId, key: &EffectKey) -> Result<Option<TaskRow>> {
        let get = sql(GET).text(organisation.as_str()).text(key.as_str());
        get.row(&mut self.reader().await?).await?.as_ref().map(read).transpose()
    }

    async fn task_counts(&self, organisation: &OrganisationId, now: Timestamp) -> Result<Vec<TaskCounts>> {
        let rows = sql(COUNTS).text(organisation.as_str()).time(now).rows(&mut self.reader().await?).await?;
        all(&rows, |row| {
            let read = Read::new(row, "count");
            Ok(TaskCounts { team: read.text("team")?, open: read.count("open")?, overdue: read.count("overdue")? })
        })
    }

    async fn complaint_counts(
        &self,
        organisation: &OrganisationId,
        journey: &JourneyId,
        now: Timestamp,
    ) -> Result<Vec<ComplaintCounts>> {
        let counts = sql(COMPLAINTS).text(organisation.as_str()).text(journey.as_str()).time(now);
        let rows = counts.rows(&mut self.reader().await?).await?;
        all(&rows, |row| {
            let read = Read::new(row, "count");
            let touchpoint = TouchpointId::new(read.text("touchpoint")?);
            Ok(ComplaintCounts { touchpoint, open: read.count("open")?, overdue: read.count("overdue")? })
        })
    }

    async fn finish_task(
        &self,
        organisation: &OrganisationId,
        key: &EffectKey,
        done: TaskState,
        event: NewEvent,
    ) -> Result<bool> {
        let finished = (organisation.clone(), key.clone(), done, [event]);
        self.write(Some(finished.3[0].bucket), 2, finished, |conn, numbers, (organisation, key, done, event)| {
            Box::pin(finish(conn, numbers, (organisation, key), done, event))
        })
        .await
    }
}
