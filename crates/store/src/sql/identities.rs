use std::collections::HashMap;

use async_trait::async_trait;
use words::{Bucket, CustomerId, OrganisationId, RunId};

use super::{
    SqlStore,
    bulk::{bulk, bulk_locked},
    driver::{Conn, Row},
    read::Read,
    sql::{Sql, sql},
};
use crate::{AliasKind, Identities, Owner, Result, customer_bucket};

/// Merges that are followed one after another; a longer chain means that someone wrote a circle.
const FORWARDS_MAX: usize = 16;

pub(super) const ALIASES: (&str, usize, &str) = (
    "WITH wanted (bucket, organisation, kind, value) AS (VALUES",
    4,
    ") SELECT found.* FROM wanted CROSS JOIN aliases AS found
        WHERE found.bucket = wanted.bucket AND found.organisation = wanted.organisation
            AND found.kind = wanted.kind AND found.value = wanted.value",
);
pub(super) const OBJECTS: (&str, usize, &str) = (
    "WITH wanted (bucket, organisation, kind, object) AS (VALUES",
    4,
    ") SELECT found.* FROM wanted CROSS JOIN objects AS found
        WHERE found.bucket = wanted.bucket AND found.organisation = wanted.organisation
            AND found.kind = wanted.kind AND found.object = wanted.object",
);
pub(super) const FORWARDS: (&str, usize, &str) = (
    "WITH wanted (bucket, organisation, customer) AS (VALUES",
    3,
    ") SELECT found.customer, found.forwards_to FROM wanted CROSS JOIN customers AS found
        WHERE found.bucket = wanted.bucket AND found.organisation = wanted.organisation
            AND found.customer = wanted.customer AND found.forwards_to IS NOT NULL",
);
const OBJECTS_OF: &str = "SELECT kind, object FROM objects WHERE organisation = $1 AND customer = $2
    ORDER BY kind, object";
const OF_CUSTOMER: &str = "SELECT kind, value FROM aliases WHERE organisation = $1 AND customer = $2
    ORDER BY kind DESC, value";

pub(super) fn kind_name(kind: AliasKind) -> &'static str {
    match kind {
        AliasKind::User => "user",
        AliasKind::Anonymous => "anonymous",
    }
}

/// Where a name lives: where an event that bears it is accepted.
pub(super) fn alias_bucket(organisation: &OrganisationId, value: &str) -> Bucket {
    Bucket::of(organisation, value)
}

/// Where an object lives: where an event that bears it, and no customer, is accepted.
pub(super) fn object_bucket(organisation: &OrganisationId, kind: &str, id: &str) -> Bucket {
    Bucket::of(organisation, &format!("{kind}:{id}"))
}

/// What somebody looks for.
#[derive(Clone, Copy)]
pub(super) enum Look {
    ToRead,
    /// What is found stays as it is until the end of the transaction.
    ToWrite,
}

impl Look {
    async fn bulk<R>(
        self,
        conn: &mut Conn,
        text: (&'static str, usize, &'static str),
        order: &str,
        rows: &[R],
        bind: impl Fn(Sql, &R) -> Sql,
    ) -> Result<Vec<Row>> {
        match self {
            Self::ToRead => bulk(conn, text, rows, bind).await,
            Self::ToWrite => bulk_locked(conn, text, order, rows, bind).await,
        }
    }
}

/// An alias or object as it is looked up: organisation, kind, value.
pub(super) type Named = (OrganisationId, String, String);

/// The owners of these names, as far as there are any; merged customers are not followed.
pub(super) async fn alias_owners(conn: &mut Conn, aliases: &[Named], look: Look) -> Result<HashMap<Named, CustomerId>> {
    let order = "found.organisation, found.kind, found.value";
    let rows = look.bulk(conn, ALIASES, order, aliases, |row, (organisation, kind, value)| {
        row.place(alias_bucket(organisation, value), organisation).text(kind).text(value)
    });
    let mut owners = HashMap::new();
    for row in &rows.await? {
        let read = Read::new(row, "alias");
        owners.insert((read.organisation()?, read.text("kind")?, read.text("value")?), read.customer()?);
    }
    Ok(owners)
}

/// The owners of these objects, as far as there are any.
pub(super) async fn object_owners(conn: &mut Conn, objects: &[Named], look: Look) -> Result<HashMap<Named, Owner>> {
    let order = "found.organisation, found.kind, found.object";
    let rows = look.bulk(conn, OBJECTS, order, objects, |row, (organisation, kind, id)| {
        row.place(object_bucket(organisation, kind, id), organisation).text(kind).text(id)
    });
    let mut owners = HashMap::new();
    for row in &rows.await? {
        let read = Read::new(row, "object");
        let owner = Owner { customer: read.customer()?, run: read.id_if("run")?.map(RunId::new) };
        owners.insert((read.organisation()?, read.text("kind")?, read.text("object")?), owner);
    }
    Ok(owners)
}

/// Who these customers turned out to be, where they did.
pub(super) async fn followed(
    conn: &mut Conn,
    organisation: &OrganisationId,
    mut customers: Vec<CustomerId>,
) -> Result<HashMap<CustomerId, CustomerId>> {
    let mut forwards = HashMap::new();
    for _ in 0..FORWARDS_MAX {
        let rows = bulk(conn, FORWARDS, &customers, |row, customer| {
            row.place(customer_bucket(organisation, *customer), organisation).id(customer.uuid())
        })
        .await?;
        customers.clear();
        for row in &rows {
            let read = Read::new(row, "customer");
            let to = CustomerId::new(read.id("forwards_to")?);
            forwards.insert(read.customer()?, to);
            customers.push(to);
        }
        if customers.is_empty() {
            break;
        }
    }
    Ok(forwards)
}

pub(super) fn end_of(forwards: &HashMap<CustomerId, CustomerId>, start: CustomerId) -> CustomerId {
    let mut at = start;
    for _ in 0..FORWARDS_MAX {
        match forwards.get(&at) {
            Some(to) => at = *to,
            None => break,
        }
    }
    at
}

#[async_trait]
impl Identities for SqlStore {
    async fn by_alias(
        &self,
        organisation: &OrganisationId,
        aliases: &[(AliasKind, String)],
    ) -> Result<Vec<Option<CustomerId>>> {
        let mut conn = self.reader().await?;
        let wanted: Vec<Named> = aliases
            .iter()
            .map(|(kind, value)| (organisation.clone(), kind_name(*kind).to_owned(), value.clone()))
            .collect();
        let owners = alias_owners(&mut conn, &wanted, Look::ToRead).await?;
        let forwards = followed(&mut conn, organisation, owners.values().copied().collect()).await?;
        let owner = |name| owners.get(name).map(|owner| end_of(&forwards, *owner));
        Ok(wanted.iter().map(owner).collect())
    }

    async fn by_object(
        &self,
        organisation: &OrganisationId,
        objects: &[(String, String)],
    ) -> Result<Vec<Option<Owner>>> {
        let mut conn = self.reader().await?;
        let wanted: Vec<Named> =
            objects.iter().map(|(kind, id)| (organisation.clone(), kind.clone(), id.clone())).collect();
        let owners = object_owners(&mut conn, &wanted, Look::ToRead).await?;
        let customers = owners.values().map(|owner| owner.customer).collect();
        let forwards = followed(&mut conn, organisation, customers).await?;
        let owner =
            |name| owners.get(name).map(|owner| Owner { customer: end_of(&forwards, owner.customer), run: owner.run });
        Ok(wanted.iter().map(owner).collect())
    }

    async fn objects_of(&self, organisation: &OrganisationId, customer: CustomerId) -> Result<Vec<(String, String)>> {
        let find = sql(OBJECTS_OF).text(organisation.as_str()).id(customer.uuid());
        let rows = find.rows(&mut self.reader().await?).await?;
        let read = |row| {
            let read = Read::new(row, "object");
            Ok((read.text("kind")?, read.text("object")?))
        };
        rows.iter().map(read).collect()
    }

    async fn aliases_of(
        &self,
        organisation: &OrganisationId,
        customer: CustomerId,
    ) -> Result<Vec<(AliasKind, String)>> {
        let find = sql(OF_CUSTOMER).text(organisation.as_str()).id(customer.uuid());
        let rows = find.rows(&mut self.reader().await?).await?;
        let read = |row| {
            let read = Read::new(row, "alias");
            let kind = if read.text("kind")? == "user" { AliasKind::User } else { AliasKind::Anonymous };
            Ok((kind, read.text("value")?))
        };
        rows.iter().map(read).collect()
    }
}
