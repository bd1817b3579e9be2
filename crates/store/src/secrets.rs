use async_trait::async_trait;

use crate::Result;

/// How secrets stand in a store.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SecretsSeen {
    /// All that there are.
    pub secrets: u64,
    /// Of which cannot be opened: their key is not there.
    pub unopened: u64,
    /// Of which stand as they were given, for want of a key.
    pub plain: u64,
    /// Rows that were sealed anew, under the current key.
    pub rewritten: u64,
}

/// What lets us in elsewhere: passwords of mail servers, what sources that we fetch from and webhooks share with us. Whoever
/// saves and reads them notices nothing of how they are kept, but that [`crate::Error::NoKey`] may say that they cannot be
/// saved, and that one whose key is not there is read as [`crate::is_sealed`].
#[async_trait]
pub trait Secrets {
    /// Looks at all.
    async fn secrets(&self) -> Result<SecretsSeen>;
    /// Seals under the current key what stands in clear or under an older one; for the start of a process.
    async fn seal_secrets(&self) -> Result<SecretsSeen>;
}
