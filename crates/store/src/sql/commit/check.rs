//! Which changes conflict with what is stored, or with a change before them.

use std::collections::{BTreeSet, HashMap, HashSet};

use words::{CustomerId, OrganisationId};

use super::super::{
    bulk::bulk_locked,
    driver::Conn,
    identities::{Look, Named, alias_owners, end_of, followed, kind_name, object_owners},
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
#[derive(Clone)]
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
    Ok(Checked { commits: stored.take_all(changes), known })
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
    let mut objects: HashMap<Named, CustomerId> =
        objects.into_iter().map(|(named, owner)| (named, owner.customer)).collect();
    let mut aliases = aliases;
    follow(conn, changes, &mut aliases).await?;
    follow(conn, changes, &mut objects).await?;
    Ok(Stored { revisions, aliases, objects })
}

/// What belongs to someone who turned out to be another is that other's.
async fn follow(conn: &mut Conn, changes: &[Change], owners: &mut HashMap<Named, CustomerId>) -> Result<()> {
    let changing: HashSet<CustomerId> = changes.iter().map(|change| change.customer).collect();
    let mut foreign: HashMap<OrganisationId, BTreeSet<CustomerId>> = HashMap::new();
    for ((organisation, ..), owner) in owners.iter().filter(|(_, owner)| !changing.contains(owner)) {
        foreign.entry(organisation.clone()).or_default().insert(*owner);
    }
    for (organisation, customers) in foreign {
        let forwards = followed(conn, &organisation, customers.into_iter().collect()).await?;
        for (_, owner) in owners.iter_mut().filter(|((of, ..), _)| *of == organisation) {
            *owner = end_of(&forwards, *owner);
        }
    }
    Ok(())
}

impl Stored {
    /// What may be written, change by change; of those that are joined all or none.
    fn take_all(&mut self, changes: &[Change]) -> Vec<Commit> {
        let mut refused: HashMap<(&OrganisationId, CustomerId), (CustomerId, Conflict)> = HashMap::new();
        if changes.iter().all(|change| change.joined.is_none()) {
            return changes.iter().map(|change| self.take(change)).collect();
        }
        // A refusal of one takes its whole group away, which may leave room for others: from the beginning then, without it.
        let start = self.clone();
        loop {
            self.clone_from(&start);
            let mut commits = Vec::with_capacity(changes.len());
            let before = refused.len();
            for change in changes {
                let of = change.joined.map(|joined| (&change.organisation, joined));
                let known = of.and_then(|of| refused.get(&of)).copied();
                let commit = match known {
                    Some((culprit, conflict)) if culprit == change.customer => Err(conflict),
                    Some((culprit, _)) => Err(Conflict::Joined(culprit)),
                    None => self.take(change),
                };
                if let (Some(of), Err(conflict), None) = (of, commit, known) {
                    refused.insert(of, (change.customer, conflict));
                }
                commits.push(commit);
            }
            if refused.len() == before {
                return commits;
            }
        }
    }

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
