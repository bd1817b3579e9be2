//! Which changes conflict with what is stored, or with a change before them.

use std::collections::{BTreeSet, HashMap};

use sqlx::SqliteConnection;
use words::{CustomerId, OrganisationId};

use super::super::{
    bulk::bulk,
    identities::{Named, alias_owners, kind_name, object_owners},
    read::Read,
};
use crate::{Change, Commit, Conflict, Result, customer_bucket};

pub(in super::super) const REVISIONS: (&str, usize, &str) = (
    "WITH wanted (bucket, organisation, customer) AS (VALUES",
    3,
    ") SELECT found.organisation, found.customer, found.revision FROM wanted CROSS JOIN customers AS found
        WHERE found.bucket = wanted.bucket AND found.organisation = wanted.organisation
            AND found.customer = wanted.customer",
);

/// What is stored now, kept up with the changes that pass.
struct Stored {
    revisions: HashMap<(OrganisationId, CustomerId), u64>,
    aliases: HashMap<Named, CustomerId>,
    objects: HashMap<Named, CustomerId>,
}

fn aliases(change: &Change) -> impl Iterator<Item = (Named, Option<CustomerId>)> {
    change.aliases.iter().map(|alias| {
        let named = (change.organisation.clone(), kind_name(alias.kind).to_owned(), alias.value.clone());
        (named, alias.instead_of)
    })
}

fn objects(change: &Change) -> impl Iterator<Item = (Named, Option<CustomerId>)> {
    change
        .objects
        .iter()
        .map(|object| ((change.organisation.clone(), object.kind.clone(), object.id.clone()), object.instead_of))
}

/// Per change whether it may be written, and its new revision.
pub(super) async fn check(conn: &mut SqliteConnection, changes: &[Change]) -> Result<Vec<Commit>> {
    let mut stored = look_up(conn, changes).await?;
    Ok(changes.iter().map(|change| stored.take(change)).collect())
}

async fn look_up(conn: &mut SqliteConnection, changes: &[Change]) -> Result<Stored> {
    let customers: BTreeSet<_> = changes.iter().map(|change| (&change.organisation, change.customer)).collect();
    let customers: Vec<_> = customers.into_iter().collect();
    let rows = bulk(conn, REVISIONS, &customers, |row, (organisation, customer)| {
        row.place(customer_bucket(organisation, *customer), organisation).id(customer.uuid())
    });
    let mut revisions = HashMap::new();
    for row in &rows.await? {
        let read = Read::new(row, "customer");
        revisions.insert((read.organisation()?, read.customer()?), read.count("revision")?);
    }
    let unique = |named: BTreeSet<Named>| named.into_iter().collect::<Vec<_>>();
    let named = unique(changes.iter().flat_map(aliases).map(|(named, _)| named).collect());
    let aliases = alias_owners(conn, &named).await?;
    let named = unique(changes.iter().flat_map(objects).map(|(named, _)| named).collect());
    let objects = object_owners(conn, &named).await?;
    let objects = objects.into_iter().map(|(named, owner)| (named, owner.customer)).collect();
    Ok(Stored { revisions, aliases, objects })
}

impl Stored {
    fn take(&mut self, change: &Change) -> Commit {
        let key = (change.organisation.clone(), change.customer);
        let revision = self.revisions.get(&key).copied().unwrap_or(0);
        if revision != change.revision {
            return Err(Conflict::Revision(revision));
        }
        let other = |owner: Option<&CustomerId>, instead_of: Option<CustomerId>| {
            owner.copied().filter(|owner| *owner != change.customer && Some(*owner) != instead_of)
        };
        for (named, instead_of) in aliases(change) {
            if let Some(owner) = other(self.aliases.get(&named), instead_of) {
                return Err(Conflict::Alias(owner));
            }
        }
        for (named, instead_of) in objects(change) {
            if let Some(owner) = other(self.objects.get(&named), instead_of) {
                return Err(Conflict::Object(owner));
            }
        }
        self.aliases.extend(aliases(change).map(|(named, _)| (named, change.customer)));
        self.objects.extend(objects(change).map(|(named, _)| (named, change.customer)));
        self.revisions.insert(key, revision + 1);
        Ok(revision + 1)
    }
}
