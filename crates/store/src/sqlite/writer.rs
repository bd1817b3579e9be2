use std::{pin::Pin, sync::Arc};

use sqlx::SqliteConnection;
use tokio::sync::{Mutex, mpsc, oneshot};

use super::sql::sql;
use crate::{Error, Result};

/// Commands that one transaction takes at most.
const COMMANDS_MAX: usize = 256;
/// Rows after which a transaction is committed though more commands wait, so that nobody waits long for a commit.
const ROWS_MAX: usize = 4_096;
/// Commands that may wait; further callers wait for a place.
const QUEUE_MAX: usize = 1_024;

pub(super) type Work<'c, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'c>>;

/// Tells the caller, once it is known whether the commit succeeded.
type Answer = Box<dyn FnOnce(Result<()>) + Send>;
type Run = Box<dyn for<'c> FnOnce(&'c mut SqliteConnection) -> Work<'c, Option<Answer>> + Send>;

struct Command {
    rows: usize,
    run: Run,
}

/// The one that writes: a task that takes the commands of many callers into one transaction (group commit). A command that
/// fails takes back only itself. A caller that goes away does not take its command with it.
#[derive(Clone)]
pub(super) struct Writer {
    queue: mpsc::Sender<Command>,
}

impl Writer {
    /// Starts the task. It ends, and the connection closes, when the last handle is gone.
    pub(super) fn start(connection: Arc<Mutex<SqliteConnection>>) -> Self {
        let (queue, commands) = mpsc::channel(QUEUE_MAX);
        tokio::spawn(serve(connection, commands));
        Self { queue }
    }

    /// Performs work within a transaction; the answer comes after the commit. `rows`: about how many it writes.
    pub(super) async fn write<T, F>(&self, rows: usize, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut SqliteConnection) -> Work<'c, T> + Send + 'static,
    {
        let (tell, told) = oneshot::channel::<Result<T>>();
        let run: Run = Box::new(move |conn| {
            Box::pin(async move {
                match work(conn).await {
                    Ok(value) => {
                        let answer: Answer = Box::new(move |committed| {
                            // The caller may be gone; what was asked is done all the same.
                            let _ = tell.send(committed.map(|()| value));
                        });
                        Ok(Some(answer))
                    }
                    Err(error) => {
                        let _ = tell.send(Err(error.clone()));
                        Err(error)
                    }
                }
            })
        });
        let stopped = || Error::Unavailable("nothing could be written".to_owned());
        let command = Command { rows, run };
        self.queue.send(command).await.map_err(|_| stopped())?;
        told.await.map_err(|_| stopped())?
    }
}

async fn serve(connection: Arc<Mutex<SqliteConnection>>, mut commands: mpsc::Receiver<Command>) {
    while let Some(first) = commands.recv().await {
        let mut conn = connection.lock().await;
        transaction(&mut conn, first, &mut commands).await;
    }
}

/// One transaction: the first command and what waits behind it.
async fn transaction(conn: &mut SqliteConnection, first: Command, commands: &mut mpsc::Receiver<Command>) {
    if let Err(error) = sql("BEGIN IMMEDIATE").run(conn).await {
        tracing::warn!(db.error = %error, "cannot begin to write");
        // Dropped unperformed: its caller is told that the store cannot be written.
        return;
    }
    let (mut answers, mut taken, mut rows) = (Vec::new(), 0, 0);
    let mut next = Some(first);
    let mut broken = None;
    while let Some(command) = next {
        taken += 1;
        rows += command.rows;
        match guarded(conn, command).await {
            Ok(answer) => answers.extend(answer),
            Err(error) => {
                broken = Some(error);
                break;
            }
        }
        let full = taken >= COMMANDS_MAX || rows >= ROWS_MAX;
        next = if full { None } else { commands.try_recv().ok() };
    }
    let outcome = match broken {
        None => sql("COMMIT").run(conn).await.map(|_| ()),
        Some(error) => Err(error),
    };
    if let Err(error) = &outcome {
        tracing::warn!(db.error = %error, db.commands = taken, "a transaction was taken back");
        // SQLite may have taken it back already; then there is nothing to do.
        let _ = sql("ROLLBACK").run(conn).await;
    }
    for answer in answers {
        answer(outcome.clone());
    }
}

/// One command between savepoints. An error here means that the whole transaction is lost; the command's own failure is not.
async fn guarded(conn: &mut SqliteConnection, command: Command) -> Result<Option<Answer>> {
    sql("SAVEPOINT command").run(conn).await?;
    let answer = match (command.run)(conn).await {
        Ok(answer) => answer,
        Err(_) => {
            sql("ROLLBACK TO command").run(conn).await?;
            None
        }
    };
    sql("RELEASE command").run(conn).await?;
    Ok(answer)
}
