//! Tables as lines of text, from either kind of database.

use rusqlite::OpenFlags;
use sqlx::{AssertSqlSafe, Connection, PgConnection, Row};

use crate::database::Trouble;

/// Kinds of columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Text or a number.
    Plain,
    /// Bytes; read in hexadecimal.
    Bytes,
}

/// A table and the columns that are read of it.
pub(crate) type Table = (&'static str, &'static [(&'static str, Kind)]);

/// One row, column by column.
pub(crate) type Line = Vec<Option<String>>;

/// From where.
pub(crate) enum Source {
    File(rusqlite::Connection),
    Server(PgConnection),
}

impl Source {
    pub(crate) async fn open(address: &str) -> Result<Self, Trouble> {
        if address.starts_with("postgres://") || address.starts_with("postgresql://") {
            return Ok(Self::Server(PgConnection::connect(address).await?));
        }
        Ok(Self::File(rusqlite::Connection::open_with_flags(address, OpenFlags::SQLITE_OPEN_READ_ONLY)?))
    }

    /// Everything from here on is read as it is at one moment.
    pub(crate) async fn hold_still(&mut self) -> Result<(), Trouble> {
        match self {
            Self::File(file) => file.execute_batch("BEGIN")?,
            Self::Server(server) => {
                let begin = "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY";
                sqlx::raw_sql(begin).execute(server).await?;
            }
        }
        Ok(())
    }

    pub(crate) async fn lines(&mut self, (table, columns): Table) -> Result<Vec<Line>, Trouble> {
        let column = |(name, kind): &(&str, Kind)| match (kind, matches!(self, Self::File(_))) {
            (Kind::Plain, _) => format!("CAST({name} AS TEXT)"),
            (Kind::Bytes, true) => format!("CASE WHEN {name} IS NOT NULL THEN lower(hex({name})) END"),
            (Kind::Bytes, false) => format!("encode({name}, 'hex')"),
        };
        let chosen: Vec<String> = columns.iter().map(column).collect();
        let statement = format!("SELECT {} FROM {table}", chosen.join(", "));
        match self {
            Self::File(file) => {
                let mut statement = file.prepare(&statement)?;
                let read = |row: &rusqlite::Row<'_>| (0..columns.len()).map(|place| row.get(place)).collect();
                let lines = statement.query_map([], read)?.collect::<Result<_, _>>()?;
                Ok(lines)
            }
            Self::Server(server) => {
                let rows = sqlx::query(AssertSqlSafe(statement)).fetch_all(server).await?;
                let read = |row: &sqlx::postgres::PgRow| (0..columns.len()).map(|place| row.try_get(place)).collect();
                Ok(rows.iter().map(read).collect::<Result<_, _>>()?)
            }
        }
    }
}
