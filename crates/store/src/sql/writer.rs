use std::{
    pin::Pin,
    sync::{Arc, atomic::AtomicU64},
};

use tokio::{
    runtime::Handle,
    sync::{mpsc, oneshot},
};

use super::{
    driver::{Conn, Connections},
    leases::Held,
    numbers::Numbers,
};
use crate::{
    Error, Result,
    meter::{self, NUMBERS, SECONDS, Timer},
};

/// Commands that one transaction takes at most.
const COMMANDS_MAX: usize = 256;
/// Rows after which a transaction is committed though more commands wait, so that nobody waits long for a commit.
const ROWS_MAX: usize = 4_096;
/// Commands that may wait; further callers wait for a place.
const QUEUE_MAX: usize = 1_024;
/// How often a command is tried when others write the same at the same time.
const TRIES_MAX: u32 = 8;

pub(super) type Work<'c, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'c>>;

/// What somebody asked to be written. May be performed more than once, each time from the beginning.
trait Command: Send {
    fn rows(&self) -> usize;
    /// The lease under which it is to be written.
    fn held(&self) -> Option<Held>;
    fn perform<'c>(&'c mut self, conn: &'c mut Conn, numbers: &'c Numbers) -> Work<'c, ()>;
    /// Tells the caller, once it is known whether the commit succeeded.
    fn answer(self: Box<Self>, outcome: Result<()>);
}

struct Asked<T, D, F> {
    rows: usize,
    held: Option<Held>,
    data: D,
    work: F,
    done: Option<T>,
    tell: oneshot::Sender<Result<T>>,
}

impl<T, D, F> Command for Asked<T, D, F>
where
    T: Send,
    D: Send + Sync + 'static,
    F: for<'c> Fn(&'c mut Conn, &'c Numbers, &'c D) -> Work<'c, T> + Send,
{
    fn rows(&self) -> usize {
        self.rows
    }

    fn held(&self) -> Option<Held> {
        self.held
    }

    fn perform<'c>(&'c mut self, conn: &'c mut Conn, numbers: &'c Numbers) -> Work<'c, ()> {
        let Self { data, work, done, .. } = self;
        let work = work(conn, numbers, data);
        Box::pin(async move {
            *done = Some(work.await?);
            Ok(())
        })
    }

    fn answer(self: Box<Self>, outcome: Result<()>) {
        let Self { done, tell, .. } = *self;
        // The caller may be gone; what was asked is done all the same.
        let _ = tell.send(outcome.and_then(|()| done.ok_or_else(stopped)));
    }
}

type Group = Vec<Box<dyn Command>>;

/// One that writes: a task that takes the commands of many callers into one transaction (group commit). A command that
/// fails takes back only itself. A caller that goes away does not take its command with it.
#[derive(Clone)]
pub(super) struct Writer {
    queue: mpsc::Sender<Box<dyn Command>>,
}

fn stopped() -> Error {
    Error::Unavailable("nothing could be written".to_owned())
}

impl Writer {
    /// Starts the task. It ends, and the connection closes, when the last handle is gone.
    pub(super) async fn start(connections: Connections, arrivals: Arc<AtomicU64>) -> Result<Self> {
        let (queue, commands) = mpsc::channel(QUEUE_MAX);
        let mut task = Task { connections, arrivals, held: None, numbers: None };
        // Whoever opens a store knows at once whether it can be written.
        let conn = task.connected().await?;
        task.put_down(conn);
        if task.connections.is_embedded() {
            // It waits for the disk, which must not keep a thread from what others do.
            let runtime = Handle::current();
            let thread = std::thread::Builder::new().name("store-writer".to_owned());
            let thread = thread.spawn(move || runtime.block_on(task.serve(commands)));
            thread.map_err(|error| Error::Unavailable(error.to_string()))?;
        } else {
            tokio::spawn(task.serve(commands));
        }
        Ok(Self { queue })
    }

    /// Performs work within a transaction; the answer comes after the commit. `rows`: about how many it writes. `held`: only
    /// as long as that lease is not taken over.
    pub(super) async fn write<T, D, F>(&self, rows: usize, held: Option<Held>, data: D, work: F) -> Result<T>
    where
        T: Send + 'static,
        D: Send + Sync + 'static,
        F: for<'c> Fn(&'c mut Conn, &'c Numbers, &'c D) -> Work<'c, T> + Send + 'static,
    {
        let (tell, told) = oneshot::channel();
        let asked = Asked { rows, held, data, work, done: None, tell };
        self.queue.send(Box::new(asked)).await.map_err(|_| stopped())?;
        told.await.map_err(|_| stopped())?
    }
}

struct Task {
    connections: Connections,
    arrivals: Arc<AtomicU64>,
    held: Option<Conn>,
    numbers: Option<Numbers>,
}

impl Task {
    async fn serve(mut self, mut commands: mpsc::Receiver<Box<dyn Command>>) {
        while let Some(first) = commands.recv().await {
            let mut group = vec![first];
            let mut outcome = self.transaction(&mut group, Some(&mut commands)).await;
            if outcome.is_err() && self.numbers.as_ref().is_some_and(Numbers::is_given_back) {
                // Before anything was performed; it goes on with other numbers.
                outcome = self.transaction(&mut group, Some(&mut commands)).await;
            }
            match outcome {
                // Nothing can be written now, or nobody knows whether it was: the callers decide.
                Ok(()) | Err(Error::Unavailable(_)) => answer(group, &outcome),
                Err(_) => {
                    for command in group {
                        self.alone(command).await;
                    }
                }
            }
        }
        self.end().await;
    }

    /// The last handle is gone.
    async fn end(&mut self) {
        let conn = match self.held.take() {
            Some(conn) => Ok(conn),
            None => self.connections.get().await,
        };
        if let (Ok(mut conn), Some(numbers)) = (conn, &self.numbers)
            && let Err(error) = numbers.give_back(&mut conn).await
        {
            tracing::debug!(db.error = %error, "a block of numbers stays open");
        }
    }

    /// A command that others must not suffer from, until it is done or fails by itself.
    async fn alone(&mut self, command: Box<dyn Command>) {
        let mut group = vec![command];
        let mut outcome = Ok(());
        for _ in 0..TRIES_MAX {
            outcome = self.transaction(&mut group, None).await;
            if !matches!(outcome, Err(Error::Contended(_))) {
                break;
            }
        }
        answer(group, &outcome);
    }

    /// A connection, and numbers to write with.
    async fn connected(&mut self) -> Result<Conn> {
        let mut conn = match self.held.take() {
            Some(conn) => conn,
            None => self.connections.get().await?,
        };
        if self.numbers.as_ref().is_none_or(Numbers::is_given_back) {
            self.numbers = Some(Numbers::take(&mut conn, self.arrivals.clone()).await?);
        }
        Ok(conn)
    }

    /// A connection to a server is kept; one that others read with too is given back between transactions.
    fn put_down(&mut self, conn: Conn) {
        let is_over = self.numbers.as_ref().is_some_and(Numbers::is_given_back);
        self.held = (conn.is_shared() && !is_over).then_some(conn);
    }

    /// One transaction: the first commands, and what comes behind them meanwhile.
    async fn transaction(
        &mut self,
        group: &mut Group,
        more: Option<&mut mpsc::Receiver<Box<dyn Command>>>,
    ) -> Result<()> {
        let mut conn = self.connected().await?;
        let Some(numbers) = &self.numbers else { return Err(stopped()) };
        let written = write(&mut conn, numbers, group, more).await;
        let is_performed = written.is_ok();
        let timer = Timer::start();
        let outcome = match written {
            Ok(()) => conn.commit().await,
            Err(error) => Err(error),
        };
        if outcome.is_ok() {
            meter::observe("klantreis_store_commit_seconds", &[], SECONDS, timer.seconds());
            meter::observe("klantreis_store_commands", &[], NUMBERS, group.len() as f64);
        }
        let Err(error) = &outcome else {
            self.put_down(conn);
            return outcome;
        };
        tracing::debug!(db.error = %error, db.commands = group.len(), "a transaction was taken back");
        let is_back = conn.rollback().await.is_ok();
        if conn.is_shared() && (is_performed || !is_back) {
            // What was to be committed may still come to be; numbers that follow may not stand behind those.
            self.numbers = None;
            conn.discard().await;
        } else {
            // A file may have taken it back already; then there is nothing to do.
            self.put_down(conn);
        }
        outcome
    }
}

async fn write(
    conn: &mut Conn,
    numbers: &Numbers,
    group: &mut Group,
    mut more: Option<&mut mpsc::Receiver<Box<dyn Command>>>,
) -> Result<()> {
    conn.begin().await?;
    if more.is_none() {
        conn.be_patient().await?;
    }
    if !numbers.are_own(conn).await? {
        return Err(Error::Contended("another process started".to_owned()));
    }
    let (mut performed, mut rows) = (0, 0);
    let mut looked_at = None;
    while let Some(command) = group.get_mut(performed) {
        if let Some(held) = command.held()
            && looked_at != Some(held)
        {
            // Once found it stays until the commit, for whatever comes behind.
            held.check(conn).await?;
            looked_at = Some(held);
        }
        command.perform(conn, numbers).await?;
        rows += command.rows();
        performed += 1;
        let has_room = performed < COMMANDS_MAX && rows < ROWS_MAX;
        if has_room
            && performed == group.len()
            && let Some(more) = &mut more
        {
            group.extend(more.try_recv().ok());
        }
    }
    Ok(())
}

fn answer(group: Group, outcome: &Result<()>) {
    for command in group {
        command.answer(outcome.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::super::{PoolSize, Postgres, numbers, sql::sql};
    use crate::{Error, Health};

    #[tokio::test]
    async fn a_lost_connection_is_replaced_and_its_numbers_are_left() {
        let Some(url) = postgres_for_tests::schema().await else { return };
        let store = Postgres::open(&url, PoolSize { writers: 1, readers: 1 }).await.expect("it opens");
        let process = "SELECT pg_backend_pid()::bigint";
        let process = store.write(None, 1, (), move |conn, _, ()| Box::pin(sql(process).number(conn)));
        let process = process.await.expect("the server's process that writes");
        let mut reader = store.reader().await.expect("a reader");
        let kill = sql("SELECT pg_terminate_backend($1::int)").count(process);
        kill.rows(&mut reader).await.expect("it is told to stop");
        drop(reader);
        let lost = loop {
            if let Err(error) = store.ready().await {
                break error;
            }
        };
        assert!(matches!(lost, Error::Unavailable(_)), "{lost:?}");
        store.ready().await.expect("it writes again");
        let blocks = numbers::blocks(&mut store.reader().await.expect("a reader")).await.expect("blocks");
        assert_eq!(blocks, numbers::Blocks { last: 2, open: vec![1, 2] }, "nobody knows what became of the first");
    }
}
