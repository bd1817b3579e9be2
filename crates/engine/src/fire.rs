//! Making a touchpoint happen: the effect with its key, once per occurrence, up to the cap.

use jiff::{SignedDuration, Timestamp};
use journey::{Late, Promise, Span, Task, TaskDue, Touchpoint};
use serde_json::{Map, Value};
use words::{AskOf, Effect, EffectKey, Event, Language, SendEffect, TaskEffect, limits};

use crate::expression::Truth;
use crate::state::{Asked, Progress};
use crate::sticky::{held_out, variant};
use crate::task::due_by;
use crate::turn::Turn;
use crate::{ObjectRef, Thought};

/// What fires so long after its moment does so because we stood still, or because word of it came late.
const BEHIND: SignedDuration = SignedDuration::from_mins(10);

/// Why a touchpoint fires now.
pub(crate) struct Cause<'e> {
    /// Names the occasion within the run and touchpoint.
    pub(crate) occurrence: String,
    /// The event, when one makes it happen.
    pub(crate) event: Option<&'e Event>,
    /// The object it is about.
    pub(crate) object: Option<ObjectRef>,
    /// The moment that was meant: the event's own time, or the derived moment.
    pub(crate) moment: Timestamp,
    /// After this it is not sent any more.
    pub(crate) until: Option<Timestamp>,
}

/// How long after the moment an effect still makes sense. `pending`: we ourselves were late, it was ahead before.
pub(crate) fn patience(late: Late, pending: bool) -> Option<Span> {
    match late {
        Late::Send => None,
        Late::Within(span) => Some(span),
        Late::Skip if pending => Some(Span::Seconds(3600)),
        Late::Skip => Some(Span::Seconds(0)),
    }
}

impl Turn<'_> {
    /// Fires a touchpoint's `when`, if its condition holds.
    pub(crate) fn fire(&mut self, touchpoint: &Touchpoint, cause: Cause<'_>) {
        let object = cause.object.as_ref();
        if let Some(first) = self.state.effect(&touchpoint.id, &cause.occurrence).map(|asked| asked.time) {
            let ask = !touchpoint.ask.is_empty();
            return self.note(Some(&touchpoint.id), object, Thought::Repeated { first, ask });
        }
        match self.judge(touchpoint.only_if.as_ref(), cause.event, object) {
            Truth::Holds => {}
            other => {
                let missing = if let Truth::Missing(name) = other { Some(name) } else { None };
                let what = Thought::ConditionFalse { missing, moment: cause.moment };
                return self.note(Some(&touchpoint.id), object, what);
            }
        }
        match &touchpoint.task {
            Some(_) if self.held_out(touchpoint) => {
                self.note(Some(&touchpoint.id), object, Thought::HeldOut);
            }
            Some(task) => self.give_task(touchpoint, task, cause, None),
            None if touchpoint.sends() => self.send(touchpoint, cause),
            None => {}
        }
    }

    fn held_out(&self, touchpoint: &Touchpoint) -> bool {
        let Self { setting, customer, .. } = self;
        setting.holdouts && held_out(setting.seed, customer.id, &touchpoint.id, touchpoint.holdout)
    }

    fn send(&mut self, touchpoint: &Touchpoint, cause: Cause<'_>) {
        let Some(key) = self.key(touchpoint, &cause) else { return };
        let Some(message) = self.message_of(touchpoint) else { return };
        let ask = touchpoint.ask.iter().map(|ask| AskOf {
            question: ask.question.clone(),
            scale: ask.scale,
            about: ask.about.clone(),
        });
        let send = SendEffect {
            message,
            class: touchpoint.class.unwrap_or(words::Class::Service),
            channels: touchpoint.channels.clone(),
            urgent: touchpoint.urgent,
            quiet: touchpoint.quiet,
            attention: touchpoint.attention,
            behind: self.now.duration_since(cause.moment) > BEHIND,
            until: cause.until,
            ask: ask.collect(),
            facts: self.facts_for(cause.event, cause.object.as_ref()),
        };
        let promise = touchpoint.promise.as_ref();
        let promise = promise.filter(|promise| !matches!(promise, Promise::Within { .. }));
        let promise = promise
            .and_then(|promise| self.offer(touchpoint, promise, cause.event, cause.object.as_ref(), cause.moment));
        self.out.effects.push(Effect::Send {
            key,
            run: self.state.run.id,
            journey: self.state.run.journey.clone(),
            touchpoint: touchpoint.id.clone(),
            decided: self.now,
            send,
        });
        let asked = Asked { promise, ..self.asked(touchpoint, cause, false) };
        self.remember_effect(touchpoint, asked);
    }

    /// Gives staff a task; `sequence` is the contact that made it, when one did.
    pub(crate) fn give_task(&mut self, touchpoint: &Touchpoint, task: &Task, cause: Cause<'_>, sequence: Option<u32>) {
        let Some(key) = self.key(touchpoint, &cause) else { return };
        let due = task.due.and_then(|due| due_by(due, self.now, &self.zone));
        let effect = TaskEffect {
            team: task.team.clone(),
            title: task.title.clone(),
            due,
            script: touchpoint.send.clone(),
            facts: self.facts_for(cause.event, cause.object.as_ref()),
            object: cause.object.as_ref().and_then(ObjectRef::named),
        };
        self.push_task(touchpoint, key, effect);
        // At once is no date: nobody is late for it.
        let due = due.filter(|_| task.due != Some(TaskDue::Now));
        let asked = Asked { due, sequence, ..self.asked(touchpoint, cause, true) };
        self.remember_effect(touchpoint, asked);
    }

    fn push_task(&mut self, touchpoint: &Touchpoint, key: EffectKey, task: TaskEffect) {
        self.out.effects.push(Effect::Task {
            key,
            run: self.state.run.id,
            journey: self.state.run.journey.clone(),
            touchpoint: touchpoint.id.clone(),
            decided: self.now,
            task,
        });
    }

    /// The key of a new effect; `None` when it was asked for before, or when the cap is reached and a person takes over.
    fn key(&mut self, touchpoint: &Touchpoint, cause: &Cause<'_>) -> Option<EffectKey> {
        let run = &self.state.run;
        let key = |occurrence: &str| EffectKey::new(run.id, run.generation, &touchpoint.id, occurrence);
        let before = self.state.asked.get(&touchpoint.id).map_or(&[][..], Vec::as_slice);
        if before.iter().any(|asked| asked.occurrence == cause.occurrence) {
            return None;
        }
        if before.len() < limits::VISITS_MAX as usize {
            return Some(key(&cause.occurrence));
        }
        if before.iter().all(|asked| asked.occurrence != CAP) {
            let key = key(CAP);
            self.hand_over(touchpoint, key, cause);
        }
        None
    }

    /// At the cap a person gets a task, once.
    fn hand_over(&mut self, touchpoint: &Touchpoint, key: EffectKey, cause: &Cause<'_>) {
        let definition = self.definition;
        let count = limits::VISITS_MAX;
        let title = match definition.language {
            Language::Nl => format!("‘{}’ is {count} keer gebeurd: kijk wat er nodig is", touchpoint.title),
            Language::En => format!("‘{}’ happened {count} times: see what is needed", touchpoint.title),
        };
        let human = definition.human_at(touchpoint).map(|human| human.team.clone());
        let task = TaskEffect {
            team: human.or_else(|| definition.owner.clone()).unwrap_or_default(),
            title,
            due: Some(self.now),
            script: None,
            facts: self.facts_for(cause.event, cause.object.as_ref()),
            object: cause.object.as_ref().and_then(ObjectRef::named),
        };
        self.push_task(touchpoint, key, task);
        let asked = Asked {
            occurrence: CAP.to_owned(),
            time: self.now,
            progress: Progress::Open,
            task: true,
            due: Some(self.now),
            object: cause.object.clone(),
            cause: cause.moment,
            sequence: None,
            promise: None,
            event: None,
            key: None,
        };
        self.state.asked.entry(touchpoint.id.clone()).or_default().push(asked);
        self.note(Some(&touchpoint.id), cause.object.as_ref(), Thought::Capped);
    }

    fn asked(&self, touchpoint: &Touchpoint, cause: Cause<'_>, task: bool) -> Asked {
        let judged_on_event = touchpoint.only_if.as_ref().is_some_and(|only| only.source().contains("event"));
        let event = cause.event.filter(|_| judged_on_event && !task);
        Asked {
            occurrence: cause.occurrence,
            time: self.now,
            progress: Progress::Open,
            task,
            due: None,
            object: cause.object,
            cause: cause.moment,
            sequence: None,
            promise: None,
            event: event.cloned().map(Box::new),
            key: None,
        }
    }

    fn remember_effect(&mut self, touchpoint: &Touchpoint, asked: Asked) {
        let object = asked.object.clone();
        self.state.asked.entry(touchpoint.id.clone()).or_default().push(asked);
        self.note(Some(&touchpoint.id), object.as_ref(), Thought::Asked);
    }

    fn message_of(&self, touchpoint: &Touchpoint) -> Option<String> {
        if touchpoint.variants.is_empty() {
            return touchpoint.send.clone();
        }
        let chosen = variant(self.setting.seed, self.customer.id, &touchpoint.id, touchpoint.variants.len());
        touchpoint.variants.get(chosen).cloned()
    }

    /// The facts as a message or card sees them: per kind the object of this occasion, else the newest.
    fn facts_for(&self, event: Option<&Event>, focus: Option<&ObjectRef>) -> Value {
        let scope = self.scope(event, focus);
        let mut kinds: Vec<&str> = self.state.objects.keys().map(|object| object.kind.as_str()).collect();
        kinds.dedup();
        let mut facts = Map::new();
        for kind in kinds {
            let Some(object) = scope.object(kind) else { continue };
            let Some(known) = self.state.objects.get(&object) else { continue };
            let mut fields: Map<String, Value> =
                known.facts.iter().map(|(property, fact)| (property.clone(), fact.value.clone())).collect();
            if !object.id.is_empty() {
                fields.insert("id".to_owned(), Value::String(object.id));
            }
            if !fields.is_empty() {
                facts.insert(kind.to_owned(), Value::Object(fields));
            }
        }
        Value::Object(facts)
    }
}

/// The occurrence of the task that a person gets at the cap.
pub(crate) const CAP: &str = "cap";
