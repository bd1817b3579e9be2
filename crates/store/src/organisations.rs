use async_trait::async_trait;
use jiff::Timestamp;
use words::OrganisationId;

use crate::Result;

/// A tenant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganisationRow {
    /// Its short name.
    pub id: OrganisationId,
    /// Its `organisation.yaml`, the truth about it.
    pub text: String,
    /// Since when.
    pub created: Timestamp,
}

/// The tenants of this store.
#[async_trait]
pub trait Organisations {
    /// All, by id.
    async fn organisations(&self) -> Result<Vec<OrganisationRow>>;
    /// One.
    async fn organisation(&self, id: &OrganisationId) -> Result<Option<OrganisationRow>>;
    /// Adds or replaces; `created` of an existing row stays.
    async fn save_organisation(&self, row: OrganisationRow) -> Result<()>;
}
