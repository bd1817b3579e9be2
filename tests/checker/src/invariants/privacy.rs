//! I7: nothing goes to somebody who withdrew the consent for it, or was erased, even if it was queued before.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::{Judged, violation};
use crate::{Answered, Violation};

/// What was under way when the answer was given may still arrive.
const UNDER_WAY: SignedDuration = SignedDuration::from_secs(60);
/// The class that needs a consent, and the name of that consent.
const MARKETING: &str = "marketing";

pub(super) fn check(judged: &Judged<'_>, found: &mut Vec<Violation>) {
    consents(judged, found);
    erasures(judged, found);
}

/// What a customer said of a consent: when the client was answered, when it was said, and what.
struct Said {
    answered: Timestamp,
    said: Timestamp,
    given: bool,
}

fn consents(judged: &Judged<'_>, found: &mut Vec<Violation>) {
    let said = said(judged);
    let ever = ever(judged);
    // Of whom every event is kept: they came after the first answer that we know of.
    let since = judged.logs.answers.iter().map(|answer| answer.time.as_microsecond()).min().unwrap_or(i64::MAX);
    let known_whole: BTreeSet<(&str, &str)> = judged
        .database
        .customers
        .iter()
        .filter(|one| one.created >= since && !one.erased)
        .map(|one| (one.organisation.as_str(), one.customer.as_str()))
        .collect();
    // Of customers who are several the profiles were joined; whose word holds then is no matter of one event.
    let several: BTreeSet<&str> = judged
        .database
        .customers
        .iter()
        .filter_map(|customer| Some([customer.customer.as_str(), customer.forwards_to.as_deref()?]))
        .flatten()
        .collect();
    let messages: BTreeMap<&str, _> = judged
        .database
        .messages
        .iter()
        .filter(|one| one.class == MARKETING)
        .map(|one| (one.key.as_str(), one))
        .collect();
    for call in judged.logs.calls().iter().filter(|call| call.accepted) {
        let key = call.key.rsplit_once(':').map_or(call.key.as_str(), |(key, _)| key);
        let Some(message) = messages.get(key).filter(|one| !several.contains(one.customer.as_str())) else { continue };
        let whose = (message.organisation.as_str(), message.customer.as_str());
        if !ever.contains(&whose) && known_whole.contains(&whose) {
            found.push(violation("I7", whose, key, "went out and nobody ever said yes to it"));
        }
        let known = said.get(&whose).into_iter().flatten().filter(|one| one.answered + UNDER_WAY < call.time);
        let Some(newest) = known.clone().map(|one| one.said).max() else { continue };
        if known.filter(|one| one.said == newest).all(|one| !one.given) {
            found.push(violation("I7", whose, key, "went out after the consent was withdrawn"));
        }
    }
}

fn said<'a>(judged: &Judged<'a>) -> BTreeMap<(&'a str, &'a str), Vec<Said>> {
    let answered: BTreeMap<(&str, &str, &str), Timestamp> = judged
        .logs
        .answers
        .iter()
        .rev()
        .filter_map(|answer| match &answer.what {
            Answered::Event { source, event, .. } => {
                Some(((answer.organisation.as_str(), source.as_str(), event.as_str()), answer.time))
            }
            Answered::Erasure(_) => None,
        })
        .collect();
    let mut by: BTreeMap<(&str, &str), Vec<Said>> = BTreeMap::new();
    for event in &judged.database.events {
        let (Some(customer), "applied") = (&event.customer, event.state.as_str()) else { continue };
        let Some(given) = word(&event.body) else { continue };
        let name = (event.organisation.as_str(), event.source.as_str(), event.event.as_str());
        let time = event.body.get("time").and_then(Value::as_str).and_then(|time| time.parse().ok());
        let (Some(answered), Some(said)) = (answered.get(&name).copied(), time) else { continue };
        by.entry((&event.organisation, customer)).or_default().push(Said { answered, said, given });
    }
    by
}

/// Who said yes at any time, of all of it or of one channel.
fn ever<'a>(judged: &Judged<'a>) -> BTreeSet<(&'a str, &'a str)> {
    let yes = |event: &&crate::database::Event| match event.body.get("properties").and_then(|all| all.get("consents")) {
        Some(Value::Object(said)) => said.iter().any(|(name, given)| name.starts_with(MARKETING) && *given == true),
        Some(Value::Array(given)) => given.iter().filter_map(Value::as_str).any(|name| name.starts_with(MARKETING)),
        _ => false,
    };
    let events = judged.database.events.iter().filter(yes);
    events.filter_map(|event| Some((event.organisation.as_str(), event.customer.as_deref()?))).collect()
}

/// What an event says of the consent: by name, or by a list of what is given.
fn word(body: &Value) -> Option<bool> {
    match body.get("properties")?.get("consents")? {
        Value::Object(said) => said.get(MARKETING)?.as_bool(),
        Value::Array(given) => Some(given.iter().any(|one| one.as_str() == Some(MARKETING))),
        _ => None,
    }
}

/// Under the name of somebody who was erased nobody is there, and in the end nothing is.
fn come_back(judged: &Judged<'_>, found: &mut Vec<Violation>) {
    let database = judged.database;
    let customers = database.customers.iter().filter(|one| judged.drained.is_some() || !one.erased);
    let customers = customers.map(|one| ("a customer", &one.organisation, &one.customer));
    let runs = database.runs.iter().map(|one| ("a run", &one.organisation, &one.customer));
    let messages = database.messages.iter().map(|one| ("a message", &one.organisation, &one.customer));
    let tasks = database.tasks.iter().map(|one| ("a task", &one.organisation, &one.customer));
    let hanging = runs.chain(messages).chain(tasks).filter(|_| judged.drained.is_some());
    let mut buried: BTreeMap<(&String, &String), bool> = BTreeMap::new();
    for (kind, organisation, customer) in customers.chain(hanging) {
        let is_buried = buried.entry((organisation, customer)).or_insert_with(|| {
            let name = ["customer".to_owned(), hyphened(customer)];
            judged.erased(organisation, &name).is_some()
        });
        if *is_buried {
            found.push(violation("I7", (organisation, customer), kind, "is there of somebody who was erased"));
        }
    }
}

/// An id as text: `00112233-4455-…`.
fn hyphened(hexadecimal: &str) -> String {
    let mut text = hexadecimal.to_owned();
    for place in [20, 16, 12, 8].into_iter().filter(|place| *place < hexadecimal.len()) {
        text.insert(place, '-');
    }
    text
}

fn erasures(judged: &Judged<'_>, found: &mut Vec<Violation>) {
    for answer in &judged.logs.answers {
        let Answered::Erasure(erasure) = &answer.what else { continue };
        for call in judged.logs.calls().iter().filter(|call| call.time > answer.time + UNDER_WAY) {
            let address = ["address".to_owned(), call.to.trim().to_lowercase()];
            if judged.erased(&answer.organisation, &address) == Some(erasure) {
                let what = "went to somebody who was erased";
                found.push(violation("I7", (&answer.organisation, ""), &call.key, what));
            }
        }
    }
    come_back(judged, found);
    // Nobody's messages wait once the erasing is over.
    let live = ["held", "ready", "sending", "printed"];
    for customer in judged.database.customers.iter().filter(|customer| customer.erased) {
        let own = judged.database.messages.iter().filter(|one| one.customer == customer.customer);
        for message in own.filter(|one| judged.drained.is_some() && live.contains(&one.state.as_str())) {
            let whose = (message.organisation.as_str(), message.customer.as_str());
            found.push(violation("I7", whose, &message.key, "waits to go to somebody who was erased"));
        }
    }
}
