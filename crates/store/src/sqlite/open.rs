use std::{path::Path, sync::Arc, time::Duration};

use sqlx::{
    ConnectOptions, SqlSafeStr, SqliteConnection,
    migrate::{Migration, MigrationType, Migrator},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use tokio::sync::Mutex;

use super::{Numbers, Readers, Sqlite, failure, sql::sql, writer::Writer};
use crate::{Error, Result};

/// How long a connection waits for another process (a backup) before it gives up.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// Prepared statements that a connection keeps.
const STATEMENTS_MAX: usize = 512;
/// Connections that only read.
const READERS: u32 = 4;
/// Kilobytes of pages that the writer keeps; new rows fall everywhere, because their bucket leads.
const WRITER_CACHE_KB: u32 = 65_536;
/// Pages (of 4 kB) of the log before it is written back into the file: a page that changes often is then written back once.
const LOG_PAGES: u32 = 8_192;
/// Rows that may wait between the thread that reads the file and who asked: with fewer it stops and starts for every one.
const ROWS_BETWEEN: usize = 4_096;

/// What an answer promises.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Durability {
    /// What was answered survives a power cut (`synchronous = FULL`).
    #[default]
    Full,
    /// What was answered survives the end of this program, not a power cut. Only for filling a file before anyone relies on
    /// it, such as a demo before it is shown; open it again with [`Durability::Full`] afterwards.
    Off,
}

/// How to open a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OpenMode {
    /// Makes the file when it is not there.
    #[default]
    Create,
    /// An error when it is not there.
    Existing,
}

/// Every change of the tables since the first, embedded. One that was given out never changes.
pub(super) fn migrations() -> Migrator {
    let start = include_str!("../../migrations/sqlite/0001_start.sql");
    let draft_texts = include_str!("../../migrations/sqlite/0002_draft_texts.sql");
    let events_by_name = include_str!("../../migrations/sqlite/0003_events_by_name.sql");
    let simple = |version, name: &'static str, text: &'static str| {
        let kind = MigrationType::Simple;
        Migration::new(version, name.into(), kind, text.into_sql_str(), false)
    };
    Migrator::with_migrations(vec![
        simple(1, "start", start),
        simple(2, "draft texts", draft_texts),
        simple(3, "events by name", events_by_name),
    ])
}

impl Sqlite {
    /// Opens a file, brings its tables up to date, and starts the task that writes.
    pub async fn open(path: &Path, mode: OpenMode, durability: Durability) -> Result<Self> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(mode == OpenMode::Create)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(match durability {
                Durability::Full => SqliteSynchronous::Full,
                Durability::Off => SqliteSynchronous::Off,
            })
            .busy_timeout(BUSY_TIMEOUT)
            .foreign_keys(false)
            // What a savepoint may have to take back stays in memory.
            .pragma("temp_store", "memory")
            .statement_cache_capacity(STATEMENTS_MAX)
            .row_buffer_size(ROWS_BETWEEN)
            .disable_statement_logging();
        let writing = options
            .clone()
            .pragma("cache_size", format!("-{WRITER_CACHE_KB}"))
            .pragma("wal_autocheckpoint", LOG_PAGES.to_string());
        let mut connection = writing.connect().await.map_err(failure::of)?;
        let numbers = prepare(&mut connection).await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .test_before_acquire(false)
            .connect_with(options.create_if_missing(false).pragma("query_only", "1"))
            .await
            .map_err(failure::of)?;
        Ok(Self { writer: Writer::start(Arc::new(Mutex::new(connection))), readers: Readers::Pool(readers), numbers })
    }

    /// A store that is gone when its last handle is; for tests and previews.
    pub async fn in_memory() -> Result<Self> {
        let options = SqliteConnectOptions::new()
            .in_memory(true)
            .statement_cache_capacity(STATEMENTS_MAX)
            .row_buffer_size(ROWS_BETWEEN)
            .disable_statement_logging();
        let mut connection = options.connect().await.map_err(failure::of)?;
        let numbers = prepare(&mut connection).await?;
        let connection = Arc::new(Mutex::new(connection));
        Ok(Self { writer: Writer::start(connection.clone()), readers: Readers::Shared(connection), numbers })
    }
}

async fn prepare(connection: &mut SqliteConnection) -> Result<Numbers> {
    // `run` does the same through `Acquire`, which keeps a caller's future from being `Send`.
    migrations().run_direct(None, connection, false).await.map_err(|error| Error::Database(error.to_string()))?;
    let times =
        sql("UPDATE openings SET times = times + 1 WHERE bucket = 0 RETURNING times").number(connection).await?;
    Ok(Numbers::of_opening(times))
}
