//! `customer.identified`: what an event says of a customer. Per property the newest event time wins.

use jiff::{Timestamp, tz::TimeZone};
use journey::language::hours;
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
        "quiet_hours" => match value.as_str() {
            None if value.is_null() => customer.quiet_hours = None,
            typed => match typed.and_then(hours) {
                Some(hours) => customer.quiet_hours = Some(hours),
                None => return false,
            },
        },
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

#[cfg(test)]
mod tests {
    use serde_json::json;
    use words::{CustomerId, EventId, EventName, Identity};

    use super::*;

    #[test]
    fn hours_that_cannot_be_read_change_nothing_and_none_takes_them_away() {
        let mut customer = Customer::unknown(CustomerId::from_u128(1));
        let mut said = |second: i64, hours: Value| {
            let time = Timestamp::from_second(second).unwrap();
            let event = Event {
                id: EventId::new("e"),
                source: "voorkeuren".into(),
                name: EventName::parse("customer.identified").unwrap(),
                time,
                received: time,
                identity: Identity::default(),
                properties: [("quiet_hours".to_owned(), hours)].into(),
                imported: false,
            };
            identify(&mut customer, &event);
            customer.quiet_hours.map(|(from, until)| (from.hour(), until.hour()))
        };
        assert_eq!(said(1, json!("21:00-08:00")), Some((21, 8)));
        for unreadable in [json!("laat"), json!("25:00-08:00"), json!(21), json!(["21:00-08:00"])] {
            assert_eq!(said(2, unreadable), Some((21, 8)));
        }
        assert_eq!(said(3, Value::Null), None);
        assert_eq!(said(2, json!("22:00-09:00")), None, "what is older does not count");
    }
}
