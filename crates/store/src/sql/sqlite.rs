use std::{path::Path, sync::Arc, time::Duration};

use sqlx::{
    ConnectOptions, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use tokio::sync::Mutex;

use super::{
    SqlStore,
    driver::{Connections, failure},
    migrations::{Dialect, migrate},
};
use crate::Result;

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

/// Opens a store in one SQLite file, or in memory. One connection writes, the others only read.
#[derive(Clone, Copy, Debug)]
pub struct Sqlite;

impl Sqlite {
    /// Opens a file, brings its tables up to date, and starts the task that writes.
    pub async fn open(path: &Path, mode: OpenMode, durability: Durability) -> Result<SqlStore> {
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
            // What a statement may have to take back stays in memory.
            .pragma("temp_store", "memory")
            // What is taken away, or written over, is not left readable in the file.
            .pragma("secure_delete", "1")
            .statement_cache_capacity(STATEMENTS_MAX)
            .row_buffer_size(ROWS_BETWEEN)
            .disable_statement_logging();
        let writing = options
            .clone()
            .pragma("cache_size", format!("-{WRITER_CACHE_KB}"))
            .pragma("wal_autocheckpoint", LOG_PAGES.to_string());
        let writing = only(writing).await?;
        let reading = SqlitePoolOptions::new()
            .max_connections(READERS)
            .test_before_acquire(false)
            .connect_with(options.create_if_missing(false).pragma("query_only", "1"))
            .await
            .map_err(failure)?;
        SqlStore::start(writing, 1, Connections::File(reading)).await
    }

    /// A store that is gone when its last handle is; for tests and previews.
    pub async fn in_memory() -> Result<SqlStore> {
        let options = SqliteConnectOptions::new()
            .in_memory(true)
            .statement_cache_capacity(STATEMENTS_MAX)
            .row_buffer_size(ROWS_BETWEEN)
            .disable_statement_logging();
        let only = only(options).await?;
        SqlStore::start(only.clone(), 1, only).await
    }
}

/// The connection that writes, with the tables up to date.
async fn only(options: SqliteConnectOptions) -> Result<Connections> {
    let mut connection: SqliteConnection = options.connect().await.map_err(failure)?;
    migrate(&mut connection, Dialect::Sqlite).await?;
    Ok(Connections::One(Arc::new(Mutex::new(connection))))
}
