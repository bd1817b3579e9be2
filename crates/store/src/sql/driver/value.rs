use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};
use sqlx::{Arguments, error::BoxDynError, postgres::PgArguments};

use crate::{Error, Result};

/// What columns hold. A missing value knows its kind too.
#[derive(Clone, Debug, PartialEq)]
pub(in super::super) enum Value {
    /// Numbers, counts, flags, and moments in microseconds.
    Int(Option<i64>),
    /// Text, days, and JSON.
    Text(Option<String>),
    /// Ids and hashes.
    Bytes(Option<Vec<u8>>),
    /// Measured numbers.
    Real(Option<f64>),
    /// One column of many rows, for a server.
    List(List),
}

/// A column of many rows.
#[derive(Clone, Debug, PartialEq)]
pub(in super::super) enum List {
    Ints(Vec<Option<i64>>),
    Texts(Vec<Option<String>>),
    Bytes(Vec<Option<Vec<u8>>>),
    Reals(Vec<Option<f64>>),
}

impl List {
    /// As PostgreSQL calls it.
    pub(in super::super) const fn kind(&self) -> &'static str {
        match self {
            Self::Ints(_) => "bigint[]",
            Self::Texts(_) => "text[]",
            Self::Bytes(_) => "bytea[]",
            Self::Reals(_) => "double precision[]",
        }
    }

    fn begin(value: &Value, rows: usize) -> Self {
        match value {
            Value::Text(_) => Self::Texts(Vec::with_capacity(rows)),
            Value::Bytes(_) => Self::Bytes(Vec::with_capacity(rows)),
            Value::Real(_) => Self::Reals(Vec::with_capacity(rows)),
            Value::Int(_) | Value::List(_) => Self::Ints(Vec::with_capacity(rows)),
        }
    }

    fn push(&mut self, value: Value) -> Result<()> {
        match (self, value) {
            (Self::Ints(list), Value::Int(value)) => list.push(value),
            (Self::Texts(list), Value::Text(value)) => list.push(value.map(without_zero)),
            (Self::Bytes(list), Value::Bytes(value)) => list.push(value),
            (Self::Reals(list), Value::Real(value)) => list.push(value),
            (list, value) => return Err(Error::Database(format!("{value:?} in a column of {}", list.kind()))),
        }
        Ok(())
    }
}

/// Rows as columns.
pub(in super::super) fn lists(rows: Vec<Vec<Value>>) -> Result<Vec<List>> {
    let count = rows.len();
    let mut lists: Vec<List> = rows.iter().take(1).flatten().map(|value| List::begin(value, count)).collect();
    for row in rows {
        for (list, value) in lists.iter_mut().zip(row) {
            list.push(value)?;
        }
    }
    Ok(lists)
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let value = match self {
            Self::Int(value) => value.map(ValueRef::Integer),
            Self::Text(value) => value.as_ref().map(|text| ValueRef::Text(text.as_bytes())),
            Self::Bytes(value) => value.as_deref().map(ValueRef::Blob),
            Self::Real(value) => value.map(ValueRef::Real),
            Self::List(list) => {
                let odd = format!("a {} is no value of SQLite", list.kind());
                return Err(rusqlite::Error::ToSqlConversionFailure(odd.into()));
            }
        };
        Ok(ToSqlOutput::Borrowed(value.unwrap_or(ValueRef::Null)))
    }
}

/// Adds a value for a server.
pub(super) fn add(arguments: &mut PgArguments, value: Value) -> std::result::Result<(), BoxDynError> {
    match value {
        Value::Int(value) => arguments.add(value),
        Value::Text(value) => arguments.add(value.map(without_zero)),
        Value::Bytes(value) => arguments.add(value),
        Value::Real(value) => arguments.add(value),
        Value::List(List::Ints(list)) => arguments.add(list),
        Value::List(List::Texts(list)) => arguments.add(list),
        Value::List(List::Bytes(list)) => arguments.add(list),
        Value::List(List::Reals(list)) => arguments.add(list),
    }
}

/// PostgreSQL keeps every sign but zero; its picture stands for it, so that no event is refused for a sign nobody sees.
fn without_zero(text: String) -> String {
    if text.contains('\0') { text.replace('\0', "\u{2400}") } else { text }
}
