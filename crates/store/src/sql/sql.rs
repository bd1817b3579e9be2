use std::borrow::Cow;

use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;
use words::{Bucket, OrganisationId};

use super::driver::{Conn, Row, Value};
use crate::{Error, Paging, Result};

/// A statement with its values, in order.
#[derive(Clone)]
pub(super) struct Sql {
    text: Cow<'static, str>,
    values: Vec<Value>,
    bucket: Option<Bucket>,
    failed: Option<Error>,
}

/// A statement to be given values.
pub(super) fn sql(text: impl Into<Cow<'static, str>>) -> Sql {
    Sql { text: text.into(), values: Vec::new(), bucket: None, failed: None }
}

impl Sql {
    /// One more value.
    pub(super) fn value(mut self, value: Value) -> Self {
        self.values.push(value);
        self
    }

    /// The two that lead every key.
    pub(super) fn place(mut self, bucket: Bucket, organisation: &OrganisationId) -> Self {
        self.bucket.get_or_insert(bucket);
        self.int(i64::from(bucket.number())).text(organisation.as_str())
    }

    /// The first bucket that it names.
    pub(super) fn bucket(&self) -> Option<Bucket> {
        self.bucket
    }

    pub(super) fn text(self, text: &str) -> Self {
        self.text_if(Some(text))
    }

    pub(super) fn text_if(self, text: Option<&str>) -> Self {
        self.value(Value::Text(text.map(str::to_owned)))
    }

    pub(super) fn int(self, number: i64) -> Self {
        self.int_if(Some(number))
    }

    pub(super) fn int_if(self, number: Option<i64>) -> Self {
        self.value(Value::Int(number))
    }

    /// A count or a number given by the store; these stay below 2^63.
    pub(super) fn count(self, number: u64) -> Self {
        self.int(i64::try_from(number).unwrap_or(i64::MAX))
    }

    /// LIMIT and OFFSET, in that order.
    pub(super) fn paged(self, paging: Paging) -> Self {
        self.int(paging.rows().into()).int(paging.offset.into())
    }

    pub(super) fn real_if(self, number: Option<f64>) -> Self {
        self.value(Value::Real(number))
    }

    pub(super) fn time(self, time: Timestamp) -> Self {
        self.int(time.as_microsecond())
    }

    pub(super) fn time_if(self, time: Option<Timestamp>) -> Self {
        self.int_if(time.map(Timestamp::as_microsecond))
    }

    pub(super) fn id(self, id: Uuid) -> Self {
        self.bytes(id.as_bytes())
    }

    pub(super) fn id_if(self, id: Option<Uuid>) -> Self {
        self.bytes_if(id.as_ref().map(|id| id.as_bytes().as_slice()))
    }

    pub(super) fn bytes(self, bytes: &[u8]) -> Self {
        self.bytes_if(Some(bytes))
    }

    pub(super) fn bytes_if(self, bytes: Option<&[u8]>) -> Self {
        self.value(Value::Bytes(bytes.map(<[u8]>::to_vec)))
    }

    pub(super) fn json(mut self, value: &impl Serialize) -> Self {
        match serde_json::to_string(value) {
            Ok(text) => self.value(Value::Text(Some(text))),
            Err(error) => {
                self.failed = Some(Error::Database(error.to_string()));
                self
            }
        }
    }

    pub(super) fn json_if(self, value: Option<&impl Serialize>) -> Self {
        match value {
            Some(value) => self.json(value),
            None => self.text_if(None),
        }
    }

    /// The values alone, of a statement that only carries a row.
    pub(super) fn into_values(self) -> Result<Vec<Value>> {
        self.ready().map(|(_, values)| values)
    }

    fn ready(self) -> Result<(Cow<'static, str>, Vec<Value>)> {
        match self.failed {
            Some(error) => Err(error),
            None => Ok((self.text, self.values)),
        }
    }

    /// Performs it; rows changed.
    pub(super) async fn run(self, conn: &mut Conn) -> Result<u64> {
        let (text, values) = self.ready()?;
        conn.run(text, values).await
    }

    pub(super) async fn rows(self, conn: &mut Conn) -> Result<Vec<Row>> {
        let (text, values) = self.ready()?;
        conn.rows(text, values).await
    }

    /// Performs it once for every so many of its values; rows changed.
    pub(super) async fn run_each(self, conn: &mut Conn, width: usize) -> Result<u64> {
        let (text, values) = self.ready()?;
        conn.run_each(text, values, width).await
    }

    /// The same; gives what comes back.
    pub(super) async fn rows_each(self, conn: &mut Conn, width: usize) -> Result<Vec<Row>> {
        let (text, values) = self.ready()?;
        conn.rows_each(text, values, width).await
    }

    pub(super) async fn row(self, conn: &mut Conn) -> Result<Option<Row>> {
        let (text, values) = self.ready()?;
        conn.row(text, values).await
    }

    /// A single number, such as a count; 0 when there is no row.
    pub(super) async fn number(self, conn: &mut Conn) -> Result<u64> {
        let number: Option<i64> = match self.row(conn).await? {
            Some(row) => row.first()?,
            None => None,
        };
        Ok(number.and_then(|number| u64::try_from(number).ok()).unwrap_or(0))
    }

    /// A single moment, such as the earliest of several; `None` when there is none.
    pub(super) async fn moment(self, conn: &mut Conn) -> Result<Option<Timestamp>> {
        let Some(row) = self.row(conn).await? else { return Ok(None) };
        let moment: Option<i64> = row.first()?;
        Ok(moment.and_then(|moment| Timestamp::from_microsecond(moment).ok()))
    }
}
