use words::{Customer, Language};

use crate::language::{Speech, Text};

/// What staff call a customer: "mevrouw De Vries", "Sanne de Vries", else the address that is known, else a word for
/// someone unknown. Nothing is guessed.
pub fn customer_name(customer: &Customer, speech: &Speech) -> String {
    let name = &customer.name;
    let (first, last) = (filled(name.first.as_deref()), filled(name.last.as_deref()));
    let title = filled(name.salutation.as_deref()).filter(|_| speech.language == Language::Nl);
    let named = match (title, first, last) {
        (Some(title), _, Some(last)) => Some(format!("{title} {}", capital(last))),
        (_, Some(first), Some(last)) => Some(format!("{first} {last}")),
        (_, None, Some(last)) => Some(capital(last)),
        (_, Some(first), None) => Some(first.to_owned()),
        _ => None,
    };
    named
        .or_else(|| customer.email.clone())
        .or_else(|| customer.mobile.clone())
        .unwrap_or_else(|| speech.say(&Text::new("customer-unknown")))
}

fn filled(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

/// Alone or after a title a particle has a capital: "De Vries".
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use jiff::{Timestamp, tz::TimeZone};
    use words::{CustomerId, Name};

    use super::*;
    use crate::language::CustomerWord;

    #[test]
    fn a_customer_is_called_by_what_is_known() {
        let speech = Speech {
            language: Language::Nl,
            zone: TimeZone::UTC,
            customer: CustomerWord::new("huurder", "huurders"),
            now: Timestamp::UNIX_EPOCH,
        };
        let mut customer = Customer::unknown(CustomerId::from_u128(1));
        let name = |title: &str, first: &str, last: &str| {
            let part = |text: &str| (!text.is_empty()).then(|| text.to_owned());
            Name { first: part(first), last: part(last), salutation: part(title) }
        };
        assert_eq!(customer_name(&customer, &speech), "onbekende huurder");
        customer.mobile = Some("+31600000001".into());
        assert_eq!(customer_name(&customer, &speech), "+31600000001");
        for (given, called) in [
            (name("mevrouw", "Sanne", "de Vries"), "mevrouw De Vries"),
            (name("", "Sanne", "de Vries"), "Sanne de Vries"),
            (name("", "", "de Vries"), "De Vries"),
            (name("", "Sanne", ""), "Sanne"),
        ] {
            customer.name = given;
            assert_eq!(customer_name(&customer, &speech), called);
        }
        let english = Speech { language: Language::En, ..speech };
        customer.name = name("mevrouw", "Sanne", "de Vries");
        assert_eq!(customer_name(&customer, &english), "Sanne de Vries");
    }
}
