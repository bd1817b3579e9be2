//! Promises: told in a message or at a contact, kept by an event, replaced by a newer one told in time, broken when nothing
//! kept it. Judged by the events' own time, so broken only after the 48 hours that a late event may take.

use jiff::{SignedDuration, Timestamp, civil::Date};
use journey::{EventMatch, Promise, Touchpoint};
use words::{Event, Lesson, limits};

use crate::state::{Offer, Told};
use crate::turn::Turn;
use crate::{ObjectRef, Thought, civil};

impl Turn<'_> {
    /// What a touchpoint promises at this moment; `None` when its fact is not known. A window is kept inside it: too early is
    /// not on time.
    pub(crate) fn offer(
        &self,
        touchpoint: &Touchpoint,
        promise: &Promise,
        event: Option<&Event>,
        focus: Option<&ObjectRef>,
        told: Timestamp,
    ) -> Option<Offer> {
        let scope = self.scope(event, focus);
        let text = |object: &ObjectRef, property: &str| {
            let value = self.state.objects.get(object)?.fact(property)?;
            value.as_str().map(str::to_owned)
        };
        match promise {
            Promise::Window { object: kind, .. } => {
                let object = scope.object(kind)?;
                let from: Timestamp = text(&object, "start")?.parse().ok()?;
                let until: Timestamp = text(&object, "end")?.parse().ok()?;
                Some(Offer { basis: format!("window {object}"), object: Some(object), from, until, falls_due: from })
            }
            Promise::By { fact, .. } => {
                let object = scope.object(&fact.object)?;
                let value = text(&object, &fact.property)?;
                let until = match value.parse::<Timestamp>() {
                    Ok(moment) => moment,
                    Err(_) => civil::end_of(value.parse::<Date>().ok()?, &self.zone)?,
                };
                let basis = format!("by {object}.{}", fact.property);
                Some(Offer { basis, object: Some(object), from: told, until, falls_due: until })
            }
            Promise::Within { span, .. } => {
                let until = civil::after(told, *span, &self.zone)?;
                let object = focus.cloned();
                let on = object.as_ref().map(ToString::to_string).unwrap_or_default();
                let basis = format!("within {} {on}", touchpoint.id);
                Some(Offer { basis, object, from: told, until, falls_due: until })
            }
        }
    }

    /// Tells a promise at a contact; a run that has ended for good promises nothing.
    pub(crate) fn tell(&mut self, touchpoint: &Touchpoint, sequence: u32, told: Timestamp, offer: Offer) {
        if !self.acts() {
            return;
        }
        let replaced = |old: &Told| old.offer.basis == offer.basis && told < old.offer.falls_due;
        let (replaced, kept): (Vec<Told>, Vec<Told>) = self.state.promises.drain(..).partition(replaced);
        self.state.promises = kept;
        for old in replaced {
            self.learn(old.sequence, Lesson::PromiseReplaced);
            let what = Thought::PromiseReplaced { until: old.offer.until };
            self.note(Some(&old.touchpoint), old.offer.object.as_ref(), what);
        }
        let what = Thought::Promised { from: offer.from.max(told), until: offer.until };
        self.note(Some(&touchpoint.id), offer.object.as_ref(), what);
        let told = Told { touchpoint: touchpoint.id.clone(), sequence, offer };
        match self.kept_before(touchpoint, &told.offer) {
            Some(at) => self.keep_promise(&told, at),
            None => self.state.promises.push(told),
        }
    }

    /// An event that came in before the promise was told may have kept it already.
    fn kept_before(&self, touchpoint: &Touchpoint, offer: &Offer) -> Option<Timestamp> {
        let promise = touchpoint.promise.as_ref()?;
        let plain = promise.kept_by().iter().filter(|by| by.only.is_none());
        let times = plain.flat_map(|by| {
            self.state
                .of_kind(by.event.object())
                .filter(|(object, _)| self.concerns(object, offer.object.as_ref()))
                .filter_map(|(_, known)| known.events.get(&by.event).copied())
        });
        times.filter(|time| offer.from <= *time && *time <= offer.until).min()
    }

    /// The event keeps every promise that it speaks of and whose time it lies in.
    pub(crate) fn keep_promises(&mut self, event: &Event) {
        let definition = self.definition;
        let own = ObjectRef::own(event);
        let keeps = |told: &Told| {
            let Told { touchpoint, offer, .. } = told;
            let in_time = offer.from <= event.time && event.time <= offer.until;
            let promise = definition.touchpoint(touchpoint).and_then(|touchpoint| touchpoint.promise.as_ref());
            let kept_by: &[EventMatch] = promise.map_or(&[], Promise::kept_by);
            in_time && self.matching(kept_by, event).is_some() && self.speaks_of(event, &own, offer.object.as_ref())
        };
        let kept: Vec<bool> = self.state.promises.iter().map(keeps).collect();
        let mut index = 0;
        let mut done = Vec::new();
        self.state.promises.retain(|told| {
            let keep = !kept[index];
            index += 1;
            if !keep {
                done.push(told.clone());
            }
            keep
        });
        for told in done {
            self.keep_promise(&told, event.time);
        }
    }

    fn keep_promise(&mut self, told: &Told, at: Timestamp) {
        self.learn(told.sequence, Lesson::PromiseKept);
        let what = Thought::PromiseKept { at, until: told.offer.until };
        self.note(Some(&told.touchpoint), told.offer.object.as_ref(), what);
    }

    /// Nothing kept it, and late events have had their time.
    pub(crate) fn break_promise(&mut self, index: usize) {
        let told = self.state.promises.remove(index);
        self.learn(told.sequence, Lesson::PromiseBroken);
        let what = Thought::PromiseBroken { until: told.offer.until };
        self.note(Some(&told.touchpoint), told.offer.object.as_ref(), what);
    }

    /// Whether an event is about an object: it names it, or its own object belongs to it.
    pub(crate) fn speaks_of(&self, event: &Event, own: &ObjectRef, object: Option<&ObjectRef>) -> bool {
        let Some(wanted) = object else { return true };
        match event.object_id(&wanted.kind) {
            Some(id) => id == wanted.id,
            None => self.concerns(own, object),
        }
    }

    /// Whether something that happened to one object says something of another: it is the same, it was named together
    /// with it, or nothing binds it to any of that kind and the other is the newest.
    fn concerns(&self, own: &ObjectRef, object: Option<&ObjectRef>) -> bool {
        let Some(wanted) = object else { return true };
        let keyed = self.definition.run_per.as_ref().is_some_and(|key| key.object == wanted.kind);
        if own == wanted || keyed || wanted.id.is_empty() {
            return true;
        }
        if own.kind == wanted.kind {
            return false;
        }
        let related = self.related(own, &wanted.kind);
        if related.is_empty() {
            return self.state.newest_of(&wanted.kind).is_some_and(|(newest, _)| newest == wanted);
        }
        related.contains(wanted)
    }

    /// The objects of a kind that are bound to an object, directly or through others.
    fn related(&self, own: &ObjectRef, kind: &str) -> Vec<ObjectRef> {
        let mut reached = vec![own.clone()];
        let mut next = 0;
        while let Some(object) = reached.get(next) {
            let with = self.state.objects.get(object).map(|known| known.with.clone()).unwrap_or_default();
            for other in with {
                if !reached.contains(&other) && reached.len() < limits::OBJECTS_MAX {
                    reached.push(other);
                }
            }
            next += 1;
        }
        reached.retain(|object| object.kind == kind && object != own);
        reached
    }
}

/// When a promise that nothing kept is called broken.
pub(crate) fn judged_at(offer: &Offer) -> Option<Timestamp> {
    offer.until.checked_add(SignedDuration::from_hours(limits::UNKNOWN_OBJECT_WAIT_HOURS)).ok()
}
