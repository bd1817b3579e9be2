use async_trait::async_trait;
use jiff::Timestamp;
use words::OrganisationId;

use crate::Result;

/// A source that we fetch from ourselves.
#[derive(Clone, PartialEq, Eq)]
pub struct Fetch {
    /// Of which organisation.
    pub organisation: OrganisationId,
    /// Which source.
    pub source: String,
    /// Where it stands and how often it is fetched: JSON that only `service` reads. Without the secret.
    pub settings: String,
    /// What is sent along to be let in.
    pub secret: Option<String>,
    /// Where an event stands in what comes: JSON that only `service` reads. `None`: nobody said yet.
    pub mapping: Option<String>,
    /// When next, and how far it came.
    pub state: FetchState,
}

/// When a source is fetched next, and how far it came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FetchState {
    /// When next; `None`: not before staff say so.
    pub due: Option<Timestamp>,
    /// From where it goes on: the cursor of an API, the time of the newest file.
    pub place: Option<String>,
    /// What came of it so far: JSON that only `service` reads.
    pub progress: String,
}

impl std::fmt::Debug for Fetch {
    /// Without the secret.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut shown = f.debug_struct("Fetch");
        shown.field("source", &self.source).field("settings", &self.settings).field("state", &self.state);
        shown.finish_non_exhaustive()
    }
}

/// What a row of a source said last, both by their digests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SaidRow {
    /// Which row.
    pub row: [u8; 16],
    /// What it said.
    pub said: [u8; 16],
    /// When it was seen last, as far as that is kept.
    pub seen: Timestamp,
}

/// Sources that we fetch from.
#[async_trait]
pub trait Fetches {
    /// Of one source.
    async fn fetch(&self, organisation: &OrganisationId, source: &str) -> Result<Option<Fetch>>;
    /// Adds or replaces, its state included: a fetch that runs meanwhile stops at its next step.
    async fn save_fetch(&self, fetch: Fetch) -> Result<()>;
    /// Those that are due, the longest waiting first, and those that are due further ahead than
    /// [`crate::limits::FETCHED_AHEAD_MAX`].
    async fn due_fetches(&self, now: Timestamp, limit: u32) -> Result<Vec<Fetch>>;
    /// Changes the state, when it is due at the moment that the caller knows; else nothing happens and the answer is `false`.
    /// Who moves `due` on has claimed the fetch.
    async fn step_fetch(
        &self,
        organisation: &OrganisationId,
        source: &str,
        due: Timestamp,
        state: FetchState,
    ) -> Result<bool>;
    /// Of these rows those that were remembered.
    async fn said_rows(&self, organisation: &OrganisationId, source: &str, rows: Vec<[u8; 16]>)
    -> Result<Vec<SaidRow>>;
    /// Remembers rows.
    async fn remember_rows(&self, organisation: &OrganisationId, source: &str, rows: Vec<SaidRow>) -> Result<()>;
    /// Forgets every row of a source.
    async fn forget_rows(&self, organisation: &OrganisationId, source: &str) -> Result<()>;
}
