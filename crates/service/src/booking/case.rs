use jiff::Timestamp;
use jiff::civil::Date;
use planning::Span;
use serde::{Deserialize, Serialize};
use store::CaseRow;
use uuid::Uuid;

use super::{CaseKey, Wanted};
use crate::{Error, Result};

/// What is booked about one thing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Case {
    /// One more each time that the customer's appointment changed; what a page shows and sends back.
    pub sequence: u32,
    /// The last appointment, whatever became of it.
    pub appointment: Option<Appointment>,
    /// The one that is being booked.
    pub(super) claim: Option<Claim>,
    /// Places that are still to be given back.
    #[serde(default)]
    pub(super) left: Vec<Taken>,
    /// The place is still to be marked as booked.
    #[serde(default)]
    pub(super) is_unmarked: bool,
    #[serde(skip)]
    pub(super) revision: u64,
}

/// An appointment as it was told.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Appointment {
    /// Stays the same however often it is moved.
    pub id: Uuid,
    /// The promise.
    pub window: Span,
    /// The place in the plan.
    pub place: Taken,
    /// Whether it still holds.
    pub status: Status,
    /// The work.
    pub wanted: Wanted,
}

/// A place in the plan: which day, and by which token; who comes is the plan's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    /// Which day.
    pub day: Date,
    /// Which entry.
    pub token: Uuid,
}

/// Whether an appointment holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Somebody comes.
    Booked,
    /// Nobody comes.
    Cancelled,
}

/// What is being booked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Claim {
    pub(super) place: Taken,
    pub(super) window: Span,
    pub(super) wanted: Wanted,
    pub(super) until: Timestamp,
}

impl Case {
    pub(super) fn read(row: &CaseRow) -> Result<Self> {
        let case: Self = serde_json::from_str(&row.text).map_err(|error| Error::Booking(error.to_string()))?;
        Ok(Self { revision: row.revision, ..case })
    }

    pub(super) fn row(&self, key: &CaseKey, now: Timestamp) -> Result<CaseRow> {
        let claimed = self.claim.as_ref().map(|claim| claim.until);
        let is_loose = self.is_unmarked || !self.left.is_empty();
        Ok(CaseRow {
            kind: key.kind.clone(),
            object: key.object.clone(),
            revision: self.revision,
            unsettled: claimed.or(is_loose.then_some(now)),
            text: serde_json::to_string(self).map_err(|error| Error::Booking(error.to_string()))?,
        })
    }

    /// The appointment that holds.
    #[must_use]
    pub fn booked(&self) -> Option<&Appointment> {
        self.appointment.as_ref().filter(|appointment| appointment.status == Status::Booked)
    }
}
