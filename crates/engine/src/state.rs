use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use words::{Channel, EffectKey, Event, Run, Status, TouchpointId};

use crate::{Note, ObjectRef, object::Object};

/// One run: the summary that a store keeps in columns, and everything the engine must remember of it. A store keeps the
/// whole as one blob (serde) beside the columns of [`State::run`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct State {
    /// The columns.
    pub run: Run,
    /// When the engine first stepped it.
    pub(crate) born: Timestamp,
    /// When it was last stepped: a moment after this was still ahead then.
    pub(crate) stepped: Timestamp,
    /// When it last took an event in.
    pub(crate) heard: Timestamp,
    /// No moment of a touchpoint before this fires: up to here it is imported history.
    pub(crate) history_until: Option<Timestamp>,
    /// The objects it knows.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) objects: BTreeMap<ObjectRef, Object>,
    /// The count of contacts so far.
    pub(crate) sequence: u32,
    /// Per touchpoint that happened: how often, and the newest.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) happened: BTreeMap<TouchpointId, Happened>,
    /// The newest contact that counts as a next contact (time, sequence).
    pub(crate) newest: Option<(Timestamp, u32)>,
    /// Moments that were dealt with, by what they belong to.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) handled: BTreeMap<String, Timestamp>,
    /// Every effect asked for, per touchpoint; never more than the cap.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) asked: BTreeMap<TouchpointId, Vec<Asked>>,
    /// Promises that still run.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) promises: Vec<Told>,
    /// Touchpoints whose `becomes` holds now.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(crate) holding: BTreeSet<TouchpointId>,
    /// Per touchpoint with `back_to`: loops so far, and the contact that was last counted.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) loops: BTreeMap<TouchpointId, (u32, u32)>,
    /// The newest thoughts, for explanations.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) notes: Vec<Note>,
}

/// A touchpoint that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Happened {
    pub(crate) count: u32,
    pub(crate) sequence: u32,
    pub(crate) time: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) channel: Option<Channel>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) object: Option<ObjectRef>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) reason: Option<String>,
}

/// How far an effect is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Progress {
    /// Not sent, not done.
    Open,
    /// Sent or done.
    Done,
    /// Refused, failed or taken back.
    Off,
}

/// An effect that was asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Asked {
    pub(crate) occurrence: String,
    pub(crate) time: Timestamp,
    pub(crate) progress: Progress,
    pub(crate) task: bool,
    /// When the task is due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) due: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) object: Option<ObjectRef>,
    /// The time of what made it happen: a `done` event before it does not close a task.
    pub(crate) cause: Timestamp,
    /// The contact it belongs to: of the message, of the task that was done, or the one that made the task.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) sequence: Option<u32>,
    /// What the message promises, with the facts of the moment it was decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) promise: Option<Offer>,
    /// The event, when the condition speaks of it and will be judged again before sending.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) event: Option<Box<Event>>,
    /// Its key, when another run asked for it that was folded into this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) key: Option<EffectKey>,
}

/// A promise as it will be, or was, told.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Offer {
    /// What is promised: a newer promise with the same basis replaces an older one.
    pub(crate) basis: String,
    pub(crate) object: Option<ObjectRef>,
    pub(crate) from: Timestamp,
    /// Inclusive.
    pub(crate) until: Timestamp,
    /// From here it can no longer be replaced: the start of a window, else `until`.
    pub(crate) falls_due: Timestamp,
}

/// A promise that was told and still runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Told {
    pub(crate) touchpoint: TouchpointId,
    pub(crate) sequence: u32,
    pub(crate) offer: Offer,
}

impl State {
    /// Thoughts kept for explanations; the oldest goes first.
    pub const NOTES_MAX: usize = 60;

    /// A run that has not taken anything in yet.
    pub(crate) fn new(run: Run, now: Timestamp) -> Self {
        Self {
            run,
            born: now,
            stepped: now,
            heard: now,
            history_until: None,
            objects: BTreeMap::new(),
            sequence: 0,
            happened: BTreeMap::new(),
            newest: None,
            handled: BTreeMap::new(),
            asked: BTreeMap::new(),
            promises: Vec::new(),
            holding: BTreeSet::new(),
            loops: BTreeMap::new(),
            notes: Vec::new(),
        }
    }

    /// Not ended.
    pub fn is_open(&self) -> bool {
        matches!(self.run.status, Status::Open)
    }

    /// Open, or ended and still listening.
    pub fn hears(&self, now: Timestamp) -> bool {
        match &self.run.status {
            Status::Open => true,
            Status::Ended { exit, listens_until, .. } => now <= *listens_until && exit.time < *listens_until,
        }
    }

    /// Takes in a late event of before the end, though it listens no more.
    pub(crate) fn remembers(&self, time: Timestamp) -> bool {
        matches!(&self.run.status, Status::Ended { exit, .. } if time <= exit.time)
    }

    /// How often a touchpoint happened.
    pub fn visits(&self, touchpoint: &TouchpointId) -> u32 {
        self.happened.get(touchpoint).map_or(0, |happened| happened.count)
    }

    /// How often the run went back from touchpoints that lead back.
    pub fn loops(&self) -> u32 {
        self.loops.values().map(|(count, _)| count).sum()
    }

    /// When each fact was said, and what: `(appointment:A-1, start, value)`; for the page of one customer.
    pub fn facts(&self) -> impl Iterator<Item = (&ObjectRef, &str, &words::Value)> {
        self.objects.iter().flat_map(|(object, known)| {
            known.facts.iter().map(move |(property, fact)| (object, property.as_str(), &fact.value))
        })
    }

    /// The objects of one kind.
    pub(crate) fn of_kind<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = (&'a ObjectRef, &'a Object)> {
        self.objects.range(ObjectRef::new(kind, "")..).take_while(move |(object, _)| object.kind == kind)
    }

    /// *The* object of a kind: the one that was first named last.
    pub(crate) fn newest_of<'a>(&'a self, kind: &'a str) -> Option<(&'a ObjectRef, &'a Object)> {
        self.of_kind(kind).max_by_key(|(object, known)| (known.first, *object))
    }

    /// The key of an effect that was asked for.
    pub(crate) fn key_of(&self, touchpoint: &TouchpointId, asked: &Asked) -> EffectKey {
        let own = || EffectKey::new(self.run.id, self.run.generation, touchpoint, &asked.occurrence);
        asked.key.clone().unwrap_or_else(own)
    }

    /// An effect by its key: its touchpoint, and its place there.
    pub(crate) fn by_key(&self, key: &str) -> Option<(&TouchpointId, usize)> {
        let prefix = format!("{}:{}:", self.run.id, self.run.generation);
        let own =
            key.strip_prefix(&prefix).and_then(|rest| rest.split_once(':')).and_then(|(touchpoint, occurrence)| {
                let (id, all) = self.asked.get_key_value(touchpoint)?;
                Some((id, all.iter().position(|asked| asked.key.is_none() && asked.occurrence == occurrence)?))
            });
        own.or_else(|| self.by_old_key(key))
    }

    /// An effect that was asked for under another name: before a renaming, or by a run folded into this one.
    fn by_old_key(&self, key: &str) -> Option<(&TouchpointId, usize)> {
        self.asked.iter().find_map(|(id, all)| {
            let own = |asked: &Asked| asked.key.as_ref().is_some_and(|own| own.as_str() == key);
            Some((id, all.iter().position(own)?))
        })
    }

    /// An effect by touchpoint and occurrence.
    pub(crate) fn effect(&self, touchpoint: &TouchpointId, occurrence: &str) -> Option<&Asked> {
        self.asked.get(touchpoint)?.iter().find(|asked| asked.occurrence == occurrence)
    }
}
