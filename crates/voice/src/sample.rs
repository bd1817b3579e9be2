use jiff::{Timestamp, tz::TimeZone};
use journey::FactType;
use serde_json::{Map, Value, json};
use words::{Customer, CustomerId, Language, Name};

use crate::{Context, Declared, Exit};

/// Values for a preview without a real customer: the same every time, each of its declared type. A text shows the name of
/// its fact. Replace what you know better (the organisation's name, the links) before rendering.
pub fn sample(declared: &Declared, language: Language) -> Context {
    let link = |name: String| {
        let url = format!("https://voorbeeld.nl/{name}");
        (name, url)
    };
    let facts = declared.facts.iter().map(|(object, properties)| {
        let id = ("id".to_owned(), json!(format!("{}-1", object.to_uppercase())));
        let values = properties.iter().map(|(name, kind)| (name.clone(), value(name, *kind)));
        (object.clone(), Value::Object([id].into_iter().chain(values).collect::<Map<_, _>>()))
    });
    Context {
        organisation: language.pick("Voorbeeldorganisatie", "Example Organisation").to_owned(),
        human: Exit { team: Some("klantenservice".into()), phone: Some("030 123 45 67".into()) },
        address: declared.address,
        customer: customer(language),
        facts: Value::Object(facts.collect()),
        zone: TimeZone::fixed(jiff::tz::offset(1)),
        now: Timestamp::constant(1_795_510_800, 0),
        links: declared.all_links().into_iter().map(link).collect(),
        staff_first_name: Some("Fatima".into()),
        unsubscribe: None,
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

/// A window runs from 10 to 12 on the next Friday; other moments lie the day before.
fn value(name: &str, kind: FactType) -> Value {
    match kind {
        FactType::Text => json!(name.replace('_', " ")),
        FactType::Number => json!(2),
        FactType::Bool => json!(true),
        FactType::Date => json!("2026-11-27"),
        FactType::Time => json!(match name {
            "start" => "2026-11-27T10:00:00+01:00",
            "end" => "2026-11-27T12:00:00+01:00",
            _ => "2026-11-26T14:30:00+01:00",
        }),
    }
}
