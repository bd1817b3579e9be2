//! From what will happen to the events by which it is seen.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use journey::FactType;
use serde_json::json;
use words::{Event, EventName, Properties, Scale, TouchpointId, Value};

use crate::behaviour::{self, Happening, Rule, Template, When};
use crate::opening::into_open;
use crate::people;
use crate::person::{Deed, Pending, Person, Strand, Will};
use crate::view::{View, rounded, timestamp};

/// What came of something that was going to happen.
pub(crate) enum Came {
    /// It did.
    Deed(Deed),
    /// It moved to later, or came to nothing.
    Nothing,
}

impl Person {
    /// Does what was going to happen, if it still may.
    pub(crate) fn act(&mut self, pending: Pending, view: View<'_>, now: Timestamp) -> Came {
        let strand = pending.strand;
        match pending.what {
            Will::Arrive => {
                let arrivals = &view.staged.behaviour.arrivals;
                self.happen(view, strand, &arrivals.event, &arrivals.set, now)
            }
            Will::Follow { heading, rule, cause } => self.follow(view, strand, (heading, rule), cause, now),
            Will::Answer { touchpoint, key } => self.answer(view, strand, &touchpoint, &key, now),
            Will::Work { touchpoint, key, name } => {
                let Some(work) = view.staged.behaviour.staff.get(&name) else { return Came::Nothing };
                // What can happen only once may have happened: then it is a tick.
                let did = work.does.as_ref().map(|event| self.happen(view, strand, event, &work.set, now));
                let did = match did {
                    Some(did @ Came::Deed(_)) => did,
                    _ => self.tick(view, strand, &touchpoint, key.as_str(), &work.set, now),
                };
                let Came::Deed(mut deed) = did else { return Came::Nothing };
                deed.task = Some(key);
                Came::Deed(deed)
            }
            Will::Receipt { name, key, touchpoint, run, channel } => {
                let journey = &view.staged.behaviour.journey;
                let properties = [
                    ("key", json!(key)),
                    ("run", json!(run)),
                    ("journey", json!(journey)),
                    ("touchpoint", json!(touchpoint)),
                    ("channel", json!(channel)),
                ];
                let properties = properties.map(|(name, value)| (name.to_owned(), value)).into();
                let events = vec![ours(&name, format!("{key}:{name}"), properties, now)];
                Came::Deed(Deed { events, ours: true, strand, task: None })
            }
        }
    }

    fn follow(
        &mut self,
        view: View<'_>,
        strand: usize,
        (heading, place): (String, usize),
        cause: Option<Box<Event>>,
        now: Timestamp,
    ) -> Came {
        let rule = view.staged.behaviour.then.get(&heading).and_then(|rules| rules.get(place));
        let Some(Rule { only, deed: behaviour::Deed::Event(happening), .. }) = rule else { return Came::Nothing };
        if self.strands[strand].gone || view.is_over(strand, &self.strands) {
            return Came::Nothing;
        }
        let state = view.run(strand, &self.strands);
        if only.as_ref().is_some_and(|only| !view.holds(state, cause.as_deref(), only)) {
            return Came::Nothing;
        }
        if let When::At(moment) = &happening.when {
            let at = state.and_then(|state| view.moment(state, &self.strands[strand], moment));
            match at {
                None => return Came::Nothing,
                Some(at) if at > now => {
                    self.will(at, strand, Will::Follow { heading, rule: place, cause });
                    return Came::Nothing;
                }
                Some(_) => {}
            }
        }
        self.begin(view, strand, happening, now)
    }

    /// An event, perhaps about a new object.
    fn begin(&mut self, view: View<'_>, strand: usize, happening: &Happening, now: Timestamp) -> Came {
        let Happening { event, set, new, .. } = happening;
        let mut strand = strand;
        if let Some(kind) = new {
            if view.staged.is_key(kind) {
                self.strands.push(Strand::default());
                strand = self.strands.len() - 1;
            }
            self.object(view.staged, strand, kind, true);
        }
        self.happen(view, strand, event, set, now)
    }

    fn happen(
        &mut self,
        view: View<'_>,
        strand: usize,
        name: &EventName,
        set: &BTreeMap<String, Template>,
        now: Timestamp,
    ) -> Came {
        let staged = view.staged;
        let kind = name.object();
        let mut properties = Properties::new();
        if staged.keeps_apart(kind) {
            let id = self.object(staged, strand, kind, false);
            if !self.happened.insert(format!("{name} {id}")) {
                return Came::Nothing;
            }
            properties.insert("id".into(), id.into());
        }
        for (other, id) in &self.strands[strand].objects {
            if other != kind {
                properties.insert(format!("{other}_id"), id.as_str().into());
            }
        }
        let mut events = Vec::new();
        if !self.named && !staged.behaviour.arrivals.anonymous.contains(name) {
            self.named = true;
            let profile = people::profile(staged, self.number, &mut self.draws);
            let identified = EventName::parse("customer.identified").expect("a reserved name");
            events.push(self.event(staged, &identified, now, profile));
        }
        self.set(view, strand, kind, set, &mut properties, now);
        events.push(self.event(staged, name, now, properties));
        Came::Deed(Deed { events, ours: false, strand, task: None })
    }

    /// Fills in the properties of an event: first those that stand alone, then those that hang on another.
    fn set(
        &mut self,
        view: View<'_>,
        strand: usize,
        kind: &str,
        set: &BTreeMap<String, Template>,
        properties: &mut Properties,
        now: Timestamp,
    ) {
        let hangs = |template: &Template| matches!(template, Template::Moment(moment) if moment.object.is_none());
        let (after, first): (Vec<_>, Vec<_>) = set.iter().partition(|(_, template)| hangs(template));
        for (property, template) in first.into_iter().chain(after) {
            let declared = view.staged.definition().facts.get(kind).and_then(|facts| facts.get(property));
            let value = self.value(view, strand, template, properties, declared.copied(), now);
            if let Some(value) = value {
                properties.insert(property.clone(), value);
            }
        }
    }

    fn value(
        &mut self,
        view: View<'_>,
        strand: usize,
        template: &Template,
        so_far: &Properties,
        declared: Option<FactType>,
        now: Timestamp,
    ) -> Option<Value> {
        let written = |moment: Timestamp| match declared {
            Some(FactType::Date) => json!(moment.to_zoned(view.zone.clone()).date().to_string()),
            _ => json!(moment.to_string()),
        };
        match template {
            Template::Constant(value) => Some(value.clone()),
            Template::Choice(choice) => self.draws.choose(choice).cloned(),
            Template::Number(spread) => Some(json!(self.draws.spread(*spread).round() as i64)),
            Template::Ahead { delay, open, round_minutes } => {
                let drawn = now.checked_add(SignedDuration::from_secs(self.draws.delay(*delay))).ok()?;
                let open = into_open(drawn, *open, view.zone, &mut self.draws);
                Some(written(rounded(open, *round_minutes, now, view.zone)))
            }
            Template::Moment(moment) if moment.object.is_none() => {
                let from = timestamp(so_far.get(&moment.property)?, view.zone)?;
                Some(written(from.checked_add(SignedDuration::from_secs(moment.seconds)).ok()?))
            }
            Template::Moment(moment) => {
                let state = view.run(strand, &self.strands)?;
                view.moment(state, &self.strands[strand], moment).map(written)
            }
        }
    }

    fn tick(
        &mut self,
        view: View<'_>,
        strand: usize,
        touchpoint: &TouchpointId,
        key: &str,
        set: &BTreeMap<String, Template>,
        now: Timestamp,
    ) -> Came {
        let mut properties = Properties::new();
        self.set(view, strand, "task", set, &mut properties, now);
        properties.insert("touchpoint".into(), touchpoint.as_str().into());
        properties.insert("key".into(), key.into());
        let events = vec![ours("task.done", format!("{key}:done"), properties, now)];
        Came::Deed(Deed { events, ours: true, strand, task: None })
    }

    /// Answers to every question that is about something that happened, in the mood of the moment.
    fn answer(&mut self, view: View<'_>, strand: usize, touchpoint: &TouchpointId, key: &str, now: Timestamp) -> Came {
        let mood = self.draws.deviate();
        let Some(state) = view.run(strand, &self.strands) else { return Came::Nothing };
        let Some(asking) = view.staged.definition().touchpoint(touchpoint) else { return Came::Nothing };
        let mut events = Vec::new();
        for ask in &asking.ask {
            let about = ask.about.iter().filter(|about| state.visits(about) > 0);
            let felt: Vec<f64> = about.filter_map(|about| self.feels(view, strand, about, mood)).collect();
            if felt.is_empty() {
                continue;
            }
            let value = on_scale(ask.scale, together(&felt));
            let properties = [
                ("touchpoint", json!(touchpoint)),
                ("question", json!(ask.question)),
                ("value", json!(value)),
                ("scale", json!(ask.scale.as_str())),
                ("key", json!(key)),
            ];
            let properties = properties.map(|(name, value)| (name.to_owned(), value)).into();
            events.push(ours("answer.given", format!("{key}:{}", ask.question), properties, now));
        }
        if events.is_empty() { Came::Nothing } else { Came::Deed(Deed { events, ours: true, strand, task: None }) }
    }

    /// −2..+2: half of what sets somebody apart from others is mood, half the thing itself.
    fn feels(&mut self, view: View<'_>, strand: usize, about: &TouchpointId, mood: f64) -> Option<f64> {
        let behaviour = &view.staged.behaviour;
        let score = behaviour.scores.get(about)?;
        let state = view.run(strand, &self.strands);
        let shifts = behaviour.shifts.iter().filter(|shift| shift.touchpoints.contains(about));
        let shifted: f64 = shifts.filter(|shift| view.holds(state, None, &shift.only)).map(|shift| shift.by).sum();
        let apart = (mood + self.draws.deviate()) * std::f64::consts::FRAC_1_SQRT_2;
        Some((score.mean + shifted + apart * score.spread).clamp(-2.0, 2.0))
    }
}

/// What is said of several things at once: halfway between their mean and the worst of them, which is remembered best.
fn together(felt: &[f64]) -> f64 {
    let mean = felt.iter().sum::<f64>() / felt.len() as f64;
    let worst = felt.iter().copied().fold(f64::INFINITY, f64::min);
    (mean + worst) / 2.0
}

/// An event of our own pages.
fn ours(name: &str, id: String, properties: Properties, now: Timestamp) -> Event {
    Event::ours(id, now, EventName::parse(name).expect("a reserved name"), properties)
}

/// The answer on a question's scale that stands for a feeling.
fn on_scale(scale: Scale, felt: f64) -> i64 {
    let (low, high) = scale.bounds();
    let answer = match scale {
        Scale::Mark => 6.0 + 2.0 * felt,
        Scale::Csat => 3.0 + felt,
        Scale::Ces => 4.0 + 1.5 * felt,
        Scale::Nps => 5.0 + 2.5 * felt,
    };
    (answer.round() as i64).clamp(low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_says_what_was_felt() {
        for scale in [Scale::Mark, Scale::Csat, Scale::Ces] {
            for felt in [-1.0, 0.0, 1.0] {
                let said = scale.experience(on_scale(scale, felt) as f64).unwrap().value();
                assert!((said - felt).abs() <= 0.34, "{scale:?} {felt} {said}");
            }
        }
    }
}
