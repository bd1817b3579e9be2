//! The goal, the ends, what an end takes back, and dropping off.

use jiff::Timestamp;
use journey::{Anchor, End, EndOn, Touchpoint, When};
use words::{Effect, EffectKey, Ending, Event, Exit, Status, TouchpointId};

use crate::state::Progress;
use crate::turn::Turn;
use crate::{Thought, civil};

impl Turn<'_> {
    /// Whether the event reaches the goal; the earliest by event time counts.
    pub(crate) fn goal(&mut self, event: &Event) {
        let definition = self.definition;
        let Some(goal) = &definition.goal else { return };
        let within = goal.within.and_then(|span| civil::after(self.state.run.started, span, &self.zone));
        let in_time = within.is_none_or(|until| event.time <= until);
        let earlier = self.state.run.goal.is_none_or(|known| event.time < known);
        if in_time && earlier && self.matching(&goal.on, event).is_some() {
            let first = self.state.run.goal.replace(event.time).is_none();
            if first {
                self.note(None, None, Thought::Goal { at: event.time });
            }
        }
    }

    /// Whether the event ends the run. `seen`: the touchpoint that took the event; `before`: where the run stood until then.
    pub(crate) fn ends(&mut self, event: &Event, seen: Option<&Touchpoint>, before: Option<TouchpointId>) {
        let definition = self.definition;
        if !self.state.is_open() {
            return;
        }
        for end in &definition.ends {
            let EndOn::Events(events) = &end.on else { continue };
            if self.matching(events, event).is_some() {
                let exit = self.exit_by(end, event, seen, before);
                return self.end(end, exit);
            }
        }
    }

    /// Where and why a customer went away. Where the event that says so is a contact itself (a letter of rejection), nobody
    /// went away because of that letter: the exit stands at the contact before it, and the letter is its reason.
    fn exit_by(&self, end: &End, event: &Event, seen: Option<&Touchpoint>, before: Option<TouchpointId>) -> Exit {
        let farewell = seen.filter(|_| end.counts_as != Ending::Done);
        let reason = event.text("reason").or_else(|| farewell.map(|touchpoint| touchpoint.id.to_string()));
        let after = farewell.and(before).or_else(|| self.state.run.at.clone());
        Exit { time: event.time, after, reason }
    }

    pub(crate) fn end(&mut self, end: &End, exit: Exit) {
        let time = exit.time;
        let listens_until = end.listen.and_then(|span| civil::after(time, span, &self.zone)).unwrap_or(time);
        self.state.run.status = Status::Ended { ending: end.counts_as, exit, listens_until };
        self.note(None, None, Thought::Ended { ending: end.counts_as, at: time });
        if !self.state.hears(self.now) {
            self.withdraw_all("ended");
            // A promise that had not fallen due when the run ended binds nobody any more.
            self.state.promises.retain(|told| told.offer.until <= time);
        }
    }

    /// Takes back what is not sent or done.
    pub(crate) fn withdraw_all(&mut self, reason: &str) {
        let open: Vec<(TouchpointId, usize)> = self.open_effects(|_, _| true);
        for (id, index) in open {
            self.withdraw(&id, index, reason);
        }
    }

    /// What was asked for by a touchpoint that a newer version does not have is taken back.
    pub(crate) fn withdraw_gone(&mut self) {
        let definition = self.definition;
        for (id, index) in self.open_effects(|id, _| definition.touchpoint(id).is_none()) {
            self.withdraw(&id, index, "gone");
        }
    }

    /// A message that waits to be sent for a moment which has since moved away is taken back.
    pub(crate) fn withdraw_moved(&mut self) {
        let definition = self.definition;
        let moved = self.open_effects(|id, asked| {
            let touchpoint = definition.touchpoint(id);
            let Some(When::Moment(moment)) = touchpoint.and_then(|touchpoint| touchpoint.when.as_ref()) else {
                return false;
            };
            let Anchor::Fact(path) = &moment.anchor else { return false };
            let (Some(object), false) = (&asked.object, asked.task) else { return false };
            let known = self.state.objects.get(object);
            let value = known.and_then(|known| known.fact(&path.property)).and_then(words::Value::as_str);
            value.is_none_or(|value| asked.occurrence != format!("{object}={value}"))
        });
        for (id, index) in moved {
            self.withdraw(&id, index, "moved");
        }
    }

    fn open_effects(&self, which: impl Fn(&TouchpointId, &crate::state::Asked) -> bool) -> Vec<(TouchpointId, usize)> {
        let each = self.state.asked.iter().flat_map(|(id, all)| all.iter().enumerate().map(move |(n, a)| (id, n, a)));
        let open = each.filter(|(id, _, asked)| asked.progress == Progress::Open && which(id, asked));
        open.map(|(id, index, _)| (id.clone(), index)).collect()
    }

    /// The key of an effect by its place.
    pub(crate) fn key_at(&self, id: &TouchpointId, index: usize) -> Option<EffectKey> {
        let asked = self.state.asked.get(id)?.get(index)?;
        Some(self.state.key_of(id, asked))
    }

    fn withdraw(&mut self, id: &TouchpointId, index: usize, reason: &str) {
        let Some(key) = self.key_at(id, index) else { return };
        let Some(asked) = self.state.asked.get_mut(id).and_then(|all| all.get_mut(index)) else { return };
        asked.progress = Progress::Off;
        asked.event = None;
        let object = asked.object.clone();
        self.out.effects.push(Effect::Withdraw { key, reason: reason.to_owned() });
        self.note(Some(id), object.as_ref(), Thought::Withdrawn { reason: reason.to_owned() });
    }

    /// Nothing came after a touchpoint in time.
    pub(crate) fn drop_off(&mut self, id: &TouchpointId, moment: Timestamp) {
        let reason = self.state.happened.get(id).and_then(|happened| happened.reason.clone());
        self.state.run.dropped = Some(Exit { time: moment, after: Some(id.clone()), reason });
        self.note(Some(id), None, Thought::DroppedOff { moment });
    }
}
