//! The rows of erasures, salts and tombstones.

use std::collections::BTreeSet;

use uuid::Uuid;
use words::{CustomerId, OrganisationId};

use super::super::{
    bulk::bulk,
    driver::{Conn, Row},
    read::Read,
    sql::{Sql, sql},
};
use crate::{Erasure, ErasureStep, Result, home};

const GET: &str = "SELECT * FROM erasures WHERE bucket = $1 AND organisation = $2 AND erasure = $3";
const OF_CUSTOMER: &str = "SELECT * FROM erasures WHERE bucket = $1 AND organisation = $2 AND customer = $3";
const ADD: &str = "INSERT INTO erasures (bucket, organisation, erasure, asked, step, customer, digest)
    VALUES ($1, $2, $3, $4, 'asked', $5, $6)";
const SALT: &str = "SELECT salt FROM salts WHERE bucket = $1 AND organisation = $2";
const ADD_SALT: &str = "INSERT INTO salts (bucket, organisation, salt) VALUES ($1, $2, $3)
    ON CONFLICT (bucket, organisation) DO NOTHING";
const ADD_TOMBSTONE: (&str, usize, &str) = (
    "INSERT INTO tombstones (bucket, organisation, digest, erasure) VALUES",
    4,
    "ON CONFLICT (bucket, organisation, digest) DO NOTHING",
);
pub(in super::super) const TOMBSTONES: (&str, usize, &str) = (
    "WITH wanted (bucket, organisation, digest) AS (VALUES",
    3,
    ") SELECT found.digest FROM wanted CROSS JOIN tombstones AS found
        WHERE found.bucket = wanted.bucket AND found.organisation = wanted.organisation
            AND found.digest = wanted.digest",
);
const DIGESTS: &str = "SELECT digest FROM tombstones WHERE bucket = $1 AND organisation = $2 AND erasure = $3
    ORDER BY digest";

pub(super) fn at_home(text: &'static str, organisation: &OrganisationId) -> Sql {
    sql(text).place(home(organisation), organisation)
}

pub(super) fn read(row: &Row) -> Result<Erasure> {
    let read = Read::new(row, "erasure");
    Ok(Erasure {
        id: read.id("erasure")?,
        organisation: read.organisation()?,
        asked: read.time("asked")?,
        done: read.time_if("done")?,
        step: ErasureStep::parse(&read.text("step")?).ok_or_else(|| read.unreadable("step"))?,
        customer: read.id_if("customer")?.map(CustomerId::new),
        digest: read.hash("digest")?,
    })
}

pub(super) async fn get(conn: &mut Conn, organisation: &OrganisationId, id: Uuid) -> Result<Option<Erasure>> {
    at_home(GET, organisation).id(id).row(conn).await?.as_ref().map(read).transpose()
}

/// The same; on a server it stays as it is until the end of the transaction.
pub(super) async fn hold(conn: &mut Conn, erasure: &Erasure) -> Result<Option<Erasure>> {
    let lock = if conn.is_shared() { " FOR UPDATE" } else { "" };
    let row = sql(format!("{GET}{lock}")).place(home(&erasure.organisation), &erasure.organisation).id(erasure.id);
    row.row(conn).await?.as_ref().map(read).transpose()
}

/// The one that was begun of a customer and is not done.
pub(super) async fn of_customer(
    conn: &mut Conn,
    organisation: &OrganisationId,
    customer: CustomerId,
) -> Result<Option<Erasure>> {
    at_home(OF_CUSTOMER, organisation).id(customer.uuid()).row(conn).await?.as_ref().map(read).transpose()
}

pub(super) async fn add(conn: &mut Conn, erasure: &Erasure) -> Result<()> {
    let add = at_home(ADD, &erasure.organisation).id(erasure.id).time(erasure.asked);
    add.id_if(erasure.customer.map(CustomerId::uuid)).bytes(&erasure.digest).run(conn).await.map(|_| ())
}

pub(super) async fn salt(conn: &mut Conn, organisation: &OrganisationId) -> Result<Option<[u8; 32]>> {
    let row = at_home(SALT, organisation).row(conn).await?;
    row.map(|row| Read::new(&row, "salt").hash("salt")).transpose()
}

/// The salt that holds: the one that is there, else this one.
pub(super) async fn keep_salt(conn: &mut Conn, organisation: &OrganisationId, new: &[u8; 32]) -> Result<[u8; 32]> {
    at_home(ADD_SALT, organisation).bytes(new).run(conn).await?;
    Ok(salt(conn, organisation).await?.unwrap_or(*new))
}

pub(super) async fn bury(conn: &mut Conn, erasure: &Erasure, digests: &[[u8; 32]]) -> Result<()> {
    let organisation = &erasure.organisation;
    let bind = |row: Sql, digest: &[u8; 32]| row.place(home(organisation), organisation).bytes(digest).id(erasure.id);
    bulk(conn, ADD_TOMBSTONE, digests, bind).await.map(|_| ())
}

pub(super) async fn buried(
    conn: &mut Conn,
    organisation: &OrganisationId,
    digests: &[[u8; 32]],
) -> Result<BTreeSet<[u8; 32]>> {
    let bind = |row: Sql, digest: &[u8; 32]| row.place(home(organisation), organisation).bytes(digest);
    let rows = bulk(conn, TOMBSTONES, digests, bind).await?;
    rows.iter().map(|row| Read::new(row, "tombstone").hash("digest")).collect()
}

pub(super) async fn digests(conn: &mut Conn, erasure: &Erasure) -> Result<Vec<[u8; 32]>> {
    let rows = at_home(DIGESTS, &erasure.organisation).id(erasure.id).rows(conn).await?;
    rows.iter().map(|row| Read::new(row, "tombstone").hash("digest")).collect()
}
