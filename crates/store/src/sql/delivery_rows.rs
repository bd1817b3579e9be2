//! Deliveries as rows: written in the commit of what they tell, stepped by who delivers them.

use jiff::Timestamp;
use words::{CustomerId, OrganisationId};

use super::{
    bulk::bulk_run,
    driver::{Conn, Row},
    read::Read,
    sql::{Sql, sql},
};
use crate::{Delivery, DeliveryState, Result, limits::ROWS_MAX};

pub(super) const INSERT: (&str, usize, &str) = (
    "INSERT INTO deliveries (bucket, organisation, endpoint, delivery, customer, kind, time, body, state, due, attempts)
        VALUES",
    11,
    "ON CONFLICT (bucket, organisation, endpoint, delivery) DO NOTHING",
);
pub(super) const DUE: &str = "SELECT * FROM deliveries
    WHERE organisation = $1 AND endpoint = $2 AND due <= $3 ORDER BY due LIMIT $4";
pub(super) const GET: &str = "SELECT * FROM deliveries
    WHERE bucket = $1 AND organisation = $2 AND endpoint = $3 AND delivery = $4";
pub(super) const NEWEST: &str = "SELECT * FROM deliveries
    WHERE organisation = $1 AND endpoint = $2 ORDER BY time DESC LIMIT $3";
pub(super) const WAITING: &str = "SELECT count(*) FROM deliveries
    WHERE organisation = $1 AND endpoint = $2 AND due IS NOT NULL";
pub(super) const OF: &str = "SELECT * FROM deliveries WHERE bucket = $1 AND organisation = $2 AND customer = $3
    ORDER BY time, endpoint, delivery";
const STEP: &str = "UPDATE deliveries SET state = $5, due = $6, attempts = $7, tried = $8, status = $9, trouble = $10
    WHERE bucket = $1 AND organisation = $2 AND endpoint = $3 AND delivery = $4";
pub(super) const LET_GO: &str = "DELETE FROM deliveries WHERE (bucket, organisation, endpoint, delivery) IN (
    SELECT bucket, organisation, endpoint, delivery FROM deliveries
    WHERE organisation = $1 AND endpoint = $2 AND time < $3 LIMIT $4)";

pub(super) fn read(row: &Row) -> Result<Delivery> {
    let read = Read::new(row, "delivery");
    let state = read.text("state")?;
    let known = DeliveryState::ALL.into_iter().find(|known| known.name() == state);
    let status = read.small_if("status")?.map(u16::try_from).transpose().map_err(|error| read.unreadable(error))?;
    Ok(Delivery {
        organisation: read.organisation()?,
        bucket: read.bucket()?,
        endpoint: read.text("endpoint")?,
        id: read.text("delivery")?,
        customer: read.id_if("customer")?.map(CustomerId::new),
        kind: read.text("kind")?,
        time: read.time("time")?,
        body: read.text("body")?,
        state: known.ok_or_else(|| read.unreadable(format!("state {state}")))?,
        due: read.time_if("due")?,
        attempts: read.small("attempts")?,
        tried: read.time_if("tried")?,
        status,
        trouble: read.text_if("trouble")?,
    })
}

/// Writes new ones. One that is there stays as it is.
pub(super) async fn insert(conn: &mut Conn, deliveries: impl Iterator<Item = &Delivery>) -> Result<()> {
    let new: Vec<&Delivery> = deliveries.collect();
    bulk_run(conn, INSERT, &new, |row, new| {
        at(row, new)
            .id_if(new.customer.map(CustomerId::uuid))
            .text(&new.kind)
            .time(new.time)
            .text(&new.body)
            .text(new.state.name())
            .time_if(new.due)
            .int(new.attempts.into())
    })
    .await?;
    Ok(())
}

fn at(row: Sql, delivery: &Delivery) -> Sql {
    row.place(delivery.bucket, &delivery.organisation).text(&delivery.endpoint).text(&delivery.id)
}

pub(super) fn step(delivery: &Delivery) -> Sql {
    at(sql(STEP), delivery)
        .text(delivery.state.name())
        .time_if(delivery.due)
        .int(delivery.attempts.into())
        .time_if(delivery.tried)
        .int_if(delivery.status.map(i64::from))
        .text_if(delivery.trouble.as_deref())
}

/// Takes away at most so many of an endpoint that happened before a moment.
pub(super) fn let_go(organisation: &OrganisationId, endpoint: &str, before: Timestamp, limit: u32) -> Sql {
    sql(LET_GO).text(organisation.as_str()).text(endpoint).time(before).int(limit.min(ROWS_MAX).into())
}
