//! Who a customer is: the properties of `customer.identified`.
//!
//! | property | meaning |
//! |---|---|
//! | `first_name`, `last_name`, `salutation` | as given, never guessed from a whole name |
//! | `email`, `mobile` | address; number in E.164 |
//! | `street`, `postcode`, `town` | postal address |
//! | `zone`, `language` | IANA zone; `nl` or `en` |
//! | `consents` | purposes by name, `{"leestips": true, "marketing": false}`; or a list of all that the customer agrees to |
//!
//! Everything else that a source knows is kept under its own name.

use jiff::tz::TimeZone;
use serde_json::Value;
use words::{Language, Properties};

use super::fields::{self, properties};
use super::{Reason, Receipt, e164};

/// What other systems call the same thing, in snake case.
const SYNONYMS: &[(&str, &[&str])] = &[
    ("first_name", &["firstname", "given_name"]),
    ("last_name", &["lastname", "family_name", "surname"]),
    ("email", &["email_address", "mail"]),
    ("street", &["street_address", "address_line1", "address_line_1"]),
    ("postcode", &["postal_code", "zip", "zipcode", "zip_code"]),
    ("town", &["city"]),
];

/// The profile that the traits of an `identify` tell. What cannot be read as what it should be (a mobile number that is
/// none, a zone that does not exist) stays under the name that the source gave it and sets nothing.
pub fn from_traits(traits: Option<&Value>, receipt: &Receipt) -> Result<Properties, Reason> {
    let mut profile = properties(traits, true)?;
    if let Some(Value::Object(address)) = profile.remove("address") {
        for (name, value) in properties(Some(&Value::Object(address)), true)? {
            profile.entry(name).or_insert(value);
        }
    }
    for (ours, theirs) in SYNONYMS {
        for name in *theirs {
            rename(&mut profile, name, ours);
        }
    }
    let number = ["mobile", "phone", "mobile_phone", "phone_number"]
        .iter()
        .find_map(|name| Some((*name, e164(profile.get(*name)?.as_str()?, &receipt.country)?)));
    set(&mut profile, "mobile", number);
    let zone = ["zone", "timezone", "time_zone"].iter().find_map(|name| Some((*name, zone(profile.get(*name)?)?)));
    set(&mut profile, "zone", zone);
    let language = ["language", "locale"].iter().find_map(|name| {
        let language = Language::from_tag(profile.get(*name)?.as_str()?)?;
        Some((*name, language.tag().to_owned()))
    });
    set(&mut profile, "language", language);
    fields::within_limits(&profile)?;
    Ok(profile)
}

/// The IANA name of a zone that exists.
pub(crate) fn zone(value: &Value) -> Option<String> {
    let name = value.as_str()?.trim();
    let found = TimeZone::get(name).ok()?;
    found.iana_name().map(str::to_owned)
}

fn rename(profile: &mut Properties, from: &str, to: &str) {
    if let Some(value) = profile.remove(from) {
        profile.entry(to.to_owned()).or_insert(value);
    }
}

/// Sets what was understood in place of where it was found; what was not understood loses our name but is not lost.
fn set(profile: &mut Properties, ours: &str, understood: Option<(&str, String)>) {
    match understood {
        Some((found, value)) => {
            profile.remove(found);
            profile.insert(ours.to_owned(), Value::String(value));
        }
        None => {
            if let Some(value) = profile.remove(ours) {
                profile.insert(format!("{ours}_given"), value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn profile(traits: Value) -> Value {
        let receipt = Receipt::new("webshop", "2027-03-01T10:00:00Z".parse().unwrap());
        serde_json::to_value(from_traits(Some(&traits), &receipt).unwrap()).unwrap()
    }

    #[test]
    fn traits_become_the_words_of_a_customer() {
        let traits = json!({
            "firstName": "Anna", "lastName": "de Vries", "email": "a@example.org", "phone": "06-12345678",
            "timezone": "europe/amsterdam", "locale": "nl-NL", "consents": ["leestips"], "plan": "gezin",
            "address": { "street": "Dorpsstraat 1", "postalCode": "1234 AB", "city": "Arnhem", "country": "NL" },
        });
        assert_eq!(
            profile(traits),
            json!({
                "first_name": "Anna", "last_name": "de Vries", "email": "a@example.org", "mobile": "+31612345678",
                "zone": "Europe/Amsterdam", "language": "nl", "consents": ["leestips"], "plan": "gezin",
                "street": "Dorpsstraat 1", "postcode": "1234 AB", "town": "Arnhem", "country": "NL",
            })
        );
    }

    #[test]
    fn what_cannot_be_read_sets_nothing_and_is_kept() {
        assert_eq!(
            profile(json!({ "mobile": "onbekend", "zone": "Rijnoever", "phone": 5, "name": "Anna de Vries" })),
            json!({ "mobile_given": "onbekend", "zone_given": "Rijnoever", "phone": 5, "name": "Anna de Vries" })
        );
    }
}
