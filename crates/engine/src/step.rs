use jiff::Timestamp;
use journey::{Definition, When};
use words::{Contact, Customer, Effect, Event, Learnt};

use crate::ahead::{Ahead, What};
use crate::settle::UpTo;
use crate::turn::{Made, Turn};
use crate::{Note, Setting, State};

/// What comes to a run.
#[derive(Clone, Copy, Debug)]
pub enum Input<'a> {
    /// Something happened.
    Event(&'a Event),
    /// The moment of [`words::Run::due`] has come.
    Due,
    /// Something else changed that moments hang on: the customer's zone, or whose run it is. They are derived anew; what is
    /// due by that is done when `Due` comes.
    Derive,
    /// A new version is live; the definition given to the step is that one. `before` is the version it replaces, when at
    /// hand: what was still ahead under it and is past now acts now.
    Published {
        /// The version that the run followed so far.
        before: Option<&'a Definition>,
    },
}

/// What a step gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The run as it is now.
    pub run: State,
    /// Contacts to append.
    pub contacts: Vec<Contact>,
    /// What was learnt of contacts.
    pub learnt: Vec<Learnt>,
    /// What the outside world must do.
    pub effects: Vec<Effect>,
    /// What it thought.
    pub notes: Vec<Note>,
}

/// One step of one run: pure, and the only thing that ever changes a run.
pub fn step(
    definition: &Definition,
    mut run: State,
    customer: &Customer,
    input: Input<'_>,
    now: Timestamp,
    setting: Setting<'_>,
) -> Step {
    let Made { contacts, learnt, effects, notes } = advance(definition, &mut run, customer, input, now, setting);
    Step { run, contacts, learnt, effects, notes }
}

/// The same in place.
pub(crate) fn advance(
    definition: &Definition,
    state: &mut State,
    customer: &Customer,
    input: Input<'_>,
    now: Timestamp,
    setting: Setting<'_>,
) -> Made {
    // Time never runs back for a run, but history is lived through at its own time.
    let recorded = now.max(state.stepped);
    let clock = match input {
        Input::Event(event) if event.imported => event.time,
        _ => recorded,
    };
    state.run.revision += 1;
    state.run.version = definition.hash.clone();
    let mut turn = Turn { recorded, ..Turn::new(definition, setting, customer, state, clock) };
    match input {
        Input::Event(event) => turn.hear(event),
        Input::Due => turn.settle(UpTo::Now),
        Input::Derive => {}
        Input::Published { before } => turn.publish(before),
    }
    turn.state.run.due = turn.due();
    turn.out
}

impl Turn<'_> {
    fn publish(&mut self, before: Option<&Definition>) {
        let past = before.map(|before| self.pending_under(before)).unwrap_or_default();
        self.carry_over();
        let acts_now = |ahead: &Ahead| {
            matches!(ahead.what, What::Fire { .. }) && ahead.moment <= self.now && past.contains(&ahead.slot)
        };
        let acting: Vec<Ahead> = self.ahead().into_iter().filter(acts_now).collect();
        for ahead in acting {
            self.perform(ahead, Some(()));
        }
        self.hold_silently();
        self.withdraw_gone();
        self.withdraw_moved();
        self.settle(UpTo::Now);
    }

    /// What is still ahead under another version, by slot; renamed touchpoints under their new name.
    fn pending_under(&mut self, before: &Definition) -> Vec<String> {
        let definition = self.definition;
        let now = self.now;
        let turn = Turn::new(before, self.setting, self.customer, self.state, now);
        let pending = turn.ahead().into_iter().filter(|ahead| ahead.moment > now).filter_map(|ahead| {
            let What::Fire { touchpoint, .. } = ahead.what else { return None };
            let old = &before.touchpoints[touchpoint].id;
            let new = &definition.touchpoint(old)?.id;
            Some(ahead.slot.replacen(old.as_str(), new.as_str(), 1))
        });
        pending.collect()
    }

    /// Carries everything of a renamed touchpoint (`was`) over to its new name.
    fn carry_over(&mut self) {
        for touchpoint in &self.definition.touchpoints {
            let Some(was) =
                touchpoint.was.as_ref().filter(|was| !self.definition.touchpoints.iter().any(|t| t.id == **was))
            else {
                continue;
            };
            let state = &mut *self.state;
            if let Some(happened) = state.happened.remove(was) {
                state.happened.entry(touchpoint.id.clone()).or_insert(happened);
            }
            if let Some(mut all) = state.asked.remove(was) {
                // What is under way keeps the key that it was asked for with.
                for asked in &mut all {
                    asked.key = Some(state.key_of(was, asked));
                }
                state.asked.entry(touchpoint.id.clone()).or_insert(all);
            }
            if let Some(loops) = state.loops.remove(was) {
                state.loops.entry(touchpoint.id.clone()).or_insert(loops);
            }
            if state.holding.remove(was) {
                state.holding.insert(touchpoint.id.clone());
            }
            for told in state.promises.iter_mut().filter(|told| told.touchpoint == *was) {
                told.touchpoint = touchpoint.id.clone();
            }
            for note in state.notes.iter_mut().filter(|note| note.touchpoint.as_ref() == Some(was)) {
                note.touchpoint = Some(touchpoint.id.clone());
            }
            let prefix = format!("{was}/");
            let old: Vec<String> = state.handled.keys().filter(|slot| slot.starts_with(&prefix)).cloned().collect();
            for slot in old {
                if let Some(moment) = state.handled.remove(&slot) {
                    state.handled.insert(slot.replacen(was.as_str(), touchpoint.id.as_str(), 1), moment);
                }
            }
        }
    }

    /// A publication turns no condition true: what holds now held before.
    fn hold_silently(&mut self) {
        for touchpoint in &self.definition.touchpoints {
            if let Some(When::Becomes(condition)) = &touchpoint.when
                && self.scope(None, None).judge(condition).holds()
            {
                self.state.holding.insert(touchpoint.id.clone());
            }
        }
    }
}
