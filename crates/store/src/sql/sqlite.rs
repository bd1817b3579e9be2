use std::{path::Path, sync::Arc};

use tokio::sync::Mutex;

use super::{
    SqlStore,
    driver::{Connections, Opening, Readers},
    migrations::migrate_file,
};
use crate::Result;

/// Connections that only read.
const READERS: usize = 4;
/// Kilobytes of pages that the writer keeps; new rows fall everywhere, because their bucket leads.
const WRITER_CACHE_KB: u32 = 65_536;
/// Kilobytes of pages that each of the others keeps.
const READER_CACHE_KB: u32 = 8_192;
/// Pages (of 4 kB) of the log before it is written back into the file: a page that changes often is then written back once.
const LOG_PAGES: u32 = 32_768;
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
    /// Opens a file, brings its tables up to date, and starts the thread that writes.
    pub async fn open(path: &Path, mode: OpenMode, durability: Durability) -> Result<SqlStore> {
        let synchronous = match durability {
            Durability::Full => "FULL",
            Durability::Off => "OFF",
        };
        let shared = [
            ("journal_mode", "WAL".to_owned()),
            ("synchronous", synchronous.to_owned()),
            ("foreign_keys", "OFF".to_owned()),
            // What a statement may have to take back stays in memory.
            ("temp_store", "MEMORY".to_owned()),
            // What is taken away, or written over, is not left readable in the file.
            ("secure_delete", "ON".to_owned()),
        ];
        let with = |creates, own: Vec<(&'static str, String)>| Opening {
            path: Some(path.to_owned()),
            creates,
            pragmas: shared.iter().cloned().chain(own).collect(),
        };
        let writing = with(
            mode == OpenMode::Create,
            vec![("cache_size", format!("-{WRITER_CACHE_KB}")), ("wal_autocheckpoint", LOG_PAGES.to_string())],
        );
        let writing = only(&writing)?;
        let reading = with(false, vec![("query_only", "ON".to_owned()), ("cache_size", format!("-{READER_CACHE_KB}"))]);
        let reading = Connections::File(Arc::new(Readers::new(reading, READERS)));
        SqlStore::start(writing, 1, reading).await
    }

    /// A store that is gone when its last handle is; for tests and previews.
    pub async fn in_memory() -> Result<SqlStore> {
        let only = only(&Opening { path: None, creates: true, pragmas: Vec::new() })?;
        SqlStore::start(only.clone(), 1, only).await
    }
}

/// The connection that writes, with the tables up to date.
fn only(opening: &Opening) -> Result<Connections> {
    let mut connection = opening.open()?;
    migrate_file(&mut connection)?;
    Ok(Connections::One(Arc::new(Mutex::new(connection))))
}
