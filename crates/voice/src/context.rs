use std::collections::BTreeMap;

use jiff::{Timestamp, tz::TimeZone};
use minijinja::Value;
use words::{Customer, FormOfAddress, Language};

use crate::{person::Person, salutation};

/// The exit to a person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exit {
    /// Which team.
    pub team: Option<String>,
    /// By telephone.
    pub phone: Option<String>,
}

/// Where the lines below a mail or letter lead; each is left out when it is not given. Addresses on the web.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Foot {
    /// The message's own page: who sent it, whether it is true, who answers.
    pub about: Option<String>,
    /// The reader's own choices.
    pub preferences: Option<String>,
    /// The page that stops messages of this class.
    pub unsubscribe: Option<String>,
}

/// Everything that a message may say about one customer at one moment. Plain data; nothing is looked up.
#[derive(Clone, Debug, PartialEq)]
pub struct Context {
    /// The organisation's name, as customers know it.
    pub organisation: String,
    /// Who can be reached.
    pub human: Exit,
    /// How the journey addresses customers; the customer's own preference goes first in the salutation.
    pub address: FormOfAddress,
    /// The reader.
    pub customer: Customer,
    /// Facts by object and property: texts, numbers, booleans, dates (`2027-04-02`), moments (RFC 3339). Null and blank
    /// count as missing.
    pub facts: serde_json::Value,
    /// The reader's zone.
    pub zone: TimeZone,
    /// Now; decides whether a day names its year.
    pub now: Timestamp,
    /// Addresses by the name of the link. [`Message::links`](crate::Message::links) tells which are used.
    pub links: BTreeMap<String, String>,
    /// First name of the member of staff who does it.
    pub staff_first_name: Option<String>,
    /// What stands below a mail or letter.
    pub foot: Foot,
    /// How a mail shows who writes.
    pub look: Brand,
}

/// How a mail shows who writes, beside the name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Brand {
    /// Its logo: an address for everybody, and how large it is shown, in pixels.
    pub logo: Option<(String, u32, u32)>,
    /// The colour of links and buttons, on which white can be read: `#254a80`.
    pub accent: Option<String>,
}

/// What a template sees. Every object that it names exists, so that `{% if firm.name %}` is simply false when nothing is
/// known of the firm.
pub(crate) fn scope<'a>(context: &Context, language: Language, names: impl Iterator<Item = &'a str>) -> Value {
    let mut objects: BTreeMap<String, BTreeMap<String, Value>> =
        names.filter_map(|name| Some((name.split_once('.')?.0.to_owned(), BTreeMap::new()))).collect();
    for (object, properties) in context.facts.as_object().into_iter().flatten() {
        let properties = properties.as_object().into_iter().flatten();
        let known = properties.filter_map(|(name, value)| Some((name.clone(), known(value)?)));
        objects.insert(object.clone(), known.collect());
    }
    for (object, name, value) in own(context) {
        let properties = objects.entry(object.to_owned()).or_default();
        properties.remove(name);
        if let Some(value) = value.filter(|value| !value.trim().is_empty()) {
            properties.insert(name.to_owned(), Value::from(value));
        }
    }
    let form = context.customer.address_as.unwrap_or(context.address);
    let salutation = salutation(&context.customer.name, form, language);
    let objects = objects.into_iter().map(|(name, properties)| (name, Value::from_pairs(properties)));
    Value::from_pairs(objects.chain([("salutation".to_owned(), Value::from(salutation))]))
}

/// A fact as the template sees it; `None` when it counts as missing. Facts are never lists or objects.
fn known(value: &serde_json::Value) -> Option<Value> {
    match value {
        serde_json::Value::String(text) if !text.trim().is_empty() => Some(Value::from(text.as_str())),
        serde_json::Value::Bool(yes) => Some(Value::from(*yes)),
        serde_json::Value::Number(number) => {
            number.as_i64().map(Value::from).or_else(|| number.as_f64().map(Value::from))
        }
        _ => None,
    }
}

/// Our own variables; they go before facts of the same name.
fn own(context: &Context) -> Vec<(&'static str, &'static str, Option<String>)> {
    let person = Person::read(&context.customer.name);
    vec![
        ("organisation", "name", Some(context.organisation.clone())),
        ("human", "team", context.human.team.clone()),
        ("human", "phone", context.human.phone.clone()),
        ("staff", "first_name", context.staff_first_name.clone()),
        ("customer", "first_name", person.first.clone()),
        ("customer", "last_name", person.last_name()),
    ]
}
