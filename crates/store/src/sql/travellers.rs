use std::collections::HashMap;

use async_trait::async_trait;
use jiff::Timestamp;
use words::{Customer, CustomerId, JourneyId, OrganisationId, VersionHash};

use super::{
    SqlStore,
    bulk::bulk,
    commit,
    driver::{Conn, Row},
    due, event_rows, postponing,
    read::Read,
    run_rows,
    sql::Sql,
};
use crate::{
    Change, Commit, Due, Error, Result, StoredEvent, StoredRun, Traveller, Travellers, customer_bucket,
    limits::COMMIT_CHANGES_MAX,
};

pub(super) const CUSTOMERS: (&str, usize, &str) = (
    "WITH wanted (bucket, organisation, customer) AS (VALUES",
    3,
    ") SELECT found.* FROM wanted CROSS JOIN customers AS found
        WHERE found.bucket = wanted.bucket AND found.organisation = wanted.organisation
            AND found.customer = wanted.customer",
);
pub(super) const RUNS: (&str, usize, &str) = (
    "WITH wanted (bucket, organisation, customer) AS (VALUES",
    3,
    ") SELECT found.* FROM wanted CROSS JOIN runs AS found
        WHERE found.bucket = wanted.bucket AND found.organisation = wanted.organisation
            AND found.customer = wanted.customer",
);
pub(super) const WAITING: (&str, usize, &str) = (
    "WITH wanted (organisation, customer) AS (VALUES",
    2,
    ") SELECT found.* FROM wanted CROSS JOIN events AS found
        WHERE found.organisation = wanted.organisation AND found.customer = wanted.customer
            AND found.state = 'waiting'",
);

pub(super) fn read_customer(row: &Row) -> Result<Customer> {
    let read = Read::new(row, "customer");
    // A customer of whom nothing is known has no profile written.
    if read.text("profile")?.is_empty() {
        return Ok(Customer::unknown(read.customer()?));
    }
    read.json("profile")
}

/// Rows of one customer together.
fn by_customer<T>(rows: &[Row], read: impl Fn(&Row) -> Result<T>) -> Result<HashMap<CustomerId, Vec<T>>> {
    let mut grouped: HashMap<CustomerId, Vec<T>> = HashMap::new();
    for row in rows {
        let customer = Read::new(row, "row of a customer").customer()?;
        grouped.entry(customer).or_default().push(read(row)?);
    }
    Ok(grouped)
}

async fn load(conn: &mut Conn, organisation: &OrganisationId, customers: &[CustomerId]) -> Result<Vec<Traveller>> {
    let at = |row: Sql, customer: &CustomerId| {
        row.place(customer_bucket(organisation, *customer), organisation).id(customer.uuid())
    };
    // Customers first: what is written after this look has a newer revision, so a change made from it conflicts.
    let found = bulk(conn, CUSTOMERS, customers, at).await?;
    let runs = bulk(conn, RUNS, customers, at).await?;
    let waiting =
        bulk(conn, WAITING, customers, |row, customer| row.text(organisation.as_str()).id(customer.uuid())).await?;
    let mut runs: HashMap<CustomerId, Vec<StoredRun>> = by_customer(&runs, run_rows::read_with_state)?;
    let mut waiting: HashMap<CustomerId, Vec<StoredEvent>> = by_customer(&waiting, event_rows::read)?;
    let mut travellers = HashMap::new();
    for row in &found {
        let read = Read::new(row, "customer");
        if read.flag("erased")? {
            // Nothing is decided about somebody who is being erased.
            continue;
        }
        let id = read.customer()?;
        let mut runs = runs.remove(&id).unwrap_or_default();
        runs.sort_by_key(|stored| (stored.run.started, stored.run.id));
        let mut waiting = waiting.remove(&id).unwrap_or_default();
        waiting.sort_by_key(|event| event.arrival);
        let traveller = Traveller {
            customer: read_customer(row)?,
            memory: read.bytes_if("memory")?.unwrap_or_default(),
            revision: read.count("revision")?,
            forwards_to: read.id_if("forwards_to")?.map(CustomerId::new),
            runs,
            waiting,
        };
        travellers.insert(id, traveller);
    }
    Ok(customers.iter().filter_map(|id| travellers.remove(id)).collect())
}

#[async_trait]
impl Travellers for SqlStore {
    async fn load(&self, organisation: &OrganisationId, customers: &[CustomerId]) -> Result<Vec<Traveller>> {
        let mut conn = self.reader().await?;
        load(&mut conn, organisation, customers).await
    }

    async fn commit(&self, changes: Vec<Change>) -> Result<Vec<Commit>> {
        if changes.len() > COMMIT_CHANGES_MAX {
            return Err(Error::TooMuch { what: "changes to commit", max: COMMIT_CHANGES_MAX });
        }
        let bucket = changes.first().map(|change| customer_bucket(&change.organisation, change.customer));
        self.write(bucket, changes.len() * 4, changes, |conn, numbers, changes| {
            Box::pin(commit::commit(conn, numbers, changes))
        })
        .await
    }

    async fn due(&self, now: Timestamp, limit: u32) -> Result<Vec<Due>> {
        due::runs(&mut self.reader().await?, self.held, now, limit).await
    }

    async fn postpone(
        &self,
        organisation: &OrganisationId,
        customer: CustomerId,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<()> {
        let asked = (organisation.clone(), customer, now, until);
        let bucket = customer_bucket(organisation, customer);
        self.write(Some(bucket), 3, asked, |conn, _, (organisation, customer, now, until)| {
            Box::pin(postponing::postpone(conn, organisation, *customer, (*now, *until)))
        })
        .await
    }

    async fn next_due(&self) -> Result<Option<Timestamp>> {
        due::next(&mut self.reader().await?).await
    }

    async fn mark_due(
        &self,
        organisation: &OrganisationId,
        journey: &JourneyId,
        version: &VersionHash,
        now: Timestamp,
        limit: u32,
    ) -> Result<u64> {
        for mark in due::mark(organisation, journey, version, now, limit) {
            let marked = self.changes(mark).await?;
            if marked > 0 {
                return Ok(marked);
            }
        }
        Ok(0)
    }
}
