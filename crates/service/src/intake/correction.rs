//! Correcting what was refused, in one sentence that holds for one event or for thousands.

use serde_json::Value;
use words::{Event, EventId, EventName};

use super::again::own_fields;
use super::{Code, Path, Reason, Receipt, fields, native};

/// What is changed before an event is read again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Correction {
    /// Nothing: what was wrong has been mended elsewhere.
    None,
    /// Where this stands in the field, that comes in its place.
    Replace {
        /// The field.
        field: Path,
        /// What stands there, as text; empty is "nothing".
        from: String,
        /// What comes there.
        to: String,
    },
    /// Where the field is missing or empty, this comes into it.
    Fill {
        /// The field.
        field: Path,
        /// What comes there.
        value: String,
    },
    /// Where the field is missing or empty, what stands in another field comes into it too.
    Copy {
        /// The field to fill.
        field: Path,
        /// Where it comes from.
        from: Path,
    },
    /// The field gets another name, unless that one is there already.
    Rename {
        /// The field as it is called.
        field: Path,
        /// As it shall be called.
        to: Path,
    },
}

impl Correction {
    /// Changes an item; `false`: there was nothing for it to change.
    pub fn apply(&self, item: &mut Value) -> bool {
        let is_empty = |item: &Value, field: &Path| match field.find(item, None) {
            None | Some(Value::Null) => true,
            Some(Value::String(text)) => text.trim().is_empty(),
            Some(_) => false,
        };
        match self {
            Self::None => true,
            Self::Replace { field, from, to } => {
                let stands = field.find(item, None).map(text).unwrap_or_default();
                stands == from.trim() && stands != to.trim() && field.put(item, value(to))
            }
            Self::Fill { field, value: filled } => is_empty(item, field) && field.put(item, value(filled)),
            Self::Copy { field, from } => match from.find(item, None).cloned() {
                Some(found) if is_empty(item, field) && !is_empty(item, from) => field.put(item, found),
                _ => false,
            },
            Self::Rename { field, to } => {
                if field == to || !is_empty(item, to) {
                    return false;
                }
                let Some(found) = field.take(item) else { return false };
                if to.put(item, found.clone()) {
                    return true;
                }
                field.put(item, found);
                false
            }
        }
    }
}

/// A plain value as people write it.
pub fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// What was typed, as JSON: a number or yes or no where it is written like one, else text.
fn value(typed: &str) -> Value {
    let typed = typed.trim();
    let is_plain = |read: &Value| {
        let written = read.to_string();
        !read.is_object() && !read.is_array() && !read.is_null() && written == typed
    };
    let read = serde_json::from_str(typed).ok().filter(is_plain);
    read.unwrap_or_else(|| Value::String(typed.to_owned()))
}

/// Where the fields of an item stand that a correction can speak of: those that are there with a plain value, and those in
/// which its form says what happened, to whom and when.
pub fn fields_of(item: &Value) -> Vec<Path> {
    let there = Path::all(item).into_iter().filter(|(path, value)| {
        !value.is_object() && !value.is_array() && !path.leads_elsewhere(None) && *path != Path::default()
    });
    let mut fields: Vec<Path> = there.map(|(path, _)| path).collect();
    for name in own_fields(item) {
        let path = Path::parse(name).unwrap_or_default();
        if !fields.contains(&path) {
            fields.push(path);
        }
    }
    fields
}

/// An accepted event that could not be applied, as an item to correct.
pub fn item_of(event: &Event) -> Value {
    native::written(event)
}

/// An accepted event, corrected: a new event with an id of its own, because the id of the first stays taken.
pub fn corrected(event: &Event, correction: &Correction, receipt: &Receipt) -> Result<Event, Reason> {
    let mut item = item_of(event);
    correction.apply(&mut item);
    let mut mended = native::read(&item, &Receipt { received: event.received, ..receipt.clone() })?;
    let is_reserved = EventName::RESERVED.contains(&mended.name.as_str()) || mended.name.object() == "message";
    if is_reserved && mended.name != event.name {
        return Err(Reason::new(Code::ReservedName, mended.name.as_str()));
    }
    let id = format!("{}~corrected", event.id);
    let id = if id.chars().count() <= 200 { id } else { fields::derived_id(&Value::String(id)) };
    mended.id = EventId::new(id);
    mended.imported = event.imported;
    mended.received = receipt.received;
    Ok(mended)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::intake::again;

    fn path(text: &str) -> Path {
        Path::parse(text).unwrap()
    }

    fn after(correction: &Correction, mut item: Value) -> Option<Value> {
        let before = item.clone();
        let changed = correction.apply(&mut item);
        assert!(changed || item == before, "what is not changed stays whole");
        changed.then_some(item)
    }

    #[test]
    fn a_value_is_replaced_where_it_stands() {
        let replace = Correction::Replace { field: path("event"), from: "clicked".into(), to: "button.clicked".into() };
        assert_eq!(after(&replace, json!({ "event": "clicked" })), Some(json!({ "event": "button.clicked" })));
        assert_eq!(after(&replace, json!({ "event": "tapped" })), None);
        let empty = Correction::Replace { field: path("event"), from: String::new(), to: "a.b".into() };
        assert_eq!(after(&empty, json!({})), Some(json!({ "event": "a.b" })));
    }

    #[test]
    fn an_empty_field_is_filled_and_a_full_one_is_left() {
        let fill = Correction::Fill { field: path("properties.count"), value: "3".into() };
        assert_eq!(after(&fill, json!({})), Some(json!({ "properties": { "count": 3 } })));
        assert_eq!(after(&fill, json!({ "properties": { "count": 0 } })), None);
        let phone = Correction::Fill { field: path("phone"), value: "0612345678".into() };
        assert_eq!(after(&phone, json!({ "phone": " " })), Some(json!({ "phone": "0612345678" })));
    }

    #[test]
    fn a_field_is_copied_and_renamed_without_losing_another() {
        let copy = Correction::Copy { field: path("userId"), from: path("properties.klant") };
        let item = json!({ "userId": null, "properties": { "klant": 7 } });
        assert_eq!(after(&copy, item), Some(json!({ "userId": 7, "properties": { "klant": 7 } })));
        assert_eq!(after(&copy, json!({ "userId": "x", "properties": { "klant": 7 } })), None);
        let rename = Correction::Rename { field: path("klant"), to: path("userId") };
        assert_eq!(after(&rename, json!({ "klant": 7 })), Some(json!({ "userId": 7 })));
        assert_eq!(after(&rename, json!({ "klant": 7, "userId": 8 })), None);
        let nowhere = Correction::Rename { field: path("klant"), to: path("n.x") };
        assert_eq!(after(&nowhere, json!({ "klant": 7, "n": 1 })), None);
    }

    #[test]
    fn what_was_refused_can_be_read_after_it() {
        let receipt = Receipt::new("webshop", "2027-03-01T10:00:00Z".parse().unwrap());
        let mut item = json!({ "type": "track", "event": "clicked", "messageId": "m", "userId": "x" });
        assert!(again(&item.to_string(), &receipt, None)[0].is_err());
        let replace = Correction::Replace { field: path("event"), from: "clicked".into(), to: "Button Clicked".into() };
        assert!(replace.apply(&mut item));
        let event = again(&item.to_string(), &receipt, None).remove(0).unwrap();
        assert_eq!((event.name.as_str(), event.id.as_str()), ("button.clicked", "m"));
        let own = r#"{"name":"order.paid","customer":"x"}"#;
        let cloud = r#"{"specversion":"1.0","id":"1","source":"s","type":"order.paid","subject":"O"}"#;
        assert!(again(own, &receipt, None)[0].is_ok() && again(cloud, &receipt, None)[0].is_ok());
        assert!(again("{", &receipt, None)[0].is_err());
    }

    #[test]
    fn an_accepted_event_is_corrected_into_a_new_one() {
        let receipt = Receipt::new("webshop", "2027-03-02T10:00:00Z".parse().unwrap());
        let body = br#"{"id":"e1","name":"visit.failed","time":"2027-03-01T09:00:00Z","properties":{"id":"V-1"}}"#;
        let event = native::events(body, &Receipt::new("webshop", "2027-03-01T10:00:00Z".parse().unwrap()));
        let event = event.unwrap().remove(0).unwrap();
        let fill = Correction::Fill { field: path("customer"), value: "10234".into() };
        let mended = corrected(&event, &fill, &receipt).unwrap();
        assert_eq!((mended.id.as_str(), mended.time), ("e1~corrected", event.time));
        assert_eq!((mended.identity.customer.as_deref(), mended.received), (Some("10234"), receipt.received));
        let forge = Correction::Replace { field: path("name"), from: "visit.failed".into(), to: "message.sent".into() };
        assert_eq!(corrected(&event, &forge, &receipt).unwrap_err().code, Code::ReservedName);
    }

    #[test]
    fn the_fields_that_can_be_spoken_of_hold_those_that_are_missing() {
        let fields = fields_of(&json!({ "type": "track", "properties": { "a": 1, "list": [1] } }));
        let fields: Vec<String> = fields.iter().map(Path::to_string).collect();
        assert_eq!(fields, ["properties.a", "type", "event", "userId", "anonymousId", "timestamp"]);
    }
}
