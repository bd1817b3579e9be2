use std::collections::BTreeMap;

use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;
use words::{JourneyId, OrganisationId, VersionHash};

use crate::Result;

/// The files of a journey's folder by their relative path.
pub type Files = BTreeMap<String, String>;

/// Whom a journey may reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Only listed staff addresses.
    Proof,
    /// Customers.
    Live,
}

/// A journey of an organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JourneyRow {
    /// Of which organisation.
    pub organisation: OrganisationId,
    /// Its id.
    pub id: JourneyId,
    /// Its title, as its newest text says.
    pub title: String,
    /// Since when.
    pub created: Timestamp,
    /// The version that runs.
    pub live: Option<VersionHash>,
    /// Whom it may reach.
    pub mode: Mode,
    /// Nothing fires while it is paused; events still give facts and contacts.
    pub paused: bool,
}

/// The text that is being worked on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Of which organisation.
    pub organisation: OrganisationId,
    /// Of which journey.
    pub journey: JourneyId,
    /// Its folder.
    pub files: Files,
    /// The version it started from.
    pub base: Option<VersionHash>,
    /// Compare-and-set, from 1: two editors never overwrite each other.
    pub revision: u64,
    /// Saved last when.
    pub updated: Timestamp,
    /// Saved last by whom; none for the command line.
    pub updated_by: Option<Uuid>,
}

/// What came of saving a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saved {
    /// Saved; the draft's revision is now this.
    Saved(u64),
    /// Someone else saved in between; this is what is there (none: the draft was deleted or never made).
    Overtaken(Option<Draft>),
}

/// What was published; never changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Of which organisation.
    pub organisation: OrganisationId,
    /// Of which journey.
    pub journey: JourneyId,
    /// From 1, for people. Given by the store; what the caller writes here is not looked at.
    pub number: u32,
    /// For machines.
    pub hash: VersionHash,
    /// Its folder.
    pub files: Files,
    /// When.
    pub published: Timestamp,
    /// By whom; none for the command line.
    pub published_by: Option<Uuid>,
    /// What changed, in the publisher's words.
    pub note: String,
}

/// Journeys, their drafts and versions.
#[async_trait]
pub trait Definitions {
    /// All of an organisation, by title.
    async fn journeys(&self, organisation: &OrganisationId) -> Result<Vec<JourneyRow>>;
    /// One.
    async fn journey(&self, organisation: &OrganisationId, id: &JourneyId) -> Result<Option<JourneyRow>>;
    /// Adds, or changes title, mode and paused. `live` is changed by [`Definitions::publish`] alone.
    async fn save_journey(&self, row: JourneyRow) -> Result<()>;
    /// Removes a journey that was never published, with its draft; `false` when it was, or is not there.
    async fn delete_journey(&self, organisation: &OrganisationId, id: &JourneyId) -> Result<bool>;

    /// The draft.
    async fn draft(&self, organisation: &OrganisationId, journey: &JourneyId) -> Result<Option<Draft>>;
    /// Saves when the stored revision equals `draft.revision` (0: there is none yet) and raises it by one. The text that was
    /// there is kept among the [`crate::limits::DRAFT_TEXTS_MAX`] earlier ones.
    async fn save_draft(&self, draft: Draft) -> Result<Saved>;
    /// The same while somebody is still typing: the text that was there is kept only when somebody else saved it, or when none
    /// was kept for [`crate::limits::TYPING_KEPT_SECONDS`], so that the earlier texts remain ones to go back to.
    async fn keep_draft(&self, draft: Draft) -> Result<Saved>;
    /// Earlier texts of the draft, newest first, with empty `files`.
    async fn earlier_drafts(&self, organisation: &OrganisationId, journey: &JourneyId) -> Result<Vec<Draft>>;
    /// The draft as it was at a revision; `None` when that is not kept (any more).
    async fn earlier_draft(
        &self,
        organisation: &OrganisationId,
        journey: &JourneyId,
        revision: u64,
    ) -> Result<Option<Draft>>;
    /// Throws the draft away, with its earlier texts.
    async fn delete_draft(&self, organisation: &OrganisationId, journey: &JourneyId) -> Result<bool>;

    /// Keeps the version, gives it the next number, makes it live. Publishing a hash that exists makes that one live again.
    /// The journey's row must be there; `None` when it is not.
    async fn publish(&self, version: Version) -> Result<Option<u32>>;
    /// One version with its files.
    async fn version(
        &self,
        organisation: &OrganisationId,
        journey: &JourneyId,
        hash: &VersionHash,
    ) -> Result<Option<Version>>;
    /// All versions, newest first, with empty `files`.
    async fn versions(&self, organisation: &OrganisationId, journey: &JourneyId) -> Result<Vec<Version>>;
}
