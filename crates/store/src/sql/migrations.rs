//! Every change of the tables since the first. Written once, in the words of SQLite; PostgreSQL has other words for the same
//! kinds of columns and nothing else differs.

use sqlx::{
    SqlSafeStr,
    migrate::{Migrate, Migration, MigrationType, Migrator},
};

use crate::{Error, Result};

/// Number, name and statements. One that was given out never changes, its number neither.
const TEXTS: [(i64, &str, &str); 10] = [
    (1, "start", include_str!("../../migrations/0001_start.sql")),
    (2, "draft texts", include_str!("../../migrations/0002_draft_texts.sql")),
    (3, "events by name", include_str!("../../migrations/0003_events_by_name.sql")),
    (4, "names of events", include_str!("../../migrations/0004_names_of_events.sql")),
    (5, "open blocks", include_str!("../../migrations/0005_open_blocks.sql")),
    (6, "indexes of lists", include_str!("../../migrations/0006_indexes_of_lists.sql")),
    (7, "leases", include_str!("../../migrations/0007_leases.sql")),
    (8, "intake", include_str!("../../migrations/0008_intake.sql")),
    (9, "merges", include_str!("../../migrations/0009_merges.sql")),
    (12, "backups", include_str!("../../migrations/0012_backups.sql")),
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

/// Which database the tables are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    Sqlite,
    Postgres,
}

fn text(text: &'static str, dialect: Dialect) -> String {
    match dialect {
        Dialect::Sqlite => text.to_owned(),
        Dialect::Postgres => {
            let taken: Vec<&str> = text.split(';').filter(|statement| !statement.contains(JSON)).collect();
            WORDS.iter().fold(taken.join(";"), |text, (from, to)| text.replace(from, to))
        }
    }
}

/// Brings the tables up to date. On a server the caller keeps others away meanwhile.
pub(super) async fn migrate<C: Migrate>(connection: &mut C, dialect: Dialect) -> Result<()> {
    let migrations = TEXTS.into_iter().map(|(version, name, sql)| {
        let sql = sqlx::AssertSqlSafe(text(sql, dialect)).into_sql_str();
        Migration::new(version, name.into(), MigrationType::Simple, sql, false)
    });
    let mut migrator = Migrator::with_migrations(migrations.collect());
    // Its lock is an advisory one, which not every PostgreSQL has.
    migrator.set_locking(false);
    // `run` does the same through `Acquire`, which keeps a caller's future from being `Send`.
    migrator.run_direct(None, connection, false).await.map_err(|error| Error::Database(error.to_string()))
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
    let statements = TEXTS.iter().flat_map(|(_, _, text)| text.split(';'));
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
    use super::*;

    #[test]
    fn both_have_the_same_tables_in_their_own_words() {
        let postgres: String = TEXTS.iter().map(|(_, _, sql)| text(sql, Dialect::Postgres)).collect();
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
        let named = TEXTS.map(|(number, name, _)| format!("{number:04}_{}.sql", name.replace(' ', "_")));
        assert_eq!(files, named);
    }

    #[test]
    fn tables_are_known_by_their_keys() {
        let tables: Vec<Table> = tables().collect();
        assert_eq!(tables.len(), 36);
        assert_eq!(tables[0], Table { name: "organisations", key: "bucket, organisation", rows_at_once: 500 });
        let heavy: Vec<_> = tables.iter().filter(|table| table.rows_at_once < 500).map(|table| table.name).collect();
        assert_eq!(heavy, ["drafts", "versions", "draft_texts"]);
        assert!(tables.iter().all(|table| table.key.starts_with("bucket, organisation")));
    }
}
