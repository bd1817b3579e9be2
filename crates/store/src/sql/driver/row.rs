use sqlx::{Column, Decode, Row as _, Type, TypeInfo, postgres::PgRow, sqlite::SqliteRow};

use super::{Value, failure};
use crate::{Error, Result};

/// A row of either database.
pub(in super::super) enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

/// What both databases read in the same way.
pub(in super::super) trait Get<'r>:
    Decode<'r, sqlx::Sqlite> + Type<sqlx::Sqlite> + Decode<'r, sqlx::Postgres> + Type<sqlx::Postgres>
{
}

impl<'r, T> Get<'r> for T where
    T: Decode<'r, sqlx::Sqlite> + Type<sqlx::Sqlite> + Decode<'r, sqlx::Postgres> + Type<sqlx::Postgres>
{
}

impl Row {
    pub(in super::super) fn get<'r, T: Get<'r>>(&'r self, column: &str) -> Result<T> {
        match self {
            Self::Sqlite(row) => row.try_get(column),
            Self::Postgres(row) => row.try_get(column),
        }
        .map_err(failure)
    }

    /// The first column.
    pub(in super::super) fn first<'r, T: Get<'r>>(&'r self) -> Result<T> {
        match self {
            Self::Sqlite(row) => row.try_get(0),
            Self::Postgres(row) => row.try_get(0),
        }
        .map_err(failure)
    }

    /// Names of the columns, in order.
    pub(in super::super) fn columns(&self) -> Vec<&str> {
        match self {
            Self::Sqlite(row) => row.columns().iter().map(Column::name).collect(),
            Self::Postgres(row) => row.columns().iter().map(Column::name).collect(),
        }
    }

    /// Every column as a value, to be written elsewhere.
    pub(in super::super) fn values(&self) -> Result<Vec<Value>> {
        let kinds: Vec<&str> = match self {
            Self::Sqlite(row) => row.columns().iter().map(|column| column.type_info().name()).collect(),
            Self::Postgres(row) => row.columns().iter().map(|column| column.type_info().name()).collect(),
        };
        let named = self.columns().into_iter().zip(kinds);
        named.map(|(column, kind)| self.value(column, kind)).collect()
    }

    fn value(&self, column: &str, kind: &str) -> Result<Value> {
        Ok(match kind {
            "INTEGER" | "INT8" => Value::Int(self.get(column)?),
            "TEXT" => Value::Text(self.get(column)?),
            "BLOB" | "BYTEA" => Value::Bytes(self.get(column)?),
            "REAL" | "FLOAT8" => Value::Real(self.get(column)?),
            other => return Err(Error::Unreadable { what: "column", detail: format!("{column} is a {other}") }),
        })
    }
}
