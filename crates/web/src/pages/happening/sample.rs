//! Sensible properties for an event that is played: ids that go on with what is there, times that lie ahead, words that
//! conditions wait for.

use std::collections::BTreeMap;

use jiff::{Timestamp, ToSpan, tz::TimeZone};
use journey::{Definition, Expression, FactPath, FactType, Fit, When};
use serde_json::{Value, json};
use words::{EventName, Properties};

use super::{keeps_apart, possible::Possible};

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
    let local = now.to_zoned(zone.clone());
    for (name, fact) in definition.facts.get(kind).into_iter().flatten() {
        let path = FactPath { object: kind.to_owned(), property: name.clone() };
        let example = || definition.example(&path, *fact, &local);
        let value = match fact {
            FactType::Time | FactType::Date => {
                let known = facts.and_then(|facts| facts.get(name));
                Some(next_day(known, *fact, now, zone).unwrap_or_else(example))
            }
            _ => likely.get(name).cloned().or_else(|| wanted(definition, kind, name)).or_else(|| {
                let outcome = ["outcome", "reason", "status"].contains(&name.as_str());
                (is_new && !outcome).then(example)
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
    for asked in event.on.only.iter().flat_map(Expression::asked) {
        let value = match asked.fits {
            Some(Fit::Value(value)) => value,
            Some(Fit::Not(_)) => json!(event.reasons.first().cloned().unwrap_or_else(|| "anders".to_owned())),
            None => continue,
        };
        if asked.root == "event" || asked.root == kind {
            properties.insert(asked.property, value);
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
    let mut asked = conditions.flat_map(Expression::asked).filter(|one| one.root == kind && one.property == property);
    asked.next()?.fits?.value()
}

/// A day after what was known before; `None` when nothing was, or it is past.
fn next_day(known: Option<&Value>, kind: FactType, now: Timestamp, zone: &TimeZone) -> Option<Value> {
    let known = known?.as_str()?;
    if kind == FactType::Date {
        let today = now.to_zoned(zone.clone()).date();
        let known = known.parse::<jiff::civil::Date>().ok().filter(|known| *known >= today)?;
        return Some(json!(known.saturating_add(1.day())));
    }
    let known = known.parse::<Timestamp>().ok().filter(|known| *known > now)?;
    Some(json!(known.to_zoned(zone.clone()).saturating_add(1.day()).timestamp()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_day_never_lies_in_the_past() {
        let now: Timestamp = "2026-12-03T10:00:00Z".parse().unwrap();
        let next = |known: &str, kind| next_day(Some(&json!(known)), kind, now, &TimeZone::UTC);
        assert_eq!(next("2026-11-29", FactType::Date), None);
        assert_eq!(next("2026-12-03", FactType::Date), Some(json!("2026-12-04")));
        assert_eq!(next("2026-11-29T10:00:00Z", FactType::Time), None);
        assert_eq!(next("2026-12-04T10:00:00Z", FactType::Time), Some(json!("2026-12-05T10:00:00Z")));
    }
}
