use jiff::Timestamp;
use serde_json::{Map, Value, json};
use words::OrganisationId;

use super::Kind;

/// Bytes of what is told at most, as the standard advises.
pub const BYTES_MAX: usize = 20_000;
/// Characters of a title; the rest is left out.
const TITLE_CHARS_MAX: usize = 200;
/// Characters of a name by which a system knows a customer; a longer one is left out, since a part of it would be another's.
const NAME_CHARS_MAX: usize = 200;
/// Names by which systems know a customer; more are left out.
const NAMES_MAX: usize = 20;

/// What a test says.
pub(super) const TEST: &str = "This is a test: nothing happened to a customer.";

/// Something that happened, to be told.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Happening {
    pub(crate) kind: Kind,
    /// What makes it this one: the same thing has the same key, however often it is found.
    pub(crate) key: String,
    pub(crate) time: Timestamp,
    data: Map<String, Value>,
}

/// Something of a definition: its id, and how it is called where that is known.
pub(crate) struct Named<'a>(pub(crate) &'a str, pub(crate) Option<&'a str>);

impl Named<'_> {
    fn value(&self) -> Value {
        let mut named = Map::from_iter([("id".to_owned(), json!(self.0))]);
        if let Some(title) = self.1 {
            named.insert("title".into(), title.chars().take(TITLE_CHARS_MAX).collect::<String>().into());
        }
        Value::Object(named)
    }
}

impl Happening {
    pub(crate) fn new(kind: Kind, key: impl Into<String>, time: Timestamp) -> Self {
        Self { kind, key: key.into(), time, data: Map::new() }
    }

    /// With one more field.
    pub(crate) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.data.insert(name.to_owned(), value.into());
        self
    }

    /// With one more field, when there is something to say.
    pub(crate) fn with_some(self, name: &str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// With something of a definition.
    pub(crate) fn with_named(self, name: &str, named: &Named<'_>) -> Self {
        self.with(name, named.value())
    }

    /// About whom: our id, and the ids by which the systems that send us events know them.
    pub(crate) fn about(self, customer: &str, known_as: &[String]) -> Self {
        let fitting = known_as.iter().filter(|name| name.chars().count() <= NAME_CHARS_MAX);
        let known_as: Vec<&String> = fitting.take(NAMES_MAX).collect();
        self.with("customer", json!({ "id": customer, "known_as": known_as }))
    }

    /// The id under which it is told: for every endpoint and every attempt the same.
    pub(crate) fn id(&self, organisation: &OrganisationId) -> String {
        let digest = words::digest(&[organisation.as_str(), self.kind.as_str(), &self.key]);
        format!("msg_{}", digest[..16].iter().map(|byte| format!("{byte:02x}")).collect::<String>())
    }

    /// What is told.
    pub(crate) fn body(&self) -> String {
        let time = self.time.round(jiff::Unit::Millisecond).unwrap_or(self.time).to_string();
        let body = json!({ "type": self.kind.as_str(), "timestamp": time, "data": self.data });
        let text = body.to_string();
        if text.len() <= BYTES_MAX {
            return text;
        }
        // Ids of events may be long; who is meant is said in any case.
        let customer = self.data.get("customer");
        json!({ "type": self.kind.as_str(), "timestamp": time, "data": { "customer": customer } }).to_string()
    }
}

/// What is told of a kind, as an example for whoever connects a system.
pub fn example(kind: Kind) -> Value {
    let time: Timestamp = "2026-11-24T09:30:00Z".parse().expect("a moment");
    let run = "0196f3c2-6f0e-7d5a-9a52-1f3b0c5d7e10";
    let key = format!("{run}:1:bevestiging:A-17");
    let happening = Happening::new(kind, "example", time);
    let in_run = |happening: Happening| {
        happening
            .with_named("journey", &Named("reparatie", Some("Reparatie aan huis")))
            .with("run", json!({ "id": run, "key": "R-1042" }))
    };
    let at = |happening: Happening| {
        in_run(happening).with_named("touchpoint", &Named("bevestiging", Some("Mijn afspraak is bevestigd")))
    };
    let task = |happening: Happening| {
        let happening = in_run(happening).with_named("touchpoint", &Named("niet-gelukt", Some("Het lukt niet")));
        happening.with("task", json!({ "id": format!("{run}:1:niet-gelukt:B-3") }))
    };
    let message = |happening: Happening| at(happening).with("message", json!({ "id": key, "channel": "email" }));
    let told = match kind {
        Kind::JourneyBegun => in_run(happening),
        Kind::JourneyEnded => in_run(happening).with("ending", "done"),
        Kind::ContactHappened => at(happening).with("contact", json!({ "number": 3, "visit": 1, "channel": "email" })),
        Kind::MessageSent | Kind::MessageDelivered | Kind::MessageRead => message(happening),
        Kind::MessageFailed => message(happening).with("reason", "suppressed").with("tried_again", false),
        Kind::MessageReplied => at(happening).with("message", json!({ "channel": "email" })),
        Kind::TaskCreated => task(happening).with("team", "vakmensen").with("due", "2026-11-24T15:00:00Z"),
        Kind::TaskDone => task(happening),
        Kind::PromiseBroken => at(happening).with("contact", json!({ "number": 3 })),
        Kind::ConsentChanged => happening.with("consents", json!([{ "purpose": "marketing", "given": false }])),
        Kind::CustomerMerged => happening.with("merged", json!({ "id": "0196f3c2-6f0e-7d5a-9a52-000000000002" })),
        Kind::Test => happening.with("text", TEST),
    };
    let known_as = ["10234".to_owned()];
    let told = if kind == Kind::Test { told } else { told.about("0196f3c2-6f0e-7d5a-9a52-000000000001", &known_as) };
    serde_json::from_str(&told.body()).expect("it was made as JSON")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_thing_has_the_same_id_and_another_has_another() {
        let organisation = OrganisationId::new("rijnoever");
        let id = |kind, key: &str| Happening::new(kind, key, Timestamp::UNIX_EPOCH).id(&organisation);
        assert_eq!(id(Kind::MessageSent, "a"), id(Kind::MessageSent, "a"));
        let others = [id(Kind::MessageSent, "a"), id(Kind::MessageSent, "b"), id(Kind::MessageRead, "a")];
        assert_eq!(others.iter().collect::<std::collections::BTreeSet<_>>().len(), 3);
        assert!(others.iter().all(|id| id.len() == 36 && id.starts_with("msg_")));
    }

    #[test]
    fn what_is_told_stays_small() {
        let long = "x".repeat(BYTES_MAX);
        let names = vec![long.clone(), "10234".to_owned()];
        let told = Happening::new(Kind::MessageSent, "a", Timestamp::UNIX_EPOCH)
            .with_named("journey", &Named("reparatie", Some(&long)))
            .with("message", json!({ "id": long }))
            .about("c", &names)
            .body();
        assert!(told.len() < BYTES_MAX);
        let told: Value = serde_json::from_str(&told).unwrap();
        assert_eq!(told["data"], json!({ "customer": { "id": "c", "known_as": ["10234"] } }));
    }
}
