//! What other systems are told of what is applied here, in the commit that writes it.

use std::collections::BTreeMap;

use engine::{Applied, Cause, Traveller, World};
use jiff::Timestamp;
use serde_json::{Value, json};
use store::AliasKind;
use words::{Consent, Contact, CustomerId, EffectKey, Ending, Event, JourneyId, Lesson, Refusal, RunId, Status};

use super::batch::{Batch, Stepping};
use super::{Changing, Surroundings};
use crate::Result;
use crate::telling::{Happening, Kind, Named};

/// How things stood before an input.
struct Before {
    /// Runs, and whether each is under way.
    runs: BTreeMap<RunId, bool>,
    consents: BTreeMap<String, Consent>,
}

impl Before {
    fn of(traveller: &Traveller) -> Self {
        let runs = traveller.runs.iter().map(|run| (run.run.id, run.run.status == Status::Open)).collect();
        Self { runs, consents: traveller.profile.customer.consents.clone() }
    }
}

/// Finds what is told, with the names of the definitions.
struct Finder<'a> {
    surroundings: &'a Surroundings,
    world: &'a World<'a>,
    traveller: &'a Traveller,
    found: Vec<Happening>,
}

impl Surroundings {
    /// [`engine::apply`], and what other systems are told of it. History that is imported is not told.
    pub(super) fn applied(
        &self,
        world: &World<'_>,
        stepping: &mut Stepping,
        cause: Cause<'_>,
        now: Timestamp,
    ) -> Applied {
        let event = match &cause {
            Cause::Event(event) => Some(*event),
            Cause::Due | Cause::Published { .. } => None,
        };
        let is_told = !self.listening.is_empty() && event.is_none_or(|event| !event.imported);
        let before = is_told.then(|| Before::of(&stepping.traveller));
        let applied = engine::apply(world, &mut stepping.traveller, cause, now);
        if let Some(before) = before {
            let mut finder = Finder { surroundings: self, world, traveller: &stepping.traveller, found: Vec::new() };
            finder.of(&before, event, &applied, now);
            stepping.changing.told.append(&mut finder.found);
        }
        applied
    }

    /// What is told when a customer took another over.
    pub(super) fn tell_merged(
        &self,
        winner: &mut Stepping,
        before: &words::Customer,
        lost: CustomerId,
        now: Timestamp,
    ) {
        let key = format!("{}:{lost}:{now}", before.id);
        let merged = Happening::new(Kind::CustomerMerged, key, now).with("merged", json!({ "id": lost.to_string() }));
        let consents = consents(&before.consents, &winner.traveller.profile.customer, now);
        let told = [Some(merged), consents].into_iter().flatten();
        winner.changing.told.extend(told.filter(|one| self.listening.hears(one.kind)));
    }
}

impl Finder<'_> {
    fn of(&mut self, before: &Before, event: Option<&Event>, applied: &Applied, now: Timestamp) {
        for id in &applied.runs {
            self.run(before.runs.get(id).copied(), *id);
        }
        // A contact that was appended before and comes over with its run is no news.
        for contact in applied.contacts.iter().filter(|contact| contact.recorded == now) {
            self.contact(contact);
        }
        for learnt in applied.learnt.iter().filter(|learnt| learnt.lesson == Lesson::PromiseBroken) {
            let key = format!("{}:{}", learnt.run, learnt.sequence);
            let happening = Happening::new(Kind::PromiseBroken, key, learnt.time);
            self.in_run(learnt.run, None, happening.with("contact", json!({ "number": learnt.sequence })));
        }
        if let Some(event) = event.filter(|event| event.source == Event::OURS) {
            self.event(event);
        }
        let changed = consents(&before.consents, &self.traveller.profile.customer, now);
        self.found.extend(changed.filter(|one| self.surroundings.listening.hears(one.kind)));
    }

    fn run(&mut self, was_open: Option<bool>, id: RunId) {
        let Some(state) = self.traveller.run(id) else { return };
        if was_open.is_none() {
            let begun = Happening::new(Kind::JourneyBegun, id.to_string(), state.run.started);
            self.in_run(id, None, begun);
        }
        if let (None | Some(true), Status::Ended { ending, exit, .. }) = (was_open, &state.run.status) {
            let ending = match ending {
                Ending::Done => "done",
                Ending::Left => "left",
                Ending::Stopped => "stopped",
            };
            // A run may be reopened and end again.
            let ended = Happening::new(Kind::JourneyEnded, format!("{id}:{}", exit.time), exit.time);
            self.in_run(id, None, ended.with("ending", ending));
        }
    }

    fn contact(&mut self, contact: &Contact) {
        let key = format!("{}:{}", contact.run, contact.sequence);
        let channel = contact.channel.as_ref().map(words::Channel::as_str);
        let about = json!({ "number": contact.sequence, "visit": contact.visit, "channel": channel });
        let happening = Happening::new(Kind::ContactHappened, key, contact.time).with("contact", about);
        self.in_run(contact.run, Some(contact.touchpoint.as_str()), happening);
    }

    /// What became of a message or a task, as our own events say it.
    fn event(&mut self, event: &Event) {
        let kind = match event.name.as_str() {
            "message.sent" => Kind::MessageSent,
            "message.delivered" => Kind::MessageDelivered,
            "message.read" => Kind::MessageRead,
            "message.failed" => Kind::MessageFailed,
            "message.replied" => Kind::MessageReplied,
            "task.done" => return self.task_done(event),
            _ => return,
        };
        let mut message = serde_json::Map::new();
        for (name, told) in [("id", event.text("key")), ("channel", event.text("channel"))] {
            message.extend(told.map(|told| (name.to_owned(), Value::String(told))));
        }
        // What is told of a message counts once by each channel, however many events tell it.
        let told = |key: String| format!("{key}:{}", event.text("channel").unwrap_or_default());
        let key = event.text("key").filter(|_| kind != Kind::MessageReplied).map_or_else(|| event.id.to_string(), told);
        let mut happening = Happening::new(kind, key, event.time).with("message", message);
        if kind == Kind::MessageFailed {
            // A provider's own words may repeat the address; our reasons are codes.
            let ours = |reason: &String| serde_json::from_value::<Refusal>(reason.clone().into()).is_ok();
            let again = event.properties.get("again") == Some(&Value::Bool(true));
            happening = happening.with_some("reason", event.text("reason").filter(ours)).with("tried_again", again);
        }
        self.named_by(event, happening);
    }

    fn task_done(&mut self, event: &Event) {
        let Some(key) = event.text("key") else { return };
        let done = Happening::new(Kind::TaskDone, key.clone(), event.time).with("task", json!({ "id": key }));
        self.named_by(event, done);
    }

    /// Something of the run and touchpoint that an event of ours names.
    fn named_by(&mut self, event: &Event, happening: Happening) {
        let key = event.text("key").map(EffectKey::stored);
        let run = event.text("run").and_then(|run| run.parse().ok()).or_else(|| key.as_ref().and_then(run_of));
        let touchpoint = event.text("touchpoint").filter(|touchpoint| !touchpoint.is_empty());
        match run.filter(|run| self.traveller.run(*run).is_some()) {
            Some(run) => self.in_run(run, touchpoint.as_deref(), happening),
            None if self.surroundings.listening.hears(happening.kind) => self.found.push(happening),
            None => {}
        }
    }

    /// Something of a run, unless its journey is not live.
    fn in_run(&mut self, id: RunId, touchpoint: Option<&str>, happening: Happening) {
        let listening = &self.surroundings.listening;
        let Some(state) = self.traveller.run(id).filter(|_| listening.hears(happening.kind)) else { return };
        if !self.surroundings.is_live(&state.run.journey) {
            return;
        }
        let happening = place(self.world, &state.run.journey, touchpoint, happening);
        self.found.push(happening.with("run", json!({ "id": id.to_string(), "key": state.run.key })));
    }
}

/// Names journey and touchpoint.
fn place(world: &World<'_>, journey: &JourneyId, touchpoint: Option<&str>, happening: Happening) -> Happening {
    let live = world.journey(journey);
    let happening = happening.with_named("journey", &Named(journey.as_str(), live.map(|live| live.title.as_str())));
    let Some(touchpoint) = touchpoint else { return happening };
    let known = live.and_then(|live| live.touchpoint(&touchpoint.into()));
    happening.with_named("touchpoint", &Named(touchpoint, known.map(|known| known.title.as_str())))
}

/// The consents that are other than they were.
fn consents(before: &BTreeMap<String, Consent>, customer: &words::Customer, now: Timestamp) -> Option<Happening> {
    let changed: Vec<(&String, &Consent)> =
        customer.consents.iter().filter(|(purpose, said)| before.get(*purpose) != Some(said)).collect();
    let time = changed.iter().map(|(_, consent)| consent.time).max()?;
    let told: Vec<Value> =
        changed.iter().map(|(purpose, said)| json!({ "purpose": purpose, "given": said.given })).collect();
    let key = format!("{}:{now}:{}", customer.id, json!(told));
    Some(Happening::new(Kind::ConsentChanged, key, time).with("consents", told))
}

/// The run that leads the key of a message or task.
fn run_of(key: &EffectKey) -> Option<RunId> {
    key.as_str().split(':').next()?.parse().ok()
}

impl Batch<'_> {
    /// Everything that was found, as rows of the changes: one per endpoint that wants it.
    pub(super) async fn tell(&mut self) -> Result<()> {
        if self.surroundings.listening.is_empty() {
            return Ok(());
        }
        let (surroundings, world, now) = (self.surroundings, self.world, self.now);
        for stepping in self.stepping.values_mut() {
            let Stepping { changing, traveller, .. } = stepping;
            let mut finder = Finder { surroundings, world, traveller, found: Vec::new() };
            finder.tasks(changing);
            changing.told.append(&mut finder.found);
            if changing.told.is_empty() {
                continue;
            }
            let customer = changing.customer();
            let mut known_as = self.store.aliases_of(&surroundings.id, customer).await?;
            known_as.extend(changing.names());
            let mut known_as: Vec<String> =
                known_as.into_iter().filter(|(kind, _)| *kind == AliasKind::User).map(|(_, name)| name).collect();
            known_as.sort_unstable();
            known_as.dedup();
            for happening in std::mem::take(&mut changing.told) {
                let happening = happening.about(&customer.to_string(), &known_as);
                let told = surroundings.listening.deliveries(&surroundings.id, customer, &happening, now);
                changing.change.deliveries.extend(told);
            }
        }
        Ok(())
    }
}

impl Finder<'_> {
    /// New tasks, and tasks whose closing event came.
    fn tasks(&mut self, changing: &Changing) {
        for task in &changing.change.tasks {
            let happening = Happening::new(Kind::TaskCreated, task.key.as_str(), task.made)
                .with("task", json!({ "id": task.key }))
                .with("team", task.team.as_str())
                .with_some("due", task.due.map(|due| due.to_string()));
            let touchpoint = Some(task.touchpoint.as_str()).filter(|touchpoint| !touchpoint.is_empty());
            match self.traveller.run(task.run).is_some() {
                true => self.in_run(task.run, touchpoint, happening),
                false if self.surroundings.listening.hears(happening.kind) => self.found.push(happening),
                false => {}
            }
        }
        for (key, time) in &changing.change.closed_tasks {
            let done = Happening::new(Kind::TaskDone, key.as_str(), *time).with("task", json!({ "id": key }));
            let touchpoint = key.as_str().split(':').nth(2);
            if let Some(run) = run_of(key) {
                self.in_run(run, touchpoint, done);
            }
        }
    }
}
