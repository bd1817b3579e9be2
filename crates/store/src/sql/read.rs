use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde_json::error::Category;
use uuid::Uuid;
use words::{Bucket, CustomerId, OrganisationId};

use super::driver::{Get, Row};
use crate::{Error, Result};

/// Reads a row of one noun by the names of its columns.
pub(super) struct Read<'r> {
    row: &'r Row,
    what: &'static str,
}

impl<'r> Read<'r> {
    pub(super) fn new(row: &'r Row, what: &'static str) -> Self {
        Self { row, what }
    }

    fn get<T: Get<'r>>(&self, column: &str) -> Result<T> {
        self.row.get(column).map_err(|error| match error {
            Error::Unreadable { detail, .. } => self.unreadable(detail),
            other => other,
        })
    }

    /// The error for a value that cannot be what the column says.
    pub(super) fn unreadable(&self, detail: impl ToString) -> Error {
        Error::Unreadable { what: self.what, detail: detail.to_string() }
    }

    pub(super) fn text(&self, column: &str) -> Result<String> {
        self.get(column)
    }

    pub(super) fn text_if(&self, column: &str) -> Result<Option<String>> {
        self.get(column)
    }

    pub(super) fn int(&self, column: &str) -> Result<i64> {
        self.get(column)
    }

    pub(super) fn flag(&self, column: &str) -> Result<bool> {
        Ok(self.int(column)? != 0)
    }

    pub(super) fn count(&self, column: &str) -> Result<u64> {
        u64::try_from(self.int(column)?).map_err(|error| self.unreadable(error))
    }

    pub(super) fn number_if(&self, column: &str) -> Result<Option<u64>> {
        let number = self.get::<Option<i64>>(column)?;
        number.map(u64::try_from).transpose().map_err(|error| self.unreadable(error))
    }

    pub(super) fn small(&self, column: &str) -> Result<u32> {
        u32::try_from(self.int(column)?).map_err(|error| self.unreadable(error))
    }

    pub(super) fn small_if(&self, column: &str) -> Result<Option<u32>> {
        let number = self.get::<Option<i64>>(column)?;
        number.map(u32::try_from).transpose().map_err(|error| self.unreadable(error))
    }

    pub(super) fn real_if(&self, column: &str) -> Result<Option<f64>> {
        self.get(column)
    }

    pub(super) fn bytes(&self, column: &str) -> Result<Vec<u8>> {
        self.get(column)
    }

    pub(super) fn bytes_if(&self, column: &str) -> Result<Option<Vec<u8>>> {
        self.get(column)
    }

    pub(super) fn hash(&self, column: &str) -> Result<[u8; 32]> {
        self.get::<&[u8]>(column)?.try_into().map_err(|error| self.unreadable(error))
    }

    pub(super) fn time(&self, column: &str) -> Result<Timestamp> {
        Timestamp::from_microsecond(self.int(column)?).map_err(|error| self.unreadable(error))
    }

    pub(super) fn time_if(&self, column: &str) -> Result<Option<Timestamp>> {
        self.get::<Option<i64>>(column)?
            .map(Timestamp::from_microsecond)
            .transpose()
            .map_err(|error| self.unreadable(error))
    }

    pub(super) fn id(&self, column: &str) -> Result<Uuid> {
        Uuid::from_slice(self.get(column)?).map_err(|error| self.unreadable(error))
    }

    pub(super) fn id_if(&self, column: &str) -> Result<Option<Uuid>> {
        self.get::<Option<&[u8]>>(column)?.map(Uuid::from_slice).transpose().map_err(|error| self.unreadable(error))
    }

    pub(super) fn json<T: DeserializeOwned>(&self, column: &str) -> Result<T> {
        serde_json::from_str(self.get(column)?).map_err(|error| self.unreadable(json_fault(&error)))
    }

    pub(super) fn json_if<T: DeserializeOwned>(&self, column: &str) -> Result<Option<T>> {
        self.get::<Option<&str>>(column)?
            .map(serde_json::from_str)
            .transpose()
            .map_err(|error| self.unreadable(json_fault(&error)))
    }

    pub(super) fn parsed<T: std::str::FromStr<Err: ToString>>(&self, column: &str) -> Result<T> {
        self.get::<&str>(column)?.parse().map_err(|error: T::Err| self.unreadable(error.to_string()))
    }

    pub(super) fn bucket(&self) -> Result<Bucket> {
        u16::try_from(self.int("bucket")?).ok().and_then(Bucket::new).ok_or_else(|| self.unreadable("bucket"))
    }

    pub(super) fn organisation(&self) -> Result<OrganisationId> {
        Ok(OrganisationId::new(self.text("organisation")?))
    }

    pub(super) fn customer(&self) -> Result<CustomerId> {
        Ok(CustomerId::new(self.id("customer")?))
    }
}

/// What is wrong with a text in JSON, without its own words: these may quote what stands there.
pub fn json_fault(error: &serde_json::Error) -> String {
    let kind = match error.classify() {
        Category::Io => "it cannot be read",
        Category::Syntax => "it is no JSON",
        Category::Data => "it says something else",
        Category::Eof => "it ends too early",
    };
    format!("{kind}, at line {} column {}", error.line(), error.column())
}

/// Reads every row the same way.
pub(super) fn all<T>(rows: &[Row], read: impl Fn(&Row) -> Result<T>) -> Result<Vec<T>> {
    rows.iter().map(read).collect()
}
