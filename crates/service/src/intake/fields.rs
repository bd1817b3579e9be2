//! The parts that every form of event has: ids, times, properties.

use jiff::Timestamp;
use serde_json::Value;
use words::{Properties, limits};

use super::slug::slug;
use super::{Code, Reason};

/// Characters of an id that another system gives.
const ID_CHARS_MAX: usize = 200;
/// Characters of a property's name.
const PROPERTY_NAME_CHARS_MAX: usize = 100;

/// An id: text or a whole number, trimmed. Missing, null and empty are `None`.
pub(super) fn id(item: &Value, field: &str) -> Result<Option<String>, Reason> {
    id_of(item.get(field), field)
}

/// The same of a value that was found; `field` says where.
pub(super) fn id_of(value: Option<&Value>, field: &str) -> Result<Option<String>, Reason> {
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if text.trim().is_empty() => Ok(None),
        Some(Value::String(text)) => id_text(text).map(Some),
        Some(Value::Number(number)) if number.is_i64() || number.is_u64() => Ok(Some(number.to_string())),
        Some(_) => Err(Reason::new(Code::BadId, field)),
    }
}

/// An id that is text: trimmed, not too long, on one line.
pub(crate) fn id_text(text: &str) -> Result<String, Reason> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > ID_CHARS_MAX || text.chars().any(char::is_control) {
        return Err(Reason::new(Code::BadId, text));
    }
    Ok(text.to_owned())
}

/// A moment with its offset, to the microsecond (as it is stored). A time without an offset is refused: to read it in some
/// zone would move appointments by hours.
pub(super) fn moment(item: &Value, field: &str) -> Result<Option<Timestamp>, Reason> {
    moment_of(item.get(field))
}

/// The same of a value that was found.
pub(super) fn moment_of(value: Option<&Value>) -> Result<Option<Timestamp>, Reason> {
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => {
            text.trim().parse().map(|time| Some(micros(time))).map_err(|_| Reason::new(Code::BadTime, text))
        }
        Some(other) => Err(Reason::new(Code::BadTime, other.to_string())),
    }
}

/// Cuts off what a store does not keep.
pub(crate) fn micros(time: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(time.as_microsecond()).unwrap_or(time)
}

/// Properties as they are sent; with `rename` their names become snake case (`orderId` is `order_id`, the id of an order).
/// Where two names become one, the one that had the form already stays.
pub(super) fn properties(value: Option<&Value>, rename: bool) -> Result<Properties, Reason> {
    let object = match value {
        None | Some(Value::Null) => return Ok(Properties::new()),
        Some(Value::Object(object)) => object,
        Some(other) => return Err(Reason::new(Code::BadProperties, kind(other))),
    };
    let mut properties = Properties::new();
    for (given, value) in object {
        let name = if rename { slug(given) } else { given.clone() };
        let exact = name == *given;
        if !name.is_empty() && (exact || !properties.contains_key(&name)) {
            properties.insert(name, value.clone());
        }
    }
    within_limits(&properties)?;
    Ok(properties)
}

/// Whether properties are few and short enough.
pub(crate) fn within_limits(properties: &Properties) -> Result<(), Reason> {
    if properties.len() > limits::PROPERTIES_MAX {
        return Err(Reason::new(Code::TooManyProperties, properties.len().to_string()));
    }
    for (name, value) in properties {
        let long = value.as_str().is_some_and(|text| text.chars().count() > limits::TEXT_CHARS_MAX);
        if long || name.chars().count() > PROPERTY_NAME_CHARS_MAX {
            return Err(Reason::new(Code::TextTooLong, name));
        }
    }
    Ok(())
}

/// The id of an event that came without: the digest of what it says, so that the same event sent twice is one. Two events
/// that say exactly the same, their time included, count as one too; who wants them apart sends ids.
pub(super) fn derived_id(item: &Value) -> String {
    let mut text = String::new();
    canonical(item, &mut text);
    let digest = words::digest(&[&text]);
    let hex: String = digest[..16].iter().map(|byte| format!("{byte:02x}")).collect();
    format!("derived-{hex}")
}

/// JSON with its keys in order, whatever order they came in.
fn canonical(value: &Value, into: &mut String) {
    match value {
        Value::Array(items) => {
            into.push('[');
            for item in items {
                canonical(item, into);
                into.push(',');
            }
            into.push(']');
        }
        Value::Object(object) => {
            let mut fields: Vec<_> = object.iter().collect();
            fields.sort_by_key(|(name, _)| *name);
            into.push('{');
            for (name, value) in fields {
                into.push_str(&Value::from(name.as_str()).to_string());
                into.push(':');
                canonical(value, into);
                into.push(',');
            }
            into.push('}');
        }
        plain => into.push_str(&plain.to_string()),
    }
}

/// What a JSON value is, in JSON's own words.
pub(super) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
