//! What a store holds, read beside the product.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};

pub(crate) fn look(path: &Path) -> Connection {
    Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).expect("the file")
}

fn text(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => "-".into(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
        ValueRef::Blob(bytes) => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
    }
}

/// Rows as lines, in their own order of text.
pub(crate) fn rows(conn: &Connection, statement: &str) -> Vec<String> {
    let mut statement = conn.prepare(statement).expect("a statement");
    let columns = statement.column_count();
    let mut found = statement.query([]).expect("rows");
    let mut lines = Vec::new();
    while let Some(row) = found.next().expect("a row") {
        let line: Vec<String> = (0..columns).map(|place| text(row.get_ref(place).expect("a value"))).collect();
        lines.push(line.join(" | "));
    }
    lines.sort();
    lines
}

/// Every row of every table.
pub(crate) fn everything(conn: &Connection) -> BTreeMap<String, Vec<String>> {
    let tables = rows(conn, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
    tables.into_iter().map(|table| (table.clone(), rows(conn, &format!("SELECT * FROM {table}")))).collect()
}

/// What is asked of the outside: messages and tasks by their keys, and how far customers and runs came.
pub(crate) fn outcome(conn: &Connection) -> BTreeMap<&'static str, Vec<String>> {
    BTreeMap::from([
        ("messages", rows(conn, "SELECT key FROM outbox")),
        ("tasks", rows(conn, "SELECT key, state FROM tasks")),
        ("runs", rows(conn, "SELECT run, journey, key, generation, status, ended IS NULL FROM runs")),
        ("contacts", contacts(conn)),
        ("customers", rows(conn, "SELECT customer, forwards_to, profile FROM customers")),
        ("events", rows(conn, "SELECT source, event, state FROM events WHERE name NOT LIKE 'message.%'")),
    ])
}

/// What was recognised in events from outside, and the profiles: on these the order of arrival has no say. Our own ids and
/// which event began a run have: they come of what came first.
pub(crate) fn commutative(conn: &Connection) -> BTreeMap<&'static str, Vec<String>> {
    BTreeMap::from([
        ("contacts", contacts(conn)),
        ("customers", rows(conn, "SELECT json_remove(profile, '$.id') FROM customers WHERE forwards_to IS NULL")),
    ])
}

fn contacts(conn: &Connection) -> Vec<String> {
    // What names nothing that a run keeps apart belongs to the run that is open when it comes.
    let told = "SELECT journey, touchpoint, event, time FROM contacts WHERE event NOT LIKE '%:message.%'
        AND event NOT LIKE '%login.%' AND event NOT LIKE '%page.viewed' AND event NOT LIKE '%ad.clicked'
        AND event NOT LIKE '%title.viewed'";
    rows(conn, told)
}

/// What differs between two outcomes, in words.
pub(crate) fn differences(
    expected: &BTreeMap<&'static str, Vec<String>>,
    found: &BTreeMap<&'static str, Vec<String>>,
) -> Vec<String> {
    let mut told = Vec::new();
    for (what, expected) in expected {
        let (expected, found): (BTreeSet<_>, BTreeSet<_>) = (expected.iter().collect(), found[what].iter().collect());
        told.extend(expected.difference(&found).map(|line| format!("{what}: missing {line}")));
        told.extend(found.difference(&expected).map(|line| format!("{what}: one too many {line}")));
    }
    told
}
