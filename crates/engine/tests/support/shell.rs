use std::collections::{BTreeMap, BTreeSet};

use engine::*;
use jiff::Timestamp;
use journey::{Definition, Organisation};
use words::*;

use super::story::Story;

/// A message in the outbox.
#[derive(Clone, Debug)]
struct Outgoing {
    customer: CustomerId,
    run: RunId,
    journey: JourneyId,
    touchpoint: TouchpointId,
    key: EffectKey,
    send: SendEffect,
    decided: Timestamp,
    held_until: Option<Timestamp>,
    next: Timestamp,
}

/// A task on the list.
#[derive(Clone, Debug)]
pub(crate) struct Task {
    pub(crate) touchpoint: TouchpointId,
    pub(crate) task: TaskEffect,
    pub(crate) done: Option<Timestamp>,
    pub(crate) withdrawn: bool,
}

/// The whole product in memory, as small as it can be.
pub(crate) struct Shell {
    pub(crate) definitions: Vec<Definition>,
    /// Versions that are no longer live.
    pub(crate) older: Vec<Definition>,
    pub(crate) organisation: Organisation,
    pub(crate) now: Timestamp,
    pub(crate) travellers: BTreeMap<CustomerId, Traveller>,
    pub(crate) live: bool,
    importing: bool,
    pub(crate) consented: BTreeSet<Channel>,
    aliases: BTreeMap<(bool, String), CustomerId>,
    objects: BTreeMap<ObjectRef, CustomerId>,
    waiting: Vec<Event>,
    accepted: BTreeSet<(String, EventId)>,
    outbox: Vec<Outgoing>,
    pub(crate) keys: Vec<EffectKey>,
    pub(crate) tasks: BTreeMap<EffectKey, Task>,
    pub(crate) contacts: Vec<Contact>,
    pub(crate) learnt: Vec<Learnt>,
    pub(crate) decisions: Vec<Decision>,
    pub(crate) notes: Vec<Note>,
    pub(crate) counts: Vec<DailyCount>,
    pub(crate) quarantine: Vec<Quarantined>,
    pub(crate) duplicates: usize,
    pub(crate) story: Story,
}

impl Shell {
    pub(crate) fn new(definitions: Vec<Definition>, organisation: Organisation) -> Self {
        let tested = Channel::SENDING.iter().map(|name| Channel::new(*name)).collect();
        Self {
            definitions,
            older: Vec::new(),
            organisation,
            now: Timestamp::MIN,
            travellers: BTreeMap::new(),
            live: true,
            importing: false,
            consented: tested,
            aliases: BTreeMap::new(),
            objects: BTreeMap::new(),
            waiting: Vec::new(),
            accepted: BTreeSet::new(),
            outbox: Vec::new(),
            keys: Vec::new(),
            tasks: BTreeMap::new(),
            contacts: Vec::new(),
            learnt: Vec::new(),
            decisions: Vec::new(),
            notes: Vec::new(),
            counts: Vec::new(),
            quarantine: Vec::new(),
            duplicates: 0,
            story: Story::default(),
        }
    }

    /// Replays a reference journey until the clock stands at `until`.
    pub(crate) fn replay(id: &str, until: &str) -> Self {
        let mut shell = Self::new(vec![super::definition(id)], super::organisation());
        shell.hear_all(super::trace(id));
        shell.wait_until(super::at(until));
        shell
    }

    pub(crate) fn hear_all(&mut self, events: impl IntoIterator<Item = Event>) {
        for event in events {
            self.hear(event);
        }
    }

    /// Lets the clock run: everything that falls due up to and including this moment.
    pub(crate) fn wait_until(&mut self, until: Timestamp) {
        self.importing = false;
        while let Some(next) = self.next().filter(|next| *next <= until) {
            self.fire(next);
        }
        self.now = self.now.max(until);
    }

    /// An event comes in.
    pub(crate) fn hear(&mut self, event: Event) {
        while let Some(next) = self.next().filter(|next| *next < event.received && !event.imported) {
            self.fire(next);
        }
        self.now = self.now.max(event.received);
        self.importing = event.imported;
        if !self.accepted.insert((event.source.clone(), event.id.clone())) {
            self.duplicates += 1;
            let customer = self.who(&event);
            self.story.tell(customer, self.now, format!("duplicate {} {} refused", event.id, event.name));
            return;
        }
        let definitions: Vec<&Definition> = self.definitions.iter().collect();
        if let Some(counts) = counted(&definitions, &event) {
            self.counts.extend(counts.unwrap());
            return;
        }
        match self.identity(&event) {
            Some(customer) => self.apply(customer, Cause::Event(&event)),
            None => {
                self.story.tell(None, self.now, format!("{} {} waits: nobody knows its object", event.id, event.name));
                self.waiting.push(event);
            }
        }
    }

    fn next(&self) -> Option<Timestamp> {
        let runs = self.travellers.values().filter_map(Traveller::due);
        let messages = self.outbox.iter().map(|message| message.next);
        runs.chain(messages).chain(self.waiting.iter().map(waits_until)).min()
    }

    fn fire(&mut self, now: Timestamp) {
        self.now = self.now.max(now);
        let due = |traveller: &Traveller| traveller.due().is_some_and(|due| due <= self.now);
        let due: Vec<CustomerId> = self.travellers.iter().filter(|(_, t)| due(t)).map(|(id, _)| *id).collect();
        for customer in due {
            self.apply(customer, Cause::Due);
        }
        self.decide_due();
        let now = self.now;
        for event in self.waiting.extract_if(.., |event| waits_until(event) <= now).collect::<Vec<_>>() {
            let object = needs(&event).into_iter().next().unwrap();
            self.story.tell(None, now, format!("{} {} to quarantine: {object} is unknown", event.id, event.name));
            self.quarantine.push(Quarantined { event, reason: Reason::UnknownObject(object) });
        }
    }

    fn who(&self, event: &Event) -> Option<CustomerId> {
        let alias = |named: bool, id: &Option<String>| self.aliases.get(&(named, id.clone()?)).copied();
        alias(true, &event.identity.customer)
            .or_else(|| alias(false, &event.identity.anonymous))
            .or_else(|| needs(event).iter().find_map(|object| self.objects.get(object)).copied())
    }

    fn identity(&mut self, event: &Event) -> Option<CustomerId> {
        let known = |named: bool, id: &Option<String>| self.aliases.get(&(named, id.clone()?)).copied();
        let named = |id: CustomerId| self.aliases.iter().any(|((named, _), customer)| *named && *customer == id);
        let aliases = Aliases {
            customer: known(true, &event.identity.customer),
            anonymous: known(false, &event.identity.anonymous).map(|id| (id, named(id))),
            previous: engine::previous_id(event).and_then(|id| known(true, &Some(id.to_owned()))),
            object: needs(event).iter().find_map(|object| self.objects.get(object)).copied(),
        };
        let found = identify(&OrganisationId::new("test"), event, aliases)?;
        for loser in &found.merges {
            self.merge(found.customer, *loser);
        }
        if found.adds_customer {
            let name = event.identity.customer.clone().unwrap();
            if !found.new {
                self.story.tell(Some(found.customer), self.now, format!("is {name}"));
            }
            self.story.name(found.customer, &name);
            self.aliases.insert((true, name), found.customer);
        }
        if found.adds_previous {
            let name = engine::previous_id(event).unwrap().to_owned();
            self.aliases.insert((true, name), found.customer);
        }
        if found.adds_anonymous {
            let name = event.identity.anonymous.clone().unwrap();
            self.story.name_if_nameless(found.customer, &name);
            self.aliases.insert((false, name), found.customer);
        }
        if found.new {
            self.travellers.insert(found.customer, Traveller::new(Customer::unknown(found.customer)));
        }
        Some(found.customer)
    }

    pub(crate) fn apply(&mut self, customer: CustomerId, cause: Cause<'_>) {
        let definitions: Vec<&Definition> = self.definitions.iter().collect();
        let setting = Setting { organisation: &self.organisation, seed: "test", holdouts: false };
        let older: Vec<&Definition> = self.older.iter().collect();
        let world = World { live: &definitions, older: &older, setting };
        let traveller = self.travellers.get_mut(&customer).unwrap();
        let applied = apply(&world, traveller, cause, self.now);
        let identified = matches!(cause, Cause::Event(event) if event.name.object() == "customer");
        for run in traveller.runs.iter().filter(|run| applied.runs.contains(&run.run.id)) {
            let behind = run.run.due.is_some_and(|due| due <= self.now);
            assert!(!behind || identified || self.importing, "nothing that is due stays behind: {run:#?}");
        }
        self.save(customer, applied);
    }

    fn merge(&mut self, winner: CustomerId, loser: CustomerId) {
        let loser_now = self.travellers.remove(&loser).unwrap();
        let definitions: Vec<&Definition> = self.definitions.iter().collect();
        let setting = Setting { organisation: &self.organisation, seed: "test", holdouts: false };
        let older: Vec<&Definition> = self.older.iter().collect();
        let world = World { live: &definitions, older: &older, setting };
        let traveller = self.travellers.get_mut(&winner).unwrap();
        let merged = merge(&world, traveller, loser_now, self.now);
        for customer in self.aliases.values_mut().chain(self.objects.values_mut()).filter(|c| **c == loser) {
            *customer = winner;
        }
        for message in self.outbox.iter_mut().filter(|message| message.customer == loser) {
            message.customer = winner;
        }
        for contact in self.contacts.iter_mut().filter(|contact| merged.moved.contains(&contact.run)) {
            contact.customer = winner;
        }
        for Folded { from, into, sequence_offset } in merged.folded {
            for contact in self.contacts.iter_mut().filter(|contact| contact.run == from) {
                (contact.run, contact.sequence) = (into, contact.sequence + sequence_offset);
            }
            for learnt in self.learnt.iter_mut().filter(|learnt| learnt.run == from) {
                (learnt.run, learnt.sequence) = (into, learnt.sequence + sequence_offset);
            }
            for message in self.outbox.iter_mut().filter(|message| message.run == from) {
                message.run = into;
            }
        }
        self.story.tell(Some(winner), self.now, "two customers are one".to_owned());
        self.save(winner, merged.applied);
    }

    fn save(&mut self, customer: CustomerId, applied: Applied) {
        let definitions: Vec<&Definition> = self.definitions.iter().collect();
        let setting = Setting { organisation: &self.organisation, seed: "test", holdouts: false };
        let traveller = &self.travellers[&customer];
        for run in &traveller.runs {
            let blob = serde_json::to_vec(run).unwrap();
            assert_eq!(serde_json::from_slice::<State>(&blob).unwrap(), *run, "state round-trips through serde");
        }
        self.story.applied(traveller, &applied, &definitions, setting, self.now);
        for Binding { object, customer, .. } in applied.bindings {
            self.objects.insert(object, customer);
        }
        self.contacts.extend(applied.contacts);
        self.learnt.extend(applied.learnt);
        self.notes.extend(applied.notes);
        self.quarantine.extend(applied.quarantine);
        for effect in applied.effects {
            self.perform(customer, effect);
        }
        self.decide_due();
        let bound: Vec<Event> = self
            .waiting
            .extract_if(.., |event| needs(event).iter().any(|object| self.objects.contains_key(object)))
            .collect();
        for event in bound {
            let customer = self.who(&event).unwrap();
            self.apply(customer, Cause::Event(&event));
        }
    }

    fn perform(&mut self, customer: CustomerId, effect: Effect) {
        match effect {
            Effect::Send { key, run, journey, touchpoint, decided, send } => {
                self.keys.push(key.clone());
                let next = self.now;
                let message =
                    Outgoing { customer, run, journey, touchpoint, key, send, decided, held_until: None, next };
                self.outbox.push(message);
            }
            Effect::Task { key, touchpoint, task, .. } => {
                self.keys.push(key.clone());
                self.tasks.insert(key, Task { touchpoint, task, done: None, withdrawn: false });
            }
            Effect::Withdraw { key, .. } => {
                self.outbox.retain(|message| message.key != key);
                if let Some(task) = self.tasks.get_mut(&key) {
                    task.withdrawn = true;
                }
            }
            Effect::CloseTask { key, time } => self.tasks.get_mut(&key).unwrap().done = Some(time),
        }
    }

    fn decide_due(&mut self) {
        while let Some(place) = self.outbox.iter().position(|message| message.next <= self.now) {
            let message = self.outbox.remove(place);
            self.decide(message);
        }
    }

    fn decide(&mut self, message: Outgoing) {
        let setting = Setting { organisation: &self.organisation, seed: "test", holdouts: false };
        let definition = self.definitions.iter().find(|definition| definition.id == message.journey).unwrap();
        let traveller = &self.travellers[&message.customer];
        let customer = &traveller.profile.customer;
        let run = traveller.run(message.run).unwrap();
        let gate = Gate {
            organisation: &self.organisation,
            wanted: still_wanted(definition, run, customer, &message.key, self.now, setting),
            held_out: false,
            asked_last: traveller.profile.asked_last(&message.journey, &message.touchpoint),
            suppressed: &BTreeSet::new(),
            refused: &BTreeSet::new(),
            tested: &self.consented,
            live: self.live,
            staff: &BTreeSet::new(),
            decided: message.decided,
            held_until: message.held_until,
            halt: None,
            attention: &traveller.profile.attention,
            answers: None,
        };
        let decision = decide(&message.key, &message.send, customer, gate, self.now, setting);
        let traveller = self.travellers.get_mut(&message.customer).unwrap();
        reserve(&mut traveller.profile, &decision, &message.send, setting);
        self.decisions.push(decision.clone());
        let touchpoint = message.touchpoint.clone();
        match decision.verdict {
            Verdict::Send { channel, .. } => {
                self.come_back(&message, "message.sent", ("channel", channel.as_str().to_owned()));
            }
            Verdict::Refuse { reason } => {
                let name = serde_json::to_value(reason).unwrap().as_str().unwrap().to_owned();
                self.story.tell(Some(message.customer), self.now, format!("{touchpoint} refused: {name}"));
                self.come_back(&message, "message.failed", ("reason", name));
            }
            Verdict::Hold { until, .. } => {
                let text = format!("{touchpoint} held until {}", self.story.local(until));
                self.story.tell(Some(message.customer), self.now, text);
                self.outbox.push(Outgoing { held_until: Some(until), next: until, ..message });
            }
        }
    }

    fn come_back(&mut self, message: &Outgoing, name: &str, (property, value): (&str, String)) {
        let event = Event {
            id: EventId::new(format!("{name} {}", message.key)),
            source: "klantreis".into(),
            name: EventName::parse(name).unwrap(),
            time: self.now,
            received: self.now,
            identity: Identity::default(),
            properties: [("key".to_owned(), message.key.as_str().into()), (property.to_owned(), value.into())].into(),
            imported: false,
        };
        self.apply(message.customer, Cause::Event(&event));
    }

    /// The customer whom a trace calls so.
    pub(crate) fn customer(&self, name: &str) -> CustomerId {
        let by = |named: bool| self.aliases.get(&(named, name.to_owned())).copied();
        by(true).or_else(|| by(false)).unwrap_or_else(|| panic!("nobody is called {name}"))
    }

    pub(crate) fn traveller(&self, name: &str) -> &Traveller {
        &self.travellers[&self.customer(name)]
    }

    /// The one run of a customer.
    pub(crate) fn run(&self, name: &str) -> &State {
        let runs = &self.traveller(name).runs;
        assert_eq!(runs.len(), 1, "{name} has {} runs", runs.len());
        &runs[0]
    }

    pub(crate) fn setting(&self) -> Setting<'_> {
        Setting { organisation: &self.organisation, seed: "test", holdouts: false }
    }

    /// Why a touchpoint did or did not happen to a customer, in Dutch.
    pub(crate) fn why(&self, name: &str, touchpoint: &str) -> String {
        let customer = &self.traveller(name).profile.customer;
        let run = self.run(name);
        let definition = self.definitions.iter().find(|definition| definition.id == run.run.journey).unwrap();
        let id = TouchpointId::new(touchpoint);
        explain(definition, run, customer, &id, &self.decisions, Language::Nl, self.setting()).unwrap().sentence
    }

    /// Whether a customer's story holds this line at this local time; the error shows the story.
    pub(crate) fn tells(&self, name: &str, time: &str, text: &str) {
        let customer = self.customer(name);
        let story = self.story.of(customer);
        let wanted = format!("{time}  {text}");
        assert!(story.contains(&wanted), "no “{wanted}” in the story of {name}:\n{}", story.join("\n"));
    }

    /// That a customer's story holds no line with this text (on this day).
    pub(crate) fn never_tells(&self, name: &str, day: &str, text: &str) {
        let story = self.story.of(self.customer(name));
        let found: Vec<&String> = story.iter().filter(|line| line.starts_with(day) && line.contains(text)).collect();
        assert!(found.is_empty(), "{name} should not have “{text}” on “{day}”: {found:?}");
    }

    /// How many messages of ours went out, by touchpoint.
    pub(crate) fn sent(&self) -> BTreeMap<&str, usize> {
        let mut sent = BTreeMap::new();
        let out = |note: &&Note| matches!(note.what, Thought::Sent { .. });
        for note in self.notes.iter().filter(out) {
            *sent.entry(note.touchpoint.as_ref().unwrap().as_str()).or_default() += 1;
        }
        sent
    }

    /// Runs of everybody.
    pub(crate) fn runs(&self) -> impl Iterator<Item = &State> {
        self.travellers.values().flat_map(|traveller| &traveller.runs)
    }

    /// Runs that ended so.
    pub(crate) fn ended(&self, wanted: Ending) -> usize {
        self.runs().filter(|run| matches!(run.run.status, Status::Ended { ending, .. } if ending == wanted)).count()
    }

    /// Tasks that were not withdrawn.
    pub(crate) fn standing_tasks(&self) -> impl Iterator<Item = &Task> {
        self.tasks.values().filter(|task| !task.withdrawn)
    }

    /// What was decided not to be sent.
    pub(crate) fn refusals(&self) -> Vec<Refusal> {
        let decided = self.decisions.iter().filter_map(|decision| match decision.verdict {
            Verdict::Refuse { reason } => Some(reason),
            _ => None,
        });
        // A question for the same occasion has the same key: it is refused before it becomes a message.
        let repeated = self.notes.iter().filter(|note| matches!(note.what, Thought::Repeated { ask: true, .. }));
        decided.chain(repeated.map(|_| Refusal::AskedRecently)).collect()
    }
}
