//! What was kept long enough goes, a few rows at a time.

use async_trait::async_trait;
use jiff::Timestamp;
use words::{Bucket, CustomerId, OrganisationId};

use super::{
    SqlStore, delivery_rows,
    driver::Conn,
    erasing::addresses,
    message_rows,
    packed::{RESTED, pack_rested},
    read::{Read, all},
    run_rows,
    sql::{Sql, sql},
    travellers::read_customer,
    unsound::readable,
};
use crate::{Class, Endpoints, Result, Retaining, StoredRun, customer_bucket, home, limits::ROWS_MAX};

/// Arrivals follow the moments at which events came in.
const EVENTS: &str = "DELETE FROM events WHERE (bucket, organisation, source, event) IN (
    SELECT bucket, organisation, source, event FROM events
    WHERE organisation = $1 AND arrival >= 0 AND arrival < $2 AND state IN ('applied', 'discarded') LIMIT $3)";
const REJECTED: &str = "DELETE FROM rejected WHERE (bucket, organisation, id) IN (
    SELECT bucket, organisation, id FROM rejected
    WHERE bucket = $1 AND organisation = $2 AND received < $3 LIMIT $4)";
const QUARANTINED: &str = "DELETE FROM events WHERE (bucket, organisation, source, event) IN (
    SELECT bucket, organisation, source, event FROM events
    WHERE organisation = $1 AND state = 'quarantined' AND received < $2 LIMIT $3)";
const AUDIT: &str = "DELETE FROM audit WHERE (bucket, organisation, time, id) IN (
    SELECT bucket, organisation, time, id FROM audit
    WHERE bucket = $1 AND organisation = $2 AND time < $3 LIMIT $4)";
const MESSAGES: &str = "SELECT * FROM outbox WHERE organisation = $1 AND decided < $2
    AND state NOT IN ('held', 'ready', 'sending', 'printed') AND (rendered IS NOT NULL OR address IS NOT NULL)
    ORDER BY decided LIMIT $3";
const MESSAGE: &str = "UPDATE outbox SET send = $5, address = NULL, rendered = NULL, last_error = NULL, reference = NULL
    WHERE bucket = $1 AND organisation = $2 AND customer = $3 AND key = $4 AND state NOT IN ('held', 'ready', 'sending', 'printed')";
const DECISIONS: &str = "DELETE FROM decisions WHERE bucket = $1 AND organisation = $2 AND time < $3";
const FETCHED: &str = "DELETE FROM fetched_rows WHERE (bucket, organisation, source, row) IN (
    SELECT bucket, organisation, source, row FROM fetched_rows
    WHERE bucket = $1 AND organisation = $2 AND (seen < $3 OR NOT EXISTS (SELECT 1 FROM fetches
        WHERE fetches.bucket = fetched_rows.bucket AND fetches.organisation = fetched_rows.organisation
            AND fetches.source = fetched_rows.source)) LIMIT $4)";
const ENDED: &str = "SELECT * FROM runs WHERE bucket = $1 AND organisation = $2 AND status <> 'open' AND ended < $3
    AND listens_until < $3 AND substr(state, 1, 1) <> $4 LIMIT $5";
const REST: &str = "UPDATE runs SET state = $5
    WHERE bucket = $1 AND organisation = $2 AND customer = $3 AND run = $4 AND revision = $6";
const STRANGERS: &str = "SELECT * FROM customers WHERE organisation = $1 AND updated < $2 AND forwards_to IS NULL
    AND erased = 0 AND NOT EXISTS (SELECT 1 FROM aliases WHERE aliases.organisation = customers.organisation
        AND aliases.customer = customers.customer AND aliases.kind = 'user')
    ORDER BY updated LIMIT $3";

async fn messages(conn: &mut Conn, (organisation, before, limit): &(OrganisationId, Timestamp, u32)) -> Result<u64> {
    let rows = sql(MESSAGES).text(organisation.as_str()).time(*before).int((*limit).into()).rows(conn).await?;
    let mut gone = 0;
    for mut message in all(&rows, message_rows::read)? {
        message.send.facts = serde_json::json!({});
        gone += message_rows::bind_key(sql(MESSAGE), &message).json(&message.send).run(conn).await?;
    }
    Ok(gone)
}

fn nameless(row: &super::driver::Row) -> Result<bool> {
    let customer = read_customer(row)?;
    Ok(addresses(&customer).is_empty() && customer.name.last.is_none() && customer.name.first.is_none())
}

#[async_trait]
impl Retaining for SqlStore {
    async fn let_go(&self, organisation: &OrganisationId, class: Class, before: Timestamp, limit: u32) -> Result<u64> {
        let limit = limit.min(ROWS_MAX);
        let anywhere =
            |text: &'static str| -> Sql { sql(text).text(organisation.as_str()).time(before).int(limit.into()) };
        let at_home = |text: &'static str| -> Sql {
            sql(text).place(home(organisation), organisation).time(before).int(limit.into())
        };
        match class {
            Class::Events => self.changes(anywhere(EVENTS)).await,
            Class::Quarantine => {
                Ok(self.changes(at_home(REJECTED)).await? + self.changes(anywhere(QUARANTINED)).await?)
            }
            Class::Audit => self.changes(at_home(AUDIT)).await,
            Class::Fetched => self.changes(at_home(FETCHED)).await,
            Class::Deliveries => {
                let mut gone = 0;
                for endpoint in self.endpoints(organisation).await? {
                    gone += self.changes(delivery_rows::let_go(organisation, &endpoint.id, before, limit)).await?;
                }
                Ok(gone)
            }
            Class::Messages => {
                let data = (organisation.clone(), before, limit);
                self.write(None, limit as usize, data, |conn, _, data| Box::pin(messages(conn, data))).await
            }
        }
    }

    async fn let_decisions_go(&self, organisation: &OrganisationId, bucket: Bucket, before: Timestamp) -> Result<u64> {
        self.changes(sql(DECISIONS).place(bucket, organisation).time(before)).await
    }

    async fn ended_runs(
        &self,
        organisation: &OrganisationId,
        bucket: Bucket,
        before: Timestamp,
        limit: u32,
    ) -> Result<Vec<StoredRun>> {
        let ended =
            sql(ENDED).place(bucket, organisation).time(before).bytes(&[RESTED]).int(limit.min(ROWS_MAX).into());
        readable(&ended.rows(&mut self.reader().await?).await?, run_rows::read_with_state)
    }

    async fn rest_run(&self, organisation: &OrganisationId, run: &StoredRun, rested: Vec<u8>) -> Result<bool> {
        let customer = run.run.customer;
        let at = sql(REST).place(customer_bucket(organisation, customer), organisation).id(customer.uuid());
        self.change(at.id(run.run.id.uuid()).bytes(&pack_rested(&rested)).count(run.run.revision)).await
    }

    async fn strangers(&self, organisation: &OrganisationId, before: Timestamp, limit: u32) -> Result<Vec<CustomerId>> {
        let ask = sql(STRANGERS).text(organisation.as_str()).time(before).int(ROWS_MAX.into());
        let mut found = Vec::new();
        for row in ask.rows(&mut self.reader().await?).await? {
            if nameless(&row)? {
                found.push(Read::new(&row, "customer").customer()?);
            }
        }
        found.truncate(limit as usize);
        Ok(found)
    }
}
