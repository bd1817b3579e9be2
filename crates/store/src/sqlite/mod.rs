//! The store in one SQLite file.
//!
//! One connection writes, owned by a task that puts the commands of many callers into one transaction; the others only
//! read. An answer to a caller comes after the commit. The SQL is written so that PostgreSQL takes it too: numbered
//! parameters (but for lists of rows, whose places one function writes), no triggers, no sequences, no clock.

mod accounts;
mod audit;
mod bulk;
mod claim;
mod commit;
mod customers;
mod definitions;
mod drafts;
mod due;
mod event_rows;
mod facts;
mod failure;
mod health;
mod identities;
mod imports;
mod inbox;
mod keys;
mod links;
mod message_rows;
mod open;
mod organisations;
mod outbox;
mod places;
mod quarantine;
mod read;
mod run_rows;
mod search;
mod senders;
mod sources;
mod sql;
mod task_rows;
mod tasks;
mod travellers;
mod versions;
mod writer;

#[cfg(test)]
mod statements;

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use sqlx::{SqliteConnection, SqlitePool, pool::PoolConnection};
use tokio::sync::{Mutex, OwnedMutexGuard};

use crate::Result;

pub use open::{Durability, OpenMode};

/// A store in one SQLite file, or in memory.
#[derive(Clone)]
pub struct Sqlite {
    writer: writer::Writer,
    readers: Readers,
    numbers: Numbers,
}

/// Numbers that rise in the order of writing. Each opening of the file starts a block of 2^40 of its own, so that nothing
/// has to be looked up and none is given twice; gaps mean nothing.
#[derive(Clone)]
struct Numbers(Arc<AtomicU64>);

impl Numbers {
    const BLOCK_BITS: u32 = 40;

    fn of_opening(times: u64) -> Self {
        Self(Arc::new(AtomicU64::new(times << Self::BLOCK_BITS)))
    }

    /// Called by the writer alone, so that the order of numbers is the order of writing.
    fn next(&self) -> u64 {
        self.0.fetch_add(1, Ordering::Relaxed)
    }
}

#[derive(Clone)]
enum Readers {
    /// Connections that can only read.
    Pool(SqlitePool),
    /// In memory there is one connection, shared with the writer.
    Shared(Arc<Mutex<SqliteConnection>>),
}

/// A connection to read with.
enum Reader {
    Pool(PoolConnection<sqlx::Sqlite>),
    Shared(OwnedMutexGuard<SqliteConnection>),
}

impl std::ops::Deref for Reader {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        match self {
            Self::Pool(connection) => connection,
            Self::Shared(connection) => connection,
        }
    }
}

impl std::ops::DerefMut for Reader {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        match self {
            Self::Pool(connection) => connection,
            Self::Shared(connection) => connection,
        }
    }
}

impl Sqlite {
    /// One statement that writes; whether it changed a row.
    async fn change(&self, statement: sql::Sql) -> Result<bool> {
        Ok(self.changes(statement).await? > 0)
    }

    /// One statement that writes; how many rows it changed.
    async fn changes(&self, statement: sql::Sql) -> Result<u64> {
        self.writer.write(1, |conn| Box::pin(statement.run(conn))).await
    }

    async fn reader(&self) -> Result<Reader> {
        Ok(match &self.readers {
            Readers::Pool(pool) => Reader::Pool(pool.acquire().await.map_err(failure::of)?),
            Readers::Shared(connection) => Reader::Shared(connection.clone().lock_owned().await),
        })
    }
}
