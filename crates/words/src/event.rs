use std::collections::BTreeMap;
use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::EventId;

/// A value of a property. Times and dates arrive as text; the type of a fact says how to read them.
pub type Value = serde_json::Value;

/// The properties of an event, in the order of their names.
pub type Properties = BTreeMap<String, Value>;

/// `object.action`, such as `appointment.moved`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EventName(String);

impl EventName {
    /// Names that our own pages and senders use; no other source may send them.
    pub const RESERVED: &'static [&'static str] = &[
        "customer.identified",
        "answer.given",
        "task.done",
        "message.sent",
        "message.delivered",
        "message.read",
        "message.failed",
        "message.replied",
        "message.auto_replied",
        "message.answered",
        "message.misaddressed",
        "complaint.made",
        "complaint.taken",
        "complaint.resolved",
        "complaint.rated",
    ];

    /// Reads a name: two or more words of `a-z 0-9 _`, joined by one dot, each led by a letter.
    pub fn parse(text: &str) -> Option<Self> {
        let word = |part: &str| {
            part.starts_with(|c: char| c.is_ascii_lowercase())
                && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        };
        let (object, action) = text.split_once('.')?;
        (text.len() <= 100 && word(object) && word(action)).then(|| Self(text.to_owned()))
    }

    /// The whole name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What it happened to.
    pub fn object(&self) -> &str {
        self.0.split_once('.').map_or(self.0.as_str(), |(object, _)| object)
    }

    /// What happened.
    pub fn action(&self) -> &str {
        self.0.split_once('.').map_or("", |(_, action)| action)
    }
}

impl fmt::Display for EventName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Who an event says that it is about, in the words of the system that sent it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// The customer's id in that system.
    pub customer: Option<String>,
    /// An id made before anyone knew who it was.
    pub anonymous: Option<String>,
}

/// An immutable fact that came in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Unique within its source.
    pub id: EventId,
    /// The connection that sent it.
    pub source: String,
    /// What happened.
    pub name: EventName,
    /// When, by its source.
    pub time: Timestamp,
    /// When we accepted it.
    pub received: Timestamp,
    /// To whom.
    pub identity: Identity,
    /// Everything else; `id` is the event's own object, `<object>_id` another's.
    #[serde(default)]
    pub properties: Properties,
    /// History that was imported: gives facts and contacts, never effects.
    #[serde(default)]
    pub imported: bool,
}

impl Event {
    /// The source of what we tell ourselves.
    pub const OURS: &str = "klantreis";

    /// One of ours that happens as it comes in. It names nobody: whom it is about is said beside it.
    pub fn ours(id: impl Into<String>, now: Timestamp, name: EventName, properties: Properties) -> Self {
        Self {
            id: EventId::new(id),
            source: Self::OURS.to_owned(),
            name,
            time: now,
            received: now,
            identity: Identity::default(),
            properties,
            imported: false,
        }
    }

    /// The id of an object that this event names: `id` for its own object, `<object>_id` for another.
    pub fn object_id(&self, object: &str) -> Option<String> {
        let own = (self.name.object() == object).then(|| self.text("id")).flatten();
        own.or_else(|| self.text(&format!("{object}_id")))
    }

    /// Every object that this event names with its id, its own first.
    pub fn objects(&self) -> Vec<(String, String)> {
        let own = self.text("id").map(|id| (self.name.object().to_owned(), id));
        let others = self.properties.keys().filter_map(|key| {
            let object = key.strip_suffix("_id")?;
            Some((object.to_owned(), self.text(key)?))
        });
        own.into_iter().chain(others).collect()
    }

    /// A property as text; numbers count as text, so that `"id": 17` names an object too.
    pub fn text(&self, property: &str) -> Option<String> {
        match self.properties.get(property)? {
            Value::String(text) if !text.is_empty() => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_an_object_and_an_action() {
        let name = EventName::parse("appointment.moved").unwrap();
        assert_eq!((name.object(), name.action()), ("appointment", "moved"));
        for wrong in ["appointment", "Appointment.moved", "a.b.c", ".b", "a.", "1.b", "a b.c"] {
            assert_eq!(EventName::parse(wrong), None, "{wrong}");
        }
    }
}
