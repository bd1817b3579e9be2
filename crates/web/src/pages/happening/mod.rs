//! An event that somebody makes by hand: the properties that a form asks for, by the declared facts of its object.

mod possible;
mod sample;

use std::collections::BTreeMap;

use jiff::{Timestamp, civil, tz::TimeZone};
use journey::{Definition, FactPath, FactType, Saying};
use serde::Serialize;
use serde_json::{Value, json};
use words::{EventName, Properties, limits::TEXT_CHARS_MAX};

use super::naming;
use crate::language::Speech;

pub(crate) use possible::{Possible, possible};
pub(crate) use sample::{Known, sample};

/// A property as a form asks for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Field {
    /// Of the input: `p-kind`.
    name: String,
    label: String,
    /// `text`, `number`, `date`, `datetime-local` or `bool`.
    kind: &'static str,
    value: String,
}

/// The fields of an event, filled with what is given.
pub(crate) fn fields(definition: &Definition, event: &EventName, given: &Properties, speech: &Speech) -> Vec<Field> {
    let Some(facts) = definition.facts.get(event.object()) else { return Vec::new() };
    let saying = naming::saying(definition, speech);
    let field = |(property, kind): (&String, &FactType)| Field {
        name: format!("p-{property}"),
        label: naming::capital(
            &saying.label(&FactPath { object: event.object().to_owned(), property: property.clone() }),
        ),
        kind: input(*kind),
        value: given.get(property).map(|value| shown(value, *kind, &speech.zone, saying)).unwrap_or_default(),
    };
    facts.iter().filter(|(name, _)| *name != "id").map(field).collect()
}

fn input(kind: FactType) -> &'static str {
    match kind {
        FactType::Text => "text",
        FactType::Number => "number",
        FactType::Bool => "bool",
        FactType::Date => "date",
        FactType::Time => "datetime-local",
    }
}

fn shown(value: &Value, kind: FactType, zone: &TimeZone, saying: Saying<'_>) -> String {
    match (kind, value) {
        (FactType::Time, Value::String(text)) => text.parse::<Timestamp>().map_or_else(
            |_| text.clone(),
            |moment| moment.to_zoned(zone.clone()).datetime().strftime("%Y-%m-%dT%H:%M").to_string(),
        ),
        (FactType::Text, Value::String(text)) => saying.typed(text),
        (_, Value::String(text)) => text.clone(),
        (_, other) => other.to_string(),
    }
}

/// The properties that a form gave: those of the object's declared facts, and the channel. `None`: a value is not of its
/// type. What was left empty is left out.
pub(crate) fn read(
    definition: &Definition,
    event: &EventName,
    filled: &BTreeMap<String, String>,
    speech: &Speech,
) -> Option<Properties> {
    let saying = naming::saying(definition, speech);
    let mut properties = Properties::new();
    for (property, kind) in definition.facts.get(event.object()).into_iter().flatten() {
        let Some(typed) = filled.get(&format!("p-{property}")).map(|typed| typed.trim()) else { continue };
        if typed.is_empty() || property == "id" {
            continue;
        }
        let typed = if *kind == FactType::Text { saying.value_typed(typed) } else { typed.to_owned() };
        properties.insert(property.clone(), value(&typed, *kind, &speech.zone)?);
    }
    if let Some(channel) = filled.get("channel").filter(|channel| !channel.is_empty() && channel.len() <= 60) {
        properties.insert("channel".to_owned(), json!(channel));
    }
    Some(properties)
}

fn value(typed: &str, kind: FactType, zone: &TimeZone) -> Option<Value> {
    Some(match kind {
        FactType::Text => json!(Some(typed).filter(|typed| typed.chars().count() <= TEXT_CHARS_MAX)?),
        FactType::Number => json!(typed.replace(',', ".").parse::<f64>().ok().filter(|number| number.is_finite())?),
        FactType::Bool => json!(match typed {
            "true" => true,
            "false" => false,
            _ => return None,
        }),
        FactType::Date => json!(typed.parse::<civil::Date>().ok()?),
        FactType::Time => json!(typed.parse::<civil::DateTime>().ok()?.to_zoned(zone.clone()).ok()?.timestamp()),
    })
}

/// Whether objects of this kind go by ids: the journey's key and its parts.
pub(crate) fn keeps_apart(definition: &Definition, kind: &str) -> bool {
    let is_key = definition.run_per.as_ref().is_some_and(|key| key.object == kind);
    is_key || definition.parts.iter().any(|part| part == kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_read_by_its_type_or_not_at_all() {
        let zone = TimeZone::get("Europe/Amsterdam").unwrap();
        let read = |typed, kind| value(typed, kind, &zone);
        assert_eq!(read("2026-11-27T10:00", FactType::Time), Some(json!("2026-11-27T09:00:00Z")));
        assert_eq!(read("2,5", FactType::Number), Some(json!(2.5)));
        assert_eq!(read("2026-11-27", FactType::Date), Some(json!("2026-11-27")));
        assert_eq!(read("true", FactType::Bool), Some(json!(true)));
        for (typed, kind) in
            [("x", FactType::Number), ("inf", FactType::Number), ("morgen", FactType::Time), ("ja", FactType::Bool)]
        {
            assert_eq!(read(typed, kind), None, "{typed}");
        }
        assert_eq!(read(&"a".repeat(TEXT_CHARS_MAX + 1), FactType::Text), None);
        assert_eq!(
            shown(&json!("2026-11-27T09:00:00Z"), FactType::Time, &zone, Saying::general(words::Language::Nl)),
            "2026-11-27T10:00"
        );
    }
}
