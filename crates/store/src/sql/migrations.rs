//! Every change of the tables since the first. Written once, in the words of SQLite; PostgreSQL has other words for the same
//! kinds of columns and nothing else differs.

use std::collections::BTreeMap;

use sha2::{Digest, Sha384};
use sqlx::{
    SqlSafeStr,
    migrate::{Migrate, Migration, MigrationType, Migrator},
};

use super::driver::{Embedded, Value};
use crate::{Error, Result};

/// Number, name and statements. One that was given out never changes, its number neither.
const TEXTS: &[(i64, &str, &str)] = &[
    (1, "start", include_str!("../../migrations/0001_start.sql")),
    (2, "draft texts", include_str!("../../migrations/0002_draft_texts.sql")),
    (3, "events by name", include_str!("../../migrations/0003_events_by_name.sql")),
    (4, "names of events", include_str!("../../migrations/0004_names_of_events.sql")),
    (5, "open blocks", include_str!("../../migrations/0005_open_blocks.sql")),
    (6, "indexes of lists", include_str!("../../migrations/0006_indexes_of_lists.sql")),
    (7, "leases", include_str!("../../migrations/0007_leases.sql")),
    (8, "intake", include_str!("../../migrations/0008_intake.sql")),
    (9, "merges", include_str!("../../migrations/0009_merges.sql")),
    (10, "send rules", include_str!("../../migrations/0010_send_rules.sql")),
    (11, "erasures", include_str!("../../migrations/0011_erasures.sql")),
    (12, "backups", include_str!("../../migrations/0012_backups.sql")),
    (13, "order of work", include_str!("../../migrations/0013_order_of_work.sql")),
    (14, "carrying", include_str!("../../migrations/0014_carrying.sql")),
    (15, "doubts and ends", include_str!("../../migrations/0015_doubts_and_ends.sql")),
    (16, "rows by customer", include_str!("../../migrations/0016_rows_by_customer.sql")),
    (17, "conversations", include_str!("../../migrations/0017_conversations.sql")),
    (18, "replies", include_str!("../../migrations/0018_replies.sql")),
    (19, "printed", include_str!("../../migrations/0019_printed.sql")),
    (20, "principals", include_str!("../../migrations/0020_principals.sql")),
    (21, "endpoints", include_str!("../../migrations/0021_endpoints.sql")),
    (22, "complaints", include_str!("../../migrations/0022_complaints.sql")),
    (23, "bookings", include_str!("../../migrations/0023_bookings.sql")),
];

/// Words of SQLite, and of PostgreSQL. Texts are compared by their bytes in both.
const WORDS: [(&str, &str); 6] = [
    (" INTEGER", " BIGINT"),
    (" BLOB", " BYTEA"),
    (" REAL", " DOUBLE PRECISION"),
    (" TEXT", " TEXT COLLATE \"C\""),
    (" STRICT, WITHOUT ROWID;", ";"),
    (" STRICT;", ";"),
];

/// What reads JSON is for files of earlier versions, which no server has.
const JSON: &str = "->>";

/// The first line of a change that only says how the rows of a file lie.
const OF_FILES: &str = "-- files only\n";

/// In the words of PostgreSQL.
fn for_server(text: &'static str) -> String {
    if text.starts_with(OF_FILES) {
        return String::new();
    }
    let taken: Vec<&str> = text.split(';').filter(|statement| !statement.contains(JSON)).collect();
    WORDS.iter().fold(taken.join(";"), |text, (from, to)| text.replace(from, to))
}

/// Brings the tables of a server up to date. The caller keeps others away meanwhile.
pub(super) async fn migrate<C: Migrate>(connection: &mut C) -> Result<()> {
    let migrations = TEXTS.iter().map(|&(version, name, sql)| {
        let sql = sqlx::AssertSqlSafe(for_server(sql)).into_sql_str();
        Migration::new(version, name.into(), MigrationType::Simple, sql, false)
    });
    let mut migrator = Migrator::with_migrations(migrations.collect());
    // Its lock is an advisory one, which not every PostgreSQL has.
    migrator.set_locking(false);
    // `run` does the same through `Acquire`, which keeps a caller's future from being `Send`.
    migrator.run_direct(None, connection, false).await.map_err(|error| Error::Database(error.to_string()))
}

/// The same list as on a server, kept in the same way.
const PERFORMED: &str = "CREATE TABLE IF NOT EXISTS _sqlx_migrations (
    version BIGINT PRIMARY KEY, description TEXT NOT NULL, installed_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    success BOOLEAN NOT NULL, checksum BLOB NOT NULL, execution_time BIGINT NOT NULL)";
const LIST: &str = "SELECT version, checksum FROM _sqlx_migrations ORDER BY version";
const NOTE: &str = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
    VALUES ($1, $2, 1, $3, 0)";

/// Brings the tables of a file up to date: all of it, or nothing.
pub(super) fn migrate_file(file: &mut Embedded) -> Result<()> {
    file.batch("BEGIN IMMEDIATE")?;
    let done = perform(file, TEXTS).and_then(|()| file.batch("COMMIT"));
    if done.is_err() {
        // It may have been taken back already; the first error says what is wrong.
        let _ = file.batch("ROLLBACK");
    }
    done
}

fn perform(file: &mut Embedded, texts: &[(i64, &'static str, &'static str)]) -> Result<()> {
    file.batch(PERFORMED)?;
    let mut performed = BTreeMap::new();
    for row in file.rows(LIST, &[])? {
        performed.insert(row.get::<i64>("version")?, row.get::<Vec<u8>>("checksum")?);
    }
    for &(version, name, sql) in texts {
        let checksum = Sha384::digest(sql).to_vec();
        match performed.remove(&version) {
            Some(known) if known == checksum => continue,
            Some(_) => {
                return Err(Error::Database(format!("the file was made by another version: table change {version}")));
            }
            None => {}
        }
        file.batch(sql)?;
        file.run(NOTE, &[Value::Int(Some(version)), Value::Text(Some(name.into())), Value::Bytes(Some(checksum))])?;
    }
    match performed.last_key_value() {
        None => Ok(()),
        Some((version, _)) => {
            Err(Error::Database(format!("the file was changed by a newer version: table change {version}")))
        }
    }
}

/// A table that holds rows of organisations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Table {
    pub(super) name: &'static str,
    /// The columns of its key, in order.
    pub(super) key: &'static str,
    /// How many of its rows may be held at one time.
    pub(super) rows_at_once: u64,
}

/// Rows of most tables, and of those that hold a journey's files.
const ROWS_AT_ONCE: [u64; 2] = [500, 4];

/// What a store keeps of itself: no rows of an organisation.
const OWN: [&str; 4] = ["openings", "open_blocks", "leases", "held_buckets"];

/// Every table that holds rows of organisations, in the order of their making.
pub(super) fn tables() -> impl Iterator<Item = Table> {
    let texts = TEXTS.iter().filter(|(_, _, text)| !text.starts_with(OF_FILES));
    let statements = texts.flat_map(|(_, _, text)| text.split(';'));
    statements.filter_map(made).filter(|table| !OWN.contains(&table.name))
}

fn made(statement: &'static str) -> Option<Table> {
    let (_, rest) = statement.split_once("CREATE TABLE ")?;
    let (name, columns) = rest.split_once(" (")?;
    let (_, key) = columns.split_once("PRIMARY KEY (")?;
    let rows_at_once = ROWS_AT_ONCE[usize::from(columns.contains(" files TEXT"))];
    Some(Table { name, key: key.split_once(')')?.0, rows_at_once })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{super::driver::Opening, *};

    #[test]
    fn both_have_the_same_tables_in_their_own_words() {
        let postgres: String = TEXTS.iter().map(|(_, _, sql)| for_server(sql)).collect();
        let code: String = postgres.lines().filter(|line| !line.starts_with("--")).collect();
        for word in ["STRICT", "INTEGER", "BLOB", "REAL", "ROWID", JSON] {
            assert!(!code.contains(word), "{word} is not of PostgreSQL");
        }
        assert!(code.contains("usual_gap_seconds DOUBLE PRECISION,"));
        assert!(code.contains("text TEXT COLLATE \"C\" NOT NULL, created BIGINT NOT NULL,"));
    }

    #[test]
    fn every_migration_is_performed() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/migrations");
        let files = std::fs::read_dir(folder).expect("the folder").map(|file| file.expect("a file").file_name());
        let mut files: Vec<String> = files.map(|name| name.into_string().expect("a name")).collect();
        files.sort();
        let named: Vec<String> =
            TEXTS.iter().map(|(number, name, _)| format!("{number:04}_{}.sql", name.replace(' ', "_"))).collect();
        assert_eq!(files, named);
    }

    /// Rows of an earlier version, and the indexes on them, are there in the layout of today.
    #[test]
    fn what_lies_otherwise_is_kept() {
        let mut file = Opening { path: None, creates: true, pragmas: Vec::new() }.open().expect("it opens");
        let before = TEXTS.iter().take_while(|(version, ..)| *version < 16).copied().collect::<Vec<_>>();
        perform(&mut file, &before).expect("the tables of before");
        file.batch(
            "INSERT INTO customers (bucket, organisation, customer, revision, created, updated, profile, memory, erased)
                VALUES (7, 'o', x'02', 3, 1, 2, '{}', x'7B7D', 1), (7, 'o', x'01', 1, 1, 2, '', NULL, 0);
            INSERT INTO runs (bucket, organisation, customer, run, journey, version, generation, started, status, due,
                revision, seq, state) VALUES (7, 'o', x'02', x'05', 'j', 'v', 1, 1, 'open', 9, 4, 8, x'7B7D');",
        )
        .expect("rows");
        let of = |file: &mut Embedded| {
            let columns = "hex(customer) || revision || updated || profile || ifnull(hex(memory), '') || erased";
            let runs = "hex(run) || journey || due || revision || seq || hex(state)";
            let indexes = "SELECT name AS row FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL";
            let asked = format!("SELECT {columns} AS row FROM customers UNION SELECT {runs} FROM runs UNION {indexes}");
            let rows = file.rows(&asked, &[]).expect("rows");
            rows.iter().map(|row| row.get::<String>("row").expect("a text")).collect::<BTreeSet<_>>()
        };
        let kept = of(&mut file);
        perform(&mut file, TEXTS).expect("the tables of today");
        assert!(kept.is_subset(&of(&mut file)));
    }

    #[test]
    fn tables_are_known_by_their_keys() {
        let tables: Vec<Table> = tables().collect();
        assert_eq!(tables.len(), 48);
        assert_eq!(tables[0], Table { name: "organisations", key: "bucket, organisation", rows_at_once: 500 });
        let heavy: Vec<_> = tables.iter().filter(|table| table.rows_at_once < 500).map(|table| table.name).collect();
        assert_eq!(heavy, ["drafts", "versions", "draft_texts"]);
        assert!(tables.iter().all(|table| table.key.starts_with("bucket, organisation")));
    }
}
