use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;
use words::OrganisationId;

use crate::Result;

/// How far an import came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportState {
    /// The columns still have to be mapped.
    Mapping,
    /// Being read.
    Reading,
    /// Read to the end.
    Done,
    /// Stopped by an error; the report says which.
    Failed,
}

/// A file that is read in.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportJob {
    /// Its id.
    pub id: Uuid,
    /// Of which organisation.
    pub organisation: OrganisationId,
    /// The file's name.
    pub file_name: String,
    /// `csv`, `xes`, `customers`.
    pub kind: String,
    /// Columns to fields.
    pub mapping: serde_json::Value,
    /// How far it came.
    pub state: ImportState,
    /// Bytes read.
    pub read_bytes: u64,
    /// Bytes of the file.
    pub total_bytes: u64,
    /// What was taken, what was skipped and why.
    pub report: serde_json::Value,
    /// Since when.
    pub created: Timestamp,
    /// Until when.
    pub finished: Option<Timestamp>,
}

/// Files that were read in.
#[async_trait]
pub trait Imports {
    /// Newest first.
    async fn imports(&self, organisation: &OrganisationId, limit: u32) -> Result<Vec<ImportJob>>;
    /// One.
    async fn import(&self, organisation: &OrganisationId, id: Uuid) -> Result<Option<ImportJob>>;
    /// Adds or replaces.
    async fn save_import(&self, job: ImportJob) -> Result<()>;
}
