use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use journey::Definition;
use serde::{Deserialize, Serialize};
use words::{Customer, CustomerId, Event, HaltId, JourneyId, RunId, TouchpointId, limits};

use crate::{Ledger, ObjectRef, Setting, State};

/// Everything of one customer: who it is, and all runs through all journeys. A store loads it whole, [`crate::apply`]
/// changes it, a store saves what changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Traveller {
    /// Kept as one blob.
    pub profile: Profile,
    /// Kept as one blob each.
    pub runs: Vec<State>,
}

/// What is known of a customer beside runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Profile {
    /// Who it is.
    pub customer: Customer,
    /// When each touchpoint was last asked about, by `journey/touchpoint`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub asked: BTreeMap<String, Timestamp>,
    /// Events about objects that no run knows yet, in the order of receipt.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waiting: Vec<Waiting>,
    /// What took this customer's attention lately.
    #[serde(default, skip_serializing_if = "Ledger::is_empty")]
    pub attention: Ledger,
    /// Halts of which this customer got the notice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub noticed: Vec<HaltId>,
    /// Customers with whom this one was merged by mistake: never again.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub apart: BTreeSet<CustomerId>,
}

/// An event that waits for an object to become known.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Waiting {
    /// The event.
    pub event: Event,
    /// In which journey.
    pub journey: JourneyId,
    /// For which object.
    pub object: ObjectRef,
    /// After this it goes to quarantine, unless another journey took it in.
    pub until: Timestamp,
    /// Another journey took it in.
    #[serde(default)]
    pub taken: bool,
}

impl Traveller {
    /// Events that wait per customer at most; the oldest goes to quarantine first.
    pub const WAITING_MAX: usize = 100;

    /// Someone who has not gone anywhere yet.
    pub fn new(customer: Customer) -> Self {
        Self { profile: Profile::new(customer), runs: Vec::new() }
    }

    /// The earliest moment at which anything is due: in a run, or an event that has waited long enough.
    pub fn due(&self) -> Option<Timestamp> {
        let waiting = self.profile.waiting.iter().map(|waiting| waiting.until);
        self.runs.iter().filter_map(|run| run.run.due).chain(waiting).min()
    }

    /// A run by its id.
    pub fn run(&self, id: RunId) -> Option<&State> {
        self.runs.iter().find(|run| run.run.id == id)
    }
}

impl Profile {
    /// Halts that are remembered; more than ever stand open at once.
    const NOTICED_MAX: usize = 50;

    /// Someone of whom nothing else is known.
    pub fn new(customer: Customer) -> Self {
        Self {
            customer,
            asked: BTreeMap::new(),
            waiting: Vec::new(),
            attention: Ledger::default(),
            noticed: Vec::new(),
            apart: BTreeSet::new(),
        }
    }

    /// Remembers that this customer gets the notice of a halt; `false` when that was so already.
    pub fn notice(&mut self, halt: HaltId) -> bool {
        if self.noticed.contains(&halt) {
            return false;
        }
        if self.noticed.len() >= Self::NOTICED_MAX {
            self.noticed.remove(0);
        }
        self.noticed.push(halt);
        true
    }

    /// Whether staff said that these two are not one.
    pub fn is_apart_from(&self, other: &Self) -> bool {
        self.apart.contains(&other.customer.id) || other.apart.contains(&self.customer.id)
    }

    /// When this customer was last asked about a touchpoint.
    pub fn asked_last(&self, journey: &JourneyId, touchpoint: &TouchpointId) -> Option<Timestamp> {
        self.asked.get(&format!("{journey}/{touchpoint}")).copied()
    }
}

/// How long an event may wait for an object that nobody knows: 48 hours from its receipt. For events without a customer
/// the caller keeps them, with the objects that [`needs`] names.
pub fn waits_until(event: &Event) -> Timestamp {
    let wait = SignedDuration::from_hours(limits::UNKNOWN_OBJECT_WAIT_HOURS);
    event.received.checked_add(wait).unwrap_or(Timestamp::MAX)
}

/// The objects by which the customer of an event can be found, its own first. Empty when the event says itself who it is
/// about. The caller looks them up in its index of [`crate::Binding`]s and takes the first that is known.
pub fn needs(event: &Event) -> Vec<ObjectRef> {
    if event.identity.customer.is_some() || event.identity.anonymous.is_some() {
        return Vec::new();
    }
    event.objects().into_iter().map(|(kind, id)| ObjectRef { kind, id }).collect()
}

/// The definitions of an organisation, and what surrounds them.
#[derive(Clone, Copy, Debug)]
pub struct World<'a> {
    /// The live version of every journey.
    pub live: &'a [&'a Definition],
    /// Older versions that pinned runs still follow.
    pub older: &'a [&'a Definition],
    /// Zone, quiet hours, seed.
    pub setting: Setting<'a>,
}

impl<'a> World<'a> {
    /// The live version of a journey.
    pub fn journey(&self, id: &JourneyId) -> Option<&'a Definition> {
        self.live.iter().copied().find(|definition| definition.id == *id)
    }

    /// The version that a run follows: the live one, unless its journey pins and the old one is at hand.
    pub fn followed_by(&self, run: &State) -> Option<&'a Definition> {
        let run = &run.run;
        let mut older = self.older.iter().copied();
        let own = older.find(|definition| definition.id == run.journey && definition.hash == run.version);
        let live = self.journey(&run.journey);
        own.filter(|own| own.pin && live.is_none_or(|live| live.pin)).or(live)
    }
}
