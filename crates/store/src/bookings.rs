use async_trait::async_trait;
use jiff::{Timestamp, civil::Date};
use words::{Bucket, OrganisationId};

use crate::{NewEvent, Result};

/// Somebody who works, or something that can be booked. What it is stands in its text, which is not looked into here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResourceRow {
    /// Its id in the organisation.
    pub resource: String,
    /// JSON.
    pub text: String,
}

/// What a resource has to do on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayRow {
    /// Whose.
    pub resource: String,
    /// Which day, civil in the organisation's zone.
    pub day: Date,
    /// One more with each change; 0: it is not there yet.
    pub version: u64,
    /// From when on something in it is to be settled: a hold or a claim that ran out.
    pub unsettled: Option<Timestamp>,
    /// JSON.
    pub text: String,
}

/// What is booked about one thing, such as a repair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseRow {
    /// What kind of thing, as in events: `repair`.
    pub kind: String,
    /// Its id.
    pub object: String,
    /// One more with each change; 0: it is not there yet.
    pub revision: u64,
    /// From when on something of it is to be settled: a claim that ran out, a place that was left.
    pub unsettled: Option<Timestamp>,
    /// JSON.
    pub text: String,
}

impl CaseRow {
    /// Where it is kept: where an event that names the thing, and nobody, is.
    pub fn bucket(organisation: &OrganisationId, kind: &str, object: &str) -> Bucket {
        Bucket::of(organisation, &format!("{kind}:{object}"))
    }
}

/// Resources, their days, and what is booked.
#[async_trait]
pub trait Bookings {
    /// All, by their id, at most [`crate::limits::RESOURCES_MAX`].
    async fn resources(&self, organisation: &OrganisationId) -> Result<Vec<ResourceRow>>;
    /// Adds or replaces.
    async fn save_resource(&self, organisation: &OrganisationId, row: ResourceRow) -> Result<()>;
    /// From one day to another, both included, of all resources, at most [`crate::limits::RESOURCE_DAYS_MAX`]; by day and resource. Days of
    /// which nothing is known are not among them.
    async fn resource_days(&self, organisation: &OrganisationId, from: Date, to: Date) -> Result<Vec<DayRow>>;
    /// Saves days as one change, each with the version that was seen: all of them, or none when one was changed since (`false`).
    async fn save_resource_days(&self, organisation: &OrganisationId, days: Vec<DayRow>) -> Result<bool>;
    /// Days in which something is to be settled by then, the longest waiting first, at most [`crate::limits::UNSETTLED_MAX`].
    async fn unsettled_days(&self, organisation: &OrganisationId, now: Timestamp) -> Result<Vec<DayRow>>;
    /// What is booked about a thing.
    async fn case(&self, organisation: &OrganisationId, kind: &str, object: &str) -> Result<Option<CaseRow>>;
    /// Saves it with the revision that was seen, and accepts events in the same commit; `false`: it was changed since, and nothing was done.
    async fn save_case(&self, organisation: &OrganisationId, case: CaseRow, events: Vec<NewEvent>) -> Result<bool>;
    /// Cases in which something is to be settled by then, the longest waiting first, at most [`crate::limits::UNSETTLED_MAX`].
    async fn unsettled_cases(&self, organisation: &OrganisationId, now: Timestamp) -> Result<Vec<CaseRow>>;
    /// Forgets what was booked about a thing; whether there was anything.
    async fn forget_case(&self, organisation: &OrganisationId, kind: &str, object: &str) -> Result<bool>;
}
