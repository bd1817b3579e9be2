use jiff::{Timestamp, Zoned, tz::TimeZone};
use journey::{FactPath, FactType};
use serde_json::{Map, Value};
use words::{Customer, CustomerId, Language, Name};

use crate::{Brand, Context, Declared, Exit, Foot};

/// Values for a preview without a real customer: the same every time, the examples that the journey gives. Replace what you know better (the organisation's name, the links) before rendering.
pub fn sample(declared: &Declared, language: Language) -> Context {
    let link = |name: String| {
        let url = format!("https://voorbeeld.nl/{name}");
        (name, url)
    };
    let facts = declared.facts.iter().map(|(object, properties)| {
        let id = ("id".to_owned(), journey::example_id(object));
        let values =
            properties.iter().map(|(name, kind)| (name.clone(), value(declared, object, name, *kind, language)));
        (object.clone(), Value::Object([id].into_iter().chain(values).collect::<Map<_, _>>()))
    });
    Context {
        organisation: language.pick("Voorbeeldorganisatie", "Example Organisation").to_owned(),
        human: Exit { team: Some("klantenservice".into()), phone: Some("030 123 45 67".into()) },
        address: declared.address,
        customer: customer(language),
        facts: Value::Object(facts.collect()),
        zone: today().time_zone().clone(),
        now: today().timestamp(),
        links: declared.all_links().into_iter().map(link).collect(),
        staff_first_name: Some("Fatima".into()),
        foot: Foot::default(),
        look: Brand::default(),
    }
}

/// Sanne de Vries, of Arnhem, who can be reached by every channel.
fn customer(language: Language) -> Customer {
    let mut customer = Customer::unknown(CustomerId::derived(&["sample"]));
    customer.name =
        Name { first: Some("Sanne".into()), last: Some("de Vries".into()), salutation: Some("mevrouw".into()) };
    customer.email = Some("s.devries@voorbeeld.nl".into());
    customer.mobile = Some("+31612345678".into());
    customer.address.street = Some("Merelstraat 24".into());
    customer.address.postcode = Some("6821 AB".into());
    customer.address.town = Some("Arnhem".into());
    customer.language = Some(language);
    customer
}

/// The moment at which the sample is read: 24 November 2026, ten in the morning, in a zone an hour ahead of UTC.
pub(crate) fn today() -> Zoned {
    Timestamp::constant(1_795_510_800, 0).to_zoned(TimeZone::fixed(jiff::tz::offset(1)))
}

fn value(declared: &Declared, object: &str, name: &str, kind: FactType, language: Language) -> Value {
    let fact = FactPath { object: object.to_owned(), property: name.to_owned() };
    let known = declared.examples.get(&fact).cloned();
    known.unwrap_or_else(|| journey::example(kind, name, "", language, &today()))
}
