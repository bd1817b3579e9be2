//! What names a customer outside the customer's own rows.

use words::OrganisationId;

use super::{
    super::{
        SqlStore,
        driver::{Conn, Value},
        read::Read,
        search,
        sql::{Sql, sql},
    },
    log::at_home,
    whom::{self, Names},
};
use crate::{Result, home};

/// Rows of texts that are looked at in one piece.
const PIECE: i64 = 200;

const REJECTED: &str = "SELECT id, detail, raw FROM rejected
    WHERE bucket = $1 AND organisation = $2 AND id > $3 ORDER BY id LIMIT $4";
const FORGET_REJECTED: &str = "DELETE FROM rejected WHERE bucket = $1 AND organisation = $2 AND id = $3";
/// Events that are nobody's: in quarantine, or waiting for an object.
const NOBODYS: [&str; 2] = [
    "SELECT bucket, source, event, body FROM events WHERE organisation = $1 AND state = 'quarantined'
        AND customer IS NULL ORDER BY received, bucket, source, event LIMIT $2 OFFSET $3",
    "SELECT bucket, source, event, body FROM events WHERE organisation = $1 AND state = 'waiting'
        AND customer IS NULL ORDER BY waits_for, bucket, source, event LIMIT $2 OFFSET $3",
];
const FORGET_EVENT: &str = "DELETE FROM events WHERE bucket = $1 AND organisation = $2 AND source = $3 AND event = $4";
const IMPORTS: &str = "SELECT id, report, mapping, file_name FROM imports WHERE bucket = $1 AND organisation = $2";
const IMPORT: &str = "UPDATE imports SET report = $4, mapping = $5, file_name = $6
    WHERE bucket = $1 AND organisation = $2 AND id = $3";
const AUDIT: &str = "SELECT time, id, subject, detail FROM audit
    WHERE bucket = $1 AND organisation = $2 AND (time > $3 OR (time = $3 AND id > $4)) ORDER BY time, id LIMIT $5";
const NO_AUDIT: &str = "UPDATE audit SET subject = '', detail = '{}'
    WHERE bucket = $1 AND organisation = $2 AND time = $3 AND id = $4";
const SUPPRESSION: &str = "DELETE FROM suppressions
    WHERE bucket = $1 AND organisation = $2 AND channel = $3 AND address = $4";
const CONVERSATION: &str = "DELETE FROM conversations
    WHERE bucket = $1 AND organisation = $2 AND channel = $3 AND address = $4";

/// Statements that take away or change a few rows.
type Found = Vec<Sql>;

pub(super) async fn scrub(store: &SqlStore, organisation: &OrganisationId, names: &Names) -> Result<()> {
    rejected(store, organisation, names).await?;
    for text in NOBODYS {
        nobodys(store, organisation, names, text).await?;
    }
    imports(store, organisation, names).await?;
    audit(store, organisation, names).await?;
    addresses(store, organisation, names).await
}

async fn perform(store: &SqlStore, organisation: &OrganisationId, found: Found) -> Result<()> {
    if found.is_empty() {
        return Ok(());
    }
    store
        .write(Some(home(organisation)), found.len(), found, |conn, _, found| Box::pin(run_all(conn, found.clone())))
        .await
}

async fn run_all(conn: &mut Conn, found: Found) -> Result<()> {
    for statement in found {
        statement.run(conn).await?;
    }
    Ok(())
}

async fn rejected(store: &SqlStore, organisation: &OrganisationId, names: &Names) -> Result<()> {
    let mut behind = vec![];
    loop {
        let rows = at_home(REJECTED, organisation).bytes(&behind).int(PIECE).rows(&mut store.reader().await?).await?;
        let mut found = Found::new();
        for row in &rows {
            let read = Read::new(row, "event in quarantine");
            behind = read.bytes("id")?;
            if names.are_in(&read.text("raw")?) || names.are_in(&read.text("detail")?) {
                found.push(at_home(FORGET_REJECTED, organisation).bytes(&behind));
            }
        }
        perform(store, organisation, found).await?;
        if (rows.len() as i64) < PIECE {
            return Ok(());
        }
    }
}

async fn nobodys(store: &SqlStore, organisation: &OrganisationId, names: &Names, text: &'static str) -> Result<()> {
    let mut offset = 0;
    loop {
        let ask = sql(text).text(organisation.as_str()).int(PIECE).int(offset);
        let rows = ask.rows(&mut store.reader().await?).await?;
        let mut found = Found::new();
        for row in &rows {
            let read = Read::new(row, "event");
            if names.are_in(&read.text("body")?) {
                let forget = sql(FORGET_EVENT).place(read.bucket()?, organisation);
                found.push(forget.text(&read.text("source")?).text(&read.text("event")?));
            }
        }
        // What goes makes those behind it move up.
        offset += PIECE - found.len() as i64;
        perform(store, organisation, found).await?;
        if (rows.len() as i64) < PIECE {
            return Ok(());
        }
    }
}

/// Texts of a report in which the customer is named.
fn without(names: &Names, text: &str) -> Option<String> {
    let mut value: serde_json::Value = serde_json::from_str(text).ok()?;
    blank(names, &mut value).then(|| value.to_string())
}

fn blank(names: &Names, value: &mut serde_json::Value) -> bool {
    use serde_json::Value as Json;
    match value {
        Json::String(text) if names.are_in(text) => {
            text.clear();
            true
        }
        Json::Array(items) => items.iter_mut().filter_map(|item| blank(names, item).then_some(())).count() > 0,
        Json::Object(fields) => fields.values_mut().filter_map(|item| blank(names, item).then_some(())).count() > 0,
        _ => false,
    }
}

async fn imports(store: &SqlStore, organisation: &OrganisationId, names: &Names) -> Result<()> {
    let rows = at_home(IMPORTS, organisation).rows(&mut store.reader().await?).await?;
    let mut found = Found::new();
    for row in &rows {
        let read = Read::new(row, "import");
        let (report, mapping, name) = (read.text("report")?, read.text("mapping")?, read.text("file_name")?);
        let (new_report, new_mapping) = (without(names, &report), without(names, &mapping));
        let names_the_file = names.are_in(&name);
        if new_report.is_some() || new_mapping.is_some() || names_the_file {
            let change = at_home(IMPORT, organisation).id(read.id("id")?).text(&new_report.unwrap_or(report));
            let change = change.text(&new_mapping.unwrap_or(mapping));
            found.push(change.text(if names_the_file { "" } else { &name }));
        }
    }
    perform(store, organisation, found).await
}

async fn audit(store: &SqlStore, organisation: &OrganisationId, names: &Names) -> Result<()> {
    let (mut time, mut id) = (i64::MIN, vec![]);
    loop {
        let ask = at_home(AUDIT, organisation).int(time).bytes(&id).int(PIECE);
        let rows = ask.rows(&mut store.reader().await?).await?;
        let mut found = Found::new();
        for row in &rows {
            let read = Read::new(row, "line of the log book");
            (time, id) = (read.int("time")?, read.bytes("id")?);
            if names.are_in(&read.text("subject")?) || names.are_in(&read.text("detail")?) {
                found.push(at_home(NO_AUDIT, organisation).int(time).value(Value::Bytes(Some(id.clone()))));
            }
        }
        perform(store, organisation, found).await?;
        if (rows.len() as i64) < PIECE {
            return Ok(());
        }
    }
}

/// What is known of an address that somebody else has too stays.
async fn addresses(store: &SqlStore, organisation: &OrganisationId, names: &Names) -> Result<()> {
    let Some(profile) = &names.profile else { return Ok(()) };
    let mut found = Found::new();
    for (channel, address) in whom::addresses(profile) {
        let mut conn = store.reader().await?;
        let others = search::find(&mut conn, organisation, &address).await?;
        if others.iter().all(|other| names.members.contains(other)) {
            let of = |text| at_home(text, organisation).text(channel.as_str()).text(&address);
            found.extend([of(SUPPRESSION), of(CONVERSATION)]);
        }
    }
    perform(store, organisation, found).await
}
