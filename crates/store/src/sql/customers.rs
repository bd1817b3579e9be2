use async_trait::async_trait;
use jiff::Timestamp;
use words::{Contact, CustomerId, JourneyId, Learnt, OrganisationId, Run, RunId};

use super::{
    SqlStore,
    bulk::bulk,
    driver::{Conn, Row},
    event_rows, facts, places,
    read::{Read, all},
    run_rows, search,
    sql::{Sql, sql},
    travellers::{CUSTOMERS, read_customer},
};
use crate::{
    Customers, Found, Listed, Paging, Place, Result, StoredCustomer, StoredDecision, StoredEvent, customer_bucket,
    limits::ROWS_MAX,
};

const GET: &str = "SELECT * FROM customers WHERE bucket = $1 AND organisation = $2 AND customer = $3";
pub(super) const LIST: &str = "SELECT * FROM customers WHERE organisation = $1 AND forwards_to IS NULL AND erased = 0
    ORDER BY updated DESC, customer LIMIT $2 OFFSET $3";
const COUNT: &str = "SELECT count(*) FROM customers WHERE organisation = $1 AND forwards_to IS NULL AND erased = 0";
pub(super) const RUNS: &str = "SELECT bucket, organisation, customer, run, journey, version, key, generation, started,
    status, ended, ended_after, ended_reason, listens_until, goal, dropped, dropped_after, dropped_reason, at, due,
    revision, seq FROM runs
    WHERE bucket = $1 AND organisation = $2 AND customer = $3 ORDER BY started DESC, run";
pub(super) const CONTACTS: &str = "SELECT * FROM contacts WHERE bucket = $1 AND organisation = $2 AND customer = $3
    ORDER BY time, run, sequence";
pub(super) const LEARNT: &str = "SELECT * FROM learnt WHERE bucket = $1 AND organisation = $2 AND customer = $3
    ORDER BY seq, place";
pub(super) const DECISIONS: &str = "SELECT * FROM decisions WHERE bucket = $1 AND organisation = $2 AND customer = $3
    ORDER BY time, seq, place";
const EVENTS_FROM: &str = "SELECT * FROM events WHERE organisation = $1 AND customer = $2
    ORDER BY time, arrival LIMIT $3 OFFSET $4";
pub(super) const EVENTS: &str = "SELECT * FROM events WHERE organisation = $1 AND customer = $2
    ORDER BY time DESC, arrival DESC LIMIT $3";

pub(super) const ACTIVE: &str =
    "SELECT DISTINCT customer FROM events WHERE organisation = $1 AND customer > $2 AND time >= $3
    ORDER BY customer LIMIT $4";

fn read(row: &Row) -> Result<StoredCustomer> {
    let read = Read::new(row, "customer");
    Ok(StoredCustomer {
        customer: read_customer(row)?,
        created: read.time("created")?,
        updated: read.time("updated")?,
        erased: read.flag("erased")?,
    })
}

fn read_decision(row: &Row) -> Result<StoredDecision> {
    let read = Read::new(row, "decision");
    Ok(StoredDecision { run: RunId::new(read.id("run")?), decision: read.json("decision")? })
}

fn of(text: &'static str, organisation: &OrganisationId, id: CustomerId) -> Sql {
    sql(text).place(customer_bucket(organisation, id), organisation).id(id.uuid())
}

async fn by_id(conn: &mut Conn, organisation: &OrganisationId, ids: &[CustomerId]) -> Result<Vec<StoredCustomer>> {
    let rows =
        bulk(conn, CUSTOMERS, ids, |row, id| row.place(customer_bucket(organisation, *id), organisation).id(id.uuid()));
    let found = all(&rows.await?, read)?;
    let place = |stored: &StoredCustomer| ids.iter().position(|id| *id == stored.customer.id);
    let mut found: Vec<_> = found.into_iter().map(|stored| (place(&stored), stored)).collect();
    found.sort_by_key(|(place, _)| *place);
    Ok(found.into_iter().map(|(_, stored)| stored).collect())
}

#[async_trait]
impl Customers for SqlStore {
    async fn customer(&self, organisation: &OrganisationId, id: CustomerId) -> Result<Option<StoredCustomer>> {
        let row = of(GET, organisation, id).row(&mut self.reader().await?).await?;
        row.as_ref().map(read).transpose()
    }

    async fn customers_by_id(&self, organisation: &OrganisationId, ids: &[CustomerId]) -> Result<Vec<StoredCustomer>> {
        by_id(&mut self.reader().await?, organisation, ids).await
    }

    async fn customers(&self, organisation: &OrganisationId, paging: Paging) -> Result<Listed<StoredCustomer>> {
        let mut conn = self.reader().await?;
        let total = sql(COUNT).text(organisation.as_str()).number(&mut conn).await?;
        let rows = sql(LIST).text(organisation.as_str()).paged(paging).rows(&mut conn).await?;
        Ok(Listed { rows: all(&rows, read)?, total })
    }

    async fn active_customers(
        &self,
        organisation: &OrganisationId,
        since: Timestamp,
        after: Option<CustomerId>,
        limit: u32,
    ) -> Result<Vec<CustomerId>> {
        // Ids are digests: nobody has the lowest.
        let after = after.map_or(uuid::Uuid::nil(), CustomerId::uuid);
        let active = sql(ACTIVE).text(organisation.as_str()).id(after).time(since).int(limit.min(ROWS_MAX).into());
        all(&active.rows(&mut self.reader().await?).await?, |row| {
            Ok(CustomerId::new(Read::new(row, "event").id("customer")?))
        })
    }

    async fn search_customers(
        &self,
        organisation: &OrganisationId,
        text: &str,
        limit: u32,
    ) -> Result<Vec<StoredCustomer>> {
        let mut conn = self.reader().await?;
        let mut ids = search::find(&mut conn, organisation, text).await?;
        ids.truncate(limit.min(ROWS_MAX) as usize);
        by_id(&mut conn, organisation, &ids).await
    }

    async fn customers_at(
        &self,
        organisation: &OrganisationId,
        journey: &JourneyId,
        place: &Place,
        paging: Paging,
    ) -> Result<Listed<Found>> {
        places::find(&mut self.reader().await?, (organisation, journey), place, paging).await
    }

    async fn runs_by_id(
        &self,
        organisation: &OrganisationId,
        journey: &JourneyId,
        runs: &[RunId],
    ) -> Result<Vec<Found>> {
        places::of_runs(&mut self.reader().await?, (organisation, journey), runs).await
    }

    async fn runs_of(&self, organisation: &OrganisationId, id: CustomerId) -> Result<Vec<Run>> {
        all(&of(RUNS, organisation, id).rows(&mut self.reader().await?).await?, run_rows::read)
    }

    async fn story_of(&self, organisation: &OrganisationId, id: CustomerId) -> Result<(Vec<Contact>, Vec<Learnt>)> {
        let mut conn = self.reader().await?;
        let contacts = all(&of(CONTACTS, organisation, id).rows(&mut conn).await?, facts::read_contact)?;
        let learnt = all(&of(LEARNT, organisation, id).rows(&mut conn).await?, facts::read_learnt)?;
        Ok((contacts, learnt))
    }

    async fn decisions_of(&self, organisation: &OrganisationId, id: CustomerId) -> Result<Vec<StoredDecision>> {
        all(&of(DECISIONS, organisation, id).rows(&mut self.reader().await?).await?, read_decision)
    }

    async fn events_from(
        &self,
        organisation: &OrganisationId,
        id: CustomerId,
        paging: Paging,
    ) -> Result<Vec<StoredEvent>> {
        let events = sql(EVENTS_FROM).text(organisation.as_str()).id(id.uuid()).paged(paging);
        all(&events.rows(&mut self.reader().await?).await?, event_rows::read)
    }

    async fn events_of(&self, organisation: &OrganisationId, id: CustomerId, limit: u32) -> Result<Vec<StoredEvent>> {
        let events = sql(EVENTS).text(organisation.as_str()).id(id.uuid()).int(limit.min(ROWS_MAX).into());
        all(&events.rows(&mut self.reader().await?).await?, event_rows::read)
    }
}
