use std::borrow::Cow;

use jiff::Timestamp;
use serde::Serialize;
use sqlx::{
    Arguments, AssertSqlSafe, Encode, SqliteConnection, Type,
    sqlite::{SqliteArguments, SqliteRow},
};
use uuid::Uuid;
use words::{Bucket, OrganisationId};

use super::failure;
use crate::{Error, Paging, Result};

/// A statement with its values, in order.
pub(super) struct Sql {
    text: Cow<'static, str>,
    values: SqliteArguments,
    failed: Option<Error>,
}

/// A statement to be given values.
pub(super) fn sql(text: impl Into<Cow<'static, str>>) -> Sql {
    Sql { text: text.into(), values: SqliteArguments::default(), failed: None }
}

impl Sql {
    fn value<'t, T: Encode<'t, sqlx::Sqlite> + Type<sqlx::Sqlite>>(mut self, value: T) -> Self {
        if let Err(error) = self.values.add(value) {
            self.failed = Some(Error::Database(error.to_string()));
        }
        self
    }

    /// The two that lead every key.
    pub(super) fn place(self, bucket: Bucket, organisation: &OrganisationId) -> Self {
        self.int(i64::from(bucket.number())).text(organisation.as_str())
    }

    pub(super) fn text(self, text: &str) -> Self {
        self.value(text)
    }

    pub(super) fn text_if(self, text: Option<&str>) -> Self {
        self.value(text)
    }

    pub(super) fn int(self, number: i64) -> Self {
        self.value(number)
    }

    pub(super) fn int_if(self, number: Option<i64>) -> Self {
        self.value(number)
    }

    /// A count or a number given by the store; these stay below 2^63.
    pub(super) fn count(self, number: u64) -> Self {
        self.value(i64::try_from(number).unwrap_or(i64::MAX))
    }

    /// LIMIT and OFFSET, in that order.
    pub(super) fn paged(self, paging: Paging) -> Self {
        self.int(paging.rows().into()).int(paging.offset.into())
    }

    pub(super) fn real_if(self, number: Option<f64>) -> Self {
        self.value(number)
    }

    pub(super) fn time(self, time: Timestamp) -> Self {
        self.value(time.as_microsecond())
    }

    pub(super) fn time_if(self, time: Option<Timestamp>) -> Self {
        self.value(time.map(Timestamp::as_microsecond))
    }

    pub(super) fn id(self, id: Uuid) -> Self {
        self.value(id.as_bytes().to_vec())
    }

    pub(super) fn id_if(self, id: Option<Uuid>) -> Self {
        self.value(id.map(|id| id.as_bytes().to_vec()))
    }

    pub(super) fn bytes(self, bytes: &[u8]) -> Self {
        self.value(bytes.to_vec())
    }

    pub(super) fn bytes_if(self, bytes: Option<&[u8]>) -> Self {
        self.value(bytes.map(<[u8]>::to_vec))
    }

    pub(super) fn json(mut self, value: &impl Serialize) -> Self {
        match serde_json::to_string(value) {
            Ok(text) => self.value(text),
            Err(error) => {
                self.failed = Some(Error::Database(error.to_string()));
                self
            }
        }
    }

    pub(super) fn json_if(self, value: Option<&impl Serialize>) -> Self {
        match value {
            Some(value) => self.json(value),
            None => self.value(None::<String>),
        }
    }

    fn query(self) -> Result<sqlx::query::Query<'static, sqlx::Sqlite, SqliteArguments>> {
        let Self { text, values, failed } = self;
        match failed {
            Some(error) => Err(error),
            // Every text is put together in this module from constants; values are always bound.
            None => Ok(sqlx::query_with(AssertSqlSafe(text), values)),
        }
    }

    /// Performs it; rows changed.
    pub(super) async fn run(self, conn: &mut SqliteConnection) -> Result<u64> {
        let done = self.query()?.execute(conn).await.map_err(failure::of)?;
        Ok(done.rows_affected())
    }

    pub(super) async fn rows(self, conn: &mut SqliteConnection) -> Result<Vec<SqliteRow>> {
        self.query()?.fetch_all(conn).await.map_err(failure::of)
    }

    pub(super) async fn row(self, conn: &mut SqliteConnection) -> Result<Option<SqliteRow>> {
        self.query()?.fetch_optional(conn).await.map_err(failure::of)
    }

    /// A single number, such as a count; 0 when there is no row.
    pub(super) async fn number(self, conn: &mut SqliteConnection) -> Result<u64> {
        use sqlx::Row;
        let row = self.row(conn).await?;
        let number: Option<i64> = match row {
            Some(row) => row.try_get(0).map_err(failure::of)?,
            None => None,
        };
        Ok(number.and_then(|number| u64::try_from(number).ok()).unwrap_or(0))
    }

    /// A single moment, such as the earliest of several; `None` when there is none.
    pub(super) async fn moment(self, conn: &mut SqliteConnection) -> Result<Option<Timestamp>> {
        use sqlx::Row;
        let Some(row) = self.row(conn).await? else { return Ok(None) };
        let moment: Option<i64> = row.try_get(0).map_err(failure::of)?;
        Ok(moment.and_then(|moment| Timestamp::from_microsecond(moment).ok()))
    }
}
