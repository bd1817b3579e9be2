//! `customer.identified`: what an event says of a customer. Per property the newest event time wins.

use jiff::{Timestamp, tz::TimeZone};
use words::{Channel, Consent, Customer, Event, FormOfAddress, Language, Value};

/// Texts of a profile that a list may hold at most.
const LIST_MAX: usize = 50;

/// Takes the properties in; gives whether anything changed.
pub(crate) fn identify(customer: &mut Customer, event: &Event) -> bool {
    let before = customer.clone();
    for (property, value) in &event.properties {
        if customer.known.get(property).is_some_and(|known| *known > event.time) {
            continue;
        }
        if property == "consents" {
            consents(customer, value, event);
        } else if !set(customer, property, value) {
            continue;
        }
        customer.known.insert(property.clone(), event.time);
    }
    *customer != before
}

/// Sets one property; `false` when there is no such property or the value cannot be read.
fn set(customer: &mut Customer, property: &str, value: &Value) -> bool {
    let text = || match value {
        Value::String(text) if !text.trim().is_empty() => Some(Some(text.trim().to_owned())),
        Value::String(_) | Value::Null => Some(None),
        Value::Number(number) => Some(Some(number.to_string())),
        _ => None,
    };
    let field = match property {
        "first_name" => &mut customer.name.first,
        "last_name" => &mut customer.name.last,
        "salutation" => &mut customer.name.salutation,
        "email" => &mut customer.email,
        "mobile" => &mut customer.mobile,
        "street" => &mut customer.address.street,
        "postcode" => &mut customer.address.postcode,
        "town" => &mut customer.address.town,
        "zone" => {
            let Some(zone) = text().filter(|zone| zone.as_deref().is_none_or(|zone| TimeZone::get(zone).is_ok()))
            else {
                return false;
            };
            customer.zone = zone;
            return true;
        }
        _ => return set_choice(customer, property, value),
    };
    match text() {
        Some(value) => {
            *field = value;
            true
        }
        None => false,
    }
}

fn set_choice(customer: &mut Customer, property: &str, value: &Value) -> bool {
    match property {
        "language" => customer.language = value.as_str().and_then(Language::from_tag),
        "address_as" => customer.address_as = value.as_str().and_then(FormOfAddress::parse),
        "channels" => customer.channels = texts(value).map(Channel::new).collect(),
        "personas" => customer.personas = texts(value).collect(),
        _ => return false,
    }
    true
}

fn texts(value: &Value) -> impl Iterator<Item = String> {
    let items = value.as_array().map_or(&[][..], Vec::as_slice);
    items.iter().filter_map(Value::as_str).map(str::to_owned).take(LIST_MAX)
}

/// Consents come as a list of what is given (what is not in it is withdrawn), or by name: `{marketing: false}`.
fn consents(customer: &mut Customer, value: &Value, event: &Event) {
    let said: Vec<(String, bool)> = match value {
        Value::Object(said) => {
            said.iter().filter_map(|(name, given)| Some((name.clone(), given.as_bool()?))).take(LIST_MAX).collect()
        }
        Value::Array(_) => {
            let given: Vec<String> = texts(value).collect();
            let withdrawn: Vec<String> =
                customer.consents.keys().filter(|name| !given.contains(name)).cloned().collect();
            let given = given.into_iter().map(|name| (name, true));
            given.chain(withdrawn.into_iter().map(|name| (name, false))).collect()
        }
        _ => return,
    };
    for (name, given) in said {
        decide(customer, name, given, event.time, format!("{}/{}", event.source, event.id));
    }
}

fn decide(customer: &mut Customer, name: String, given: bool, time: Timestamp, proof: String) {
    match customer.consents.get(&name) {
        // Said again: the first proof stands.
        Some(known) if known.time > time || known.given == given => {}
        _ => {
            customer.consents.insert(name, Consent { given, time, proof });
        }
    }
}
