//! What staff may write down of a customer, as the form has it and as the event says it.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use words::{Customer, FormOfAddress, Language, Properties};

use crate::form::{self, Remarks};

/// Characters of a field.
const CHARS_MAX: usize = 200;

/// A filled form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Filled {
    pub(super) number: String,
    pub(super) salutation: String,
    pub(super) first_name: String,
    pub(super) last_name: String,
    pub(super) email: String,
    pub(super) mobile: String,
    pub(super) street: String,
    pub(super) postcode: String,
    pub(super) town: String,
    pub(super) language: String,
    pub(super) address_as: String,
    /// The channel that goes first.
    pub(super) channel: String,
}

impl Filled {
    /// As the customer is known.
    pub(super) fn of(customer: &Customer) -> Self {
        let text = |part: &Option<String>| part.clone().unwrap_or_default();
        Self {
            number: String::new(),
            salutation: text(&customer.name.salutation),
            first_name: text(&customer.name.first),
            last_name: text(&customer.name.last),
            email: text(&customer.email),
            mobile: text(&customer.mobile),
            street: text(&customer.address.street),
            postcode: text(&customer.address.postcode),
            town: text(&customer.address.town),
            language: customer.language.map(|language| language.tag().to_owned()).unwrap_or_default(),
            address_as: customer.address_as.map(|form| form.as_str().to_owned()).unwrap_or_default(),
            channel: customer.channels.first().map(|channel| channel.as_str().to_owned()).unwrap_or_default(),
        }
    }

    /// The customer's number in another system, when one was given.
    pub(super) fn number(&self) -> Option<String> {
        form::line(&self.number, CHARS_MAX)
    }

    /// Whether anybody could tell who it is.
    pub(super) fn says_who(&self) -> bool {
        [&self.first_name, &self.last_name, &self.email, &self.mobile].iter().any(|text| !text.trim().is_empty())
    }

    /// The properties of `customer.identified`, and what is wrong with the form.
    pub(super) fn properties(&self) -> (Properties, Remarks) {
        let mut remarks = Remarks::default();
        let mut properties = Properties::new();
        for (name, typed) in [
            ("salutation", &self.salutation),
            ("first_name", &self.first_name),
            ("last_name", &self.last_name),
            ("street", &self.street),
            ("postcode", &self.postcode),
            ("town", &self.town),
        ] {
            let fits = typed.trim().is_empty() || form::line(typed, CHARS_MAX).is_some();
            remarks.expect(fits, name, "remark-name");
            properties.insert(name.to_owned(), text(typed));
        }
        let email = form::email(&self.email);
        remarks.expect(email.is_some() || self.email.trim().is_empty(), "email", "remark-email");
        properties.insert("email".to_owned(), email.map_or(Value::Null, Value::String));
        let mobile = service::intake::e164(&self.mobile, "31");
        remarks.expect(mobile.is_some() || self.mobile.trim().is_empty(), "mobile", "customer-remark-mobile");
        properties.insert("mobile".to_owned(), mobile.map_or(Value::Null, Value::String));
        let language = Language::from_tag(&self.language).map(Language::tag);
        properties.insert("language".to_owned(), json!(language));
        let form = FormOfAddress::parse(&self.address_as).map(FormOfAddress::as_str);
        properties.insert("address_as".to_owned(), json!(form));
        let channels: Vec<&str> = Some(self.channel.as_str()).filter(|name| !name.is_empty()).into_iter().collect();
        properties.insert("channels".to_owned(), json!(channels));
        (properties, remarks)
    }
}

fn text(typed: &str) -> Value {
    let typed = typed.trim();
    if typed.is_empty() { Value::Null } else { Value::String(typed.to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_empty_is_taken_away_and_addresses_become_comparable() {
        let filled = Filled { email: " S@X.nl ".into(), mobile: "06 1234 56 78".into(), ..Filled::default() };
        let (properties, remarks) = filled.properties();
        assert!(remarks.is_empty());
        assert_eq!(properties["email"], "s@x.nl");
        assert_eq!(properties["mobile"], "+31612345678");
        assert_eq!(properties["last_name"], Value::Null);
    }

    #[test]
    fn an_address_that_cannot_be_one_is_remarked() {
        let filled = Filled { email: "x".into(), mobile: "12".into(), last_name: "a".repeat(201), ..Filled::default() };
        assert!(!filled.properties().1.is_empty());
        assert!(!Filled::default().says_who());
    }
}
