use std::collections::{BTreeMap, BTreeSet};

use engine::{Aliases, Cause, Traveller, World};
use jiff::Timestamp;
use service::running::{Changing, Deciding};
use service::sending::message_event;
use store::{AliasKind, Change, EventOutcome, EventRef, EventState, Link, NewEvent, OutboxRow, SendState};
use words::{Channel, Customer, CustomerId, Effect, EffectKey, Event, Identity, Refusal, Verdict};

use crate::acting::{Act, Acting, Actor, Product};
use crate::letters;
use crate::person::Person;
use crate::reacting::Given;
use crate::scene::{Scene, Staged};

/// One customer's life until a moment, with everything that the product keeps of it.
#[derive(Clone, Debug)]
pub struct Life {
    /// Who, with what will still happen.
    pub person: Person,
    /// As the engine knows the customer.
    pub traveller: Traveller,
    /// To be committed.
    pub change: Change,
    /// To be accepted before, in order of receipt.
    pub events: Vec<NewEvent>,
    /// Links in messages.
    pub links: Vec<Link>,
    /// Whether anything may still come: of this person, or of a run that hears.
    pub under_way: bool,
}

/// Inputs of one customer at most; beyond it the rest of the life is left out.
const INPUTS_MAX: usize = 5_000;

/// Lives one customer's life in memory on a virtual clock, strictly in the order of time: what this customer and staff do, what
/// falls due, and messages that were held. Messages are accepted as soon as they are decided.
pub fn live(scene: &Scene, world: &World<'_>, staged: &Staged, person: Person, until: Timestamp) -> Life {
    let traveller = Traveller::new(Customer::unknown(person.customer()));
    let actor = Acting { person, staged, zone: scene.zone() };
    let mut course = Course::new(scene, world, traveller, actor, until);
    course.run(until);
    let under_way = course.actor.person.is_under_way(&course.traveller, until);
    let person = course.actor.person.clone();
    let Past { traveller, change, events, links } = course.finish();
    Life { person, traveller, change, events, links, under_way }
}

/// What the product keeps of a life.
#[derive(Clone, Debug)]
pub(crate) struct Past {
    pub(crate) traveller: Traveller,
    pub(crate) change: Change,
    pub(crate) events: Vec<NewEvent>,
    pub(crate) links: Vec<Link>,
}

/// A life under way: the product's own rules, with somebody who acts.
pub(crate) struct Course<'a, A> {
    scene: &'a Scene,
    world: &'a World<'a>,
    traveller: Traveller,
    changing: Changing,
    actor: A,
    /// Addresses that must not be written to.
    pub(crate) suppressed: BTreeSet<(Channel, String)>,
    /// What other systems call this customer.
    names: BTreeSet<(AliasKind, String)>,
    events: Vec<NewEvent>,
    outbox: BTreeMap<EffectKey, OutboxRow>,
    open_tasks: Vec<EffectKey>,
    links: Vec<Link>,
    now: Timestamp,
    inputs: usize,
}

impl<'a, A: Actor> Course<'a, A> {
    /// Begins with the first thing that happens, at `until` when nothing does.
    pub(crate) fn new(
        scene: &'a Scene,
        world: &'a World<'a>,
        traveller: Traveller,
        actor: A,
        until: Timestamp,
    ) -> Self {
        let start = actor.next().unwrap_or(until);
        let organisation = scene.surroundings.id.clone();
        Self {
            scene,
            world,
            changing: Changing::new(organisation, traveller.profile.customer.id, 0, start),
            traveller,
            actor,
            suppressed: BTreeSet::new(),
            names: BTreeSet::new(),
            events: Vec::new(),
            outbox: BTreeMap::new(),
            open_tasks: Vec::new(),
            links: Vec::new(),
            now: start,
            inputs: 0,
        }
    }

    /// Lets the clock run until a moment; `false`: more happened than one life may hold, and the rest is left out.
    pub(crate) fn run(&mut self, until: Timestamp) -> bool {
        while self.inputs < INPUTS_MAX {
            let own = self.actor.next();
            let due = self.traveller.due();
            let held = self.outbox.values().filter_map(held_until).min();
            let next = [own, due, held].into_iter().flatten().min().filter(|next| *next <= until);
            let Some(next) = next else { return true };
            self.now = self.now.max(next);
            if own == Some(next) {
                self.act();
                continue;
            }
            if due.is_some_and(|due| due <= self.now) {
                self.apply(Cause::Due);
            }
            self.decide_held();
        }
        false
    }

    fn customer(&self) -> CustomerId {
        self.traveller.profile.customer.id
    }

    fn act(&mut self) {
        // What does not happen after all still takes its turn.
        self.inputs += 1;
        let product = Product { traveller: &self.traveller, messages: &self.outbox, tasks: &self.open_tasks };
        for act in self.actor.act(product, self.now) {
            self.hear(act);
        }
    }

    fn hear(&mut self, Act { event, ours, strand }: Act) {
        let organisation = self.scene.surroundings.id.clone();
        let new = if ours {
            NewEvent::about(organisation, self.customer(), event)
        } else {
            self.identify(&event);
            NewEvent::from_outside(organisation, event)
        };
        let event = new.event.clone();
        self.take_in(new);
        self.actor.heard(&self.traveller, &event, strand);
    }

    /// The names under which other systems know this customer.
    fn identify(&mut self, event: &Event) {
        let id = self.customer();
        let called = |kind, name: &Option<String>| {
            name.as_ref().filter(|name| self.names.contains(&(kind, (*name).clone()))).map(|_| id)
        };
        let named = self.names.iter().any(|(kind, _)| *kind == AliasKind::User);
        let Identity { customer, anonymous } = &event.identity;
        let aliases = Aliases {
            customer: called(AliasKind::User, customer),
            anonymous: called(AliasKind::Anonymous, anonymous).map(|id| (id, named)),
            previous: None,
            object: None,
        };
        let Some(found) = engine::identify(&self.scene.surroundings.id, event, aliases) else { return };
        let added =
            [(found.adds_customer, AliasKind::User, customer), (found.adds_anonymous, AliasKind::Anonymous, anonymous)];
        for (kind, name) in
            added.into_iter().filter_map(|(adds, kind, name)| Some((kind, name.clone().filter(|_| adds)?)))
        {
            self.changing.alias(kind, name.clone());
            self.names.insert((kind, name));
        }
    }

    /// An event is accepted and applied.
    fn take_in(&mut self, new: NewEvent) {
        let (event, reference) = (new.event.clone(), reference(&new));
        // In the order of receipt: before what we ourselves send because of it.
        self.events.push(new);
        self.apply(Cause::Event(&event));
        let waits = self.traveller.profile.waiting.iter().find(|waiting| waiting.event.id == event.id);
        let state = waits.map_or(EventState::Applied, |waiting| EventState::Waiting {
            object: waiting.object.to_string(),
            until: waiting.until,
        });
        self.changing.outcome(reference, state);
    }

    /// One input: what comes of it, the decisions about its messages, and what people do upon it.
    fn apply(&mut self, cause: Cause<'_>) {
        self.inputs += 1;
        let applied = engine::apply(self.world, &mut self.traveller, cause, self.now);
        let contacts = applied.contacts.clone();
        let mut given = Vec::new();
        for effect in &applied.effects {
            match effect {
                Effect::Task { key, run, touchpoint, decided, task, .. } => {
                    self.open_tasks.push(key.clone());
                    let (key, touchpoint, team) = (key.clone(), touchpoint.clone(), task.team.clone());
                    given.push(Given { key, run: *run, touchpoint, team, made: *decided });
                }
                Effect::Withdraw { key, reason } => {
                    self.open_tasks.retain(|open| open != key);
                    if let Some(row) = self.outbox.get_mut(key).filter(|row| held_until(row).is_some()) {
                        row.state = SendState::Withdrawn { reason: reason.clone() };
                    }
                }
                Effect::CloseTask { key, .. } => self.open_tasks.retain(|open| open != key),
                Effect::Send { .. } => {}
            }
        }
        for row in self.changing.take(applied) {
            self.decide(row);
        }
        for contact in &contacts {
            self.actor.met(&self.traveller, contact);
        }
        for task in &given {
            self.actor.given(&self.traveller, task);
        }
    }

    fn decide_held(&mut self) {
        loop {
            let now = self.now;
            let over = |row: &&OutboxRow| held_until(row).is_some_and(|until| until <= now);
            let Some(row) = self.outbox.values().find(over).cloned() else { return };
            self.decide(row);
        }
    }

    fn decide(&mut self, mut row: OutboxRow) {
        let deciding = Deciding {
            surroundings: &self.scene.surroundings,
            world: self.world,
            suppressed: &self.suppressed,
            now: self.now,
        };
        let mut decision = deciding.decide(&row, &self.traveller);
        if let Verdict::Send { channel, to } = &decision.verdict {
            row.channel = Some(channel.clone());
            row.to = Some(to.clone());
            match letters::write(self.scene, &self.traveller.profile.customer, &row, self.now) {
                Some((rendered, links)) => {
                    row.rendered = Some(rendered);
                    self.links.extend(links);
                }
                None => decision.verdict = Verdict::Refuse { reason: Refusal::Unrenderable },
            }
        }
        if engine::reserve(&mut self.traveller.profile, &decision, &row.send, self.world.setting) {
            self.changing.memory();
        }
        let event = self.stand(&mut row, &decision.verdict);
        self.changing.decided(row.clone(), decision, false);
        let kept = row.state.name() == "sent";
        self.outbox.insert(row.key.clone(), row);
        match event {
            Some(event) if kept => {
                let (organisation, customer) = (self.scene.surroundings.id.clone(), self.customer());
                self.take_in(NewEvent::about(organisation, customer, event));
            }
            // A refusal is told to the run alone.
            Some(event) => self.apply(Cause::Event(&event)),
            None => {}
        }
    }

    /// Where a message stands after a decision, and the event that tells the run.
    fn stand(&self, row: &mut OutboxRow, verdict: &Verdict) -> Option<Event> {
        match verdict {
            Verdict::Send { channel, .. } => {
                row.state = SendState::Sent { time: self.now, reference: None };
                row.attempts = 1;
                let channel = Some(channel.as_str().to_owned());
                Some(message_event(row, "message.sent", self.now, self.now, channel))
            }
            Verdict::Hold { until, why } => {
                row.state = SendState::Held { until: *until, why: *why };
                None
            }
            Verdict::Refuse { reason } => {
                row.state = SendState::Refused { reason: *reason };
                let mut event = message_event(row, "message.failed", self.now, self.now, None);
                let reason = serde_json::to_value(reason).unwrap_or_default();
                event.properties.insert("reason".into(), reason);
                Some(event)
            }
        }
    }

    pub(crate) fn finish(self) -> Past {
        let Self { traveller, changing, events, outbox, links, now, .. } = self;
        let mut change = changing.finish(&traveller);
        change.time = now;
        change.outbox = outbox.into_values().collect();
        Past { traveller, change, events, links }
    }
}

/// Until when a message is held.
fn held_until(row: &OutboxRow) -> Option<Timestamp> {
    match row.state {
        SendState::Held { until, .. } => Some(until),
        _ => None,
    }
}

/// The name of an event that is to be stored.
pub(crate) fn reference(new: &NewEvent) -> EventRef {
    let NewEvent { organisation, bucket, event, .. } = new;
    EventRef { organisation: organisation.clone(), bucket: *bucket, source: event.source.clone(), id: event.id.clone() }
}

/// What came of an event that is nobody's.
pub(crate) fn settled(new: &NewEvent) -> EventOutcome {
    EventOutcome { event: reference(new), customer: None, state: EventState::Applied }
}
