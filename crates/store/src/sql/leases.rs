//! Leases on buckets. A lease is one row; whoever writes under it reads that row in the same transaction and keeps it there
//! until the commit, whoever takes over deletes it. So a write costs one look however many buckets a lease holds.

use std::{borrow::Cow, sync::Arc};

use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;
use words::Bucket;

use super::{
    SqlStore,
    driver::Conn,
    read::{Read, all},
    sql::{Sql, sql},
};
use crate::{Error, LeaseRow, Leases, NewLease, Result, Share, Store};

const TURN: &str = "SELECT bucket FROM held_buckets WHERE bucket = 0 AND organisation = ''";
const HIGHEST: &str = "SELECT max(format) FROM held_buckets WHERE organisation = ''";
const ADD: &str = "INSERT INTO leases (bucket, organisation, lease, until, format, version)
    VALUES (0, '', $1, $2, $3, $4)";
const RENEW: &str = "UPDATE leases SET until = $2 WHERE bucket = 0 AND organisation = '' AND lease = $1";
const END: &str = "DELETE FROM leases WHERE bucket = 0 AND organisation = '' AND lease = $1";
const END_PAST: &str = "DELETE FROM leases
    WHERE bucket = 0 AND organisation = '' AND lease <> $1 AND (until <= $2 OR format < $3)";
const END_OTHERS: &str = "DELETE FROM leases WHERE bucket = 0 AND organisation = '' AND lease <> $1";
pub(super) const OWN: &str = "SELECT format FROM leases WHERE bucket = 0 AND organisation = '' AND lease = $1";
const COUNT: &str = "SELECT count(*) FROM leases WHERE bucket = 0 AND organisation = ''";
const LIST: &str = "SELECT leases.*, (SELECT count(*) FROM held_buckets AS held
        WHERE held.organisation = '' AND held.lease = leases.lease) AS buckets
    FROM leases WHERE bucket = 0 AND organisation = '' ORDER BY lease";
const BUCKETS: &str = "SELECT bucket FROM held_buckets WHERE organisation = '' AND lease = $1 ORDER BY bucket";
const TAKE: &str = "UPDATE held_buckets SET lease = $1, format = $2 WHERE organisation = '' AND bucket IN (
        SELECT bucket FROM held_buckets AS free WHERE free.organisation = '' AND (free.lease IS NULL OR NOT EXISTS (
            SELECT 1 FROM leases WHERE leases.bucket = 0 AND leases.organisation = '' AND leases.lease = free.lease))
        ORDER BY bucket LIMIT $3)";
const GIVE_BACK: &str = "UPDATE held_buckets SET lease = NULL WHERE organisation = '' AND bucket IN (
        SELECT bucket FROM held_buckets AS own WHERE own.organisation = '' AND own.lease = $1
        ORDER BY bucket DESC LIMIT $2)";
const RAISE: &str = "UPDATE held_buckets SET format = $1 WHERE organisation = '' AND format < $1";

/// Where a statement that asks for work is narrowed to the buckets of a lease.
const MARK: &str = " {held}";

/// The lease that a store works under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Held {
    lease: Uuid,
    is_all: bool,
}

impl Held {
    /// Which lease it is.
    pub(super) const fn lease(self) -> Uuid {
        self.lease
    }

    /// An error when somebody took over; else nobody does before the end of the transaction.
    pub(super) async fn check(self, conn: &mut Conn) -> Result<()> {
        own(conn, self.lease).await?.map(|_| ()).ok_or(Error::LeaseEnded)
    }
}

/// A question for work. Without a lease, or with one on all buckets, it is asked as it stands.
pub(super) fn work(text: &'static str, held: Option<Held>, bind: impl FnOnce(Sql) -> Sql) -> Sql {
    match held.filter(|held| !held.is_all) {
        Some(held) => bind(sql(narrowed(text))).id(held.lease),
        None => bind(sql(everyones(text))),
    }
}

pub(super) fn everyones(text: &'static str) -> Cow<'static, str> {
    match text.split_once(MARK) {
        Some((before, after)) => Cow::Owned(format!("{before}{after}")),
        None => Cow::Borrowed(text),
    }
}

/// With the lease as its last value.
pub(super) fn narrowed(text: &'static str) -> Cow<'static, str> {
    let Some((before, after)) = text.split_once(MARK) else { return Cow::Borrowed(text) };
    let table = before.rsplit("FROM ").next().and_then(|rest| rest.split_whitespace().next()).unwrap_or_default();
    let place = (1..).find(|number| !text.contains(&format!("${number}"))).unwrap_or(1);
    Cow::Owned(format!(
        "{before} AND EXISTS (SELECT 1 FROM held_buckets AS held WHERE held.bucket = {table}.bucket
            AND held.organisation = '' AND held.lease = ${place}){after}"
    ))
}

/// The format of a lease that is still there, and then until the end of the transaction.
async fn own(conn: &mut Conn, lease: Uuid) -> Result<Option<u64>> {
    let lock = if conn.is_shared() { " FOR KEY SHARE" } else { "" };
    let row = sql(format!("{OWN}{lock}")).id(lease).row(conn).await?;
    row.map(|row| Read::new(&row, "lease").count("format")).transpose()
}

/// Only one at a time moves buckets.
async fn turn(conn: &mut Conn) -> Result<()> {
    let lock = if conn.is_shared() { " FOR UPDATE" } else { "" };
    sql(format!("{TURN}{lock}")).row(conn).await.map(|_| ())
}

/// The highest format of those who worked here.
pub(super) async fn highest(conn: &mut Conn) -> Result<u64> {
    sql(HIGHEST).number(conn).await
}

/// Whoever works here from now on knows at least this format.
pub(super) async fn raise(conn: &mut Conn, format: u64) -> Result<()> {
    sql(RAISE).count(format).run(conn).await.map(|_| ())
}

async fn add(conn: &mut Conn, lease: &NewLease, until: Timestamp) -> Result<()> {
    let highest = highest(conn).await?;
    if u64::from(lease.format) < highest {
        return Err(Error::Outdated { format: lease.format, stored: highest });
    }
    let add = sql(ADD).id(lease.id).time(until).int(lease.format.into()).text(&lease.version);
    add.run(conn).await.map(|_| ())
}

async fn begin(conn: &mut Conn, (lease, now, until): &(NewLease, Timestamp, Timestamp)) -> Result<Share> {
    turn(conn).await?;
    add(conn, lease, *until).await?;
    sql(END_PAST).id(lease.id).time(*now).int(lease.format.into()).run(conn).await?;
    share(conn, lease.id, lease.format.into()).await
}

async fn begin_only(conn: &mut Conn, lease: &NewLease) -> Result<Share> {
    turn(conn).await?;
    add(conn, lease, Timestamp::MAX).await?;
    sql(END_OTHERS).id(lease.id).run(conn).await?;
    share(conn, lease.id, lease.format.into()).await
}

async fn balance(conn: &mut Conn, lease: Uuid, now: Timestamp) -> Result<Option<Share>> {
    turn(conn).await?;
    let Some(format) = own(conn, lease).await? else { return Ok(None) };
    sql(END_PAST).id(lease).time(now).count(format).run(conn).await?;
    share(conn, lease, format).await.map(Some)
}

/// No more and no less than a fair share, as far as there are free ones.
async fn share(conn: &mut Conn, lease: Uuid, format: u64) -> Result<Share> {
    let fair = u64::from(Bucket::COUNT).div_ceil(sql(COUNT).number(conn).await?.max(1));
    let has = buckets(conn, lease).await?.len() as u64;
    if has > fair {
        sql(GIVE_BACK).id(lease).count(has - fair).run(conn).await?;
    } else if has < fair {
        sql(TAKE).id(lease).count(format).count(fair - has).run(conn).await?;
    }
    Ok(Share { lease, buckets: buckets(conn, lease).await? })
}

async fn buckets(conn: &mut Conn, lease: Uuid) -> Result<Vec<Bucket>> {
    all(&sql(BUCKETS).id(lease).rows(conn).await?, |row| Read::new(row, "bucket").bucket())
}

#[async_trait]
impl Leases for SqlStore {
    async fn begin_lease(&self, lease: NewLease, now: Timestamp, until: Timestamp) -> Result<Share> {
        self.write(None, 1, (lease, now, until), |conn, _, asked| Box::pin(begin(conn, asked))).await
    }

    async fn begin_only_lease(&self, lease: NewLease) -> Result<Share> {
        self.write(None, 1, lease, |conn, _, lease| Box::pin(begin_only(conn, lease))).await
    }

    async fn renew_lease(&self, lease: Uuid, until: Timestamp) -> Result<bool> {
        self.change(sql(RENEW).id(lease).time(until)).await
    }

    async fn balance(&self, lease: Uuid, now: Timestamp) -> Result<Option<Share>> {
        self.write(None, 1, (lease, now), |conn, _, (lease, now)| Box::pin(balance(conn, *lease, *now))).await
    }

    async fn end_lease(&self, lease: Uuid) -> Result<()> {
        self.change(sql(END).id(lease)).await.map(|_| ())
    }

    async fn leases(&self) -> Result<Vec<LeaseRow>> {
        let rows = sql(LIST).rows(&mut self.reader().await?).await?;
        all(&rows, |row| {
            let read = Read::new(row, "lease");
            Ok(LeaseRow {
                id: read.id("lease")?,
                until: Timestamp::from_microsecond(read.int("until")?).unwrap_or(Timestamp::MAX),
                format: read.small("format")?,
                version: read.text("version")?,
                buckets: read.small("buckets")?,
            })
        })
    }

    fn held(&self, share: &Share) -> Arc<dyn Store> {
        Arc::new(Self { held: Some(Held { lease: share.lease, is_all: share.is_all() }), ..self.clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_narrowed_where_it_says_so() {
        let asked = "SELECT * FROM events WHERE state = 'new' {held} ORDER BY arrival LIMIT $1";
        assert_eq!(everyones(asked), "SELECT * FROM events WHERE state = 'new' ORDER BY arrival LIMIT $1");
        let narrowed = narrowed(asked);
        assert!(
            narrowed.contains("held.bucket = events.bucket") && narrowed.contains("held.lease = $2)"),
            "{narrowed}"
        );
    }
}
