use async_trait::async_trait;
use words::OrganisationId;

use crate::Result;

/// What is kept of a source that posts JSON of a shape of its own.
#[derive(Clone, PartialEq, Eq)]
pub struct Webhook {
    /// Of which organisation.
    pub organisation: OrganisationId,
    /// Which source.
    pub source: String,
    /// How it proves that a delivery is its own, with the secret: JSON that only `service` reads.
    pub signing: String,
    /// Where an event stands in what it posts: JSON that only `service` reads. `None`: nobody said yet.
    pub mapping: Option<String>,
}

impl std::fmt::Debug for Webhook {
    /// Without the secret.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Webhook").field("source", &self.source).field("mapping", &self.mapping).finish_non_exhaustive()
    }
}

/// Webhooks that come in.
#[async_trait]
pub trait Webhooks {
    /// Of one source.
    async fn webhook(&self, organisation: &OrganisationId, source: &str) -> Result<Option<Webhook>>;
    /// Adds or replaces.
    async fn save_webhook(&self, webhook: Webhook) -> Result<()>;
}
