//! I1: what was accepted is there once and applied once. I9: what is counted is what a recount of the events gives.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Judged, counted, violation};
use crate::{Answered, Violation};

pub(super) fn check(judged: &Judged<'_>, found: &mut Vec<Violation>) {
    answered(judged, found);
    once(judged, found);
    applied(judged, found);
    recounted(judged, found);
}

/// What a client was answered is there, unless it is about somebody who was erased.
fn answered(judged: &Judged<'_>, found: &mut Vec<Violation>) {
    let there: std::collections::BTreeSet<_> = judged
        .database
        .events
        .iter()
        .map(|event| (event.organisation.as_str(), event.source.as_str(), event.event.as_str()))
        .collect();
    for answer in &judged.logs.answers {
        let Answered::Event { source, event, about } = &answer.what else { continue };
        let organisation = answer.organisation.as_str();
        let is_there = there.contains(&(organisation, source, event));
        if !is_there && !about.iter().any(|name| judged.erased(organisation, name).is_some()) {
            found.push(violation("I1", (organisation, ""), event, "was answered as accepted and is not there"));
        }
    }
}

fn once(judged: &Judged<'_>, found: &mut Vec<Violation>) {
    let names = judged.database.events.iter().map(|event| (&event.organisation, &event.source, &event.event));
    for ((organisation, _, event), count) in counted(names).into_iter().filter(|(_, count)| *count > 1) {
        found.push(violation("I1", (organisation, ""), event, format!("is there {count} times")));
    }
    if judged.drained.is_some() {
        for event in judged.database.events.iter().filter(|event| event.state == "new") {
            let whose = (event.organisation.as_str(), event.customer.as_deref().unwrap_or_default());
            found.push(violation("I1", whose, &event.event, "was accepted and is not applied"));
        }
    }
}

/// One event makes at most one contact in one journey.
fn applied(judged: &Judged<'_>, found: &mut Vec<Violation>) {
    let contacts = judged.database.contacts.iter();
    let made = contacts.map(|one| (&one.organisation, &one.customer, &one.journey, &one.event));
    for ((organisation, customer, journey, event), count) in counted(made).into_iter().filter(|(_, count)| *count > 1) {
        let what = format!("made {count} contacts in {journey}: it was applied more than once");
        found.push(violation("I1", (organisation, customer), event, what));
    }
}

type Pair<'a> = (&'a str, &'a str);

/// Daily counts of audiences without identity, per organisation and day.
fn recounted(judged: &Judged<'_>, found: &mut Vec<Violation>) {
    let mut told: BTreeMap<Pair<'_>, i64> = BTreeMap::new();
    for event in judged.database.events.iter().filter(|event| event.state == "applied") {
        let property = |name: &str| event.body.get("properties")?.get(name);
        let (Some(count), Some(date)) =
            (property("count").and_then(Value::as_i64), property("date").and_then(Value::as_str))
        else {
            continue;
        };
        *told.entry((&event.organisation, date)).or_default() += count;
    }
    // An event that several touchpoints count is counted at each.
    let mut kept: BTreeMap<Pair<'_>, BTreeMap<Pair<'_>, i64>> = BTreeMap::new();
    for count in &judged.database.day_counts {
        let by = kept.entry((&count.organisation, &count.day)).or_default();
        *by.entry((&count.journey, &count.touchpoint)).or_default() += count.count;
    }
    for ((organisation, day), by) in kept {
        let sum = told.get(&(organisation, day)).copied().unwrap_or_default();
        for ((journey, touchpoint), count) in by.into_iter().filter(|(_, count)| *count > sum) {
            let what = format!("{count} are counted on {day} in {journey}, and events tell of {sum}");
            found.push(violation("I9", (organisation, ""), touchpoint, what));
        }
        told.remove(&(organisation, day));
    }
    if judged.drained.is_some() {
        let missing = told.into_iter().filter(|(_, sum)| *sum > 0);
        for ((organisation, day), sum) in missing.filter(|((organisation, _), _)| counts(judged, organisation)) {
            let what = format!("events tell of {sum} on {day}, and nothing is counted");
            found.push(violation("I9", (organisation, ""), day, what));
        }
    }
}

/// Whether an organisation counts anything at all: an event that nobody counts is no loss.
fn counts(judged: &Judged<'_>, organisation: &str) -> bool {
    judged.database.day_counts.iter().any(|count| count.organisation == organisation)
}
