//! Who simulated customers are.

use serde_json::json;
use words::Properties;

use crate::scene::Staged;
use crate::{Draws, names};

/// What `customer.identified` says of a customer.
pub(crate) fn profile(staged: &Staged, number: u32, draws: &mut Draws) -> Properties {
    let people = &staged.behaviour.people;
    let called = names::called(draws);
    let (street, postcode) = names::address(draws);
    let unique = staged.offset.saturating_add(number);
    let mut profile = Properties::new();
    let mut put = |chance: f64, property: &str, value: &str| {
        if draws.happens(chance) {
            profile.insert(property.to_owned(), value.into());
        }
    };
    put(people.first_name, "first_name", called.first);
    put(people.last_name, "last_name", called.last);
    put(people.salutation, "salutation", called.salutation);
    put(people.email, "email", &names::email(&called, number));
    put(people.mobile, "mobile", &names::mobile(unique));
    if draws.happens(people.address) {
        profile.insert("street".into(), street.into());
        profile.insert("postcode".into(), postcode.into());
        profile.insert("town".into(), "Rijnoever".into());
    }
    if let Some(zone) = &people.zone {
        profile.insert("zone".into(), zone.as_str().into());
    }
    let given: Vec<&String> =
        people.consents.iter().filter(|(_, chance)| draws.happens(**chance)).map(|(name, _)| name).collect();
    if !people.consents.is_empty() {
        profile.insert("consents".into(), json!(given));
    }
    profile
}
