//! Profiles, names, objects, and the words one searches by.

use std::collections::BTreeSet;

use sqlx::SqliteConnection;
use words::{CustomerId, RunId};

use super::{
    super::{
        bulk::bulk,
        identities::{alias_bucket, kind_name, object_bucket},
        search,
        sql::sql,
    },
    Written, last_of_each,
};
use crate::{Alias, Change, Object, Result, customer_bucket};

/// An empty profile leaves the stored one as it is.
const SAVE: (&str, usize, &str) = (
    "INSERT INTO customers (bucket, organisation, customer, revision, forwards_to, created, updated, profile) VALUES",
    8,
    "ON CONFLICT (bucket, organisation, customer) DO UPDATE SET revision = excluded.revision,
        forwards_to = COALESCE(excluded.forwards_to, customers.forwards_to), updated = excluded.updated,
        profile = CASE WHEN excluded.profile = '' THEN customers.profile ELSE excluded.profile END",
);
const ALIASES: (&str, usize, &str) = (
    "INSERT INTO aliases (bucket, organisation, kind, value, customer) VALUES",
    5,
    "ON CONFLICT (bucket, organisation, kind, value) DO UPDATE SET customer = excluded.customer",
);
const OBJECTS: (&str, usize, &str) = (
    "INSERT INTO objects (bucket, organisation, kind, object, customer, run) VALUES",
    6,
    "ON CONFLICT (bucket, organisation, kind, object) DO UPDATE SET customer = excluded.customer,
        run = COALESCE(excluded.run, objects.run)",
);
const FORGET_WORDS: &str = "DELETE FROM customer_words
    WHERE bucket = $1 AND organisation = $2 AND customer = $3 AND kind = 'profile'";
const WORDS: (&str, usize, &str) = (
    "INSERT INTO customer_words (bucket, organisation, customer, kind, word) VALUES",
    5,
    "ON CONFLICT (bucket, organisation, customer, kind, word) DO NOTHING",
);

#[cfg(test)]
pub(in super::super) const HOT: [&str; 5] = [SAVE.0, ALIASES.0, OBJECTS.0, FORGET_WORDS, WORDS.0];

pub(super) async fn save(conn: &mut SqliteConnection, written: &[Written<'_>]) -> Result<()> {
    save_customers(conn, written).await?;
    save_aliases(conn, written).await?;
    save_objects(conn, written).await?;
    save_words(conn, written).await
}

async fn save_customers(conn: &mut SqliteConnection, written: &[Written<'_>]) -> Result<()> {
    // Of several changes of one customer the last revision is written, with the last profile among them.
    let profiles = written.iter().filter(|one| one.change.profile.is_some()).map(|one| one.change);
    let profiles = last_of_each(profiles.collect(), |change| (&change.organisation, change.customer));
    let changes = written.iter().map(|one| one.change).collect();
    let newest: Vec<&Change> = last_of_each(changes, |change| (&change.organisation, change.customer));
    bulk(conn, SAVE, &newest, |row, change| {
        let same = |other: &&&Change| other.customer == change.customer && other.organisation == change.organisation;
        let holder = if change.profile.is_some() { Some(change) } else { profiles.iter().find(same) };
        let row = row
            .place(customer_bucket(&change.organisation, change.customer), &change.organisation)
            .id(change.customer.uuid())
            .count(change.revision + 1)
            .id_if(change.forwards_to.map(CustomerId::uuid))
            .time(change.time)
            .time(change.time);
        match holder.and_then(|change| change.profile.as_ref()) {
            Some(profile) => row.json(profile),
            None => row.text(""),
        }
    })
    .await?;
    Ok(())
}

async fn save_aliases(conn: &mut SqliteConnection, written: &[Written<'_>]) -> Result<()> {
    let aliases = written.iter().flat_map(|one| one.change.aliases.iter().map(|alias| (one.change, alias)));
    let aliases: Vec<(&Change, &Alias)> =
        last_of_each(aliases.collect(), |(change, alias)| (&change.organisation, alias.kind, &alias.value));
    bulk(conn, ALIASES, &aliases, |row, (change, alias)| {
        row.place(alias_bucket(&change.organisation, &alias.value), &change.organisation)
            .text(kind_name(alias.kind))
            .text(&alias.value)
            .id(change.customer.uuid())
    })
    .await?;
    Ok(())
}

async fn save_objects(conn: &mut SqliteConnection, written: &[Written<'_>]) -> Result<()> {
    let objects = written.iter().flat_map(|one| one.change.objects.iter().map(|object| (one.change, object)));
    let objects: Vec<(&Change, &Object)> =
        last_of_each(objects.collect(), |(change, object)| (&change.organisation, &object.kind, &object.id));
    bulk(conn, OBJECTS, &objects, |row, (change, object)| {
        row.place(object_bucket(&change.organisation, &object.kind, &object.id), &change.organisation)
            .text(&object.kind)
            .text(&object.id)
            .id(change.customer.uuid())
            .id_if(object.run.map(RunId::uuid))
    })
    .await?;
    Ok(())
}

async fn save_words(conn: &mut SqliteConnection, written: &[Written<'_>]) -> Result<()> {
    let mut words = BTreeSet::new();
    for Written { change, .. } in written {
        let (organisation, customer) = (&change.organisation, change.customer);
        if change.profile.is_some() && change.revision > 0 {
            words.retain(|(of, whose, kind, _)| (*of, *whose, *kind) != (organisation, customer, "profile"));
            let forget = sql(FORGET_WORDS).place(customer_bucket(organisation, customer), organisation);
            forget.id(customer.uuid()).run(conn).await?;
        }
        let mut add = |kind, word| words.insert((organisation, customer, kind, word));
        for word in change.profile.iter().flat_map(search::words_of_profile) {
            add("profile", word);
        }
        for word in change.aliases.iter().filter_map(search::word_of_alias) {
            add("alias", word);
        }
    }
    let words: Vec<_> = words.into_iter().collect();
    bulk(conn, WORDS, &words, |row, (organisation, customer, kind, word)| {
        row.place(customer_bucket(organisation, *customer), organisation).id(customer.uuid()).text(kind).text(word)
    })
    .await?;
    Ok(())
}
