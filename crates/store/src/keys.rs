use async_trait::async_trait;
use jiff::Timestamp;
use words::OrganisationId;

use crate::{Result, Role};

/// What a key opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyKind {
    /// Sending events as a source.
    Write {
        /// The connection's id.
        source: String,
    },
    /// The API.
    Api {
        /// What it may do.
        role: Role,
    },
}

/// A key of a machine. Only its hash is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// SHA-256 of the key.
    pub hash: [u8; 32],
    /// Of which organisation.
    pub organisation: OrganisationId,
    /// What it opens.
    pub kind: KeyKind,
    /// As staff call it.
    pub name: String,
    /// Since when.
    pub created: Timestamp,
    /// Used last; kept to the minute.
    pub last_used: Option<Timestamp>,
    /// Worthless since.
    pub revoked: Option<Timestamp>,
}

/// Keys of machines.
#[async_trait]
pub trait Keys {
    /// All of an organisation, newest first, revoked ones too.
    async fn keys(&self, organisation: &OrganisationId) -> Result<Vec<Key>>;
    /// The key with this hash, when it is not revoked.
    async fn key(&self, hash: &[u8; 32]) -> Result<Option<Key>>;
    /// Adds or replaces.
    async fn save_key(&self, key: Key) -> Result<()>;
    /// Notes the use, at most once a minute.
    async fn touch_key(&self, hash: &[u8; 32], now: Timestamp) -> Result<()>;
    /// Makes it worthless; `false` when it is not there or was revoked already.
    async fn revoke_key(&self, organisation: &OrganisationId, hash: &[u8; 32], now: Timestamp) -> Result<bool>;
}
