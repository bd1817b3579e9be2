//! One event in one run, from facts to ends. The order is part of the language.

use journey::{Late, Touchpoint, When};
use words::Event;

use crate::contact::Origin;
use crate::expression::Truth;
use crate::fire::Cause;
use crate::settle::UpTo;
use crate::turn::Turn;
use crate::{ObjectRef, Thought, facts, route};

impl<'a> Turn<'a> {
    /// Takes an event in. What had fallen due before it is done first, so that it does not matter whether anybody called
    /// for that in time.
    pub(crate) fn hear(&mut self, event: &Event) {
        self.settle(UpTo::BeforeNow);
        self.state.heard = self.now;
        let fired = self.fired_since(event);
        if event.name.object() == "message" && !route::is_reply(&event.name) {
            self.outcome(event);
        } else if self.state.hears(self.now) || self.state.remembers(event.time) {
            self.take_in(event);
        }
        self.turned_true(event);
        self.withdraw_moved();
        self.overtaken(event, fired);
        self.settle(UpTo::Now);
    }

    fn take_in(&mut self, event: &Event) {
        for unreadable in facts::take_in(self.state, self.definition, event) {
            self.note(None, None, unreadable);
        }
        self.take_key(event);
        self.state.run.started = self.state.run.started.min(event.time);
        if event.imported {
            self.state.history_until = self.state.history_until.max(Some(self.recorded));
        }
        let own = ObjectRef::own(event);
        let before = self.state.run.at.clone();
        let seen = self.recognise(event, &own);
        self.close_tasks(event);
        if let Some((touchpoint, sequence)) = seen {
            self.task_of_contact(touchpoint, event, &own, sequence);
        }
        if event.name.as_str() == "answer.given" {
            self.answer(event);
        }
        self.keep_promises(event);
        self.goal(event);
        if !event.imported && self.acts() {
            self.fire_on(event, &own);
        }
        self.ends(event, seen.map(|(touchpoint, _)| touchpoint), before);
    }

    fn take_key(&mut self, event: &Event) {
        if self.state.run.key.is_some() {
            return;
        }
        if let Some(key) = route::key_in(self.definition, event) {
            self.state.run.key = Some(key.clone());
            self.note(None, None, Thought::TookKey { key });
        }
    }

    /// The first touchpoint in the text whose `seen` matches takes the event.
    fn recognise(&mut self, event: &Event, own: &ObjectRef) -> Option<(&'a Touchpoint, u32)> {
        let definition = self.definition;
        let touchpoint = definition.touchpoints.iter().find(|touchpoint| {
            let wanted = touchpoint.seen.iter().any(|seen| seen.event == event.name);
            wanted && self.matching(&touchpoint.seen, event).is_some()
        })?;
        let object = Some(own.clone());
        let sequence = self.append(touchpoint, event, object, Origin::Real);
        self.promise_at_contact(touchpoint, event, Some(own), sequence);
        Some((touchpoint, sequence))
    }

    /// A task on `seen` is always made, however late the event; history makes none.
    fn task_of_contact(&mut self, touchpoint: &Touchpoint, event: &Event, own: &ObjectRef, sequence: u32) {
        let Some(task) = &touchpoint.task else { return };
        if event.imported || !self.acts() {
            return;
        }
        let cause = Cause {
            occurrence: occurrence(event),
            event: Some(event),
            object: Some(own.clone()),
            moment: event.time,
            until: None,
        };
        self.give_task(touchpoint, task, cause, Some(sequence));
    }

    /// Touchpoints whose `when` is this event.
    fn fire_on(&mut self, event: &Event, own: &ObjectRef) {
        let definition = self.definition;
        for touchpoint in &definition.touchpoints {
            let Some(When::Events(events)) = &touchpoint.when else { continue };
            let Some(found) = self.matching(events, event) else { continue };
            let late = found.late.unwrap_or(Late::DEFAULT);
            // An event always comes in a little after it happened.
            match self.in_time(late, event.time, late == Late::Skip && prompt(event, self.now)) {
                Ok(until) => {
                    let object = Some(own.clone());
                    let moment = event.time;
                    let occurrence = occurrence(event);
                    self.fire(touchpoint, Cause { occurrence, event: Some(event), object, moment, until });
                }
                Err(()) => self.note(Some(&touchpoint.id), Some(own), Thought::TooLate { moment: event.time }),
            }
        }
    }

    /// Conditions that turn true; once per turning. History and an ended run only remember.
    fn turned_true(&mut self, event: &Event) {
        let definition = self.definition;
        for touchpoint in &definition.touchpoints {
            let Some(When::Becomes(condition)) = &touchpoint.when else { continue };
            let holds = self.scope(None, None).judge(condition) == Truth::Holds;
            let turned = holds && !self.state.holding.contains(&touchpoint.id);
            if !holds {
                self.state.holding.remove(&touchpoint.id);
            }
            if turned {
                self.state.holding.insert(touchpoint.id.clone());
                if !event.imported && self.acts() {
                    self.fire_turning(touchpoint, event);
                }
            }
        }
    }

    fn fire_turning(&mut self, touchpoint: &Touchpoint, event: &Event) {
        match self.in_time(Late::DEFAULT, event.time, false) {
            Ok(until) => {
                let object = Some(ObjectRef::own(event)).filter(|own| own.kind != "message");
                let moment = event.time;
                let cause = Cause { occurrence: occurrence(event), event: Some(event), object, moment, until };
                self.fire(touchpoint, cause);
            }
            Err(()) => self.note(Some(&touchpoint.id), None, Thought::TooLate { moment: event.time }),
        }
    }

    /// What fired after a late event happened, on a condition that still holds.
    fn fired_since(&self, event: &Event) -> Vec<(&'a Touchpoint, Option<ObjectRef>)> {
        if event.imported || event.time >= self.now || event.name.object() == "message" {
            return Vec::new();
        }
        let definition = self.definition;
        let fired = definition.touchpoints.iter().filter_map(|touchpoint| {
            let only_if = touchpoint.only_if.as_ref().filter(|only_if| !only_if.source().contains("event"))?;
            let fired = self.state.asked.get(&touchpoint.id)?.last()?;
            let since = event.time < fired.time && fired.time < self.now;
            let holds = since && self.scope(None, fired.object.as_ref()).judge(only_if).holds();
            holds.then(|| (touchpoint, fired.object.clone()))
        });
        fired.collect()
    }

    /// A late event would have kept these from firing, had it come in time.
    fn overtaken(&mut self, event: &Event, fired: Vec<(&Touchpoint, Option<ObjectRef>)>) {
        for (touchpoint, object) in fired {
            if !self.judge(touchpoint.only_if.as_ref(), None, object.as_ref()).holds() {
                let what = Thought::Overtaken { event: event.name.clone(), at: event.time };
                self.note(Some(&touchpoint.id), object.as_ref(), what);
            }
        }
    }
}

/// Names the occasion by its event: the pair that is refused the second time.
fn occurrence(event: &Event) -> String {
    format!("{}/{}", event.source, event.id)
}

/// Within five minutes of its own time an event is as prompt as sources are.
fn prompt(event: &Event, now: jiff::Timestamp) -> bool {
    now.duration_since(event.time) <= jiff::SignedDuration::from_mins(5)
}
