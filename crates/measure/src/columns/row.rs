use std::collections::BTreeSet;

use jiff::Timestamp;
use words::{Channel, Contact, Ending, Exit, Experience, Run, RunId, Status, TouchpointId};

/// One contact as it goes into the columns.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// In which run.
    pub run: RunId,
    /// The run's own count. (run, sequence) names a contact; among equal times it is the order.
    pub sequence: u32,
    /// Which touchpoint.
    pub touchpoint: &'a str,
    /// When it happened.
    pub time: Timestamp,
    /// By which channel.
    pub channel: Option<&'a str>,
    /// Why.
    pub reason: Option<&'a str>,
    /// What the event itself said of the customer's experience.
    pub score: Option<Experience>,
}

impl<'a> From<&'a Contact> for Row<'a> {
    fn from(contact: &'a Contact) -> Self {
        Self {
            run: contact.run,
            sequence: contact.sequence,
            touchpoint: contact.touchpoint.as_str(),
            time: contact.time,
            channel: contact.channel.as_ref().map(Channel::as_str),
            reason: contact.reason.as_deref(),
            score: contact.score,
        }
    }
}

/// How a run went away.
#[derive(Clone, Copy, Debug)]
pub struct ExitRow<'a> {
    /// When.
    pub time: Timestamp,
    /// After which touchpoint; `None`: after its last contact.
    pub after: Option<&'a str>,
    /// Why, when known.
    pub reason: Option<&'a str>,
}

impl<'a> From<&'a Exit> for ExitRow<'a> {
    fn from(exit: &'a Exit) -> Self {
        Self { time: exit.time, after: exit.after.as_ref().map(TouchpointId::as_str), reason: exit.reason.as_deref() }
    }
}

/// One run as it goes into the columns.
#[derive(Clone, Copy, Debug)]
pub struct RunRow<'a> {
    /// Which.
    pub id: RunId,
    /// When its first event happened.
    pub started: Timestamp,
    /// The version it runs on.
    pub version: &'a str,
    /// The personas of its customer.
    pub personas: &'a BTreeSet<String>,
    /// How it ended; `None`: it is open.
    pub ended: Option<(Ending, ExitRow<'a>)>,
    /// Since when nothing came after a touchpoint that expects a next one.
    pub dropped: Option<ExitRow<'a>>,
    /// When the goal was reached.
    pub goal: Option<Timestamp>,
}

impl<'a> RunRow<'a> {
    /// A stored run with the personas of its customer.
    pub fn of(run: &'a Run, personas: &'a BTreeSet<String>) -> Self {
        Self {
            id: run.id,
            started: run.started,
            version: run.version.as_str(),
            personas,
            ended: match &run.status {
                Status::Open => None,
                Status::Ended { ending, exit, .. } => Some((*ending, exit.into())),
            },
            dropped: run.dropped.as_ref().map(ExitRow::from),
            goal: run.goal,
        }
    }
}
