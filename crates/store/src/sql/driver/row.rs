use std::sync::Arc;

use sqlx::{Column, Decode, Row as _, Type, TypeInfo, postgres::PgRow};

use super::{Value, failure};
use crate::{Error, Result};

/// A row of either database.
pub(in super::super) enum Row {
    Embedded { columns: Arc<Columns>, values: Vec<Value> },
    Server(PgRow),
}

/// What the columns of a result are, in order.
pub(in super::super) struct Columns {
    pub(super) names: Vec<String>,
    /// What stands for a missing value.
    pub(super) empty: Vec<Value>,
}

/// What both databases read in the same way.
pub(in super::super) trait Get<'r>: Sized + Decode<'r, sqlx::Postgres> + Type<sqlx::Postgres> {
    /// `None`: the value is something else.
    fn of(value: &'r Value) -> Option<Self>;
}

macro_rules! get {
    ($kind:ty, $variant:ident, $value:ident => $read:expr) => {
        impl<'r> Get<'r> for $kind {
            fn of(value: &'r Value) -> Option<Self> {
                <Option<Self> as Get<'r>>::of(value).flatten()
            }
        }

        impl<'r> Get<'r> for Option<$kind> {
            fn of(value: &'r Value) -> Option<Self> {
                match value {
                    Value::$variant(Some($value)) => Some(Some($read)),
                    Value::Int(None) | Value::Text(None) | Value::Bytes(None) | Value::Real(None) => Some(None),
                    _ => None,
                }
            }
        }
    };
}

get!(i64, Int, value => *value);
get!(f64, Real, value => *value);
get!(String, Text, value => value.clone());
get!(&'r str, Text, value => value);
get!(Vec<u8>, Bytes, value => value.clone());
get!(&'r [u8], Bytes, value => value);

impl Row {
    pub(in super::super) fn get<'r, T: Get<'r>>(&'r self, column: &str) -> Result<T> {
        match self {
            Self::Embedded { columns, values } => {
                let place = columns.names.iter().position(|name| name == column);
                let value = place.and_then(|place| values.get(place)).and_then(T::of);
                value.ok_or_else(|| unreadable(column))
            }
            Self::Server(row) => row.try_get(column).map_err(failure),
        }
    }

    /// The first column.
    pub(in super::super) fn first<'r, T: Get<'r>>(&'r self) -> Result<T> {
        match self {
            Self::Embedded { values, .. } => values.first().and_then(T::of).ok_or_else(|| unreadable("the first")),
            Self::Server(row) => row.try_get(0).map_err(failure),
        }
    }

    /// Names of the columns, in order.
    pub(in super::super) fn columns(&self) -> Vec<&str> {
        match self {
            Self::Embedded { columns, .. } => columns.names.iter().map(String::as_str).collect(),
            Self::Server(row) => row.columns().iter().map(Column::name).collect(),
        }
    }

    /// Every column as a value, to be written elsewhere.
    pub(in super::super) fn values(&self) -> Result<Vec<Value>> {
        match self {
            Self::Embedded { values, .. } => Ok(values.clone()),
            Self::Server(row) => {
                row.columns().iter().map(|column| self.value(column.name(), column.type_info().name())).collect()
            }
        }
    }

    fn value(&self, column: &str, kind: &str) -> Result<Value> {
        Ok(match kind {
            "INT8" => Value::Int(self.get(column)?),
            "TEXT" => Value::Text(self.get(column)?),
            "BYTEA" => Value::Bytes(self.get(column)?),
            "FLOAT8" => Value::Real(self.get(column)?),
            other => return Err(Error::Unreadable { what: "column", detail: format!("{column} is a {other}") }),
        })
    }
}

fn unreadable(column: &str) -> Error {
    Error::Unreadable { what: "column", detail: format!("{column} is missing or something else") }
}
