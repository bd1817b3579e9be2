use std::collections::BTreeSet;

use engine::{Applied, Quarantined, Reason, Traveller};
use jiff::Timestamp;
use store::{
    Alias, AliasKind, Change, EventOutcome, EventRef, EventState, Merge, Object, OutboxRow, SendState, StoredRun,
    TaskRow, TaskState, Withdrawn,
};
use words::{CustomerId, Decision, Effect, EffectKey, Event, OrganisationId, PrincipalId, RunId, Verdict, Waits};

use super::moving::bind;
use crate::memory;
use crate::telling::Happening;

/// What changes for one customer, gathered over one or more steps and written as one [`Change`].
#[derive(Debug)]
pub struct Changing {
    pub(super) change: Change,
    pub(super) runs: BTreeSet<RunId>,
    pub(super) profile: bool,
    memory: bool,
    /// What other systems are told.
    pub(super) told: Vec<Happening>,
}

impl Changing {
    /// Nothing yet. `revision`: as loaded; 0 for someone new.
    pub fn new(organisation: OrganisationId, customer: CustomerId, revision: u64, now: Timestamp) -> Self {
        let change = Change::new(organisation, customer, revision, now);
        Self { change, runs: BTreeSet::new(), profile: revision == 0, memory: false, told: Vec::new() }
    }

    /// Takes in what a step gave; the messages that it asks for are returned, to be decided.
    pub fn take(&mut self, applied: Applied) -> Vec<OutboxRow> {
        self.runs.extend(&applied.runs);
        self.profile |= applied.profile;
        self.memory |= applied.memory;
        self.change.contacts.extend(applied.contacts);
        self.change.learnt.extend(applied.learnt);
        for binding in applied.bindings {
            let Some((kind, id)) = binding.object.named().map(|_| (binding.object.kind, binding.object.id)) else {
                continue;
            };
            bind(&mut self.change.objects, Object { kind, id, run: Some(binding.run), instead_of: None });
        }
        for Quarantined { event, reason } in applied.quarantine {
            self.quarantine(&event, &reason);
        }
        applied.effects.into_iter().filter_map(|effect| self.effect(effect)).collect()
    }

    fn effect(&mut self, effect: Effect) -> Option<OutboxRow> {
        let (organisation, customer) = (self.change.organisation.clone(), self.change.customer);
        match effect {
            Effect::Send { key, run, journey, touchpoint, decided, send } => {
                return Some(OutboxRow {
                    key,
                    organisation,
                    customer,
                    run,
                    journey,
                    touchpoint,
                    decided,
                    send,
                    state: SendState::Held { until: decided, why: Waits::Anew },
                    channel: None,
                    to: None,
                    principal: PrincipalId::own(),
                    tried: Vec::new(),
                    attempts: 0,
                    next_attempt: None,
                    last_error: None,
                    doubt: None,
                    rendered: None,
                });
            }
            Effect::Task { key, run, journey, touchpoint, decided, task } => self.change.tasks.push(TaskRow {
                key,
                organisation,
                customer,
                run,
                journey,
                touchpoint,
                team: task.team,
                title: task.title,
                due: task.due,
                script: task.script,
                facts: task.facts,
                object: task.object,
                made: decided,
                complaint: None,
                state: TaskState::Open,
            }),
            Effect::Withdraw { key, reason } => self.change.withdrawn.push(Withdrawn { key, reason }),
            Effect::CloseTask { key, time } => self.change.closed_tasks.push((key, time)),
        }
        None
    }

    /// Keeps a decision, and the message as it now stands. `again`: it was decided before.
    pub fn decided(&mut self, mut row: OutboxRow, decision: Decision, again: bool) {
        match &decision.verdict {
            Verdict::Send { channel, to } => {
                row.state = SendState::Ready;
                // What was made for another channel is another text.
                row.rendered = row.rendered.filter(|_| row.channel.as_ref() == Some(channel));
                row.channel = Some(channel.clone());
                row.to = Some(to.clone());
                row.next_attempt = Some(decision.time);
            }
            Verdict::Hold { until, why } => row.state = SendState::Held { until: *until, why: *why },
            Verdict::Refuse { reason } => row.state = SendState::Refused { reason: *reason },
        }
        self.change.decisions.push(decision);
        self.put(row, again);
    }

    /// Whether the store knew this customer before.
    pub fn was_there(&self) -> bool {
        self.change.revision > 0
    }

    /// Takes back messages that were decided to go in this very change; each with whether it was decided before.
    pub fn take_ready(&mut self) -> Vec<(OutboxRow, bool)> {
        let Change { outbox, redecided, .. } = &mut self.change;
        let is_ready = |row: &mut OutboxRow| row.state == SendState::Ready;
        let again = redecided.extract_if(.., is_ready).map(|row| (row, true)).collect::<Vec<_>>();
        outbox.extract_if(.., is_ready).map(|row| (row, false)).chain(again).collect()
    }

    /// What is remembered beside the profile is to be saved.
    pub fn memory(&mut self) {
        self.memory = true;
    }

    /// Keeps a message as it stands.
    pub fn put(&mut self, row: OutboxRow, again: bool) {
        let rows = if again { &mut self.change.redecided } else { &mut self.change.outbox };
        rows.push(row);
    }

    /// A task that no journey asks for.
    pub(super) fn task(&mut self, task: TaskRow) {
        self.change.tasks.push(task);
    }

    /// A task that is to be written already.
    pub(super) fn task_row(&self, key: &EffectKey) -> Option<&TaskRow> {
        let Change { tasks, retold, .. } = &self.change;
        retold.iter().chain(tasks).find(|task| task.key == *key)
    }

    /// A task as it turned out to be: one that is to be written already, or one that is there.
    pub(super) fn retell(&mut self, task: TaskRow) {
        let Change { tasks, retold, .. } = &mut self.change;
        match tasks.iter_mut().chain(retold.iter_mut()).find(|one| one.key == task.key) {
            Some(here) => *here = task,
            None => self.change.retold.push(task),
        }
    }

    /// A name of this customer.
    pub fn alias(&mut self, kind: AliasKind, value: String) {
        self.change.aliases.push(Alias { kind, value, instead_of: None });
    }

    /// Whose.
    pub(super) fn customer(&self) -> CustomerId {
        self.change.customer
    }

    /// Whether this customer is being merged.
    pub(super) fn is_joined(&self) -> bool {
        self.change.joined.is_some()
    }

    /// Names that are to be written.
    pub(super) fn names(&self) -> Vec<(AliasKind, String)> {
        self.change.aliases.iter().map(|alias| (alias.kind, alias.value.clone())).collect()
    }

    /// Objects that are to be written.
    pub(super) fn objects(&self) -> impl Iterator<Item = (String, String)> {
        self.change.objects.iter().map(|object| (object.kind.clone(), object.id.clone()))
    }

    /// Leaves objects alone that are somebody else's.
    pub(super) fn keep_objects(&mut self, is_ours: impl Fn(&Object) -> bool) {
        self.change.objects.retain(is_ours);
    }

    /// Objects that go over from a customer who turned out to be this one.
    pub(super) fn objects_were_of(&mut self, loser: CustomerId) {
        for object in self.change.objects.iter_mut().filter(|object| object.instead_of.is_none()) {
            object.instead_of = Some(loser);
        }
    }

    /// Notes a merge into this customer.
    pub(super) fn log(&mut self, merge: Merge) {
        self.change.merges.push(merge);
    }

    /// How far an event came.
    pub fn outcome(&mut self, event: EventRef, state: EventState) {
        let customer = Some(self.change.customer);
        self.change.outcomes.push(EventOutcome { event, customer, state });
    }

    /// Whether it is said already how far an event came.
    pub(super) fn has_outcome(&self, event: &EventRef) -> bool {
        self.change.outcomes.iter().any(|outcome| outcome.event == *event)
    }

    fn quarantine(&mut self, event: &Event, reason: &Reason) {
        let (reason, object) = match reason {
            Reason::UnknownObject(object) => ("unknown_object", object),
            Reason::TooManyWaiting(object) => ("too_many_waiting", object),
        };
        let event = store::NewEvent::from_outside(self.change.organisation.clone(), event.clone());
        let event = EventRef {
            organisation: event.organisation,
            bucket: event.bucket,
            source: event.event.source,
            id: event.event.id,
        };
        let detail = format!("{}:{}", object.kind, object.id);
        self.outcome(event, EventState::Quarantined { reason: reason.to_owned(), detail });
    }

    /// Everything together, with the runs as they now are.
    pub fn finish(mut self, traveller: &Traveller) -> Change {
        for state in traveller.runs.iter().filter(|state| self.runs.contains(&state.run.id)) {
            let blob = serde_json::to_vec(state).expect("a run's state becomes JSON");
            self.change.runs.push(StoredRun { run: state.run.clone(), state: blob });
        }
        if self.profile {
            self.change.profile = Some(traveller.profile.customer.clone());
        }
        if self.profile || self.memory {
            self.change.memory = Some(memory::pack(&traveller.profile));
        }
        self.change
    }
}
