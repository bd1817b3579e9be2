use std::collections::{BTreeMap, BTreeSet};

use engine::*;
use jiff::{Timestamp, tz::TimeZone};
use journey::Definition;
use words::*;

/// What happened to each customer, one line a thing, in local time: what a golden trace holds.
#[derive(Default)]
pub(crate) struct Story {
    names: BTreeMap<CustomerId, String>,
    lines: Vec<(Option<CustomerId>, String)>,
    plans: BTreeMap<(RunId, String), String>,
    /// Calendar rules that were told once not to hold.
    silent: BTreeSet<(RunId, String)>,
}

impl Story {
    pub(crate) fn name(&mut self, customer: CustomerId, name: &str) {
        self.names.insert(customer, name.to_owned());
    }

    pub(crate) fn name_if_nameless(&mut self, customer: CustomerId, name: &str) {
        self.names.entry(customer).or_insert_with(|| name.to_owned());
    }

    pub(crate) fn tell(&mut self, customer: Option<CustomerId>, time: Timestamp, text: String) {
        self.lines.push((customer, format!("{}  {text}", self.local(time))));
    }

    /// `31 Oct 10:00 +01:00`, with seconds where there are any.
    pub(crate) fn local(&self, time: Timestamp) -> String {
        let local = time.to_zoned(TimeZone::get("Europe/Amsterdam").unwrap());
        let format = if local.second() == 0 { "%-d %b %H:%M %:z" } else { "%-d %b %H:%M:%S %:z" };
        local.strftime(format).to_string()
    }

    pub(crate) fn of(&self, customer: CustomerId) -> Vec<String> {
        let own = self.lines.iter().filter(|(whose, _)| *whose == Some(customer));
        own.map(|(_, line)| line.clone()).collect()
    }

    pub(crate) fn customers(&self) -> Vec<(String, CustomerId)> {
        let mut all: Vec<_> = self.names.iter().map(|(id, name)| (name.clone(), *id)).collect();
        all.sort();
        all
    }

    pub(crate) fn of_nobody(&self) -> Vec<String> {
        self.lines.iter().filter(|(whose, _)| whose.is_none()).map(|(_, line)| line.clone()).collect()
    }

    /// Tells what came of one input.
    pub(crate) fn applied(
        &mut self,
        traveller: &Traveller,
        applied: &Applied,
        definitions: &[&Definition],
        setting: Setting<'_>,
        now: Timestamp,
    ) {
        let customer = Some(traveller.profile.customer.id);
        let (early, late): (Vec<&Note>, Vec<&Note>) =
            applied.notes.iter().partition(|note| matches!(note.what, Thought::Started | Thought::TookKey { .. }));
        for note in early {
            self.note(customer, traveller, note);
        }
        for contact in &applied.contacts {
            let text = self.contact(contact, now);
            self.tell(customer, now, text);
        }
        for effect in &applied.effects {
            if let Effect::Task { touchpoint, task, .. } = effect {
                let due = task.due.map(|due| format!(", due {}", self.local(due))).unwrap_or_default();
                self.tell(customer, now, format!("task {touchpoint} for {}{due}", task.team));
            }
        }
        for note in late {
            self.note(customer, traveller, note);
        }
        for learnt in &applied.learnt {
            if let Lesson::Answered { question, score } = &learnt.lesson {
                self.tell(customer, now, format!("{question} {:+.1} on contact {}", score.value(), learnt.sequence));
            }
        }
        for quarantined in &applied.quarantine {
            self.tell(customer, now, format!("{} to quarantine: {:?}", quarantined.event.id, quarantined.reason));
        }
        self.plans(traveller, definitions, setting, now);
    }

    fn contact(&self, contact: &Contact, now: Timestamp) -> String {
        let mut text = format!("contact {} {}", contact.sequence, contact.touchpoint);
        if let Some(channel) = &contact.channel {
            text.push_str(&format!(" ({channel})"));
        }
        for (name, value) in [("place", &contact.place), ("outcome", &contact.outcome), ("reason", &contact.reason)] {
            if let Some(value) = value {
                text.push_str(&format!(", {name} {value}"));
            }
        }
        if contact.visit > 1 {
            text.push_str(&format!(", visit {}", contact.visit));
        }
        if contact.time != now {
            text.push_str(&format!(", at {}", self.local(contact.time)));
        }
        text
    }

    fn note(&mut self, customer: Option<CustomerId>, traveller: &Traveller, note: &Note) {
        let id = note.touchpoint.as_ref().map(TouchpointId::as_str).unwrap_or_default();
        let weekly = matches!(note.what, Thought::ConditionFalse { .. }) && note.object.is_none();
        if weekly && !self.silent.insert((note.run, id.to_owned())) {
            return;
        }
        let at = |time: &Timestamp| self.local(*time);
        let text = match &note.what {
            Thought::Started => {
                let number = traveller.runs.iter().position(|run| run.run.id == note.run).unwrap() + 1;
                format!("run {number} of {}", traveller.runs[number - 1].run.journey)
            }
            Thought::TookKey { key } => format!("key {key}"),
            Thought::Asked | Thought::Sent { .. } => return,
            Thought::Failed { reason } => format!("{id} not sent: {}", reason.as_deref().unwrap_or("?")),
            Thought::TooLate { moment } => format!("{id} skipped: {} is past", at(moment)),
            Thought::ConditionFalse { missing: None, .. } => format!("{id} not: only_if is false"),
            Thought::ConditionFalse { missing: Some(name), .. } => format!("{id} not: {name} is missing"),
            Thought::Repeated { first, ask } => {
                let what = if *ask { "refused: asked" } else { "not again: made" };
                format!("{id} {what} on {}", at(first))
            }
            Thought::Capped => format!("{id} at its cap"),
            Thought::HeldOut => format!("{id} held out"),
            Thought::Withdrawn { reason } => format!("{id} withdrawn: {reason}"),
            Thought::Promised { from, until } => format!("promise of {id}: {} - {}", at(from), at(until)),
            Thought::PromiseKept { at: kept, until } => {
                format!("promise of {id} until {} kept at {}", at(until), at(kept))
            }
            Thought::PromiseBroken { until } => format!("promise of {id} broken at {}", at(until)),
            Thought::PromiseReplaced { until } => format!("promise of {id} until {} replaced", at(until)),
            Thought::TaskDone { overdue } => format!("task {id} done{}", if *overdue { ", overdue" } else { "" }),
            Thought::Looped { from } => format!("loop from {from} to {id}"),
            Thought::DroppedOff { moment } => format!("dropped off at {id} on {}", at(moment)),
            Thought::Returned => format!("returned at {id}"),
            Thought::Goal { at: time } => format!("goal at {}", at(time)),
            Thought::Ended { ending, at: time } => format!("ends {ending:?} at {}", at(time)),
            Thought::Overtaken { event, at: time } => format!("{id} was overtaken by {event} of {}", at(time)),
            other => format!("{id} {other:?}"),
        };
        self.tell(customer, note.time, text);
    }

    /// What stands ahead of touchpoints, where that changed.
    fn plans(&mut self, traveller: &Traveller, definitions: &[&Definition], setting: Setting<'_>, now: Timestamp) {
        for run in &traveller.runs {
            let definition = definitions.iter().find(|definition| definition.id == run.run.journey).unwrap();
            let pending = plan(definition, run, &traveller.profile.customer, setting);
            let mut stands = BTreeMap::new();
            // A calendar rule always stands ahead; only what hangs on an object says something here.
            let moments = pending.iter().filter(|pending| pending.kind == PendingKind::Touchpoint);
            for pending in moments.filter(|pending| pending.object.is_some()) {
                let object = pending.object.as_ref().map(|object| format!(" for {object}")).unwrap_or_default();
                let touchpoint = pending.touchpoint.as_ref().unwrap();
                stands.insert(format!("{touchpoint}{object}"), self.local(pending.moment));
            }
            for (what, when) in stands {
                let last = self.plans.insert((run.run.id, what.clone()), when.clone());
                if last.as_ref() != Some(&when) {
                    self.tell(Some(traveller.profile.customer.id), now, format!("{what} stands at {when}"));
                }
            }
        }
    }
}
