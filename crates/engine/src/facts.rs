//! Facts: the properties of event `x.y` become fact `x`. Per object and property the newest event time wins.

use std::str::FromStr;

use jiff::{Timestamp, civil::Date};
use journey::{Definition, FactType};
use words::{Event, Value, limits};

use crate::object::{Fact, Object};
use crate::{ObjectRef, State, Thought, route};

/// Reads a value by the type of its fact: a time comes out as text in UTC, a date as text. `None`: no value of this type.
pub fn typed(value: &Value, kind: FactType) -> Option<Value> {
    match (kind, value) {
        (_, Value::Null) => Some(Value::Null),
        (FactType::Text, Value::String(text)) => {
            Some(Value::String(text.chars().take(limits::TEXT_CHARS_MAX).collect()))
        }
        (FactType::Text, Value::Number(number)) => Some(Value::String(number.to_string())),
        (FactType::Text, Value::Bool(truth)) => Some(Value::String(truth.to_string())),
        (FactType::Number, Value::Number(_)) | (FactType::Bool, Value::Bool(_)) => Some(value.clone()),
        (FactType::Number, Value::String(text)) => serde_json::Number::from_str(text.trim()).ok().map(Value::Number),
        (FactType::Bool, Value::String(text)) => text.parse().ok().map(Value::Bool),
        (FactType::Date, Value::String(text)) => {
            let date: Date = text.parse().ok()?;
            Some(Value::String(date.to_string()))
        }
        (FactType::Time, Value::String(text)) => {
            let time: Timestamp = text.parse().ok()?;
            Some(Value::String(time.to_string()))
        }
        _ => None,
    }
}

/// Takes the event's objects and facts in; gives back what could not be read.
pub(crate) fn take_in(state: &mut State, definition: &Definition, event: &Event) -> Vec<Thought> {
    let own = ObjectRef::own(event);
    let mut parts: Vec<ObjectRef> = event
        .objects()
        .into_iter()
        .map(|(kind, id)| ObjectRef { kind, id })
        .filter(|object| definition.parts.contains(&object.kind))
        .collect();
    parts.sort();
    parts.dedup();
    for part in &parts {
        let with = parts.iter().filter(|other| *other != part).cloned();
        named(state, part.clone(), event.time).with.extend(with);
    }
    for part in &parts {
        forget_oldest(state, &part.kind);
    }
    if !route::keeps(definition, &event.name) {
        return Vec::new();
    }
    let object = named(state, own.clone(), event.time);
    if object.events.len() < limits::OBJECTS_MAX || object.events.contains_key(&event.name) {
        let newest = object.events.entry(event.name.clone()).or_insert(event.time);
        *newest = (*newest).max(event.time);
    }
    let mut unreadable = Vec::new();
    for (property, kind) in definition.facts.get(&own.kind).into_iter().flatten() {
        let Some(value) = event.properties.get(property) else { continue };
        match typed(value, *kind) {
            Some(value) => keep(object, property, value, event.time),
            None => unreadable.push(Thought::Unreadable { fact: format!("{}.{property}", own.kind) }),
        }
    }
    forget_oldest(state, &own.kind);
    unreadable
}

fn named(state: &mut State, object: ObjectRef, time: Timestamp) -> &mut Object {
    let known = state.objects.entry(object).or_insert_with(|| Object::new(time));
    known.first = known.first.min(time);
    known
}

fn keep(object: &mut Object, property: &str, value: Value, time: Timestamp) {
    match object.facts.get_mut(property) {
        Some(known) if known.time > time => {}
        Some(known) => *known = Fact { value, time },
        None => {
            object.facts.insert(property.to_owned(), Fact { value, time });
        }
    }
}

fn forget_oldest(state: &mut State, kind: &str) {
    while state.of_kind(kind).count() > limits::OBJECTS_MAX {
        let oldest = state.of_kind(kind).min_by_key(|(object, known)| (known.first, *object));
        let Some(oldest) = oldest.map(|(object, _)| object.clone()) else { return };
        state.objects.remove(&oldest);
        let suffix = format!("/{oldest}");
        state.handled.retain(|slot, _| !slot.ends_with(&suffix));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_are_read_by_their_declared_type() {
        let read = |value: Value, kind| typed(&value, kind);
        let time = read(json!("2027-10-29T10:00:00+02:00"), FactType::Time);
        assert_eq!(time, Some(json!("2027-10-29T08:00:00Z")));
        assert_eq!(read(json!("2027-10-29T10:00:00"), FactType::Time), None, "a time without zone is no moment");
        assert_eq!(read(json!("2027-04-06"), FactType::Date), Some(json!("2027-04-06")));
        assert_eq!(read(json!("morgen"), FactType::Date), None);
        assert_eq!(read(json!("4.5"), FactType::Number), Some(json!(4.5)));
        assert_eq!(read(json!("true"), FactType::Bool), Some(json!(true)));
        assert_eq!(read(json!(["a"]), FactType::Text), None);
        let long = "a".repeat(limits::TEXT_CHARS_MAX + 1);
        let kept = read(json!(long), FactType::Text).unwrap();
        assert_eq!(kept.as_str().unwrap().len(), limits::TEXT_CHARS_MAX, "text is cut at the limit");
    }
}
