use std::time::Duration;

use sqlx::{
    ConnectOptions, Connection, Executor, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use super::{
    SqlStore,
    driver::{Connections, failure},
    migrations::migrate,
};
use crate::{Error, Result};

/// Prepared statements that a connection keeps.
const STATEMENTS_MAX: usize = 512;
/// How long somebody waits for a connection before it is said that the store cannot be reached.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);
/// A connection that nobody used for so long is tried before it is given out.
const TRIED_AFTER: Duration = Duration::from_secs(1);

/// A transaction of many commands takes its locks in the order in which the commands came, so that two may wait for each
/// other. Sooner than the server finds that out it gives way, and each command is tried alone; alone they all take their
/// locks in one order.
///
/// Who was stopped in the middle of a transaction holds its locks; then the server takes it back, before a lease runs out.
const GIVE_WAY: &str = "SET lock_timeout = '200ms'; SET idle_in_transaction_session_timeout = '10s'";

/// Whoever changes this row changes tables; others wait until that is committed.
const CHANGING: &str = "CREATE TABLE IF NOT EXISTS changing (bucket BIGINT NOT NULL, PRIMARY KEY (bucket))";
const TURN: &str = "INSERT INTO changing (bucket) VALUES (0) ON CONFLICT (bucket) DO UPDATE SET bucket = 0";

/// How many connections a process holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PoolSize {
    /// That write, each with transactions of its own; commands of one bucket always go to the same.
    pub writers: u32,
    /// That read.
    pub readers: u32,
}

impl Default for PoolSize {
    fn default() -> Self {
        Self { writers: 4, readers: 8 }
    }
}

/// Opens a store on a PostgreSQL server, that several processes may share.
#[derive(Clone, Copy, Debug)]
pub struct Postgres;

impl Postgres {
    /// Connects to `postgres://user:password@host/database`, brings the tables up to date, and starts the tasks that write.
    /// Processes that start at the same time wait for each other.
    pub async fn open(url: &str, size: PoolSize) -> Result<SqlStore> {
        let options: PgConnectOptions = url.parse().map_err(|error: sqlx::Error| {
            // Without what the driver says, which may repeat the password.
            tracing::debug!(db.error = %error, "a wrong address of a database");
            Error::Database("the address of the database is not postgres://user:password@host/database".to_owned())
        })?;
        let options =
            options.application_name("klantreis").statement_cache_capacity(STATEMENTS_MAX).disable_statement_logging();
        migrated(&options).await?;
        let writers = size.writers.max(1);
        let pool: PgPool = PgPoolOptions::new()
            .max_connections(writers + size.readers.max(1))
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .test_before_acquire(false)
            .after_connect(|connection, _| Box::pin(async move { connection.execute(GIVE_WAY).await.map(|_| ()) }))
            .before_acquire(|connection, about| {
                Box::pin(async move {
                    if about.idle_for > TRIED_AFTER {
                        connection.ping().await?;
                    }
                    Ok(true)
                })
            })
            .connect_lazy_with(options);
        let server = Connections::Server(pool);
        SqlStore::start(server.clone(), writers as usize, server).await
    }
}

/// Brings the tables up to date while others wait for a row.
async fn migrated(options: &PgConnectOptions) -> Result<()> {
    let mut turn = options.connect().await.map_err(failure)?;
    if let Err(error) = sqlx::query(CHANGING).execute(&mut turn).await {
        // Two that make it at once: one of them does.
        tracing::debug!(db.error = %error, "another process makes the tables");
    }
    let mut waiting = turn.begin().await.map_err(failure)?;
    sqlx::query(TURN).execute(&mut *waiting).await.map_err(failure)?;
    let mut connection = options.connect().await.map_err(failure)?;
    migrate(&mut connection).await?;
    waiting.commit().await.map_err(failure)?;
    connection.close().await.map_err(failure)?;
    turn.close().await.map_err(failure)
}
