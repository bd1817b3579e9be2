//! Sensible properties for an event that is played: ids that go on with what is there, times that lie ahead, words that
//! conditions wait for.

use std::collections::BTreeMap;

use jiff::{Timestamp, ToSpan, civil::Time, tz::TimeZone};
use journey::{Definition, FactType, When};
use serde_json::{Value, json};
use words::{EventName, Properties};

use super::{condition, keeps_apart, possible::Possible};

/// The objects of a run so far: per kind how many there were, which event made the newest, and what is known of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Known {
    objects: BTreeMap<String, Object>,
}

#[derive(Clone, Debug, PartialEq)]
struct Object {
    count: u32,
    made_by: EventName,
    facts: Properties,
}

impl Known {
    /// Takes in an event that happened.
    pub(crate) fn take_in(&mut self, event: &EventName, properties: &Properties) {
        let kind = event.object().to_owned();
        let number = properties.get("id").and_then(Value::as_str).and_then(|id| id.rsplit('-').next()?.parse().ok());
        let object = self.objects.entry(kind).or_insert_with(|| Object {
            count: 1,
            made_by: event.clone(),
            facts: Properties::new(),
        });
        if number.is_some_and(|number: u32| number > object.count) {
            *object = Object { count: number.unwrap_or(1), made_by: event.clone(), facts: Properties::new() };
        }
        object.facts.extend(properties.clone());
    }

    /// The id of the newest object of a kind.
    fn newest(&self, kind: &str) -> Option<String> {
        Some(id(kind, self.objects.get(kind)?.count))
    }
}

fn id(kind: &str, number: u32) -> String {
    let letter = kind.chars().next().map(|first| first.to_ascii_uppercase()).unwrap_or('X');
    format!("{letter}-{number}")
}

/// The properties of an event as it would come in now. `likely`: what the journey's own rehearsal says of it.
pub(crate) fn sample(
    definition: &Definition,
    event: &Possible,
    known: &Known,
    likely: &Properties,
    now: Timestamp,
    zone: &TimeZone,
) -> Properties {
    let kind = event.on.event.object();
    let before = known.objects.get(kind);
    let is_new = before.is_none_or(|object| object.made_by == event.on.event);
    let mut properties = Properties::new();
    if keeps_apart(definition, kind) {
        let count = before.map_or(0, |object| object.count);
        properties.insert("id".to_owned(), json!(id(kind, if is_new { count + 1 } else { count })));
    }
    properties.extend(links(definition, kind, known));
    let facts = if is_new { None } else { before.map(|object| &object.facts) };
    for (name, fact) in definition.facts.get(kind).into_iter().flatten() {
        let value = match fact {
            FactType::Time | FactType::Date => Some(moment(name, *fact, facts, now, zone)),
            _ => likely.get(name).cloned().or_else(|| wanted(definition, kind, name)).or_else(|| {
                let outcome = ["outcome", "reason", "status"].contains(&name.as_str());
                (is_new && !outcome).then(|| plain(name, *fact))
            }),
        };
        properties.extend(value.map(|value| (name.clone(), value)));
    }
    properties.extend(
        likely
            .iter()
            .filter(|(name, _)| !properties.contains_key(*name))
            .map(|(n, v)| (n.clone(), v.clone()))
            .collect::<Vec<_>>(),
    );
    for fit in event.on.only.iter().flat_map(condition::fits) {
        if fit.root == "event" || fit.root == kind {
            let other = || json!(event.reasons.first().cloned().unwrap_or_else(|| "anders".to_owned()));
            let value = if fit.value.is_null() { other() } else { fit.value };
            properties.insert(fit.property, value);
        }
    }
    properties
}

/// An event says to which key, and to which parts that come before its own, it belongs.
fn links(definition: &Definition, kind: &str, known: &Known) -> Vec<(String, Value)> {
    let key = definition.run_per.iter().map(|key| key.object.as_str());
    let earlier = definition.parts.iter().map(String::as_str).take_while(|part| *part != kind);
    let others = key.chain(earlier).filter(|other| *other != kind);
    others.filter_map(|other| Some((format!("{other}_id"), json!(known.newest(other)?)))).collect()
}

/// The word that a condition on a message waits for: `appointment.status == 'booked'`.
fn wanted(definition: &Definition, kind: &str, property: &str) -> Option<Value> {
    let conditions = definition.touchpoints.iter().flat_map(|touchpoint| {
        let becomes = match &touchpoint.when {
            Some(When::Becomes(condition)) => Some(condition),
            _ => None,
        };
        touchpoint.only_if.iter().chain(becomes)
    });
    let mut fits = conditions.flat_map(condition::fits).filter(|fit| fit.root == kind && fit.property == property);
    fits.next().map(|fit| fit.value).filter(|value| !value.is_null())
}

/// A moment that lies ahead: in three days at ten, an end two hours later; a day after what was known before.
fn moment(name: &str, kind: FactType, before: Option<&Properties>, now: Timestamp, zone: &TimeZone) -> Value {
    let known = before.and_then(|facts| facts.get(name)).and_then(Value::as_str);
    let hour = if name == "end" { 12 } else { 10 };
    let ahead = now.to_zoned(zone.clone()).date().saturating_add(3.days());
    if kind == FactType::Date {
        let known = known.and_then(|text| text.parse::<jiff::civil::Date>().ok());
        return json!(known.map_or(ahead.saturating_add(4.days()), |date| date.saturating_add(1.day())));
    }
    let at = |date: jiff::civil::Date| date.to_datetime(Time::constant(hour, 0, 0, 0)).to_zoned(zone.clone());
    let known = known.and_then(|text| text.parse::<Timestamp>().ok()).filter(|known| *known > now);
    let date = known.map_or(ahead, |known| known.to_zoned(zone.clone()).date().saturating_add(1.day()));
    json!(at(date).map_or(now, |zoned| zoned.timestamp()))
}

fn plain(name: &str, kind: FactType) -> Value {
    match kind {
        FactType::Number => json!(2),
        FactType::Bool => json!(true),
        _ => json!(name.replace('_', " ")),
    }
}
