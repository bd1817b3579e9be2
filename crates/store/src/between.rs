use async_trait::async_trait;
use uuid::Uuid;

use crate::Result;

/// What a store is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    /// To look something up.
    Read,
    /// To write something, in one transaction; under which lease.
    Write(Option<Uuid>),
}

/// Stands between a store and one who asks it: for tests of what comes of it when any one call fails, is not answered, or is
/// the last thing that a process does. The store itself has none.
#[async_trait]
pub trait Between: Send + Sync {
    /// A call is about to be made. An error is what the caller gets instead, and nothing is done.
    async fn before(&self, call: Call) -> Result<()>;
    /// What was asked is written. An error is what the caller gets instead of the answer.
    async fn after(&self, call: Call) -> Result<()>;
}
