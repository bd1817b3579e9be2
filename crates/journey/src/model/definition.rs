use std::collections::BTreeMap;

use words::{Band, Ending, FormOfAddress, JourneyId, Language, PhaseId, TouchpointId, VersionHash};

use super::{Anchor, EventMatch, Examples, Expression, FactPath, Facts, Span, Touchpoint};

/// `run_per`: one run per value of this property.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// The object.
    pub object: String,
    /// Its property, mostly `id`.
    pub property: String,
}

impl From<FactPath> for Key {
    fn from(path: FactPath) -> Self {
        Self { object: path.object, property: path.property }
    }
}

/// When a start may open another run beside or after one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Again {
    /// Not said, with `run_per`: the key alone decides. A start without a key opens a run when no keyless run is open.
    ByKey,
    /// Once per customer (or per key).
    Never,
    /// Once the one before has ended.
    AfterEnd,
    /// Once the one before started so long ago.
    After(Span),
}

/// The exit to a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Human {
    /// Which team.
    pub team: String,
    /// By telephone.
    pub phone: Option<String>,
}

/// A column group of the map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phase {
    /// Stays the same over versions.
    pub id: PhaseId,
    /// As printed.
    pub title: String,
    /// Before, during or after.
    pub band: Band,
}

/// Who and what works behind the scenes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Backstage {
    /// Which team.
    pub team: Option<String>,
    /// Which system.
    pub system: Option<String>,
}

/// What ends a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EndOn {
    /// One of these events.
    Events(Vec<EventMatch>),
    /// So long after something.
    After {
        /// After what.
        anchor: Anchor,
        /// How long.
        by: Span,
        /// Only if this holds then.
        only: Option<Expression>,
    },
}

/// One way in which a run ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct End {
    /// What ends it.
    pub on: EndOn,
    /// How it counts.
    pub counts_as: Ending,
    /// How long it still hears events and fires; `None`: not at all.
    pub listen: Option<Span>,
}

/// What the journey is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goal {
    /// Reached by one of these.
    pub on: Vec<EventMatch>,
    /// Counted from the run's start; `None`: whenever.
    pub within: Option<Span>,
}

/// Whether other contacts may come between the steps of a funnel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// In order, others may come between.
    Loose,
    /// In order, directly after each other.
    Strict,
    /// In any order.
    Any,
}

/// A funnel with its semantics: unit is the run; the window counts from the first step, inclusive; simultaneous contacts
/// count in the order of the steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Funnel {
    /// Its name.
    pub id: String,
    /// As shown; the id when left out.
    pub title: Option<String>,
    /// The touchpoints.
    pub steps: Vec<TouchpointId>,
    /// From the first step to the last.
    pub within: Option<Span>,
    /// What may come between.
    pub order: Order,
}

/// What something is called: of an event a clause ("de reparatie is afgesloten"), of a fact or an object words with their
/// article ("de status van de afspraak"), of one that is true or false a statement, of a value words behind "is".
pub type Names = BTreeMap<String, String>;

/// A journey, as its folder says.
#[derive(Clone, Debug, PartialEq)]
pub struct Definition {
    /// Its name within the organisation.
    pub id: JourneyId,
    /// As shown.
    pub title: String,
    /// The language it is written in.
    pub language: Language,
    /// Who looks after it.
    pub owner: Option<String>,
    /// For whom.
    pub personas: Vec<String>,
    /// How customers are addressed: as the journey says, else as its persona is; the organisation's when neither says.
    pub address: Option<FormOfAddress>,
    /// One run per this; `None`: one per customer.
    pub run_per: Option<Key>,
    /// The property that says in whose name its messages go; `None`: in the organisation's own.
    pub principal: Option<Key>,
    /// When another run may open.
    pub again: Again,
    /// Objects that live inside a run and may follow one another.
    pub parts: Vec<String>,
    /// What opens a run.
    pub starts: Vec<EventMatch>,
    /// What ends it.
    pub ends: Vec<End>,
    /// What it is for.
    pub goal: Option<Goal>,
    /// The exit to a person.
    pub human: Option<Human>,
    /// Declared facts.
    pub facts: Facts,
    /// Examples of them, as far as they are declared.
    pub examples: Examples,
    /// What its events, facts, objects and values are called, in its own language.
    pub names: Names,
    /// Open runs stay on the version they started with.
    pub pin: bool,
    /// The phases, in order.
    pub phases: Vec<Phase>,
    /// The touchpoints, in the order of the text.
    pub touchpoints: Vec<Touchpoint>,
    /// The funnels.
    pub funnels: Vec<Funnel>,
    /// Over the whole folder.
    pub hash: VersionHash,
}

impl Definition {
    /// A touchpoint by its id, or by the id it had before.
    pub fn touchpoint(&self, id: &TouchpointId) -> Option<&Touchpoint> {
        let by_id = self.touchpoints.iter().find(|touchpoint| touchpoint.id == *id);
        by_id.or_else(|| self.touchpoints.iter().find(|touchpoint| touchpoint.was.as_ref() == Some(id)))
    }

    /// A phase by its id.
    pub fn phase(&self, id: &PhaseId) -> Option<&Phase> {
        self.phases.iter().find(|phase| phase.id == *id)
    }

    /// The exit to a person at a touchpoint.
    pub fn human_at<'a>(&'a self, touchpoint: &'a Touchpoint) -> Option<&'a Human> {
        touchpoint.human.as_ref().or(self.human.as_ref())
    }
}
