//! What follows on what happened.

use jiff::{SignedDuration, Timestamp};
use words::{Contact, EffectKey, Event, RunId, TouchpointId};

use crate::Draws;
use crate::behaviour::{Deed, Delay, Open, When};
use crate::opening::into_open;
use crate::person::{Person, Will};
use crate::view::View;

/// A task that staff got.
#[derive(Clone, Debug)]
pub(crate) struct Given {
    pub(crate) key: EffectKey,
    pub(crate) run: RunId,
    pub(crate) touchpoint: TouchpointId,
    pub(crate) team: String,
    pub(crate) made: Timestamp,
}

impl Person {
    /// After an event of this person was taken in.
    pub(crate) fn heard(&mut self, view: View<'_>, event: &Event, strand: usize) {
        self.follow_on(view, event.name.as_str(), strand, Some(event), event.time);
        self.move_along(view, event.time);
    }

    /// After a contact of this person.
    pub(crate) fn met(&mut self, view: View<'_>, contact: &Contact) {
        let run = view.traveller.run(contact.run);
        let Some(strand) = run.and_then(|state| view.strand_of(&state.run, &self.strands)) else { return };
        self.receipts(view, contact, strand);
        if self.strands[strand].gone {
            return;
        }
        let (touchpoint, time) = (&contact.touchpoint, contact.time);
        self.follow_on(view, touchpoint.as_str(), strand, None, time);
        let key = contact.event.as_str().strip_suffix(":message.sent");
        if let (Some(key), Some(reply)) = (key, view.staged.behaviour.answers.get(touchpoint))
            && self.draws.happens(reply.chance)
        {
            let at = time.saturating_add(SignedDuration::from_secs(self.draws.delay(reply.delay))).unwrap_or(time);
            self.will(at, strand, Will::Answer { touchpoint: touchpoint.clone(), key: key.to_owned() });
        }
    }

    /// What the provider will tell of a message that went. Drawn apart, by the message: who reads a letter lives no other
    /// life for it.
    fn receipts(&mut self, view: View<'_>, contact: &Contact, strand: usize) {
        let Some(key) = contact.event.as_str().strip_suffix(":message.sent") else { return };
        let receipt = contact.channel.as_ref().and_then(|channel| view.staged.behaviour.receipts.get(channel));
        let Some(receipt) = receipt else { return };
        let mut draws = Draws::of(&["receipt", key]);
        if !draws.happens(receipt.delivered) {
            return;
        }
        let after = |from: Timestamp, seconds| from.saturating_add(SignedDuration::from_secs(seconds)).unwrap_or(from);
        let arrives = after(contact.time, draws.delay(receipt.within));
        let mut told = |at, name: &str| {
            let (touchpoint, run, channel) = (contact.touchpoint.clone(), contact.run, contact.channel.clone());
            let (key, name) = (key.to_owned(), name.to_owned());
            self.will(at, strand, Will::Receipt { name, key, touchpoint, run, channel });
        };
        told(arrives, "message.delivered");
        if draws.happens(receipt.read) {
            told(after(arrives, draws.delay(receipt.delay)), "message.read");
        }
    }

    /// After staff got a task about this person.
    pub(crate) fn given(&mut self, view: View<'_>, task: &Given) {
        if !self.happened.insert(format!("task {}", task.key)) {
            return;
        }
        let staff = &view.staged.behaviour.staff;
        let Some((name, work)) = [task.touchpoint.as_str(), &task.team].iter().find_map(|n| staff.get_key_value(*n))
        else {
            return;
        };
        let run = view.traveller.run(task.run);
        let strand = run.and_then(|state| view.strand_of(&state.run, &self.strands)).unwrap_or(0);
        let delay = if self.draws.happens(work.chance) { Some(work.delay) } else { work.late };
        if let Some(delay) = delay {
            let at = self.later(task.made, delay, work.open, view);
            let (touchpoint, key, name) = (task.touchpoint.clone(), task.key.clone(), name.clone());
            self.will(at, strand, Will::Work { touchpoint, key, name });
        }
    }

    /// Draws what follows under one heading.
    fn follow_on(&mut self, view: View<'_>, heading: &str, strand: usize, cause: Option<&Event>, time: Timestamp) {
        let Some(rules) = view.staged.behaviour.then.get(heading) else { return };
        if self.strands[strand].gone {
            return;
        }
        let state = view.run(strand, &self.strands);
        let (mut left, mut drawn) = (self.draws.unit(), false);
        for (place, rule) in rules.iter().enumerate() {
            if rule.only.as_ref().is_some_and(|only| !view.holds(state, cause, only)) {
                continue;
            }
            if rule.own_draw {
                if !self.draws.happens(rule.chance) {
                    continue;
                }
            } else {
                let hit = !drawn && left < rule.chance;
                left -= rule.chance;
                if !hit {
                    continue;
                }
                drawn = true;
            }
            let happening = match &rule.deed {
                Deed::Event(happening) => happening,
                Deed::Leave(_) => return self.leave(strand),
            };
            let at = match &happening.when {
                When::Delay(delay) => Some(self.later(time, *delay, happening.open, view)),
                When::At(moment) => state.and_then(|state| view.moment(state, &self.strands[strand], moment)),
            };
            if let Some(at) = at {
                let cause = cause.map(|event| Box::new(event.clone()));
                let at = at.max(time);
                self.will(at, strand, Will::Follow { heading: heading.to_owned(), rule: place, cause });
            }
        }
    }

    fn later(&mut self, from: Timestamp, delay: Delay, open: Open, view: View<'_>) -> Timestamp {
        let at = from.saturating_add(SignedDuration::from_secs(self.draws.delay(delay))).unwrap_or(from);
        into_open(at, open, view.zone, &mut self.draws)
    }

    /// What hangs on a moment in the facts moves along with it.
    fn move_along(&mut self, view: View<'_>, now: Timestamp) {
        let strands = std::mem::take(&mut self.strands);
        for pending in &mut self.pending {
            let Will::Follow { heading, rule, .. } = &pending.what else { continue };
            let rule = view.staged.behaviour.then.get(heading).and_then(|rules| rules.get(*rule));
            let Some(Deed::Event(happening)) = rule.map(|rule| &rule.deed) else { continue };
            let When::At(moment) = &happening.when else { continue };
            let state = view.run(pending.strand, &strands);
            if let Some(at) = state.and_then(|state| view.moment(state, &strands[pending.strand], moment)) {
                pending.time = at.max(now);
            }
        }
        self.strands = strands;
    }
}
