use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;
use words::{Channel, CustomerId, EffectKey, JourneyId, OrganisationId, RunId, TouchpointId};

use crate::{Complaint, ComplaintCounts, Listed, NewEvent, Paging, Result};

/// Where a task stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TaskState {
    /// To be done.
    Open,
    /// Done.
    Done {
        /// When.
        time: Timestamp,
        /// By whom; none when an event closed it.
        by: Option<Uuid>,
        /// By which channel the customer was met.
        channel: Option<Channel>,
        /// What the person wrote.
        note: String,
    },
    /// The step took it back.
    Withdrawn {
        /// Why.
        reason: String,
    },
}

/// Work for a member of staff.
#[derive(Clone, Debug, PartialEq)]
pub struct TaskRow {
    /// Idempotency key.
    pub key: EffectKey,
    /// Of which organisation.
    pub organisation: OrganisationId,
    /// About whom.
    pub customer: CustomerId,
    /// Of which run.
    pub run: RunId,
    /// Of which journey.
    pub journey: JourneyId,
    /// For which touchpoint.
    pub touchpoint: TouchpointId,
    /// For which team.
    pub team: String,
    /// What to do.
    pub title: String,
    /// By when.
    pub due: Option<Timestamp>,
    /// The message that is the script or card.
    pub script: Option<String>,
    /// The facts when it was made, by object.
    pub facts: serde_json::Value,
    /// The object it is about, `type:id`.
    pub object: Option<String>,
    /// Since when.
    pub made: Timestamp,
    /// What makes it a complaint; `None`: it is none.
    pub complaint: Option<Complaint>,
    /// Where it stands.
    pub state: TaskState,
}

impl TaskRow {
    /// To be done at once: it is due the moment it is made. That is no date, and nobody is late for it.
    pub fn is_at_once(&self) -> bool {
        self.due.is_some_and(|due| due <= self.made)
    }

    /// Since when it should have been done.
    pub fn late_since(&self, now: Timestamp) -> Option<Timestamp> {
        self.due.filter(|due| *due < now && !self.is_at_once())
    }
}

/// Which tasks to list. Empty: all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TaskFilter {
    /// Only open ones.
    pub open: bool,
    /// Of this team.
    pub team: Option<String>,
    /// About this customer.
    pub customer: Option<CustomerId>,
    /// Of this journey.
    pub journey: Option<JourneyId>,
    /// Due before this moment.
    pub due_before: Option<Timestamp>,
    /// Only complaints.
    pub complaints: bool,
    /// Only those that were done.
    pub done: bool,
    /// About this touchpoint.
    pub touchpoint: Option<TouchpointId>,
}

/// Open tasks of one team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskCounts {
    /// Which team.
    pub team: String,
    /// Open.
    pub open: u64,
    /// Open and past due; one that is to be done at once is never late.
    pub overdue: u64,
}

/// Work of staff.
#[async_trait]
pub trait Tasks {
    /// Earliest due first, those without a due moment last.
    async fn tasks(
        &self,
        organisation: &OrganisationId,
        filter: &TaskFilter,
        paging: Paging,
    ) -> Result<Listed<TaskRow>>;
    /// One.
    async fn task(&self, organisation: &OrganisationId, key: &EffectKey) -> Result<Option<TaskRow>>;
    /// Per team that has open tasks.
    async fn task_counts(&self, organisation: &OrganisationId, now: Timestamp) -> Result<Vec<TaskCounts>>;
    /// Open complaints about each touchpoint of a journey that has some.
    async fn complaint_counts(
        &self,
        organisation: &OrganisationId,
        journey: &JourneyId,
        now: Timestamp,
    ) -> Result<Vec<ComplaintCounts>>;
    /// Marks an open task done and accepts the event that tells the engine (`task.done`) in one transaction. `false`, and nothing
    /// written, when it is no longer open.
    async fn finish_task(
        &self,
        organisation: &OrganisationId,
        key: &EffectKey,
        done: TaskState,
        event: NewEvent,
    ) -> Result<bool>;
}
