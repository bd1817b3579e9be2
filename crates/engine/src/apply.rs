use std::collections::BTreeSet;

use jiff::Timestamp;
use journey::Definition;
use words::{Contact, CustomerId, Effect, Event, JourneyId, Learnt, RunId};

use crate::route::{Route, opened, route};
use crate::step::advance;
use crate::traveller::{Waiting, waits_until};
use crate::turn::Made;
use crate::{Input, Note, ObjectRef, Thought, Traveller, World, profile};

/// What comes to a customer.
#[derive(Clone, Copy, Debug)]
pub enum Cause<'a> {
    /// Something happened. The caller has refused duplicates of (source, id).
    Event(&'a Event),
    /// The moment of [`Traveller::due`] has come.
    Due,
    /// A new version of a journey is live: it stands in [`World::live`].
    Published {
        /// Of which journey.
        journey: &'a JourneyId,
        /// The version it replaces, when at hand: then only runs that followed it are told.
        before: Option<&'a Definition>,
    },
}

/// What came of it. The traveller itself is changed in place; this says what to save beside it and what to do.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Applied {
    /// Runs to save: summary and blob.
    pub runs: BTreeSet<RunId>,
    /// Whether to save what the customer is known by.
    pub profile: bool,
    /// Whether to save what else is remembered of the customer.
    pub memory: bool,
    /// To append.
    pub contacts: Vec<Contact>,
    /// To append to contacts.
    pub learnt: Vec<Learnt>,
    /// For the outbox and the task list.
    pub effects: Vec<Effect>,
    /// Objects to index: an event that names only such an object belongs to this customer.
    pub bindings: Vec<Binding>,
    /// Events that waited in vain.
    pub quarantine: Vec<Quarantined>,
    /// What was thought.
    pub notes: Vec<Note>,
    /// Whether any journey took the event in, or keeps it waiting. `false`: nobody listens to it.
    pub heard: bool,
}

/// An object belongs to a run of a customer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Binding {
    /// The object.
    pub object: ObjectRef,
    /// Of which journey.
    pub journey: JourneyId,
    /// Its run.
    pub run: RunId,
    /// Whose.
    pub customer: CustomerId,
}

/// An event that could not be used.
#[derive(Clone, Debug, PartialEq)]
pub struct Quarantined {
    /// The event.
    pub event: Event,
    /// Why.
    pub reason: Reason,
}

/// Why an event goes to quarantine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Nobody knew its object within 48 hours.
    UnknownObject(ObjectRef),
    /// Too many events of this customer wait at once.
    TooManyWaiting(ObjectRef),
}

/// One input for one customer, in all journeys: pure. The caller only loads, calls this and saves.
pub fn apply(world: &World<'_>, traveller: &mut Traveller, cause: Cause<'_>, now: Timestamp) -> Applied {
    let mut applying = Applying { world, traveller, now, applied: Applied::default() };
    match cause {
        Cause::Event(event) => applying.event(event),
        Cause::Due => applying.due(),
        Cause::Published { journey, before } => applying.published(journey, before),
    }
    applying.applied
}

/// One application in the making.
pub(crate) struct Applying<'a, 'w> {
    pub(crate) world: &'a World<'w>,
    pub(crate) traveller: &'a mut Traveller,
    pub(crate) now: Timestamp,
    pub(crate) applied: Applied,
}

impl<'w> Applying<'_, 'w> {
    fn event(&mut self, event: &Event) {
        if event.name.as_str() == "customer.identified" {
            self.identify(event);
        }
        if event.name.as_str() == "message.failed"
            && let Some(key) = event.text("key")
        {
            self.applied.memory |= self.traveller.profile.attention.give_back(&key);
        }
        let mut taken = false;
        for definition in self.world.live {
            taken |= self.offer(definition, event);
        }
        let same = |waiting: &&mut Waiting| waiting.event.id == event.id && waiting.event.source == event.source;
        for waiting in self.traveller.profile.waiting.iter_mut().filter(same) {
            self.applied.memory |= taken && !waiting.taken;
            waiting.taken |= taken;
        }
    }

    fn identify(&mut self, event: &Event) {
        let zone = self.traveller.profile.customer.zone.clone();
        self.applied.heard = true;
        self.applied.profile |= profile::identify(&mut self.traveller.profile.customer, event);
        if self.traveller.profile.customer.zone != zone {
            // Every moment counted in days moves along with the zone.
            for place in 0..self.traveller.runs.len() {
                self.advance(place, Input::Derive);
            }
        }
    }

    /// Offers an event to one journey; what it starts or binds may be what other events waited for.
    fn offer(&mut self, definition: &'w Definition, event: &Event) -> bool {
        let taken = self.take(definition, event);
        if taken {
            self.retry(definition);
        }
        taken
    }

    /// Takes in what waited for an object that is known by now.
    pub(crate) fn retry(&mut self, definition: &'w Definition) {
        let rounds = self.traveller.profile.waiting.len();
        for _ in 0..rounds {
            let next = self.traveller.profile.waiting.iter().position(|waiting| {
                waiting.journey == definition.id
                    && matches!(self.route(definition, &waiting.event), Route::Run(_) | Route::Start { .. })
            });
            let Some(next) = next else { return };
            let waiting = self.traveller.profile.waiting.remove(next);
            // Otherwise it would wait again after the next look, and be taken in once more.
            self.applied.memory = true;
            self.take(definition, &waiting.event);
        }
    }

    /// History is lived through at its own time.
    fn clock(&self, event: &Event) -> Timestamp {
        if event.imported { event.time } else { self.now }
    }

    fn route(&self, definition: &Definition, event: &Event) -> Route {
        let all = self.traveller.runs.iter().enumerate();
        let runs: Vec<_> = all.filter(|(_, run)| run.run.journey == definition.id).collect();
        route(definition, &runs, &self.traveller.profile.customer, event, self.clock(event), self.world.setting)
    }

    /// Whether a run took the event in.
    fn take(&mut self, definition: &'w Definition, event: &Event) -> bool {
        let place = match self.route(definition, event) {
            Route::Run(place) => place,
            Route::Start { key, generation } => self.start(definition, event, key, generation),
            Route::Wait(object) => {
                self.wait(definition, event, object);
                return false;
            }
            Route::None => return false,
        };
        self.applied.heard = true;
        let before: BTreeSet<ObjectRef> = self.bound(definition, place);
        self.advance(place, Input::Event(event));
        self.bind(definition, place, &before);
        true
    }

    /// Tells which objects were not bound to a run before.
    pub(crate) fn bind(&mut self, definition: &Definition, place: usize, before: &BTreeSet<ObjectRef>) {
        let run = &self.traveller.runs[place].run;
        for object in self.bound(definition, place).difference(before) {
            let (object, journey) = (object.clone(), run.journey.clone());
            self.applied.bindings.push(Binding { object, journey, run: run.id, customer: run.customer });
        }
    }

    fn start(&mut self, definition: &Definition, event: &Event, key: Option<String>, generation: u32) -> usize {
        let customer = &self.traveller.profile.customer;
        let state = opened(definition, customer, event, (key, generation), self.clock(event));
        let note = Note { time: self.now, run: state.run.id, touchpoint: None, object: None, what: Thought::Started };
        self.applied.notes.push(note);
        self.traveller.runs.push(state);
        self.traveller.runs.len() - 1
    }

    /// The objects by which later events find a run.
    pub(crate) fn bound(&self, definition: &Definition, place: usize) -> BTreeSet<ObjectRef> {
        let state = &self.traveller.runs[place];
        let parts = state.objects.keys().filter(|object| definition.parts.contains(&object.kind));
        let parts = parts.filter(|object| !object.id.is_empty()).cloned();
        let key = definition.run_per.as_ref().filter(|key| key.property == "id");
        let key = key.zip(state.run.key.clone()).filter(|_| state.sequence > 0 || !state.objects.is_empty());
        parts.chain(key.map(|(key, id)| ObjectRef::new(key.object.clone(), id))).collect()
    }

    fn wait(&mut self, definition: &Definition, event: &Event, object: ObjectRef) {
        self.applied.heard = true;
        self.applied.memory = true;
        let waiting = &mut self.traveller.profile.waiting;
        if waiting.len() >= Traveller::WAITING_MAX {
            let Waiting { event, object, .. } = waiting.remove(0);
            self.applied.quarantine.push(Quarantined { event, reason: Reason::TooManyWaiting(object) });
        }
        let until = waits_until(event).max(self.now);
        waiting.push(Waiting { event: event.clone(), journey: definition.id.clone(), object, until, taken: false });
    }

    fn due(&mut self) {
        for place in 0..self.traveller.runs.len() {
            if self.traveller.runs[place].run.due.is_some_and(|due| due <= self.now) {
                self.advance(place, Input::Due);
            }
        }
        let now = self.now;
        let in_vain = |waiting: &Waiting| waiting.until <= now;
        for Waiting { event, object, taken, .. } in self.traveller.profile.waiting.extract_if(.., |w| in_vain(w)) {
            self.applied.memory = true;
            if taken {
                continue;
            }
            let quarantine = &mut self.applied.quarantine;
            if !quarantine.iter().any(|other| other.event.id == event.id && other.event.source == event.source) {
                quarantine.push(Quarantined { event, reason: Reason::UnknownObject(object) });
            }
        }
    }

    fn published(&mut self, journey: &JourneyId, before: Option<&Definition>) {
        for place in 0..self.traveller.runs.len() {
            let run = &self.traveller.runs[place];
            if run.run.journey == *journey && before.is_none_or(|before| before.hash == run.run.version) {
                self.advance(place, Input::Published { before });
            }
        }
    }

    pub(crate) fn advance(&mut self, place: usize, input: Input<'_>) {
        let Some(definition) = self.world.followed_by(&self.traveller.runs[place]) else { return };
        let Traveller { profile, runs } = &mut *self.traveller;
        let state = &mut runs[place];
        let made = advance(definition, state, &profile.customer, input, self.now, self.world.setting);
        let asks = |contact: &&Contact| {
            definition.touchpoint(&contact.touchpoint).is_some_and(|touchpoint| !touchpoint.ask.is_empty())
        };
        for contact in made.contacts.iter().filter(asks) {
            let last =
                profile.asked.entry(format!("{}/{}", contact.journey, contact.touchpoint)).or_insert(contact.time);
            *last = (*last).max(contact.time);
            self.applied.memory = true;
        }
        // What other systems send takes the customer's attention as well.
        for contact in made.contacts.iter() {
            let Some(touchpoint) = definition.touchpoint(&contact.touchpoint) else { continue };
            if touchpoint.written_by_other().is_some() && self.world.setting.organisation.message_budget.is_some() {
                let weight = words::Attention::weight(touchpoint.attention);
                profile.attention.spend(&format!("{}/{}", contact.run, contact.sequence), contact.time, weight);
                self.applied.memory = true;
            }
        }
        self.applied.runs.insert(state.run.id);
        let Made { contacts, learnt, effects, notes } = made;
        self.applied.contacts.extend(contacts);
        self.applied.learnt.extend(learnt);
        self.applied.effects.extend(effects);
        self.applied.notes.extend(notes);
    }
}
