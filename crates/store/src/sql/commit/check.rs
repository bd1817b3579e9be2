//! Which changes conflict with what is stored, or with a change before them.

use std::collections::{BTreeSet, HashMap, HashSet};

use words::{CustomerId, OrganisationId};

use super::super::{
    bulk::bulk_locked,
    driver::Conn,
    identities::{Look, Named, alias_owners, kind_name, object_owners},
    read::Read,
};
use crate::{Alias, Change, Commit, Conflict, Object, Result, customer_bucket};

const REVISIONS: (&str, usize, &str) = (
    "WITH wanted (bucket, organisation, customer) AS (VALUES",
    3,
    ") SELECT found.organisation, found.customer, found.revision FROM wanted CROSS JOIN customers AS found
        WHERE found.bucket = wanted.bucket AND found.organisation = wanted.organisation
            AND found.customer = wanted.customer",
);

#[cfg(test)]
pub(in super::super) const HOT: [(&str, usize, &str); 1] = [REVISIONS];

/// Names that are stored already. On a server they stay whose they are until the commit; a name that is not there may be
/// taken by another at any moment, which then is found as it is written.
pub(super) struct Known {
    pub(super) aliases: HashSet<Named>,
    pub(super) objects: HashSet<Named>,
}

/// Per change whether it may be written, and its new revision.
pub(super) struct Checked {
    pub(super) commits: Vec<Commit>,
    pub(super) known: Known,
}

/// What is stored now, kept up with the changes that pass.
struct Stored {
    revisions: HashMap<(OrganisationId, CustomerId), u64>,
    aliases: HashMap<Named, CustomerId>,
    objects: HashMap<Named, CustomerId>,
}

pub(super) fn alias_name(change: &Change, alias: &Alias) -> Named {
    (change.organisation.clone(), kind_name(alias.kind).to_owned(), alias.value.clone())
}

pub(super) fn object_name(change: &Change, object: &Object) -> Named {
    (change.organisation.clone(), object.kind.clone(), object.id.clone())
}

fn aliases(change: &Change) -> impl Iterator<Item = (Named, Option<CustomerId>)> {
    change.aliases.iter().map(|alias| (alias_name(change, alias), alias.instead_of))
}

fn objects(change: &Change) -> impl Iterator<Item = (Named, Option<CustomerId>)> {
    change.objects.iter().map(|object| (object_name(change, object), object.instead_of))
}

/// What may be written. What is found stays as it is until the commit.
pub(super) async fn check(conn: &mut Conn, changes: &[Change]) -> Result<Checked> {
    let mut stored = look_up(conn, changes).await?;
    let known =
        Known { aliases: stored.aliases.keys().cloned().collect(), objects: stored.objects.keys().cloned().collect() };
    Ok(Checked { commits: changes.iter().map(|change| stored.take(change)).collect(), known })
}

async fn look_up(conn: &mut Conn, changes: &[Change]) -> Result<Stored> {
    let customers: BTreeSet<_> = changes.iter().map(|change| (&change.organisation, change.customer)).collect();
    let customers: Vec<_> = customers.into_iter().collect();
    let order = "found.organisation, found.customer";
    let rows = bulk_locked(conn, REVISIONS, order, &customers, |row, (organisation, customer)| {
        row.place(customer_bucket(organisation, *customer), organisation).id(customer.uuid())
    });
    let mut revisions = HashMap::new();
    for row in &rows.await? {
        let read = Read::new(row, "customer");
        revisions.insert((read.organisation()?, read.customer()?), read.count("revision")?);
    }
    let unique = |named: BTreeSet<Named>| named.into_iter().collect::<Vec<_>>();
    let named = unique(changes.iter().flat_map(aliases).map(|(named, _)| named).collect());
    let aliases = alias_owners(conn, &named, Look::ToWrite).await?;
    let named = unique(changes.iter().flat_map(objects).map(|(named, _)| named).collect());
    let objects = object_owners(conn, &named, Look::ToWrite).await?;
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
