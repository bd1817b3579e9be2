//! What is read of the tables, in plain words.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::read::{Kind, Line, Source, Table};

/// Why a database cannot be judged.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// The file says no.
    #[error("the file cannot be read: {0}")]
    File(#[from] rusqlite::Error),
    /// The server says no.
    #[error("the server cannot be asked: {0}")]
    Server(#[from] sqlx::Error),
    /// A column holds something else than its table says.
    #[error("column {column} of {table} holds {value:?}")]
    Value {
        /// Of which table.
        table: &'static str,
        /// Which column.
        column: &'static str,
        /// What it holds.
        value: Option<String>,
    },
}

/// An event as it was accepted.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub(crate) organisation: String,
    pub(crate) source: String,
    pub(crate) event: String,
    pub(crate) name: String,
    pub(crate) body: Value,
    pub(crate) customer: Option<String>,
    pub(crate) state: String,
}

/// A customer.
#[derive(Clone, Debug)]
pub(crate) struct Customer {
    pub(crate) organisation: String,
    pub(crate) customer: String,
    pub(crate) revision: i64,
    pub(crate) forwards_to: Option<String>,
    pub(crate) created: i64,
    pub(crate) erased: bool,
}

/// A run.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    pub(crate) organisation: String,
    pub(crate) customer: String,
    pub(crate) run: String,
    pub(crate) journey: String,
    pub(crate) due: Option<i64>,
    /// When it heard of something for the last time; `None`: it is open.
    pub(crate) heard_until: Option<i64>,
}

/// A contact.
#[derive(Clone, Debug)]
pub(crate) struct Contact {
    pub(crate) organisation: String,
    pub(crate) customer: String,
    pub(crate) run: String,
    pub(crate) sequence: i64,
    pub(crate) journey: String,
    pub(crate) touchpoint: String,
    pub(crate) visit: i64,
    pub(crate) event: String,
}

/// Something learnt of a contact.
#[derive(Clone, Debug)]
pub(crate) struct Lesson {
    pub(crate) organisation: String,
    pub(crate) customer: String,
    pub(crate) run: String,
    pub(crate) sequence: i64,
}

/// A message.
#[derive(Clone, Debug)]
pub(crate) struct Message {
    pub(crate) organisation: String,
    pub(crate) customer: String,
    pub(crate) key: String,
    pub(crate) run: String,
    pub(crate) journey: String,
    pub(crate) class: String,
    pub(crate) state: String,
    pub(crate) moment: Option<i64>,
    pub(crate) claim_at: i64,
}

/// A task.
#[derive(Clone, Debug)]
pub(crate) struct Task {
    pub(crate) organisation: String,
    pub(crate) customer: String,
    pub(crate) key: String,
    pub(crate) run: String,
    pub(crate) state: String,
}

/// A count of a day.
#[derive(Clone, Debug)]
pub(crate) struct DayCount {
    pub(crate) organisation: String,
    pub(crate) journey: String,
    pub(crate) touchpoint: String,
    pub(crate) day: String,
    pub(crate) count: i64,
}

/// Everything that is judged, read at one moment.
#[derive(Clone, Debug, Default)]
pub struct Database {
    pub(crate) events: Vec<Event>,
    pub(crate) customers: Vec<Customer>,
    pub(crate) runs: Vec<Run>,
    pub(crate) contacts: Vec<Contact>,
    pub(crate) lessons: Vec<Lesson>,
    pub(crate) messages: Vec<Message>,
    pub(crate) tasks: Vec<Task>,
    pub(crate) day_counts: Vec<DayCount>,
    /// Journeys that are paused or have no live version: organisation and journey.
    pub(crate) resting: Vec<(String, String)>,
    /// Organisation and salt, in hexadecimal.
    pub(crate) salts: BTreeMap<String, String>,
    /// Organisation and digest to the erasure, in hexadecimal.
    pub(crate) tombstones: BTreeMap<(String, String), String>,
}

use Kind::{Bytes, Plain};

const EVENTS: Table = (
    "events",
    &[
        ("organisation", Plain),
        ("source", Plain),
        ("event", Plain),
        ("name", Plain),
        ("body", Plain),
        ("customer", Bytes),
        ("state", Plain),
    ],
);
const CUSTOMERS: Table = (
    "customers",
    &[
        ("organisation", Plain),
        ("customer", Bytes),
        ("revision", Plain),
        ("forwards_to", Bytes),
        ("created", Plain),
        ("erased", Plain),
    ],
);
const RUNS: Table = (
    "runs",
    &[
        ("organisation", Plain),
        ("customer", Bytes),
        ("run", Bytes),
        ("journey", Plain),
        ("due", Plain),
        ("listens_until", Plain),
    ],
);
const CONTACTS: Table = (
    "contacts",
    &[
        ("organisation", Plain),
        ("customer", Bytes),
        ("run", Bytes),
        ("sequence", Plain),
        ("journey", Plain),
        ("touchpoint", Plain),
        ("visit", Plain),
        ("event", Plain),
    ],
);
const LEARNT: Table = ("learnt", &[("organisation", Plain), ("customer", Bytes), ("run", Bytes), ("sequence", Plain)]);
const OUTBOX: Table = (
    "outbox",
    &[
        ("organisation", Plain),
        ("customer", Bytes),
        ("key", Plain),
        ("run", Bytes),
        ("journey", Plain),
        ("send", Plain),
        ("state", Plain),
        ("moment", Plain),
        ("claim_at", Plain),
    ],
);
const TASKS: Table =
    ("tasks", &[("organisation", Plain), ("customer", Bytes), ("key", Plain), ("run", Bytes), ("state", Plain)]);
const DAY_COUNTS: Table = (
    "day_counts",
    &[("organisation", Plain), ("journey", Plain), ("touchpoint", Plain), ("day", Plain), ("count", Plain)],
);
const JOURNEYS: Table =
    ("journeys", &[("organisation", Plain), ("journey", Plain), ("live", Plain), ("paused", Plain)]);
const SALTS: Table = ("salts", &[("organisation", Plain), ("salt", Bytes)]);
const TOMBSTONES: Table = ("tombstones", &[("organisation", Plain), ("digest", Bytes), ("erasure", Bytes)]);

/// The columns of one line, in the order of its table.
struct Columns {
    table: Table,
    line: std::vec::IntoIter<Option<String>>,
    next: usize,
}

impl Columns {
    fn maybe(&mut self) -> Option<String> {
        self.next += 1;
        self.line.next().flatten()
    }

    fn wrong(&self, value: Option<String>) -> Trouble {
        Trouble::Value { table: self.table.0, column: self.table.1[self.next - 1].0, value }
    }

    fn text(&mut self) -> Result<String, Trouble> {
        self.maybe().ok_or_else(|| self.wrong(None))
    }

    fn maybe_number(&mut self) -> Result<Option<i64>, Trouble> {
        let Some(text) = self.maybe() else { return Ok(None) };
        text.parse().map(Some).map_err(|_| self.wrong(Some(text)))
    }

    fn number(&mut self) -> Result<i64, Trouble> {
        self.maybe_number()?.ok_or_else(|| self.wrong(None))
    }

    fn json(&mut self) -> Result<Value, Trouble> {
        let text = self.text()?;
        serde_json::from_str(&text).map_err(|_| self.wrong(Some(text)))
    }
}

async fn all<T>(
    source: &mut Source,
    table: Table,
    read: impl Fn(&mut Columns) -> Result<T, Trouble>,
) -> Result<Vec<T>, Trouble> {
    let lines: Vec<Line> = source.lines(table).await?;
    lines.into_iter().map(|line| read(&mut Columns { table, line: line.into_iter(), next: 0 })).collect()
}

impl Database {
    /// Reads a SQLite file by its path, or a PostgreSQL by its address (`postgres://…`).
    pub async fn read(address: &str) -> Result<Self, Trouble> {
        let mut source = Source::open(address).await?;
        source.hold_still().await?;
        let source = &mut source;
        let journeys =
            all(source, JOURNEYS, |row| Ok(((row.text()?, row.text()?), row.maybe().is_none() | (row.number()? != 0))));
        let resting = journeys.await?.into_iter().filter_map(|(journey, rests)| rests.then_some(journey)).collect();
        let salts = all(source, SALTS, |row| Ok((row.text()?, row.text()?))).await?;
        let tombstones = all(source, TOMBSTONES, |row| Ok(((row.text()?, row.text()?), row.text()?))).await?;
        Ok(Self {
            events: all(source, EVENTS, event).await?,
            customers: all(source, CUSTOMERS, customer).await?,
            runs: all(source, RUNS, run).await?,
            contacts: all(source, CONTACTS, contact).await?,
            lessons: all(source, LEARNT, lesson).await?,
            messages: all(source, OUTBOX, message).await?,
            tasks: all(source, TASKS, task).await?,
            day_counts: all(source, DAY_COUNTS, day_count).await?,
            resting,
            salts: salts.into_iter().collect(),
            tombstones: tombstones.into_iter().collect(),
        })
    }
}

fn event(row: &mut Columns) -> Result<Event, Trouble> {
    Ok(Event {
        organisation: row.text()?,
        source: row.text()?,
        event: row.text()?,
        name: row.maybe().unwrap_or_default(),
        body: row.json()?,
        customer: row.maybe(),
        state: row.text()?,
    })
}

fn customer(row: &mut Columns) -> Result<Customer, Trouble> {
    Ok(Customer {
        organisation: row.text()?,
        customer: row.text()?,
        revision: row.number()?,
        forwards_to: row.maybe(),
        created: row.number()?,
        erased: row.number()? != 0,
    })
}

fn run(row: &mut Columns) -> Result<Run, Trouble> {
    Ok(Run {
        organisation: row.text()?,
        customer: row.text()?,
        run: row.text()?,
        journey: row.text()?,
        due: row.maybe_number()?,
        heard_until: row.maybe_number()?,
    })
}

fn contact(row: &mut Columns) -> Result<Contact, Trouble> {
    Ok(Contact {
        organisation: row.text()?,
        customer: row.text()?,
        run: row.text()?,
        sequence: row.number()?,
        journey: row.text()?,
        touchpoint: row.text()?,
        visit: row.number()?,
        event: row.text()?,
    })
}

fn lesson(row: &mut Columns) -> Result<Lesson, Trouble> {
    Ok(Lesson { organisation: row.text()?, customer: row.text()?, run: row.text()?, sequence: row.number()? })
}

fn message(row: &mut Columns) -> Result<Message, Trouble> {
    Ok(Message {
        organisation: row.text()?,
        customer: row.text()?,
        key: row.text()?,
        run: row.text()?,
        journey: row.text()?,
        class: row.json()?.get("class").and_then(Value::as_str).unwrap_or_default().to_owned(),
        state: row.text()?,
        moment: row.maybe_number()?,
        claim_at: row.number()?,
    })
}

fn task(row: &mut Columns) -> Result<Task, Trouble> {
    Ok(Task {
        organisation: row.text()?,
        customer: row.text()?,
        key: row.text()?,
        run: row.text()?,
        state: row.text()?,
    })
}

fn day_count(row: &mut Columns) -> Result<DayCount, Trouble> {
    Ok(DayCount {
        organisation: row.text()?,
        journey: row.text()?,
        touchpoint: row.text()?,
        day: row.text()?,
        count: row.number()?,
    })
}
