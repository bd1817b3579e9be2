use std::collections::BTreeSet;

use async_trait::async_trait;
use jiff::Timestamp;
use words::{Bucket, CustomerId, OrganisationId};

use crate::Result;

/// Whether an endpoint is told anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EndpointState {
    /// It is.
    Open,
    /// Staff paused it: what happens meanwhile waits.
    Paused,
    /// It failed for so long that it is left alone until staff say otherwise; what happens meanwhile waits.
    Failing,
    /// It said that it is gone for good: nothing more is kept for it.
    Gone,
}

impl EndpointState {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Open, Self::Paused, Self::Failing, Self::Gone];

    /// Its name: `open`, `paused`, `failing`, `gone`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Paused => "paused",
            Self::Failing => "failing",
            Self::Gone => "gone",
        }
    }
}

/// How calling an endpoint went of late.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EndpointHealth {
    /// Calls in a row that failed.
    pub failures: u32,
    /// Since when no call went well; `None`: the last one did.
    pub failing_since: Option<Timestamp>,
    /// Not called before.
    pub rests_until: Option<Timestamp>,
    /// What went wrong last: JSON that only `service` reads.
    pub trouble: Option<String>,
    /// When a call last went well.
    pub went_well: Option<Timestamp>,
}

/// An address of another system that is told what happens here.
#[derive(Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// Of which organisation.
    pub organisation: OrganisationId,
    /// Its id.
    pub id: String,
    /// As staff call it.
    pub name: String,
    /// Where it is called.
    pub address: String,
    /// The kinds of happenings that it is told, by their names.
    pub kinds: BTreeSet<String>,
    /// What deliveries are signed with: JSON that only `service` reads.
    pub secrets: String,
    /// When it was made.
    pub created: Timestamp,
    /// Whether it is told anything.
    pub state: EndpointState,
    /// Since when that is so.
    pub since: Timestamp,
    /// How calling it went of late.
    pub health: EndpointHealth,
}

impl std::fmt::Debug for Endpoint {
    /// Without the secrets.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut shown = f.debug_struct("Endpoint");
        shown.field("id", &self.id).field("state", &self.state).field("health", &self.health).finish_non_exhaustive()
    }
}

/// How far a delivery is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DeliveryState {
    /// It is still to be told.
    Waiting,
    /// The endpoint took it.
    Done,
    /// It was tried so often that it is given up.
    Failed,
}

impl DeliveryState {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Waiting, Self::Done, Self::Failed];

    /// Its name: `waiting`, `done`, `failed`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }
}

/// One happening that one endpoint is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Of which organisation.
    pub organisation: OrganisationId,
    /// Where its row stands: the bucket of whom it is about, else the organisation's home.
    pub bucket: Bucket,
    /// Which endpoint.
    pub endpoint: String,
    /// The same for every endpoint and every attempt.
    pub id: String,
    /// About whom.
    pub customer: Option<CustomerId>,
    /// The name of the kind of happening.
    pub kind: String,
    /// When it happened.
    pub time: Timestamp,
    /// What is told: JSON.
    pub body: String,
    /// How far it is.
    pub state: DeliveryState,
    /// While it waits: not before.
    pub due: Option<Timestamp>,
    /// Attempts so far.
    pub attempts: u32,
    /// When it was last tried.
    pub tried: Option<Timestamp>,
    /// What the endpoint answered to that, in three digits.
    pub status: Option<u16>,
    /// What went wrong then: JSON that only `service` reads.
    pub trouble: Option<String>,
}

/// Other systems that are told what happens.
#[async_trait]
pub trait Endpoints {
    /// Those of an organisation, by name.
    async fn endpoints(&self, organisation: &OrganisationId) -> Result<Vec<Endpoint>>;
    /// One of them.
    async fn endpoint(&self, organisation: &OrganisationId, id: &str) -> Result<Option<Endpoint>>;
    /// Which endpoints are told which kinds: every endpoint that is not gone.
    async fn listening(&self, organisation: &OrganisationId) -> Result<Vec<(String, BTreeSet<String>)>>;
    /// Adds one; of one that is there replaces name, address, kinds and secrets and leaves the rest.
    async fn save_endpoint(&self, endpoint: Endpoint) -> Result<()>;
    /// Puts one into a state, from a moment on; how it went before is forgotten.
    async fn endpoint_state(
        &self,
        organisation: &OrganisationId,
        id: &str,
        state: EndpointState,
        now: Timestamp,
    ) -> Result<bool>;
    /// Removes an endpoint. Its deliveries are taken away before, by [`Endpoints::forget_deliveries`].
    async fn remove_endpoint(&self, organisation: &OrganisationId, id: &str) -> Result<()>;
    /// Open endpoints that something is due for, that do not rest and that nobody claimed.
    async fn due_endpoints(&self, now: Timestamp, limit: u32) -> Result<Vec<Endpoint>>;
    /// Claims an endpoint for who will call it, until a moment; `false`: somebody else did.
    async fn claim_endpoint(
        &self,
        organisation: &OrganisationId,
        id: &str,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<bool>;
    /// Gives back an endpoint that was claimed, with how it went, and a state that it falls into by that.
    async fn release_endpoint(
        &self,
        organisation: &OrganisationId,
        id: &str,
        health: EndpointHealth,
        state: Option<(EndpointState, Timestamp)>,
    ) -> Result<()>;
    /// Deliveries that are due, the longest waiting first.
    async fn due_deliveries(
        &self,
        organisation: &OrganisationId,
        endpoint: &str,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<Delivery>>;
    /// Keeps a delivery that belongs to no change.
    async fn add_delivery(&self, delivery: Delivery) -> Result<()>;
    /// Writes down how far a delivery is; `false`: it is not there any more.
    async fn step_delivery(&self, delivery: Delivery) -> Result<bool>;
    /// One delivery.
    async fn delivery(
        &self,
        organisation: &OrganisationId,
        bucket: Bucket,
        endpoint: &str,
        id: &str,
    ) -> Result<Option<Delivery>>;
    /// The newest of an endpoint.
    async fn newest_deliveries(
        &self,
        organisation: &OrganisationId,
        endpoint: &str,
        limit: u32,
    ) -> Result<Vec<Delivery>>;
    /// How many wait for an endpoint.
    async fn waiting_deliveries(&self, organisation: &OrganisationId, endpoint: &str) -> Result<u64>;
    /// Everything that was or is to be told about a customer, the oldest first.
    async fn deliveries_of(&self, organisation: &OrganisationId, customer: CustomerId) -> Result<Vec<Delivery>>;
    /// Takes away at most so many deliveries of an endpoint; how many.
    async fn forget_deliveries(&self, organisation: &OrganisationId, endpoint: &str, limit: u32) -> Result<u64>;
}
