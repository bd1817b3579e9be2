//! Profiles, names, objects, and the words one searches by.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use words::{Customer, CustomerId, OrganisationId, RunId};

use super::{
    super::{
        bulk::bulk,
        driver::Conn,
        identities::{Named, alias_bucket, kind_name, object_bucket},
        search,
        sql::{Sql, sql},
    },
    Written,
    check::{Known, alias_name, object_name},
    last_of_each,
};
use crate::{Alias, Change, Object, Result, customer_bucket};

/// A customer that was not there. When another process makes the same one at the same time, the second of them is refused
/// and looks again.
const NEW: (&str, usize, &str) = (
    "INSERT INTO customers
        (bucket, organisation, customer, revision, forwards_to, created, updated, profile, memory) VALUES",
    9,
    "",
);
/// An empty profile, and a memory that is not there, leave what is stored.
const SAVE: (&str, usize, &str) = (
    "INSERT INTO customers
        (bucket, organisation, customer, revision, forwards_to, created, updated, profile, memory) VALUES",
    9,
    "ON CONFLICT (bucket, organisation, customer) DO UPDATE SET revision = excluded.revision,
        forwards_to = COALESCE(excluded.forwards_to, customers.forwards_to), updated = excluded.updated,
        profile = CASE WHEN excluded.profile = '' THEN customers.profile ELSE excluded.profile END,
        memory = COALESCE(excluded.memory, customers.memory)",
);
const NEW_ALIASES: (&str, usize, &str) =
    ("INSERT INTO aliases (bucket, organisation, kind, value, customer) VALUES", 5, "");
const ALIASES: (&str, usize, &str) = (
    "INSERT INTO aliases (bucket, organisation, kind, value, customer) VALUES",
    5,
    "ON CONFLICT (bucket, organisation, kind, value) DO UPDATE SET customer = excluded.customer",
);
const NEW_OBJECTS: (&str, usize, &str) =
    ("INSERT INTO objects (bucket, organisation, kind, object, customer, run) VALUES", 6, "");
const OBJECTS: (&str, usize, &str) = (
    "INSERT INTO objects (bucket, organisation, kind, object, customer, run) VALUES",
    6,
    "ON CONFLICT (bucket, organisation, kind, object) DO UPDATE SET customer = excluded.customer,
        run = COALESCE(excluded.run, objects.run)",
);
const FORGET_WORDS: &str = "DELETE FROM customer_words
    WHERE bucket = $1 AND organisation = $2 AND customer = $3 AND kind = 'profile'";
/// After a merge is taken back only the names that are left lead to the customer.
const FORGET_NAMES: &str = "DELETE FROM customer_words
    WHERE bucket = $1 AND organisation = $2 AND customer = $3 AND kind = 'alias'";
const WORDS: (&str, usize, &str) = (
    "INSERT INTO customer_words (bucket, organisation, customer, kind, word) VALUES",
    5,
    "ON CONFLICT (bucket, organisation, customer, kind, word) DO NOTHING",
);

#[cfg(test)]
pub(in super::super) const HOT: [(&str, usize, &str); 7] =
    [NEW, SAVE, NEW_ALIASES, ALIASES, NEW_OBJECTS, OBJECTS, WORDS];

pub(super) async fn save(conn: &mut Conn, written: &[Written<'_>], known: &Known) -> Result<()> {
    save_customers(conn, written).await?;
    save_aliases(conn, written, &known.aliases).await?;
    save_objects(conn, written, &known.objects).await?;
    save_words(conn, written).await
}

/// What several changes of one customer come down to: of each part the last that was said.
struct Merged<'a> {
    first: &'a Change,
    last: &'a Change,
    profile: Option<&'a Customer>,
    memory: Option<&'a [u8]>,
    forwards_to: Option<CustomerId>,
}

async fn save_customers(conn: &mut Conn, written: &[Written<'_>]) -> Result<()> {
    let mut merged: BTreeMap<(&OrganisationId, CustomerId), Merged<'_>> = BTreeMap::new();
    for Written { change, .. } in written {
        let nothing = Merged { first: change, last: change, profile: None, memory: None, forwards_to: None };
        let one = merged.entry((&change.organisation, change.customer)).or_insert(nothing);
        one.last = change;
        one.profile = change.profile.as_ref().or(one.profile);
        one.memory = change.memory.as_deref().or(one.memory);
        one.forwards_to = change.forwards_to.or(one.forwards_to);
    }
    let (new, known): (Vec<_>, Vec<_>) = merged.into_values().partition(|one| one.first.revision == 0);
    bulk(conn, NEW, &new, bind_customer).await?;
    bulk(conn, SAVE, &known, bind_customer).await?;
    Ok(())
}

fn bind_customer(row: Sql, one: &Merged<'_>) -> Sql {
    let Change { organisation, customer, .. } = one.last;
    let row = row
        .place(customer_bucket(organisation, *customer), organisation)
        .id(customer.uuid())
        .count(one.last.revision + 1)
        .id_if(one.forwards_to.map(CustomerId::uuid))
        .time(one.first.time)
        .time(one.last.time);
    let row = match one.profile {
        Some(profile) => row.json(profile),
        None => row.text(""),
    };
    row.bytes_if(one.memory)
}

async fn save_aliases(conn: &mut Conn, written: &[Written<'_>], known: &HashSet<Named>) -> Result<()> {
    let aliases = written.iter().flat_map(|one| one.change.aliases.iter().map(|alias| (one.change, alias)));
    let name = |(change, alias): &(&'_ Change, &'_ Alias)| alias_name(change, alias);
    let mut aliases: Vec<(&Change, &Alias)> = last_of_each(aliases.collect(), name);
    aliases.sort_by_cached_key(name);
    let bind = |row: Sql, (change, alias): &(&Change, &Alias)| {
        row.place(alias_bucket(&change.organisation, &alias.value), &change.organisation)
            .text(kind_name(alias.kind))
            .text(&alias.value)
            .id(change.customer.uuid())
    };
    let is_known = |(change, alias): &(&Change, &Alias)| known.contains(&alias_name(change, alias));
    let (there, new): (Vec<_>, Vec<_>) = aliases.into_iter().partition(is_known);
    bulk(conn, NEW_ALIASES, &new, bind).await?;
    bulk(conn, ALIASES, &there, bind).await?;
    Ok(())
}

async fn save_objects(conn: &mut Conn, written: &[Written<'_>], known: &HashSet<Named>) -> Result<()> {
    let objects = written.iter().flat_map(|one| one.change.objects.iter().map(|object| (one.change, object)));
    let name = |(change, object): &(&'_ Change, &'_ Object)| object_name(change, object);
    let mut objects: Vec<(&Change, &Object)> = last_of_each(objects.collect(), name);
    objects.sort_by_cached_key(name);
    let bind = |row: Sql, (change, object): &(&Change, &Object)| {
        row.place(object_bucket(&change.organisation, &object.kind, &object.id), &change.organisation)
            .text(&object.kind)
            .text(&object.id)
            .id(change.customer.uuid())
            .id_if(object.run.map(RunId::uuid))
    };
    let is_known = |(change, object): &(&Change, &Object)| known.contains(&object_name(change, object));
    let (there, new): (Vec<_>, Vec<_>) = objects.into_iter().partition(is_known);
    bulk(conn, NEW_OBJECTS, &new, bind).await?;
    bulk(conn, OBJECTS, &there, bind).await?;
    Ok(())
}

/// The words by which customers are found: of the profile, and of other names.
type Words<'a> = BTreeMap<(&'a OrganisationId, CustomerId), [BTreeSet<String>; 2]>;

async fn save_words(conn: &mut Conn, written: &[Written<'_>]) -> Result<()> {
    let mut words = Words::new();
    for Written { change, .. } in written {
        let (organisation, customer) = (&change.organisation, change.customer);
        let [profile, alias] = words.entry((organisation, customer)).or_default();
        if change.profile.is_some() && change.revision > 0 {
            profile.clear();
            let forget = sql(FORGET_WORDS).place(customer_bucket(organisation, customer), organisation);
            forget.id(customer.uuid()).run(conn).await?;
        }
        if change.undone_merge.is_some() {
            alias.clear();
            let forget = sql(FORGET_NAMES).place(customer_bucket(organisation, customer), organisation);
            forget.id(customer.uuid()).run(conn).await?;
        }
        profile.extend(change.profile.iter().flat_map(search::words_of_profile));
        alias.extend(change.aliases.iter().filter_map(search::word_of_alias));
    }
    let rows = words.into_iter().flat_map(|((organisation, customer), [profile, alias])| {
        let of = move |kind, words: BTreeSet<String>| {
            words.into_iter().map(move |word| (organisation, customer, kind, word))
        };
        of("profile", profile).chain(of("alias", alias))
    });
    let rows: Vec<_> = rows.collect();
    bulk(conn, WORDS, &rows, |row, (organisation, customer, kind, word)| {
        row.place(customer_bucket(organisation, *customer), organisation).id(customer.uuid()).text(kind).text(word)
    })
    .await?;
    Ok(())
}
