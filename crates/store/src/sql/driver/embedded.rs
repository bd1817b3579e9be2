//! SQLite, asked on the thread that wants to know: nobody is woken for an answer.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use rusqlite::{Connection, OpenFlags, Statement, types::ValueRef};
use tokio::{
    runtime::{Handle, RuntimeFlavor},
    sync::{OwnedSemaphorePermit, Semaphore},
};

use super::{
    Value,
    failure::of_embedded as failure,
    row::{Columns, Row},
};
use crate::{Error, Result};

/// How long a connection waits for another process (a backup) before it gives up.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// Prepared statements that a connection keeps.
const STATEMENTS_MAX: usize = 512;

/// One connection.
pub(in super::super) struct Embedded(Connection);

/// How to open a file; `None`: in memory.
#[derive(Clone, Debug)]
pub(in super::super) struct Opening {
    pub(in super::super) path: Option<PathBuf>,
    pub(in super::super) creates: bool,
    /// Names and values.
    pub(in super::super) pragmas: Vec<(&'static str, String)>,
}

impl Opening {
    pub(in super::super) fn open(&self) -> Result<Embedded> {
        let conn = match &self.path {
            Some(path) => opened(path, self.creates),
            None => Connection::open_in_memory(),
        };
        let conn = conn.map_err(failure)?;
        conn.busy_timeout(BUSY_TIMEOUT).map_err(failure)?;
        conn.set_prepared_statement_cache_capacity(STATEMENTS_MAX);
        for (name, value) in &self.pragmas {
            conn.pragma_update(None, name, value).map_err(failure)?;
        }
        Ok(Embedded(conn))
    }
}

fn opened(path: &Path, creates: bool) -> rusqlite::Result<Connection> {
    let create = if creates { OpenFlags::SQLITE_OPEN_CREATE } else { OpenFlags::empty() };
    Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | create)
}

impl Embedded {
    /// Performs a statement; rows changed.
    pub(in super::super) fn run(&mut self, text: &str, values: &[Value]) -> Result<u64> {
        let mut statement = self.0.prepare_cached(text).map_err(failure)?;
        bind(&mut statement, values)?;
        let changed = statement.raw_execute().map_err(failure)?;
        Ok(changed as u64)
    }

    pub(in super::super) fn rows(&mut self, text: &str, values: &[Value]) -> Result<Vec<Row>> {
        let mut rows = Vec::new();
        let mut statement = self.0.prepare_cached(text).map_err(failure)?;
        bind(&mut statement, values)?;
        collect(&mut statement, &mut None, usize::MAX, &mut rows)?;
        Ok(rows)
    }

    /// The first row.
    pub(in super::super) fn row(&mut self, text: &str, values: &[Value]) -> Result<Option<Row>> {
        let mut rows = Vec::new();
        let mut statement = self.0.prepare_cached(text).map_err(failure)?;
        bind(&mut statement, values)?;
        collect(&mut statement, &mut None, 1, &mut rows)?;
        Ok(rows.pop())
    }

    /// Performs a statement once for every `width` values; rows changed.
    pub(in super::super) fn run_each(&mut self, text: &str, values: &[Value], width: usize) -> Result<u64> {
        let mut statement = self.0.prepare_cached(text).map_err(failure)?;
        let mut changed = 0;
        for values in values.chunks(width) {
            bind_in_order(&mut statement, values)?;
            changed += statement.raw_execute().map_err(failure)? as u64;
        }
        Ok(changed)
    }

    /// The same; gives what comes back.
    pub(in super::super) fn rows_each(&mut self, text: &str, values: &[Value], width: usize) -> Result<Vec<Row>> {
        let mut statement = self.0.prepare_cached(text).map_err(failure)?;
        let (mut columns, mut rows) = (None, Vec::new());
        for values in values.chunks(width) {
            bind_in_order(&mut statement, values)?;
            collect(&mut statement, &mut columns, usize::MAX, &mut rows)?;
        }
        Ok(rows)
    }

    /// Several statements without values.
    pub(in super::super) fn batch(&mut self, text: &str) -> Result<()> {
        self.0.execute_batch(text).map_err(failure)
    }
}

/// SQLite counts places in the order in which they first stand in the text; ours say themselves which value they are for.
fn bind(statement: &mut Statement<'_>, values: &[Value]) -> Result<()> {
    for place in 1..=statement.parameter_count() {
        let said = statement.parameter_name(place).and_then(|name| name.get(1..)?.parse().ok());
        let number: usize = said.unwrap_or(place).max(1);
        let value = values.get(number - 1).ok_or_else(|| Error::Database(format!("no value {number}")))?;
        statement.raw_bind_parameter(place, value).map_err(failure)?;
    }
    Ok(())
}

/// Values for a statement whose places have no numbers.
fn bind_in_order(statement: &mut Statement<'_>, values: &[Value]) -> Result<()> {
    for (place, value) in (1..).zip(values) {
        statement.raw_bind_parameter(place, value).map_err(failure)?;
    }
    Ok(())
}

/// Performs it and adds what it gives, up to so many rows. What its columns are is looked up at the first row: most that
/// write give none.
fn collect(
    statement: &mut Statement<'_>,
    known: &mut Option<Arc<Columns>>,
    limit: usize,
    rows: &mut Vec<Row>,
) -> Result<()> {
    let mut found = statement.raw_query();
    while rows.len() < limit
        && let Some(row) = found.next().map_err(failure)?
    {
        let columns = known.get_or_insert_with(|| Arc::new(columns(row.as_ref()))).clone();
        let value = |place: usize| {
            let value = row.get_ref(place).map_err(failure)?;
            read(value, &columns.empty[place])
        };
        let values = (0..columns.names.len()).map(value).collect::<Result<_>>()?;
        rows.push(Row::Embedded { columns, values });
    }
    Ok(())
}

fn columns(statement: &Statement<'_>) -> Columns {
    let columns = statement.columns();
    let empty = columns.iter().map(|column| match column.decl_type() {
        Some("TEXT") => Value::Text(None),
        Some("BLOB") => Value::Bytes(None),
        Some("REAL") => Value::Real(None),
        _ => Value::Int(None),
    });
    Columns { empty: empty.collect(), names: columns.iter().map(|column| column.name().to_owned()).collect() }
}

fn read(value: ValueRef<'_>, empty: &Value) -> Result<Value> {
    Ok(match value {
        ValueRef::Null => empty.clone(),
        ValueRef::Integer(number) => Value::Int(Some(number)),
        ValueRef::Real(number) => Value::Real(Some(number)),
        ValueRef::Text(text) => {
            let text = std::str::from_utf8(text);
            let text = text.map_err(|error| Error::Unreadable { what: "column", detail: error.to_string() })?;
            Value::Text(Some(text.to_owned()))
        }
        ValueRef::Blob(bytes) => Value::Bytes(Some(bytes.to_vec())),
    })
}

/// Connections that only read a file. Each is opened when it is first wanted.
pub(in super::super) struct Readers {
    opening: Opening,
    free: Mutex<Vec<Embedded>>,
    places: Arc<Semaphore>,
}

impl Readers {
    pub(in super::super) fn new(opening: Opening, count: usize) -> Self {
        Self { opening, free: Mutex::default(), places: Arc::new(Semaphore::new(count)) }
    }

    pub(super) async fn get(self: &Arc<Self>) -> Result<Lent> {
        let closed = |_| Error::Unavailable("the store is closed".to_owned());
        let place = self.places.clone().acquire_owned().await.map_err(closed)?;
        let free = self.free().pop();
        let conn = match free {
            Some(conn) => conn,
            None => self.opening.open()?,
        };
        Ok(Lent { conn: Some(conn), readers: self.clone(), _place: place })
    }

    pub(super) fn close(&self) {
        self.places.close();
        self.free().clear();
    }

    fn free(&self) -> std::sync::MutexGuard<'_, Vec<Embedded>> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection that reads, until it is dropped.
pub(in super::super) struct Lent {
    conn: Option<Embedded>,
    readers: Arc<Readers>,
    _place: OwnedSemaphorePermit,
}

impl Lent {
    /// Asks while other tasks of this thread go on elsewhere: a page may ask for much.
    pub(super) fn ask<T>(&mut self, ask: impl FnOnce(&mut Embedded) -> Result<T>) -> Result<T> {
        let gone = || Error::Unavailable("the connection was given back".to_owned());
        let conn = self.conn.as_mut().ok_or_else(gone)?;
        match Handle::try_current().map(|handle| handle.runtime_flavor()) {
            Ok(RuntimeFlavor::MultiThread) => tokio::task::block_in_place(|| ask(conn)),
            _ => ask(conn),
        }
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        // One in the middle of a transaction goes: nobody will end it.
        if let Some(conn) = self.conn.take().filter(|conn| conn.0.is_autocommit())
            && !self.readers.places.is_closed()
        {
            self.readers.free().push(conn);
        }
    }
}
