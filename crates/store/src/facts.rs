use std::collections::BTreeMap;

use async_trait::async_trait;
use jiff::{Timestamp, civil::Date};
use words::{Contact, JourneyId, Learnt, OrganisationId, Run, RunId, TouchpointId};

use crate::Result;

/// How far a reader of facts came. Opaque: what it holds is the store's matter.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Cursor(pub(crate) String);

impl Cursor {
    /// Before everything.
    pub fn start() -> Self {
        Self::default()
    }
}

/// What was counted on one day, without identity. Adding adds to the count that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayCount {
    /// Of which organisation.
    pub organisation: OrganisationId,
    /// Of which journey.
    pub journey: JourneyId,
    /// At which touchpoint.
    pub touchpoint: TouchpointId,
    /// The civil day in the organisation's zone.
    pub day: Date,
    /// How many.
    pub count: u64,
}

/// What came to be since a cursor.
#[derive(Clone, Debug, PartialEq)]
pub struct FactsAfter {
    /// Contacts that were appended, in order of appending.
    pub contacts: Vec<Contact>,
    /// Lessons that were appended, in order of appending.
    pub learnt: Vec<Learnt>,
    /// Runs that changed, as they are now; each once.
    pub runs: Vec<Run>,
    /// Runs that are no more where they were, with all their contacts. To be taken away before the rest is added: a run that
    /// went to another customer stands there whole.
    pub removed: Vec<RunId>,
    /// Where to go on.
    pub next: Cursor,
    /// Whether this was everything until now.
    pub complete: bool,
}

/// What is measured.
#[async_trait]
pub trait Facts {
    /// Facts of a journey after a cursor, about `limit` rows of each kind (more when one commit wrote more). A reader that goes on
    /// from `next` sees every fact exactly once, never half a commit.
    async fn facts_after(
        &self,
        organisation: &OrganisationId,
        journey: &JourneyId,
        cursor: &Cursor,
        limit: u32,
    ) -> Result<FactsAfter>;
    /// Contacts of a journey since a moment, by touchpoint.
    async fn contact_counts(
        &self,
        organisation: &OrganisationId,
        journey: &JourneyId,
        since: Timestamp,
    ) -> Result<BTreeMap<TouchpointId, u64>>;
    /// Counts without identity from a day (inclusive) until a day (exclusive), by touchpoint and day.
    async fn day_counts(
        &self,
        organisation: &OrganisationId,
        journey: &JourneyId,
        from: Date,
        until: Date,
    ) -> Result<Vec<DayCount>>;
}
