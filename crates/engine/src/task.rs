//! Tasks being done: by a tick of a member of staff (`task.done`) or by the event that the task waited for (`done`).

use jiff::{Timestamp, tz::TimeZone};
use journey::{TaskDue, Touchpoint};
use words::{Effect, Event, Lesson};

use crate::contact::Origin;
use crate::state::Progress;
use crate::turn::Turn;
use crate::{ObjectRef, Thought, civil};

/// By when a task that is made now is to be done.
pub fn due_by(due: TaskDue, now: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
    match due {
        TaskDue::Now => Some(now),
        TaskDue::Within(span) => civil::after(now, span, zone),
    }
}

impl Turn<'_> {
    /// Closes the tasks that this event says are done. Where nothing recognises the touchpoint, that is its contact.
    pub(crate) fn close_tasks(&mut self, event: &Event) {
        let definition = self.definition;
        if event.name.as_str() == "task.done" {
            if let Some(touchpoint) = self.touchpoint_of(event) {
                self.close(touchpoint, event, true);
            }
            return;
        }
        for touchpoint in &definition.touchpoints {
            let done = touchpoint.task.as_ref().map_or(&[][..], |task| &task.done);
            if self.matching(done, event).is_some() {
                self.close(touchpoint, event, false);
            }
        }
    }

    fn close(&mut self, touchpoint: &Touchpoint, event: &Event, ticked: bool) {
        let own = ObjectRef::own(event);
        let key = event.text("key").filter(|_| ticked);
        let mut closed = Vec::new();
        for (index, asked) in self.state.asked.get(&touchpoint.id).into_iter().flatten().enumerate() {
            let about = match &key {
                Some(key) => self.state.key_of(&touchpoint.id, asked).as_str() == key,
                None => names(event, &own, asked.object.as_ref(), ticked),
            };
            if asked.task && asked.progress == Progress::Open && asked.cause <= event.time && about {
                closed.push(index);
            }
        }
        // A tick without key says nothing of which: it is the oldest open one.
        if ticked {
            closed.truncate(1);
        }
        for index in closed {
            self.finish_task(touchpoint, index, event);
        }
    }

    fn finish_task(&mut self, touchpoint: &Touchpoint, index: usize, event: &Event) {
        let Some(key) = self.key_at(&touchpoint.id, index) else { return };
        let Some(asked) = self.state.asked.get_mut(&touchpoint.id).and_then(|all| all.get_mut(index)) else { return };
        asked.progress = Progress::Done;
        let overdue = asked.due.is_some_and(|due| due < event.time);
        let (object, made_by) = (asked.object.clone(), asked.sequence);
        let is_cap = asked.occurrence == crate::fire::CAP;
        self.out.effects.push(Effect::CloseTask { key, time: event.time });
        let sequence = match made_by {
            Some(sequence) => Some(sequence),
            None if is_cap || !touchpoint.seen.is_empty() => None,
            None => Some(self.append(touchpoint, event, object.clone(), Origin::Real)),
        };
        self.note(Some(&touchpoint.id), object.as_ref(), Thought::TaskDone { overdue });
        if let Some(sequence) = sequence {
            if let Some(asked) = self.state.asked.get_mut(&touchpoint.id).and_then(|all| all.get_mut(index)) {
                asked.sequence = Some(sequence);
            }
            if overdue {
                self.learn(sequence, Lesson::Overdue);
            }
            if made_by.is_none() {
                self.promise_at_contact(touchpoint, event, object.as_ref(), sequence);
            }
        }
    }

    /// A promise told by the contact itself.
    pub(crate) fn promise_at_contact(
        &mut self,
        touchpoint: &Touchpoint,
        event: &Event,
        object: Option<&ObjectRef>,
        sequence: u32,
    ) {
        let Some(promise) = &touchpoint.promise else { return };
        if let Some(offer) = self.offer(touchpoint, promise, Some(event), object, event.time) {
            self.tell(touchpoint, sequence, event.time, offer);
        }
    }
}

/// Whether an event is about the object of a task, or about none of its kind.
fn names(event: &Event, own: &ObjectRef, object: Option<&ObjectRef>, ticked: bool) -> bool {
    let Some(wanted) = object else { return true };
    match event.object_id(&wanted.kind) {
        Some(id) => id == wanted.id,
        None => ticked || own.kind != wanted.kind,
    }
}
