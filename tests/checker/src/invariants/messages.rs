//! I2: one message, one effect. I3: nothing that was to be sent is lost. I6: one live reminder of one thing.

use std::collections::{BTreeMap, BTreeSet};

use super::{Judged, counted, violation};
use crate::database::Message;
use crate::{Call, Violation};

/// Channels whose providers take one key as one message, however often it comes.
const KNOW_KEYS: [&str; 1] = ["email"];
/// A row that is being carried for longer was left behind, in microseconds.
const LEFT_BEHIND_US: i64 = 16 * 60 * 1_000_000;

pub(super) fn check(judged: &Judged<'_>, found: &mut Vec<Violation>) {
    let messages: BTreeMap<&str, &Message> =
        judged.database.messages.iter().map(|message| (message.key.as_str(), message)).collect();
    effects(judged, &messages, found);
    outcomes(judged, found);
    if let Some(now) = judged.drained {
        left(judged, now, found);
        over(judged, now, found);
    }
    reminders(judged, found);
    keys(judged, found);
}

/// A call's message: its key without the channel.
fn key_of(call: &Call) -> &str {
    call.key.strip_suffix(call.channel.as_str()).and_then(|key| key.strip_suffix(':')).unwrap_or(&call.key)
}

fn effects(judged: &Judged<'_>, messages: &BTreeMap<&str, &Message>, found: &mut Vec<Violation>) {
    let mut taken: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for call in judged.logs.calls() {
        let key = key_of(call);
        if !messages.contains_key(key) {
            // Of somebody who was erased nothing is left, the run that leads the key neither.
            if !judged.forgot_run(key) {
                found.push(violation("I2", ("", ""), key, "a provider got it and nobody asked for it"));
            }
            continue;
        };
        if call.accepted {
            *taken.entry(key).or_default().entry(&call.channel).or_default() += 1;
        }
    }
    for (key, channels) in taken {
        let Some(message) = messages.get(key) else { continue };
        if channels.len() > 1 {
            let names: Vec<&str> = channels.keys().copied().collect();
            found.push(violation("I2", whose(message), key, format!("was taken by {}", names.join(" and "))));
        }
        for (channel, times) in channels.into_iter().filter(|(channel, _)| !KNOW_KEYS.contains(channel)) {
            if times > 1 {
                found.push(violation("I2", whose(message), key, format!("was taken {times} times by {channel}")));
            }
        }
    }
}

fn whose(message: &Message) -> (&str, &str) {
    (&message.organisation, &message.customer)
}

/// What is said to be sent a provider took, and the run heard of it.
fn outcomes(judged: &Judged<'_>, found: &mut Vec<Violation>) {
    let taken: BTreeSet<&str> = judged.logs.calls().iter().filter(|call| call.accepted).map(key_of).collect();
    let told: BTreeMap<&str, &str> = judged
        .database
        .events
        .iter()
        .filter(|event| event.name == "message.sent")
        .map(|event| (event.event.as_str(), event.state.as_str()))
        .collect();
    // Of somebody who was erased the counts stay, and nobody's name.
    let erased = judged.database.customers.iter().filter(|one| one.erased);
    let erased: BTreeSet<&str> = erased.map(|one| one.customer.as_str()).collect();
    let sent = judged.database.messages.iter().filter(|message| message.state == "sent");
    for message in sent.filter(|message| !erased.contains(message.customer.as_str())) {
        if judged.logs.calls.is_some() && !taken.contains(message.key.as_str()) {
            found.push(violation("I2", whose(message), &message.key, "stands as sent and no provider took it"));
        }
        if !told.contains_key(format!("{}:message.sent", message.key).as_str()) {
            found.push(violation("I3", whose(message), &message.key, "was sent and its run is not told"));
        }
    }
}

/// At the end nothing waits that should have gone.
fn left(judged: &Judged<'_>, now: i64, found: &mut Vec<Violation>) {
    for message in &judged.database.messages {
        if judged.rests(&message.organisation, &message.journey) {
            continue;
        }
        let moment = message.moment.unwrap_or_default();
        let waits = match message.state.as_str() {
            "ready" => message.claim_at <= now,
            "held" => moment <= now,
            "sending" => moment <= now - LEFT_BEHIND_US,
            "printed" | "sent" | "failed" | "unknown" | "refused" | "withdrawn" => false,
            _ => true,
        };
        if waits {
            let what = format!("is {} and nobody carries it", message.state);
            found.push(violation("I3", whose(message), &message.key, what));
        }
    }
}

/// What a run asked for is taken back when it is over: nobody waits for it any more. Notices are no run's own.
fn over(judged: &Judged<'_>, now: i64, found: &mut Vec<Violation>) {
    let runs = judged.database.runs.iter().filter(|run| run.heard_until.is_some_and(|until| until <= now));
    let over: BTreeSet<(&str, &str)> = runs
        .filter(|run| !judged.rests(&run.organisation, &run.journey))
        .map(|run| (run.organisation.as_str(), run.run.as_str()))
        .collect();
    for one in judged.database.messages.iter().filter(|one| ["held", "ready"].contains(&one.state.as_str())) {
        if over.contains(&(one.organisation.as_str(), one.run.as_str())) && !one.key.contains(":halt:") {
            found.push(violation("I3", whose(one), &one.key, "waits to go, and its run is over"));
        }
    }
    for one in judged.database.tasks.iter().filter(|one| one.state == "open") {
        if over.contains(&(one.organisation.as_str(), one.run.as_str())) {
            let whose = (one.organisation.as_str(), one.customer.as_str());
            found.push(violation("I3", whose, &one.key, "is still to be done, and its run is over"));
        }
    }
}

/// Of messages that hang on a time of one thing (`…:object=time`) only the newest time's may still go.
fn reminders(judged: &Judged<'_>, found: &mut Vec<Violation>) {
    let live = judged.database.messages.iter().filter(|one| ["held", "ready", "sending"].contains(&one.state.as_str()));
    let hanging = live.filter_map(|message| {
        let (object, _) = message.key.rsplit_once('=')?;
        Some((message.organisation.as_str(), message.customer.as_str(), message.run.as_str(), object))
    });
    for ((organisation, customer, _, object), count) in counted(hanging).into_iter().filter(|(_, count)| *count > 1) {
        let what = format!("{count} are live of different times of one thing");
        found.push(violation("I6", (organisation, customer), object, what));
    }
}

/// A key is one customer's.
fn keys(judged: &Judged<'_>, found: &mut Vec<Violation>) {
    let messages = judged.database.messages.iter().map(|one| ("message", &one.organisation, &one.key));
    let tasks = judged.database.tasks.iter().map(|one| ("task", &one.organisation, &one.key));
    for ((kind, organisation, key), count) in counted(messages.chain(tasks)).into_iter().filter(|(_, n)| *n > 1) {
        found.push(violation("I4", (organisation, ""), key, format!("{count} customers have this {kind}")));
    }
}
