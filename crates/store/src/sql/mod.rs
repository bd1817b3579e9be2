//! The store in SQL, over SQLite or PostgreSQL.
//!
//! Tasks write, each with one connection, and put the commands of many callers into one transaction; other connections only
//! read. An answer to a caller comes after the commit. The SQL is one for both databases: numbered parameters (but for lists
//! of rows, whose places one function writes), no triggers, no sequences, no clock, the bucket in every key, so that it also
//! runs where tables are spread over machines.

mod accounts;
mod audit;
mod backup;
mod backups;
mod bookings;
mod bulk;
mod claim;
mod commit;
mod conversations;
mod copy;
mod customers;
mod definitions;
mod delivery_rows;
mod drafts;
mod driver;
mod due;
mod endpoints;
mod erasing;
mod event_rows;
mod facts;
mod fetches;
mod gauges;
mod halts;
mod health;
mod identities;
mod imports;
mod inbox;
mod keys;
mod leases;
mod links;
mod merges;
mod message_rows;
mod migrations;
mod numbers;
mod organisations;
mod outbox;
mod pace;
mod packed;
mod places;
mod postgres;
mod postponing;
mod principals;
mod quarantine;
mod read;
mod retaining;
mod run_rows;
mod sealing;
mod search;
mod seen;
mod senders;
mod sources;
#[expect(clippy::module_inception, reason = "a statement is what this module is about")]
mod sql;
mod sqlite;
mod task_rows;
mod tasks;
mod travellers;
mod unsound;
mod versions;
mod waking;
mod webhooks;
mod writer;

#[cfg(test)]
mod statements;

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use words::Bucket;

use self::{
    driver::{Conn, Connections},
    numbers::Numbers,
    writer::{Work, Writer},
};
use crate::{Between, Call, Error, Result};

pub use backup::{Backup, backup_store};
pub use copy::{Copied, CopyProgress, copy_store};
pub use postgres::{PoolSize, Postgres};
pub use read::json_fault;
pub use sealing::{Sealing, SealingKey, is_sealed};
pub use sqlite::{Durability, OpenMode, Sqlite};

/// A store in SQL; opened by [`Sqlite`] or [`Postgres`].
#[derive(Clone)]
pub struct SqlStore {
    writers: Arc<[Writer]>,
    readers: Connections,
    is_closed: Arc<AtomicBool>,
    /// Without one it is nobody's: all work is given, and nothing refused.
    held: Option<leases::Held>,
    between: Option<Arc<dyn Between>>,
    /// Without a key secrets are kept as they are given.
    sealing: Sealing,
}

impl SqlStore {
    async fn start(writing: Connections, writers: usize, reading: Connections) -> Result<Self> {
        let mut conn = writing.get().await?;
        let arrivals = numbers::arrivals(&mut conn).await?;
        numbers::take_away(&mut conn).await?;
        drop(conn);
        let mut started = Vec::new();
        for _ in 0..writers {
            started.push(Writer::start(writing.clone(), arrivals.clone()).await?);
        }
        Ok(Self {
            writers: started.into(),
            readers: reading,
            is_closed: Arc::default(),
            held: None,
            between: None,
            sealing: Sealing::default(),
        })
    }

    /// The same store with something between it and whoever asks this handle of it.
    #[must_use]
    pub fn with(&self, between: Arc<dyn Between>) -> Self {
        Self { between: Some(between), ..self.clone() }
    }

    /// Performs work within a transaction; the answer comes after the commit. Work of one bucket goes to one writer, which
    /// keeps its order. `rows`: about how many it writes.
    async fn write<T, D, F>(&self, bucket: Option<Bucket>, rows: usize, data: D, work: F) -> Result<T>
    where
        T: Send + 'static,
        D: Send + Sync + 'static,
        F: for<'c> Fn(&'c mut Conn, &'c Numbers, &'c D) -> Work<'c, T> + Send + 'static,
    {
        if self.is_closed.load(Ordering::Acquire) {
            return Err(Error::Unavailable("the store is closed".to_owned()));
        }
        let number = bucket.map_or(0, |bucket| usize::from(bucket.number()));
        let writer = &self.writers[number % self.writers.len()];
        let Some(between) = &self.between else { return writer.write(rows, self.held, data, work).await };
        let call = Call::Write(self.held.map(leases::Held::lease));
        between.before(call).await?;
        let written = writer.write(rows, self.held, data, work).await?;
        between.after(call).await?;
        Ok(written)
    }

    /// One statement that writes; whether it changed a row.
    async fn change(&self, statement: sql::Sql) -> Result<bool> {
        Ok(self.changes(statement).await? > 0)
    }

    /// One statement that writes; how many rows it changed.
    async fn changes(&self, statement: sql::Sql) -> Result<u64> {
        self.write(statement.bucket(), 1, statement, |conn, _, statement| Box::pin(statement.clone().run(conn))).await
    }

    async fn reader(&self) -> Result<Conn> {
        if let Some(between) = &self.between {
            between.before(Call::Read).await?;
        }
        self.readers.get().await
    }
}

/// One of each kind, for tests.
#[cfg(test)]
async fn stores() -> Vec<SqlStore> {
    let mut stores = vec![Sqlite::in_memory().await.expect("it opens")];
    if let Some(url) = postgres_for_tests::schema().await {
        stores.push(Postgres::open(&url, PoolSize { writers: 1, readers: 1 }).await.expect("it opens"));
    }
    stores
}
