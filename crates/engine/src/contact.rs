//! Contacts: a touchpoint that really happened. Visits and loops are counted here.

use jiff::Timestamp;
use journey::Touchpoint;
use words::{Channel, Contact, Event, Experience, TouchpointId};

use crate::state::Happened;
use crate::turn::Turn;
use crate::{ObjectRef, Thought};

/// How a contact came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// Recognised in an event, or a task that was done: counts as a next contact.
    Real,
    /// A message of ours: does not count as a next contact.
    OwnMessage,
}

impl Turn<'_> {
    /// Appends a contact and gives its sequence.
    pub(crate) fn append(
        &mut self,
        touchpoint: &Touchpoint,
        event: &Event,
        object: Option<ObjectRef>,
        origin: Origin,
    ) -> u32 {
        self.count_loops(touchpoint, event.time);
        self.state.sequence += 1;
        let sequence = self.state.sequence;
        let visit = self.state.visits(&touchpoint.id) + 1;
        let contact = self.contact(touchpoint, event, object.as_ref(), (sequence, visit));
        let newest = Happened {
            count: visit,
            sequence,
            time: event.time,
            channel: contact.channel.clone(),
            object,
            reason: contact.reason.clone(),
        };
        self.out.contacts.push(contact);
        self.reach(&touchpoint.id, newest, origin);
        sequence
    }

    fn contact(
        &self,
        touchpoint: &Touchpoint,
        event: &Event,
        object: Option<&ObjectRef>,
        (sequence, visit): (u32, u32),
    ) -> Contact {
        let run = &self.state.run;
        Contact {
            run: run.id,
            sequence,
            customer: run.customer,
            journey: run.journey.clone(),
            version: self.definition.hash.clone(),
            touchpoint: touchpoint.id.clone(),
            visit,
            time: event.time,
            recorded: self.recorded,
            channel: event.text("channel").map(Channel::new).or_else(|| touchpoint.channels.first().cloned()),
            place: event.text("place"),
            staff: event.text("staff"),
            outcome: event.text("outcome"),
            reason: event.text("reason"),
            score: event.properties.get("score").and_then(words::Value::as_f64).and_then(Experience::new),
            event: event.id.clone(),
            object: object.and_then(ObjectRef::named),
        }
    }

    /// Moves the run's place to a new contact.
    fn reach(&mut self, id: &TouchpointId, newest: Happened, origin: Origin) {
        let state = &mut *self.state;
        let latest = state.happened.values().map(|happened| happened.time).max();
        if latest.is_none_or(|latest| newest.time >= latest) {
            state.run.at = Some(id.clone());
        }
        let here = (newest.time, newest.sequence);
        let dropped_from = state.run.dropped.as_ref().and_then(|exit| exit.after.as_ref());
        let dropped_from = dropped_from.and_then(|after| state.happened.get(after)).map(|happened| happened.time);
        match state.happened.get_mut(id) {
            Some(known) if known.time > newest.time => known.count = newest.count,
            Some(known) => *known = newest,
            None => {
                state.happened.insert(id.clone(), newest);
            }
        }
        if origin == Origin::OwnMessage {
            return;
        }
        state.newest = state.newest.max(Some(here));
        if dropped_from.is_some_and(|from| here.0 > from) {
            state.run.dropped = None;
            self.note(Some(id), None, Thought::Returned);
        }
    }

    /// A loop is closed when the touchpoint that is led back to happens after the one that leads back.
    fn count_loops(&mut self, touchpoint: &Touchpoint, time: Timestamp) {
        let definition = self.definition;
        for back in definition.touchpoints.iter().filter(|other| other.back_to.as_ref() == Some(&touchpoint.id)) {
            let Some(led) = self.state.happened.get(&back.id).filter(|led| led.time <= time) else { continue };
            let led = led.sequence;
            let counted = self.state.loops.entry(back.id.clone()).or_default();
            if counted.1 != led {
                *counted = (counted.0 + 1, led);
                self.note(Some(&touchpoint.id), None, Thought::Looped { from: back.id.clone() });
            }
        }
    }
}
