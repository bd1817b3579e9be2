//! What became of a message comes back as an event: `message.sent`, `message.delivered`, `message.read`, `message.failed`,
//! each with the effect's `key`. Only here the contact of a message is appended.

use journey::Touchpoint;
use words::{Channel, Event, Lesson, TouchpointId};

use crate::Thought;
use crate::contact::Origin;
use crate::state::Progress;
use crate::turn::Turn;

impl<'a> Turn<'a> {
    /// Takes the outcome in; gives whether the run knows the message.
    pub(crate) fn outcome(&mut self, event: &Event) -> bool {
        let Some((id, index)) = self.find(event) else { return false };
        let Some(asked) = self.state.asked.get(&id).and_then(|all| all.get(index)) else { return false };
        let (object, sequence, progress) = (asked.object.clone(), asked.sequence, asked.progress);
        match event.name.action() {
            "sent" if sequence.is_none() => self.sent(&id, index, event),
            // By another channel, after one that took it back.
            "sent" if progress == Progress::Open => {
                self.set_progress(&id, index, Progress::Done, None);
                self.note(
                    Some(&id),
                    object.as_ref(),
                    Thought::Sent { channel: event.text("channel").map(Channel::new) },
                );
            }
            "delivered" => sequence.into_iter().for_each(|sequence| self.learn(sequence, Lesson::Delivered)),
            "read" => sequence.into_iter().for_each(|sequence| self.learn(sequence, Lesson::Read)),
            "failed" if progress == Progress::Open => {
                self.set_progress(&id, index, Progress::Off, None);
                self.note(Some(&id), object.as_ref(), Thought::Failed { reason: event.text("reason") });
            }
            // It counted as sent, and its provider took that back: another channel is tried.
            "failed" if progress == Progress::Done && event.properties.get("again") == Some(&true.into()) => {
                self.set_progress(&id, index, Progress::Open, None);
                self.note(Some(&id), object.as_ref(), Thought::Failed { reason: event.text("reason") });
            }
            _ => {}
        }
        true
    }

    fn sent(&mut self, id: &TouchpointId, index: usize, event: &Event) {
        let definition = self.definition;
        let Some(touchpoint) = definition.touchpoint(id) else { return };
        let asked = self.state.asked.get_mut(id).and_then(|all| all.get_mut(index));
        let Some((object, promise)) = asked.map(|asked| (asked.object.clone(), asked.promise.take())) else { return };
        let sequence = self.append(touchpoint, event, object.clone(), Origin::OwnMessage);
        self.set_progress(id, index, Progress::Done, Some(sequence));
        let channel = event.text("channel").map(Channel::new);
        self.note(Some(id), object.as_ref(), Thought::Sent { channel });
        match promise {
            Some(offer) => self.tell(touchpoint, sequence, event.time, offer),
            None => self.promise_within(touchpoint, event, object.as_ref(), sequence),
        }
    }

    /// A reply time counts from the moment that the message was sent.
    fn promise_within(
        &mut self,
        touchpoint: &Touchpoint,
        event: &Event,
        object: Option<&crate::ObjectRef>,
        sequence: u32,
    ) {
        if matches!(touchpoint.promise, Some(journey::Promise::Within { .. })) {
            self.promise_at_contact(touchpoint, event, object, sequence);
        }
    }

    fn set_progress(&mut self, id: &TouchpointId, index: usize, progress: Progress, sequence: Option<u32>) {
        if let Some(asked) = self.state.asked.get_mut(id).and_then(|all| all.get_mut(index)) {
            asked.progress = progress;
            asked.sequence = sequence.or(asked.sequence);
            asked.event = None;
        }
    }

    /// The touchpoint that a tick or an answer is about: it says so, or its key does.
    pub(crate) fn touchpoint_of(&self, event: &Event) -> Option<&'a Touchpoint> {
        let definition = self.definition;
        let said = event.text("touchpoint").map(TouchpointId::new);
        definition.touchpoint(&said.or_else(|| self.find(event).map(|(id, _)| id))?)
    }

    /// The effect that the outcome is of.
    fn find(&self, event: &Event) -> Option<(TouchpointId, usize)> {
        let (id, index) = self.state.by_key(&event.text("key")?)?;
        Some((id.clone(), index))
    }
}
