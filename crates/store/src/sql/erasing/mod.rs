//! Erasing a customer, step by step, and proving that nothing is left.

mod log;
mod moving;
mod quiet;
mod shared;
mod traces;
mod whom;

#[cfg(test)]
pub(super) use log::TOMBSTONES;
pub(super) use whom::addresses;

use std::collections::BTreeSet;

use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;
use words::{CustomerId, OrganisationId};

use super::{
    SqlStore,
    driver::Conn,
    identities::{end_of, followed},
    merges,
    read::{Read, all},
    sql::sql,
};
use crate::{
    Erased, Erasure, ErasureStep, Erasures, Error, EventRef, Kept, NewErasure, Result, customer_bucket, home,
    limits::ROWS_MAX,
};

const OPEN: &str = "SELECT * FROM erasures WHERE done IS NULL ORDER BY asked LIMIT $1";
const SINCE: &str = "SELECT * FROM erasures WHERE bucket = $1 AND organisation = $2 AND asked >= $3
    ORDER BY asked, erasure LIMIT $4";
const STEP: &str = "UPDATE erasures SET step = $4, done = COALESCE(done, $5)
    WHERE bucket = $1 AND organisation = $2 AND erasure = $3 AND step = $6";
const FORGET: &str = "DELETE FROM events WHERE bucket = $1 AND organisation = $2 AND source = $3 AND event = $4";
const BEHIND: &str = "SELECT customer FROM customers
    WHERE organisation = $1 AND (bucket > $2 OR (bucket = $2 AND customer > $3)) AND erased = 0
    ORDER BY bucket, customer LIMIT $4";

async fn begin(conn: &mut Conn, new: &NewErasure) -> Result<Option<Erasure>> {
    let organisation = &new.organisation;
    let forwards = followed(conn, organisation, vec![new.customer]).await?;
    let customer = end_of(&forwards, new.customer);
    if let Some(begun) = log::of_customer(conn, organisation, customer).await? {
        return Ok(Some(begun));
    }
    if !matches!(whom::profile(conn, organisation, customer).await?, Some((_, false))) {
        return Ok(None);
    }
    let salt = log::keep_salt(conn, organisation, &new.salt).await?;
    let erasure = Erasure {
        id: new.id,
        organisation: organisation.clone(),
        asked: new.asked,
        done: None,
        step: ErasureStep::Asked,
        customer: Some(customer),
        digest: Erased::Customer(customer).digest(&salt),
    };
    log::add(conn, &erasure).await?;
    if new.buried {
        let names = whom::names(conn, organisation, customer).await?;
        let digests: Vec<[u8; 32]> = names.erased.iter().map(|erased| erased.digest(&salt)).collect();
        log::bury(conn, &erasure, &digests).await?;
    }
    quiet::quieten(conn, organisation, customer).await?;
    Ok(Some(erasure))
}

async fn forget(conn: &mut Conn, events: &[EventRef]) -> Result<()> {
    for event in events {
        let forget = sql(FORGET).place(event.bucket, &event.organisation).text(&event.source);
        forget.text(event.id.as_str()).run(conn).await?;
    }
    Ok(())
}

fn at(erasure: &Erasure) -> Option<words::Bucket> {
    erasure.customer.map(|customer| customer_bucket(&erasure.organisation, customer))
}

#[async_trait]
impl Erasures for SqlStore {
    async fn begin_erasure(&self, new: NewErasure) -> Result<Option<Erasure>> {
        let bucket = customer_bucket(&new.organisation, new.customer);
        self.write(Some(bucket), 16, new, |conn, _, new| Box::pin(begin(conn, new))).await
    }

    async fn open_erasures(&self, limit: u32) -> Result<Vec<Erasure>> {
        let open = sql(OPEN).int(limit.min(ROWS_MAX).into());
        all(&open.rows(&mut self.reader().await?).await?, log::read)
    }

    async fn erasure(&self, organisation: &OrganisationId, id: Uuid) -> Result<Option<Erasure>> {
        log::get(&mut self.reader().await?, organisation, id).await
    }

    async fn erasures(
        &self,
        organisation: &OrganisationId,
        since: Timestamp,
        limit: u32,
    ) -> Result<Vec<(Erasure, Vec<[u8; 32]>)>> {
        let mut conn = self.reader().await?;
        let rows =
            log::at_home(SINCE, organisation).time(since).int(limit.min(ROWS_MAX).into()).rows(&mut conn).await?;
        let mut erasures = Vec::new();
        for erasure in all(&rows, log::read)? {
            let digests = log::digests(&mut conn, &erasure).await?;
            erasures.push((erasure, digests));
        }
        Ok(erasures)
    }

    async fn erased_members(&self, erasure: &Erasure) -> Result<Vec<CustomerId>> {
        let Some(customer) = erasure.customer else { return Ok(Vec::new()) };
        merges::members(&mut self.reader().await?, &erasure.organisation, customer).await
    }

    async fn quieten(&self, erasure: &Erasure) -> Result<u64> {
        let Some(customer) = erasure.customer else { return Ok(0) };
        let data = (erasure.organisation.clone(), customer);
        self.write(at(erasure), 8, data, |conn, _, (organisation, customer)| {
            Box::pin(quiet::quieten(conn, organisation, *customer))
        })
        .await
    }

    async fn scrub_shared(&self, erasure: &Erasure) -> Result<()> {
        let Some(customer) = erasure.customer else { return Ok(()) };
        let names = whom::names(&mut self.reader().await?, &erasure.organisation, customer).await?;
        shared::scrub(self, &erasure.organisation, &names).await
    }

    async fn anonymise(&self, erasure: &Erasure, secret: [u8; 32], kept: Kept) -> Result<bool> {
        let data = (erasure.clone(), secret, kept);
        self.write(at(erasure), 256, data, |conn, _, (erasure, secret, kept)| {
            Box::pin(moving::anonymise(conn, erasure, secret, kept))
        })
        .await
    }

    async fn erasure_step(&self, erasure: &Erasure, step: ErasureStep, now: Timestamp) -> Result<()> {
        let done = (step == ErasureStep::Done).then_some(now);
        let step = log::at_home(STEP, &erasure.organisation).id(erasure.id).text(step.as_str());
        self.change(step.time_if(done).text(erasure.step.as_str())).await.map(|_| ())
    }

    async fn sweep(&self) -> Result<bool> {
        let mut conn = self.reader().await?;
        if conn.is_shared() {
            return Ok(true);
        }
        let swept = sql("PRAGMA wal_checkpoint(TRUNCATE)").row(&mut conn).await?;
        swept.map_or(Ok(true), |row| Ok(Read::new(&row, "sweep").int("busy")? == 0))
    }

    async fn salt(&self, organisation: &OrganisationId) -> Result<Option<[u8; 32]>> {
        log::salt(&mut self.reader().await?, organisation).await
    }

    async fn keep_salt(&self, organisation: &OrganisationId, salt: [u8; 32]) -> Result<[u8; 32]> {
        let data = (organisation.clone(), salt);
        self.write(Some(home(organisation)), 1, data, |conn, _, (organisation, salt)| {
            Box::pin(log::keep_salt(conn, organisation, salt))
        })
        .await
    }

    async fn tombstones(&self, organisation: &OrganisationId, digests: Vec<[u8; 32]>) -> Result<BTreeSet<[u8; 32]>> {
        log::buried(&mut self.reader().await?, organisation, &digests).await
    }

    async fn forget_events(&self, events: Vec<EventRef>) -> Result<()> {
        if events.len() > ROWS_MAX as usize {
            return Err(Error::TooMuch { what: "events to forget", max: ROWS_MAX as usize });
        }
        let bucket = events.first().map(|event| event.bucket);
        self.write(bucket, events.len(), events, |conn, _, events| Box::pin(forget(conn, events))).await
    }

    async fn customers_behind(
        &self,
        organisation: &OrganisationId,
        behind: Option<CustomerId>,
        limit: u32,
    ) -> Result<Vec<CustomerId>> {
        let bucket = behind.map_or(-1, |customer| i64::from(customer_bucket(organisation, customer).number()));
        let id = behind.map_or(Uuid::nil(), CustomerId::uuid);
        let next = sql(BEHIND).text(organisation.as_str()).int(bucket).id(id).int(limit.min(ROWS_MAX).into());
        all(&next.rows(&mut self.reader().await?).await?, |row| Read::new(row, "customer").customer())
    }

    async fn traces(&self, texts: &[String]) -> Result<Vec<(&'static str, u64)>> {
        traces::find(&mut self.reader().await?, texts).await
    }
}
