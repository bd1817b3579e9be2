use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use words::{Event, EventName, Value};

/// One object of the outside world: an appointment, a parcel. Written `appointment:A-1`; without an id it is the one
/// nameless object of its kind in a run.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", from = "String")]
pub struct ObjectRef {
    /// What it is, as events name it: `appointment`.
    pub kind: String,
    /// Its id in the system it comes from; empty for a nameless object.
    pub id: String,
}

impl ObjectRef {
    /// Joins a kind and an id.
    pub fn new(kind: impl Into<String>, id: impl Into<String>) -> Self {
        Self { kind: kind.into(), id: id.into() }
    }

    /// The event's own object: `x` of `x.y`.
    pub fn own(event: &Event) -> Self {
        let kind = event.name.object();
        Self::new(kind, event.object_id(kind).unwrap_or_default())
    }

    /// The written form, or `None` for a nameless object: nothing to keep apart.
    pub fn named(&self) -> Option<String> {
        (!self.id.is_empty()).then(|| self.to_string())
    }
}

impl fmt::Display for ObjectRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.id.is_empty() { f.write_str(&self.kind) } else { write!(f, "{}:{}", self.kind, self.id) }
    }
}

impl From<ObjectRef> for String {
    fn from(object: ObjectRef) -> Self {
        object.to_string()
    }
}

impl From<String> for ObjectRef {
    fn from(text: String) -> Self {
        match text.split_once(':') {
            Some((kind, id)) => Self::new(kind, id),
            None => Self::new(text, ""),
        }
    }
}

/// A value with the time of the event that said it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Fact {
    /// Read by its declared type: a `time` is text in UTC, a `date` is text `2027-04-06`.
    pub(crate) value: Value,
    /// The event's own time; a newer one wins.
    pub(crate) time: Timestamp,
}

/// What a run knows of one object.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Object {
    /// The time of the earliest event that named it. The object with the latest is *the* object of its kind.
    pub(crate) first: Timestamp,
    /// Its declared facts.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) facts: BTreeMap<String, Fact>,
    /// When each event last happened to it, by the events' own time.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) events: BTreeMap<EventName, Timestamp>,
    /// The parts that were named together with it in one event.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(crate) with: BTreeSet<ObjectRef>,
}

impl Object {
    pub(crate) fn new(first: Timestamp) -> Self {
        Self { first, facts: BTreeMap::new(), events: BTreeMap::new(), with: BTreeSet::new() }
    }

    /// A fact that is known; a null that came in later makes it unknown again.
    pub(crate) fn fact(&self, property: &str) -> Option<&Value> {
        self.facts.get(property).map(|fact| &fact.value).filter(|value| !value.is_null())
    }

    /// Takes in what another run knew of the same object.
    pub(crate) fn absorb(&mut self, other: Self) {
        self.first = self.first.min(other.first);
        for (property, fact) in other.facts {
            match self.facts.get(&property) {
                Some(known) if known.time >= fact.time => {}
                _ => {
                    self.facts.insert(property, fact);
                }
            }
        }
        for (event, time) in other.events {
            let mine = self.events.entry(event).or_insert(time);
            *mine = (*mine).max(time);
        }
        self.with.extend(other.with);
    }
}
