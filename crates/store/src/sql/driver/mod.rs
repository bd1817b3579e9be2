//! The two databases, as thin as they can be: values go in, rows come out, errors get a meaning. Everything above speaks
//! one SQL and does not know which of them answers.

mod embedded;
mod failure;
mod row;
mod value;

use std::{borrow::Cow, sync::Arc};

use sqlx::{Arguments, AssertSqlSafe, PgPool, pool::PoolConnection, postgres::PgArguments};
use tokio::sync::{Mutex, OwnedMutexGuard};

use self::embedded::Lent;
pub(super) use embedded::{Embedded, Opening, Readers};
pub(super) use failure::of as failure;
pub(super) use row::{Get, Row};
pub(super) use value::{List, Value, lists};

use crate::Result;

/// Where connections come from.
#[derive(Clone)]
pub(super) enum Connections {
    /// To a file, to read.
    File(Arc<Readers>),
    /// The only one: the one that writes a file, or everything that a store in memory has.
    One(Arc<Mutex<Embedded>>),
    /// To a server.
    Server(PgPool),
}

/// A connection, until it is dropped.
pub(super) enum Conn {
    File(Lent),
    One(OwnedMutexGuard<Embedded>),
    Server(PoolConnection<sqlx::Postgres>),
}

impl Connections {
    pub(super) async fn get(&self) -> Result<Conn> {
        Ok(match self {
            Self::File(readers) => Conn::File(readers.get().await?),
            Self::One(connection) => Conn::One(connection.clone().lock_owned().await),
            Self::Server(pool) => Conn::Server(pool.acquire().await.map_err(failure)?),
        })
    }

    pub(super) async fn close(&self) {
        match self {
            Self::File(readers) => readers.close(),
            Self::Server(pool) => pool.close().await,
            Self::One(_) => {}
        }
    }

    /// Whether an answer comes on the thread that asks.
    pub(super) const fn is_embedded(&self) -> bool {
        !matches!(self, Self::Server(_))
    }
}

impl Conn {
    /// Performs a statement; rows changed.
    pub(super) async fn run(&mut self, text: Cow<'static, str>, values: Vec<Value>) -> Result<u64> {
        match self {
            Self::File(lent) => lent.ask(|conn| conn.run(&text, &values)),
            Self::One(conn) => conn.run(&text, &values),
            Self::Server(conn) => {
                let done = query(text, values)?.execute(&mut **conn).await.map_err(failure)?;
                Ok(done.rows_affected())
            }
        }
    }

    pub(super) async fn rows(&mut self, text: Cow<'static, str>, values: Vec<Value>) -> Result<Vec<Row>> {
        match self {
            Self::File(lent) => lent.ask(|conn| conn.rows(&text, &values)),
            Self::One(conn) => conn.rows(&text, &values),
            Self::Server(conn) => {
                let rows = query(text, values)?.fetch_all(&mut **conn).await.map_err(failure)?;
                Ok(rows.into_iter().map(Row::Server).collect())
            }
        }
    }

    /// Performs a statement once for every `width` values; rows changed.
    pub(super) async fn run_each(&mut self, text: Cow<'static, str>, values: Vec<Value>, width: usize) -> Result<u64> {
        match self {
            Self::File(lent) => lent.ask(|conn| conn.run_each(&text, &values, width)),
            Self::One(conn) => conn.run_each(&text, &values, width),
            Self::Server(_) => {
                let mut changed = 0;
                for values in values.chunks(width) {
                    changed += self.run(text.clone(), values.to_vec()).await?;
                }
                Ok(changed)
            }
        }
    }

    /// The same; gives what comes back.
    pub(super) async fn rows_each(
        &mut self,
        text: Cow<'static, str>,
        values: Vec<Value>,
        width: usize,
    ) -> Result<Vec<Row>> {
        match self {
            Self::File(lent) => lent.ask(|conn| conn.rows_each(&text, &values, width)),
            Self::One(conn) => conn.rows_each(&text, &values, width),
            Self::Server(_) => {
                let mut rows = Vec::new();
                for values in values.chunks(width) {
                    rows.extend(self.rows(text.clone(), values.to_vec()).await?);
                }
                Ok(rows)
            }
        }
    }

    pub(super) async fn row(&mut self, text: Cow<'static, str>, values: Vec<Value>) -> Result<Option<Row>> {
        match self {
            Self::Server(conn) => {
                let row = query(text, values)?.fetch_optional(&mut **conn).await.map_err(failure)?;
                Ok(row.map(Row::Server))
            }
            Self::File(lent) => lent.ask(|conn| conn.row(&text, &values)),
            Self::One(conn) => conn.row(&text, &values),
        }
    }

    /// Begins to write. On a server others write at the same time and what they commit is seen at once: whoever decides on
    /// what it read locks that first, or says in its statement what must still hold.
    pub(super) async fn begin(&mut self) -> Result<()> {
        self.command(match self {
            Self::File(_) | Self::One(_) => "BEGIN IMMEDIATE",
            Self::Server(_) => "BEGIN ISOLATION LEVEL READ COMMITTED",
        })
        .await
    }

    /// Begins to read what is written now, however long the reading takes.
    pub(super) async fn begin_reading(&mut self) -> Result<()> {
        self.command(match self {
            Self::File(_) | Self::One(_) => "BEGIN DEFERRED",
            Self::Server(_) => "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY",
        })
        .await
    }

    pub(super) async fn commit(&mut self) -> Result<()> {
        self.command("COMMIT").await
    }

    pub(super) async fn rollback(&mut self) -> Result<()> {
        self.command("ROLLBACK").await
    }

    async fn command(&mut self, text: &'static str) -> Result<()> {
        self.run(text.into(), Vec::new()).await.map(|_| ())
    }

    /// Whether others write at the same time.
    pub(super) const fn is_shared(&self) -> bool {
        matches!(self, Self::Server(_))
    }

    /// Others are waited for longer, until the end of the transaction.
    pub(super) async fn be_patient(&mut self) -> Result<()> {
        if self.is_shared() { self.command("SET LOCAL lock_timeout = '5s'").await } else { Ok(()) }
    }

    /// Away with it: nobody knows in which state it is.
    pub(super) async fn discard(self) {
        if let Self::Server(conn) = self {
            // It is broken or will be; that it does not close in good order changes nothing.
            let _ = conn.close().await;
        }
    }
}

fn query(
    text: Cow<'static, str>,
    values: Vec<Value>,
) -> Result<sqlx::query::Query<'static, sqlx::Postgres, PgArguments>> {
    let mut arguments = PgArguments::default();
    arguments.reserve(values.len(), 0);
    for value in values {
        value::add(&mut arguments, value).map_err(|error| failure(sqlx::Error::Encode(error)))?;
    }
    // Every text is put together in this crate from constants; values are always bound.
    Ok(sqlx::query_with(AssertSqlSafe(text), arguments))
}
