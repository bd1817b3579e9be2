use jiff::{Timestamp, tz::TimeZone};
use journey::{Definition, EventMatch, Expression};
use words::{Contact, Customer, Effect, Event, Learnt, Lesson, TouchpointId};

use crate::expression::{Scope, Truth};
use crate::{Note, ObjectRef, Setting, State, Thought};

/// One step in the making: what it reads, the run it changes, and what comes out.
pub(crate) struct Turn<'a> {
    pub(crate) definition: &'a Definition,
    pub(crate) setting: Setting<'a>,
    pub(crate) customer: &'a Customer,
    pub(crate) zone: TimeZone,
    /// The clock of the run: for imported history the event's own time.
    pub(crate) now: Timestamp,
    /// When we came to know.
    pub(crate) recorded: Timestamp,
    pub(crate) state: &'a mut State,
    pub(crate) out: Made,
}

/// What a step gives besides the changed run.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Made {
    pub(crate) contacts: Vec<Contact>,
    pub(crate) learnt: Vec<Learnt>,
    pub(crate) effects: Vec<Effect>,
    pub(crate) notes: Vec<Note>,
}

impl<'a> Turn<'a> {
    pub(crate) fn new(
        definition: &'a Definition,
        setting: Setting<'a>,
        customer: &'a Customer,
        state: &'a mut State,
        now: Timestamp,
    ) -> Self {
        let zone = setting.zone(customer);
        Self { definition, setting, customer, zone, now, recorded: now, state, out: Made::default() }
    }

    pub(crate) fn scope<'b>(&'b self, event: Option<&'b Event>, focus: Option<&'b ObjectRef>) -> Scope<'b> {
        Scope { definition: self.definition, state: self.state, customer: self.customer, event, focus }
    }

    /// Judges a condition, if there is one.
    pub(crate) fn judge(
        &self,
        condition: Option<&Expression>,
        event: Option<&Event>,
        focus: Option<&ObjectRef>,
    ) -> Truth {
        condition.map_or(Truth::Holds, |condition| self.scope(event, focus).judge(condition))
    }

    /// The first of these that the event is.
    pub(crate) fn matching<'m>(&self, matches: &'m [EventMatch], event: &Event) -> Option<&'m EventMatch> {
        matches
            .iter()
            .find(|wanted| wanted.event == event.name && self.judge(wanted.only.as_ref(), Some(event), None).holds())
    }

    /// Whether the run may still have effects of its own at this moment.
    pub(crate) fn acts(&self) -> bool {
        self.state.hears(self.now)
    }

    pub(crate) fn note(&mut self, touchpoint: Option<&TouchpointId>, object: Option<&ObjectRef>, what: Thought) {
        let note = Note {
            time: self.recorded,
            run: self.state.run.id,
            touchpoint: touchpoint.cloned(),
            object: object.cloned(),
            what,
        };
        if note.touchpoint.is_some() {
            self.remember(note.clone());
        }
        self.out.notes.push(note);
    }

    /// Keeps a thought for the explanation: one of a kind per touchpoint and object, and the newest of all.
    fn remember(&mut self, note: Note) {
        let notes = &mut self.state.notes;
        let kind = std::mem::discriminant(&note.what);
        notes.retain(|old| {
            old.touchpoint != note.touchpoint || old.object != note.object || std::mem::discriminant(&old.what) != kind
        });
        if notes.len() >= State::NOTES_MAX {
            notes.remove(0);
        }
        notes.push(note);
    }

    pub(crate) fn learn(&mut self, sequence: u32, lesson: Lesson) {
        self.out.learnt.push(Learnt { run: self.state.run.id, sequence, time: self.recorded, lesson });
    }
}
