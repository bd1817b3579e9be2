//! What a journey needs from outside: every event that it listens to, with the fields that its rules read. The sheet that a
//! supplier gets is made from this, so it says what the engine does with an event and nothing else.

mod customer;
mod fields;
mod listen;
mod purpose;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Zoned;
use words::{EventName, Value};

use crate::model::{Definition, FactType};

pub use customer::consents_asked;
pub use purpose::{Purpose, purposes};

/// The names that messages use between `{{` and `}}`, by message: `appointment.start`, or `appointment` for its window.
pub type Mentions = BTreeMap<String, BTreeSet<String>>;

/// How much a field is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Every event of this name must carry it: without it a rule fails or the event finds no run.
    Always,
    /// Some event about the same object must carry it, and each one that changes it.
    Known,
    /// Nothing fails without it; figures and stories become richer.
    Useful,
}

/// What kind of value a field has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// The id of an object: text or a whole number.
    Id,
    /// A value of a fact.
    Fact(FactType),
    /// Purposes by name, each true or false; or a list of those that are given.
    Consents,
}

impl FieldKind {
    /// `id`, `text`, `number`, `bool`, `date`, `time` or `consents`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Fact(kind) => kind.as_str(),
            Self::Consents => "consents",
        }
    }
}

/// A field of an event.
#[derive(Clone, Debug, PartialEq)]
pub struct NeededField {
    /// As it is sent.
    pub name: String,
    /// Other fields that do as well.
    pub or: Vec<String>,
    /// What kind of value.
    pub kind: FieldKind,
    /// How much it is needed.
    pub level: Level,
    /// The values that rules and lists of reasons know, in the order of the text; others are taken too.
    pub values: Vec<Value>,
    /// A value that fits the other examples of the sheet.
    pub example: Value,
    /// What it is for, the most telling first.
    pub purposes: Vec<Purpose>,
}

/// An event that a journey listens to.
#[derive(Clone, Debug, PartialEq)]
pub struct NeededEvent {
    /// As it is sent.
    pub name: EventName,
    /// What it is for, in the order of the text.
    pub purposes: Vec<Purpose>,
    /// What it carries, the most needed first.
    pub fields: Vec<NeededField>,
    /// Whether the journey can do without: it tells of changes that no other event tells.
    pub optional: bool,
    /// Whether it is a daily count of people whom nobody knows, so that it names no customer.
    pub counted: bool,
}

impl NeededEvent {
    /// The properties of a sample: every field with its example.
    pub fn sample(&self) -> words::Properties {
        self.fields.iter().map(|field| (field.name.clone(), field.example.clone())).collect()
    }
}

/// Everything that a journey needs from outside.
#[derive(Clone, Debug, PartialEq)]
pub struct Needs {
    /// The events, each once, in the order in which the definition names them; optional ones last.
    pub events: Vec<NeededEvent>,
    /// Who a customer is: `customer.identified`, which a source sends as `identify`.
    pub customer: NeededEvent,
}

/// Derives what a journey needs. `mentions` is what its messages say; examples lie a few days after `now` and are written
/// in its zone.
pub fn needs(definition: &Definition, mentions: &Mentions, now: &Zoned) -> Needs {
    let heard = listen::heard(definition);
    let read = fields::Reader::new(definition, mentions, &heard, now);
    let mut events: Vec<NeededEvent> = Vec::new();
    for listen in &heard {
        match events.iter_mut().find(|event| event.name == listen.event) {
            Some(event) if event.purposes.contains(&listen.purpose) => {}
            Some(event) => event.purposes.push(listen.purpose.clone()),
            None => events.push(NeededEvent {
                name: listen.event.clone(),
                purposes: vec![listen.purpose.clone()],
                fields: Vec::new(),
                optional: false,
                counted: matches!(listen.purpose, Purpose::Counts(_)),
            }),
        }
    }
    events.extend(read.changes(&events));
    for event in &mut events {
        event.purposes.sort_by_key(Purpose::rank);
        event.fields = read.fields(event);
    }
    Needs { events, customer: customer::customer(definition, mentions) }
}
