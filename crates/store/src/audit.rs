use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;
use words::OrganisationId;

use crate::{Listed, Paging, Result};

/// Something a member of staff did.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditRow {
    /// Id of the row, made by the caller.
    pub id: Uuid,
    /// In which organisation.
    pub organisation: OrganisationId,
    /// When.
    pub time: Timestamp,
    /// Who; none for the command line.
    pub account: Option<Uuid>,
    /// What: `journey.published`.
    pub what: String,
    /// To what: `reparatie`.
    pub subject: String,
    /// Anything more.
    pub detail: serde_json::Value,
}

/// Which lines of the log book. Empty: all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// With what this begins: `journey.`.
    pub what: Option<String>,
    /// By this account.
    pub account: Option<Uuid>,
    /// Not before.
    pub from: Option<Timestamp>,
    /// Before.
    pub until: Option<Timestamp>,
}

/// Who did what.
#[async_trait]
pub trait Audit {
    /// Adds a line.
    async fn record(&self, row: AuditRow) -> Result<()>;
    /// Newest first.
    async fn audit(&self, organisation: &OrganisationId, paging: Paging) -> Result<Listed<AuditRow>> {
        self.audit_of(organisation, &AuditFilter::default(), paging).await
    }
    /// Some of it, newest first.
    async fn audit_of(
        &self,
        organisation: &OrganisationId,
        filter: &AuditFilter,
        paging: Paging,
    ) -> Result<Listed<AuditRow>>;
}
