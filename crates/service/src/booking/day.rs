use jiff::Timestamp;
use jiff::civil::Date;
use planning::Span;
use serde::{Deserialize, Serialize};
use store::DayRow;
use uuid::Uuid;

use super::{CaseKey, Wanted};
use crate::{Error, Result};

/// What a resource has to do on a day, in the order of the plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Day {
    /// Whose.
    pub resource: String,
    /// Which day.
    pub day: Date,
    /// What has to be done.
    pub entries: Vec<Entry>,
    pub(super) version: u64,
}

/// One thing to do, or a place that is kept for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Names the place that is taken, also when somebody else comes to do it.
    pub token: Uuid,
    /// How sure it is.
    pub standing: Standing,
    /// What was told: the work begins within it.
    pub window: Span,
    /// The work.
    pub wanted: Wanted,
}

/// How sure an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Kept for somebody who is choosing, until then.
    Held(Timestamp),
    /// Being booked; from then on somebody else finishes it.
    Claimed(Timestamp),
    /// Booked.
    Booked,
}

impl Entry {
    pub(super) fn case(&self) -> &CaseKey {
        &self.wanted.case
    }
}

impl Day {
    pub(super) fn empty(resource: &str, day: Date) -> Self {
        Self { resource: resource.to_owned(), day, entries: Vec::new(), version: 0 }
    }

    pub(super) fn read(row: &DayRow) -> Result<Self> {
        let entries = serde_json::from_str(&row.text).map_err(|error| Error::Booking(error.to_string()))?;
        Ok(Self { resource: row.resource.clone(), day: row.day, entries, version: row.version })
    }

    /// As it is saved. It is looked at again when the first of its holds or claims runs out.
    pub(super) fn row(&self) -> Result<DayRow> {
        let until = |entry: &Entry| match entry.standing {
            Standing::Held(until) | Standing::Claimed(until) => Some(until),
            Standing::Booked => None,
        };
        Ok(DayRow {
            resource: self.resource.clone(),
            day: self.day,
            version: self.version,
            unsettled: self.entries.iter().filter_map(until).min(),
            text: serde_json::to_string(&self.entries).map_err(|error| Error::Booking(error.to_string()))?,
        })
    }

    /// Without what was held and is no more, and without what this case holds itself.
    pub(super) fn standing(mut self, now: Timestamp, own: Option<&CaseKey>) -> Self {
        self.entries.retain(|entry| match entry.standing {
            Standing::Held(until) => until > now && own != Some(entry.case()),
            Standing::Claimed(_) | Standing::Booked => true,
        });
        self
    }

    pub(super) fn entry(&mut self, token: Uuid) -> Option<&mut Entry> {
        self.entries.iter_mut().find(|entry| entry.token == token)
    }
}
