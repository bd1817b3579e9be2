use std::collections::BTreeSet;

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{HaltId, JourneyId};

/// Staff hold messages back: after a storm, a fire, a wrong delivery. What is asked for meanwhile waits, or does not go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Halt {
    /// Its id.
    pub id: HaltId,
    /// What staff call it: "Storm op vrijdag".
    pub title: String,
    /// Which messages.
    pub scope: HaltScope,
    /// Since when.
    pub from: Timestamp,
    /// Until when; ended earlier by staff.
    pub until: Timestamp,
    /// Whether what was held goes afterwards, when it is still wanted and in time.
    pub afterwards: bool,
    /// What customers get instead, once each.
    pub notice: Option<Notice>,
}

/// Which messages a halt is about: those that fit every part that says something. Nothing said: all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HaltScope {
    /// Of these journeys.
    pub journeys: BTreeSet<JourneyId>,
    /// To an area: the beginnings of postcodes, `3511` or `3511AB`.
    pub postcodes: Vec<String>,
    /// To a building: street and number.
    pub building: Option<String>,
    /// About something on this day.
    pub day: Option<Date>,
}

/// One message instead of those that are held back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// For e-mail.
    pub subject: String,
    /// In the language of messages.
    pub text: String,
}
