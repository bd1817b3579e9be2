//! The closed lists: what a definition, an expression and a message may name. Published with the schema.

pub use words::{Channel, EventName};

use crate::model::FactType;

/// The type of a field of the customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CustomerType {
    /// Any text.
    Text,
    /// A list of texts.
    Texts,
}

/// What an expression may ask of a customer.
pub const CUSTOMER: &[(&str, CustomerType)] = &[
    ("first_name", CustomerType::Text),
    ("last_name", CustomerType::Text),
    ("salutation", CustomerType::Text),
    ("email", CustomerType::Text),
    ("mobile", CustomerType::Text),
    ("town", CustomerType::Text),
    ("postcode", CustomerType::Text),
    ("zone", CustomerType::Text),
    ("language", CustomerType::Text),
    ("consents", CustomerType::Texts),
    ("personas", CustomerType::Texts),
    ("channels", CustomerType::Texts),
];

/// Properties of any event that fill the contact, with their type; an expression may ask them of `event`.
pub const CONTACT_PROPERTIES: &[(&str, FactType)] = &[
    ("channel", FactType::Text),
    ("place", FactType::Text),
    ("staff", FactType::Text),
    ("outcome", FactType::Text),
    ("reason", FactType::Text),
    ("score", FactType::Number),
];

/// Names that no object of the facts may have: an expression or a message means something else by them.
pub const RESERVED_OBJECTS: &[&str] = &[
    "customer",
    "event",
    "organisation",
    "human",
    "staff",
    "salutation",
    "happened",
    "link",
    "size",
    "has",
    "answer",
    "task",
    "message",
    "true",
    "false",
    "null",
    "in",
];

/// Variables of a message beside the facts.
pub const MESSAGE_VARIABLES: &[&str] = &[
    "salutation",
    "organisation.name",
    "human.phone",
    "human.team",
    "staff.first_name",
    "customer.first_name",
    "customer.last_name",
];

/// Links that every message has: `link('ask')`. Objects of the facts and the organisation's own come beside these.
pub const MESSAGE_LINKS: &[&str] = &["ask", "unsubscribe", "preferences", "message", "complaint"];

/// Messages of our own: one of this name in a journey's folder goes in the place of the one that everybody has.
pub const OWN_MESSAGES: &[&str] = &["klacht-ontvangen", "klacht-opgelost"];

/// Filters of a message: the day and the time of a fact, the window of an object that has `start` and `end`, and what stands
/// there when a fact is missing.
pub const MESSAGE_FILTERS: &[&str] = &["day", "time", "window", "default"];

/// The functions of an expression.
pub const FUNCTIONS: &[&str] = &["happened", "has", "size", "startsWith", "endsWith", "contains"];
