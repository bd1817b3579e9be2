use async_trait::async_trait;
use jiff::{Timestamp, civil::Date};
use words::OrganisationId;

use super::{
    SqlStore,
    driver::{Conn, Row},
    event_rows,
    numbers::Numbers,
    read::{Read, all},
    sql::sql,
};
use crate::{
    Bookings, CaseRow, DayRow, Error, NewEvent, ResourceRow, Result, home,
    limits::{ACCEPT_EVENTS_MAX, BOOKING_BYTES_MAX, RESOURCE_DAYS_MAX, RESOURCES_MAX, UNSETTLED_MAX},
};

const RESOURCES: &str = "SELECT * FROM resources WHERE bucket = $1 AND organisation = $2 ORDER BY resource LIMIT $3";
const COUNT: &str = "SELECT count(*) FROM resources WHERE bucket = $1 AND organisation = $2 AND resource <> $3";
const SAVE_RESOURCE: &str = "INSERT INTO resources (bucket, organisation, resource, text) VALUES ($1, $2, $3, $4)
    ON CONFLICT (bucket, organisation, resource) DO UPDATE SET text = excluded.text";
const DAYS: &str = "SELECT * FROM resource_days WHERE bucket = $1 AND organisation = $2 AND day >= $3 AND day <= $4
    AND version > 0 ORDER BY day, resource LIMIT $5";
const UNSETTLED_DAYS: &str = "SELECT * FROM resource_days WHERE bucket = $1 AND organisation = $2 AND unsettled <= $3
    ORDER BY unsettled, day, resource LIMIT $4";
/// So that there is a row to compare the version of; nobody sees it before it has one.
const DAY_TO_BE: &str = "INSERT INTO resource_days (bucket, organisation, day, resource, version, text)
    VALUES ($1, $2, $3, $4, 0, '') ON CONFLICT (bucket, organisation, day, resource) DO NOTHING";
/// Keeps others from the row until the end of the transaction.
const SAME_DAY: &str = "UPDATE resource_days SET version = version
    WHERE bucket = $1 AND organisation = $2 AND day = $3 AND resource = $4 AND version = $5";
const DAY: &str = "UPDATE resource_days SET version = version + 1, unsettled = $5, text = $6
    WHERE bucket = $1 AND organisation = $2 AND day = $3 AND resource = $4";
pub(super) const CASE: &str =
    "SELECT * FROM cases WHERE bucket = $1 AND organisation = $2 AND kind = $3 AND object = $4";
pub(super) const NEW_CASE: &str = "INSERT INTO cases (bucket, organisation, kind, object, revision, unsettled, text)
    VALUES ($1, $2, $3, $4, 1, $5, $6) ON CONFLICT (bucket, organisation, kind, object) DO NOTHING";
pub(super) const SAVE_CASE: &str = "UPDATE cases SET revision = revision + 1, unsettled = $5, text = $6
    WHERE bucket = $1 AND organisation = $2 AND kind = $3 AND object = $4 AND revision = $7";
const UNSETTLED_CASES: &str = "SELECT * FROM cases WHERE organisation = $1 AND unsettled <= $2
    ORDER BY unsettled, bucket, kind, object LIMIT $3";
const FORGET: &str = "DELETE FROM cases WHERE bucket = $1 AND organisation = $2 AND kind = $3 AND object = $4";

fn resource(row: &Row) -> Result<ResourceRow> {
    let read = Read::new(row, "resource");
    Ok(ResourceRow { resource: read.text("resource")?, text: read.text("text")? })
}

fn day(row: &Row) -> Result<DayRow> {
    let read = Read::new(row, "day of a resource");
    Ok(DayRow {
        resource: read.text("resource")?,
        day: read.parsed("day")?,
        version: read.count("version")?,
        unsettled: read.time_if("unsettled")?,
        text: read.text("text")?,
    })
}

fn case(row: &Row) -> Result<CaseRow> {
    let read = Read::new(row, "case");
    Ok(CaseRow {
        kind: read.text("kind")?,
        object: read.text("object")?,
        revision: read.count("revision")?,
        unsettled: read.time_if("unsettled")?,
        text: read.text("text")?,
    })
}

fn fits(text: &str) -> Result<()> {
    let is_too_long = text.len() > BOOKING_BYTES_MAX;
    if is_too_long { Err(Error::TooMuch { what: "bytes of a booking", max: BOOKING_BYTES_MAX }) } else { Ok(()) }
}

/// Whether all were as they were seen; else nothing is changed. Days are in an order, so that two who save the same do not wait for each other.
async fn save_days(conn: &mut Conn, organisation: &OrganisationId, days: &[DayRow]) -> Result<bool> {
    let at = |text, day: &DayRow| {
        sql(text).place(home(organisation), organisation).text(&day.day.to_string()).text(&day.resource)
    };
    for day in days {
        if day.version == 0 {
            at(DAY_TO_BE, day).run(conn).await?;
        }
        if at(SAME_DAY, day).count(day.version).run(conn).await? == 0 {
            return Ok(false);
        }
    }
    for day in days {
        at(DAY, day).time_if(day.unsettled).text(&day.text).run(conn).await?;
    }
    Ok(true)
}

async fn save_case(
    conn: &mut Conn,
    numbers: &Numbers,
    (organisation, case): (&OrganisationId, &CaseRow),
    events: &[NewEvent],
) -> Result<bool> {
    let is_new = case.revision == 0;
    let bucket = CaseRow::bucket(organisation, &case.kind, &case.object);
    let save = sql(if is_new { NEW_CASE } else { SAVE_CASE }).place(bucket, organisation);
    let save = save.text(&case.kind).text(&case.object).time_if(case.unsettled).text(&case.text);
    let save = if is_new { save } else { save.count(case.revision) };
    let saved = save.run(conn).await? > 0;
    if saved && !events.is_empty() {
        event_rows::accept(conn, numbers, events).await?;
    }
    Ok(saved)
}

#[async_trait]
impl Bookings for SqlStore {
    async fn resources(&self, organisation: &OrganisationId) -> Result<Vec<ResourceRow>> {
        let list = sql(RESOURCES).place(home(organisation), organisation).int(RESOURCES_MAX as i64);
        all(&list.rows(&mut self.reader().await?).await?, resource)
    }

    async fn save_resource(&self, organisation: &OrganisationId, row: ResourceRow) -> Result<()> {
        fits(&row.text)?;
        let at = |text| sql(text).place(home(organisation), organisation).text(&row.resource);
        if at(COUNT).number(&mut self.reader().await?).await? >= RESOURCES_MAX as u64 {
            return Err(Error::TooMuch { what: "resources", max: RESOURCES_MAX });
        }
        self.change(at(SAVE_RESOURCE).text(&row.text)).await?;
        Ok(())
    }

    async fn resource_days(&self, organisation: &OrganisationId, from: Date, to: Date) -> Result<Vec<DayRow>> {
        let list = sql(DAYS).place(home(organisation), organisation).text(&from.to_string()).text(&to.to_string());
        all(&list.int(RESOURCE_DAYS_MAX as i64).rows(&mut self.reader().await?).await?, day)
    }

    async fn save_resource_days(&self, organisation: &OrganisationId, mut days: Vec<DayRow>) -> Result<bool> {
        if days.len() > RESOURCE_DAYS_MAX {
            return Err(Error::TooMuch { what: "days of resources", max: RESOURCE_DAYS_MAX });
        }
        days.iter().try_for_each(|day| fits(&day.text))?;
        days.sort_by(|one, other| (one.day, &one.resource).cmp(&(other.day, &other.resource)));
        let (bucket, rows) = (Some(home(organisation)), days.len());
        self.write(bucket, rows, (organisation.clone(), days), |conn, _, (organisation, days)| {
            Box::pin(save_days(conn, organisation, days))
        })
        .await
    }

    async fn unsettled_days(&self, organisation: &OrganisationId, now: Timestamp) -> Result<Vec<DayRow>> {
        let list = sql(UNSETTLED_DAYS).place(home(organisation), organisation).time(now).int(UNSETTLED_MAX as i64);
        all(&list.rows(&mut self.reader().await?).await?, day)
    }

    async fn case(&self, organisation: &OrganisationId, kind: &str, object: &str) -> Result<Option<CaseRow>> {
        let get = sql(CASE).place(CaseRow::bucket(organisation, kind, object), organisation).text(kind).text(object);
        get.row(&mut self.reader().await?).await?.as_ref().map(case).transpose()
    }

    async fn save_case(&self, organisation: &OrganisationId, case: CaseRow, events: Vec<NewEvent>) -> Result<bool> {
        fits(&case.text)?;
        if events.len() > ACCEPT_EVENTS_MAX {
            return Err(Error::TooMuch { what: "events to accept", max: ACCEPT_EVENTS_MAX });
        }
        let bucket = CaseRow::bucket(organisation, &case.kind, &case.object);
        let data = (organisation.clone(), case, events);
        self.write(Some(bucket), 1, data, |conn, numbers, (organisation, case, events)| {
            Box::pin(save_case(conn, numbers, (organisation, case), events))
        })
        .await
    }

    async fn unsettled_cases(&self, organisation: &OrganisationId, now: Timestamp) -> Result<Vec<CaseRow>> {
        let list = sql(UNSETTLED_CASES).text(organisation.as_str()).time(now).int(UNSETTLED_MAX as i64);
        all(&list.rows(&mut self.reader().await?).await?, case)
    }

    async fn forget_case(&self, organisation: &OrganisationId, kind: &str, object: &str) -> Result<bool> {
        let bucket = CaseRow::bucket(organisation, kind, object);
        self.change(sql(FORGET).place(bucket, organisation).text(kind).text(object)).await
    }
}
