use std::collections::{BTreeMap, BTreeSet};

use engine::{Aliases, Traveller};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use words::{
    Channel, CustomerId, EffectKey, Event, EventId, EventName, Identity, JourneyId, OrganisationId, Properties, RunId,
    TouchpointId,
};

use crate::Draws;
use crate::scene::Staged;

/// A simulated customer: who it is, and what this customer will still do. Its draws are its own.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Person {
    /// In which journey.
    pub(crate) journey: JourneyId,
    /// From 1 within the journey.
    pub(crate) number: u32,
    /// The product's own id.
    pub(crate) customer: CustomerId,
    pub(crate) draws: Draws,
    /// Whether systems know who it is.
    pub(crate) named: bool,
    pub(crate) strands: Vec<Strand>,
    pub(crate) pending: Vec<Pending>,
    /// Events so far, for their ids.
    pub(crate) events: u32,
    /// Objects so far, per kind.
    pub(crate) objects: BTreeMap<String, u32>,
    /// What happened to which object: each once. Tasks that staff know of, too.
    pub(crate) happened: BTreeSet<String>,
}

/// One pass through the journey: a reader's second hold is a second strand.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Strand {
    /// Kind and id of the objects that it is about now, in the order in which they came.
    pub(crate) objects: Vec<(String, String)>,
    /// Went away.
    pub(crate) gone: bool,
}

/// Something that will happen.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Pending {
    pub(crate) time: Timestamp,
    /// Of two at one moment the one that was thought of first.
    pub(crate) order: u32,
    pub(crate) strand: usize,
    pub(crate) what: Will,
}

/// The kinds of things that will happen.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Will {
    /// The first event.
    Arrive,
    /// A rule of the behaviour, by its heading and place, with the event that it follows on.
    Follow { heading: String, rule: usize, cause: Option<Box<Event>> },
    /// Answers to the questions of a message.
    Answer { touchpoint: TouchpointId, key: String },
    /// Staff do a task.
    Work { touchpoint: TouchpointId, key: EffectKey, name: String },
    /// A provider tells that a message arrived or was opened.
    Receipt { name: String, key: String, touchpoint: TouchpointId, run: RunId, channel: Option<Channel> },
}

/// What a person does at one moment.
#[derive(Clone, Debug, Default)]
pub(crate) struct Deed {
    /// Events in order; those of `ours` come from our own pages.
    pub(crate) events: Vec<Event>,
    /// Whether they come from our own pages.
    pub(crate) ours: bool,
    /// In which strand.
    pub(crate) strand: usize,
    /// The task that is done by it.
    pub(crate) task: Option<EffectKey>,
}

/// Things that will happen to one person at most; what comes on top is forgotten.
const PENDING_MAX: usize = 100;

impl Strand {
    /// The id of the object of a kind that it is about now.
    pub(crate) fn id(&self, kind: &str) -> Option<&str> {
        self.objects.iter().find(|(known, _)| known == kind).map(|(_, id)| id.as_str())
    }

    /// The id of the object that the journey's runs go by.
    pub(crate) fn id_of_key(&self, staged: &Staged) -> Option<&str> {
        self.id(&staged.definition().run_per.as_ref()?.object)
    }
}

impl Person {
    /// Somebody who comes at this moment.
    pub fn new(organisation: &OrganisationId, staged: &Staged, number: u32, arrives: Timestamp) -> Self {
        let seed = staged.behaviour.seed.to_string();
        let draws = Draws::of(&["customer", &seed, &number.to_string()]);
        let mut person = Self {
            journey: staged.behaviour.journey.clone(),
            number,
            customer: CustomerId::from_u128(0),
            draws,
            named: !staged.behaviour.arrivals.anonymous.contains(&staged.behaviour.arrivals.event),
            strands: vec![Strand::default()],
            pending: Vec::new(),
            events: 0,
            objects: BTreeMap::new(),
            happened: BTreeSet::new(),
        };
        let first = person.event(staged, &staged.behaviour.arrivals.event, arrives, Properties::new());
        person.events = 0;
        person.named = false;
        if let Some(found) = engine::identify(organisation, &first, Aliases::default()) {
            person.customer = found.customer;
        }
        person.will(arrives, 0, Will::Arrive);
        person
    }

    /// The product's own id of this customer.
    pub fn customer(&self) -> CustomerId {
        self.customer
    }

    /// Whether anything may still come: something that will happen, or a run that may yet do what is answered to.
    pub(crate) fn is_under_way(&self, traveller: &Traveller, now: Timestamp) -> bool {
        let stays = self.strands.iter().any(|strand| !strand.gone);
        self.next().is_some() || stays && traveller.runs.iter().any(|run| run.hears(now))
    }

    /// When something happens next.
    pub(crate) fn next(&self) -> Option<Timestamp> {
        self.pending.iter().map(|pending| pending.time).min()
    }

    /// What happens next.
    pub(crate) fn take_next(&mut self) -> Option<Pending> {
        let next = self.pending.iter().enumerate().min_by_key(|(_, pending)| (pending.time, pending.order));
        next.map(|(place, _)| place).map(|place| self.pending.swap_remove(place))
    }

    pub(crate) fn will(&mut self, time: Timestamp, strand: usize, what: Will) {
        if self.pending.len() < PENDING_MAX {
            let order = self.pending.iter().map(|pending| pending.order + 1).max().unwrap_or(0);
            self.pending.push(Pending { time, order, strand, what });
        }
    }

    /// Nothing comes of this strand any more; staff still do their work, and letters still arrive.
    pub(crate) fn leave(&mut self, strand: usize) {
        self.strands[strand].gone = true;
        self.pending.retain(|pending| {
            pending.strand != strand || matches!(pending.what, Will::Work { .. } | Will::Receipt { .. })
        });
    }

    /// The name of this customer in other systems.
    pub(crate) fn name(&self, staged: &Staged) -> String {
        format!("{}{:05}", staged.prefix, self.number)
    }

    /// An event about this customer, from the system that is responsible for its object.
    pub(crate) fn event(
        &mut self,
        staged: &Staged,
        name: &EventName,
        time: Timestamp,
        properties: Properties,
    ) -> Event {
        self.events += 1;
        let own = self.name(staged);
        let anonymous = !staged.behaviour.arrivals.anonymous.is_empty();
        let people = name.as_str() == "customer.identified";
        Event {
            id: EventId::new(format!("{own}-{}", self.events)),
            source: if people { Staged::PEOPLE } else { staged.source(name.object()) }.to_owned(),
            name: name.clone(),
            time,
            received: time,
            identity: Identity {
                customer: self.named.then(|| own.clone()),
                anonymous: (anonymous && (people || !self.named)).then(|| format!("a-{own}")),
            },
            properties,
            imported: false,
        }
    }

    /// The id of the object of a kind, made when there is none; `anew`: another one, and what came after it is over.
    pub(crate) fn object(&mut self, staged: &Staged, strand: usize, kind: &str, anew: bool) -> String {
        let objects = &mut self.strands[strand].objects;
        let place = objects.iter().position(|(known, _)| known == kind);
        match place {
            Some(place) if anew => objects.truncate(place),
            Some(place) => return objects[place].1.clone(),
            None => {}
        }
        let count = self.objects.entry(kind.to_owned()).or_default();
        *count += 1;
        let count = *count;
        let own = self.name(staged);
        let first = kind.chars().next().unwrap_or('x').to_ascii_uppercase();
        let id = if count == 1 { format!("{first}-{own}") } else { format!("{first}-{own}-{count}") };
        self.strands[strand].objects.push((kind.to_owned(), id.clone()));
        id
    }
}
