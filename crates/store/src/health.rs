use std::collections::BTreeMap;

use async_trait::async_trait;

use crate::Result;

/// Rows per table.
pub type Stats = BTreeMap<String, u64>;

/// Whether the store works.
#[async_trait]
pub trait Health {
    /// Writes and reads back; an error when that is not possible now.
    async fn ready(&self) -> Result<()>;
    /// Rows per table; reads every table, for a page that is seldom looked at.
    async fn stats(&self) -> Result<Stats>;
    /// Waits for what is being written, then reads no more; files close with the last handle of the store.
    async fn close(&self);
}
