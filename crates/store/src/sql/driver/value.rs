use sqlx::{Arguments, Database, error::BoxDynError};

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
}

/// A database that takes these values.
pub(super) trait Takes: Database {
    fn add(arguments: &mut Self::Arguments, value: Value) -> Result<(), BoxDynError>;
}

impl Takes for sqlx::Sqlite {
    fn add(arguments: &mut Self::Arguments, value: Value) -> Result<(), BoxDynError> {
        match value {
            Value::Int(value) => arguments.add(value),
            Value::Text(value) => arguments.add(value),
            Value::Bytes(value) => arguments.add(value),
            Value::Real(value) => arguments.add(value),
        }
    }
}

impl Takes for sqlx::Postgres {
    fn add(arguments: &mut Self::Arguments, value: Value) -> Result<(), BoxDynError> {
        match value {
            Value::Int(value) => arguments.add(value),
            Value::Text(value) => arguments.add(value.map(without_zero)),
            Value::Bytes(value) => arguments.add(value),
            Value::Real(value) => arguments.add(value),
        }
    }
}

/// PostgreSQL keeps every sign but zero; its picture stands for it, so that no event is refused for a sign nobody sees.
fn without_zero(text: String) -> String {
    if text.contains('\0') { text.replace('\0', "\u{2400}") } else { text }
}
