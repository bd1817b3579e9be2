use async_trait::async_trait;
use jiff::Timestamp;
use words::{
    Contact, Customer, CustomerId, Decision, JourneyId, Learnt, OrganisationId, Run, RunId, TouchpointId, Window,
};

use crate::{Listed, Paging, Result, StoredEvent};

/// A customer as a page shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredCustomer {
    /// Profile.
    pub customer: Customer,
    /// First seen.
    pub created: Timestamp,
    /// Changed last.
    pub updated: Timestamp,
    /// Being erased, or what was left of somebody who was: facts, and nobody's.
    pub erased: bool,
}

/// A decision with where it belongs.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredDecision {
    /// Of which run.
    pub run: RunId,
    /// The decision.
    pub decision: Decision,
}

/// A place on the map that one clicks on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Runs with a contact at this touchpoint in the window.
    Happened {
        /// Which touchpoint.
        touchpoint: TouchpointId,
        /// When.
        window: Window,
    },
    /// Open runs whose newest contact is here.
    At {
        /// Which touchpoint.
        touchpoint: TouchpointId,
    },
    /// Runs that left or dropped off after this touchpoint in the window.
    ExitAfter {
        /// Which touchpoint.
        touchpoint: TouchpointId,
        /// When.
        window: Window,
    },
    /// Runs that are under way: open, or ended and still listening.
    UnderWay {
        /// At which moment.
        now: Timestamp,
    },
    /// Runs that started in the window.
    Started {
        /// When.
        window: Window,
    },
}

/// A customer found at a place.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Who.
    pub customer: Customer,
    /// In which run.
    pub run: RunId,
    /// When that was.
    pub time: Timestamp,
}

/// Customers and their stories.
#[async_trait]
pub trait Customers {
    /// One.
    async fn customer(&self, organisation: &OrganisationId, id: CustomerId) -> Result<Option<StoredCustomer>>;
    /// Several; those that exist, in this order.
    async fn customers_by_id(&self, organisation: &OrganisationId, ids: &[CustomerId]) -> Result<Vec<StoredCustomer>>;
    /// All, changed last first.
    async fn customers(&self, organisation: &OrganisationId, paging: Paging) -> Result<Listed<StoredCustomer>>;
    /// Ids of customers with an event at `since` or later, in their own order, behind `after`. Whoever turned out to be another
    /// is given by the id that the events were kept under.
    async fn active_customers(
        &self,
        organisation: &OrganisationId,
        since: Timestamp,
        after: Option<CustomerId>,
        limit: u32,
    ) -> Result<Vec<CustomerId>>;
    /// Customers in whom every word of the text is the beginning of a word of the name, the e-mail address, the number or an id
    /// in a sending system. Without regard to case.
    async fn search_customers(
        &self,
        organisation: &OrganisationId,
        text: &str,
        limit: u32,
    ) -> Result<Vec<StoredCustomer>>;
    /// Customers at a place of a journey's map, newest first; a customer with two runs there comes twice.
    async fn customers_at(
        &self,
        organisation: &OrganisationId,
        journey: &JourneyId,
        place: &Place,
        paging: Paging,
    ) -> Result<Listed<Found>>;
    /// Those of these runs of a journey that exist, with their customers and their starts, in this order.
    async fn runs_by_id(
        &self,
        organisation: &OrganisationId,
        journey: &JourneyId,
        runs: &[RunId],
    ) -> Result<Vec<Found>>;
    /// Runs, newest start first.
    async fn runs_of(&self, organisation: &OrganisationId, id: CustomerId) -> Result<Vec<Run>>;
    /// Contacts in time, with everything learnt of them.
    async fn story_of(&self, organisation: &OrganisationId, id: CustomerId) -> Result<(Vec<Contact>, Vec<Learnt>)>;
    /// Decisions about sending, in time.
    async fn decisions_of(&self, organisation: &OrganisationId, id: CustomerId) -> Result<Vec<StoredDecision>>;
    /// Events, oldest first, in pieces.
    async fn events_from(
        &self,
        organisation: &OrganisationId,
        id: CustomerId,
        paging: Paging,
    ) -> Result<Vec<StoredEvent>>;
    /// Events, newest first.
    async fn events_of(&self, organisation: &OrganisationId, id: CustomerId, limit: u32) -> Result<Vec<StoredEvent>>;
}
