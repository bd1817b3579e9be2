use std::collections::BTreeSet;

use async_trait::async_trait;
use jiff::Timestamp;
use words::{Bucket, CustomerId, OrganisationId};

use super::{
    SqlStore,
    delivery_rows::{self, read as read_delivery},
    driver::Row,
    read::{Read, all},
    sealing::ENDPOINTS,
    sql::{Sql, sql},
};
use crate::{
    Delivery, Endpoint, EndpointHealth, EndpointState, Endpoints, Result, customer_bucket, home, limits::ROWS_MAX,
};

const LIST: &str = "SELECT * FROM endpoints WHERE bucket = $1 AND organisation = $2 ORDER BY name, endpoint";
const GET: &str = "SELECT * FROM endpoints WHERE bucket = $1 AND organisation = $2 AND endpoint = $3";
const LISTENING: &str = "SELECT endpoint, kinds FROM endpoints
    WHERE bucket = $1 AND organisation = $2 AND state <> 'gone' ORDER BY endpoint";
const SAVE: &str =
    "INSERT INTO endpoints (bucket, organisation, endpoint, name, address, kinds, secrets, created, state, since, failures)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0)
    ON CONFLICT (bucket, organisation, endpoint) DO UPDATE SET name = excluded.name, address = excluded.address,
        kinds = excluded.kinds, secrets = excluded.secrets";
const STATE: &str =
    "UPDATE endpoints SET state = $4, since = $5, failures = 0, failing_since = NULL, rests_until = NULL,
        trouble = NULL
    WHERE bucket = $1 AND organisation = $2 AND endpoint = $3";
const REMOVE: &str = "DELETE FROM endpoints WHERE bucket = $1 AND organisation = $2 AND endpoint = $3";
pub(super) const DUE: &str = "SELECT * FROM endpoints WHERE state = 'open'
    AND (rests_until IS NULL OR rests_until <= $1) AND (claimed_until IS NULL OR claimed_until <= $1)
    AND EXISTS (SELECT 1 FROM deliveries WHERE deliveries.organisation = endpoints.organisation
        AND deliveries.endpoint = endpoints.endpoint AND deliveries.due <= $1)
    ORDER BY organisation, endpoint LIMIT $2";
const CLAIM: &str = "UPDATE endpoints SET claimed_until = $5
    WHERE bucket = $1 AND organisation = $2 AND endpoint = $3 AND (claimed_until IS NULL OR claimed_until <= $4)";
/// Staff may have changed the state meanwhile: then theirs stays.
const RELEASE: &str = "UPDATE endpoints SET claimed_until = NULL, failures = $4, failing_since = $5, rests_until = $6,
        trouble = $7, went_well = $8,
        since = CASE WHEN state = 'open' THEN COALESCE($10, since) ELSE since END,
        state = CASE WHEN state = 'open' THEN COALESCE($9, state) ELSE state END
    WHERE bucket = $1 AND organisation = $2 AND endpoint = $3";

fn at(text: &'static str, organisation: &OrganisationId, id: &str) -> Sql {
    sql(text).place(home(organisation), organisation).text(id)
}

impl SqlStore {
    fn read_endpoint(&self, row: &Row) -> Result<Endpoint> {
        let read = Read::new(row, "endpoint");
        let (organisation, id, state) = (read.organisation()?, read.text("endpoint")?, read.text("state")?);
        let secrets = self.sealing.open(&ENDPOINTS, (&organisation, &id), read.text("secrets")?);
        let known = EndpointState::ALL.into_iter().find(|known| known.name() == state);
        Ok(Endpoint {
            name: read.text("name")?,
            address: read.text("address")?,
            kinds: read.json("kinds")?,
            secrets,
            created: read.time("created")?,
            state: known.ok_or_else(|| read.unreadable(format!("state {state}")))?,
            since: read.time("since")?,
            health: EndpointHealth {
                failures: read.small("failures")?,
                failing_since: read.time_if("failing_since")?,
                rests_until: read.time_if("rests_until")?,
                trouble: read.text_if("trouble")?,
                went_well: read.time_if("went_well")?,
            },
            organisation,
            id,
        })
    }
}

#[async_trait]
impl Endpoints for SqlStore {
    async fn endpoints(&self, organisation: &OrganisationId) -> Result<Vec<Endpoint>> {
        let list = sql(LIST).place(home(organisation), organisation);
        all(&list.rows(&mut self.reader().await?).await?, |row| self.read_endpoint(row))
    }

    async fn endpoint(&self, organisation: &OrganisationId, id: &str) -> Result<Option<Endpoint>> {
        let row = at(GET, organisation, id).row(&mut self.reader().await?).await?;
        row.as_ref().map(|row| self.read_endpoint(row)).transpose()
    }

    async fn listening(&self, organisation: &OrganisationId) -> Result<Vec<(String, BTreeSet<String>)>> {
        let list = sql(LISTENING).place(home(organisation), organisation);
        all(&list.rows(&mut self.reader().await?).await?, |row| {
            let read = Read::new(row, "endpoint");
            Ok((read.text("endpoint")?, read.json("kinds")?))
        })
    }

    async fn save_endpoint(&self, endpoint: Endpoint) -> Result<()> {
        let secrets = self.sealing.seal(&ENDPOINTS, (&endpoint.organisation, &endpoint.id), &endpoint.secrets)?;
        let save = at(SAVE, &endpoint.organisation, &endpoint.id)
            .text(&endpoint.name)
            .text(&endpoint.address)
            .json(&endpoint.kinds)
            .text(&secrets)
            .time(endpoint.created)
            .text(endpoint.state.name())
            .time(endpoint.since);
        self.change(save).await?;
        Ok(())
    }

    async fn endpoint_state(
        &self,
        organisation: &OrganisationId,
        id: &str,
        state: EndpointState,
        now: Timestamp,
    ) -> Result<bool> {
        self.change(at(STATE, organisation, id).text(state.name()).time(now)).await
    }

    async fn remove_endpoint(&self, organisation: &OrganisationId, id: &str) -> Result<()> {
        self.change(at(REMOVE, organisation, id)).await.map(|_| ())
    }

    async fn due_endpoints(&self, now: Timestamp, limit: u32) -> Result<Vec<Endpoint>> {
        let due = sql(DUE).time(now).int(limit.min(ROWS_MAX).into());
        all(&due.rows(&mut self.reader().await?).await?, |row| self.read_endpoint(row))
    }

    async fn claim_endpoint(
        &self,
        organisation: &OrganisationId,
        id: &str,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<bool> {
        self.change(at(CLAIM, organisation, id).time(now).time(until)).await
    }

    async fn release_endpoint(
        &self,
        organisation: &OrganisationId,
        id: &str,
        health: EndpointHealth,
        state: Option<(EndpointState, Timestamp)>,
    ) -> Result<()> {
        let release = at(RELEASE, organisation, id)
            .int(health.failures.into())
            .time_if(health.failing_since)
            .time_if(health.rests_until)
            .text_if(health.trouble.as_deref())
            .time_if(health.went_well)
            .text_if(state.map(|(state, _)| state.name()))
            .time_if(state.map(|(_, since)| since));
        self.change(release).await.map(|_| ())
    }

    async fn due_deliveries(
        &self,
        organisation: &OrganisationId,
        endpoint: &str,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<Delivery>> {
        let due = sql(delivery_rows::DUE).text(organisation.as_str()).text(endpoint).time(now);
        all(&due.int(limit.min(ROWS_MAX).into()).rows(&mut self.reader().await?).await?, read_delivery)
    }

    async fn add_delivery(&self, delivery: Delivery) -> Result<()> {
        let bucket = Some(delivery.bucket);
        self.write(bucket, 1, [delivery], |conn, _, added| Box::pin(delivery_rows::insert(conn, added.iter()))).await
    }

    async fn step_delivery(&self, delivery: Delivery) -> Result<bool> {
        self.change(delivery_rows::step(&delivery)).await
    }

    async fn delivery(
        &self,
        organisation: &OrganisationId,
        bucket: Bucket,
        endpoint: &str,
        id: &str,
    ) -> Result<Option<Delivery>> {
        let get = sql(delivery_rows::GET).place(bucket, organisation).text(endpoint).text(id);
        get.row(&mut self.reader().await?).await?.as_ref().map(read_delivery).transpose()
    }

    async fn newest_deliveries(
        &self,
        organisation: &OrganisationId,
        endpoint: &str,
        limit: u32,
    ) -> Result<Vec<Delivery>> {
        let newest = sql(delivery_rows::NEWEST).text(organisation.as_str()).text(endpoint);
        all(&newest.int(limit.min(ROWS_MAX).into()).rows(&mut self.reader().await?).await?, read_delivery)
    }

    async fn waiting_deliveries(&self, organisation: &OrganisationId, endpoint: &str) -> Result<u64> {
        let waiting = sql(delivery_rows::WAITING).text(organisation.as_str()).text(endpoint);
        waiting.number(&mut self.reader().await?).await
    }

    async fn deliveries_of(&self, organisation: &OrganisationId, customer: CustomerId) -> Result<Vec<Delivery>> {
        let of = sql(delivery_rows::OF).place(customer_bucket(organisation, customer), organisation);
        all(&of.id(customer.uuid()).rows(&mut self.reader().await?).await?, read_delivery)
    }

    async fn forget_deliveries(&self, organisation: &OrganisationId, endpoint: &str, limit: u32) -> Result<u64> {
        self.changes(delivery_rows::let_go(organisation, endpoint, Timestamp::MAX, limit)).await
    }
}
