use words::{Customer, Language};

use crate::language::{Speech, Text};

/// What staff call a customer: by first and last name ("Sanne de Vries"), by title and last name ("mevrouw De Vries") where
/// no first name is known, else by the address that is known, else a word for someone unknown. Nothing is guessed.
pub fn customer_name(customer: &Customer, speech: &Speech) -> String {
    let name = &customer.name;
    let (first, last) = (line(name.first.as_deref()), line(name.last.as_deref()));
    let title = line(name.salutation.as_deref()).filter(|_| speech.language == Language::Nl);
    let named = match (title, first, last) {
        (_, Some(first), Some(last)) => Some(format!("{first} {last}")),
        (_, Some(first), None) => Some(first),
        (Some(title), None, Some(last)) => Some(format!("{title} {}", capital(&last))),
        (None, None, Some(last)) => Some(capital(&last)),
        (_, None, None) => None,
    };
    named
        .or_else(|| line(customer.email.as_deref()))
        .or_else(|| line(customer.mobile.as_deref()))
        .unwrap_or_else(|| speech.say(&Text::new("customer-unknown")))
}

/// One line with single spaces; none when there is nothing on it.
fn line(text: Option<&str>) -> Option<String> {
    let words: Vec<&str> = text?.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// Alone or after a title a particle has a capital: "De Vries".
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use jiff::{Timestamp, tz::TimeZone};
    use proptest::prelude::*;
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
            (name("mevrouw", "Sanne", "de Vries"), "Sanne de Vries"),
            (name("mevrouw", "", "de Vries"), "mevrouw De Vries"),
            (name("mevrouw", "Sanne", ""), "Sanne"),
            (name("", " Sanne  Maria ", "van  der Berg"), "Sanne Maria van der Berg"),
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

    fn part() -> impl Strategy<Value = Option<String>> {
        const KNOWN: &[&str] = &[
            "Sanne",
            "J.P.",
            "de Vries",
            "van der Berg",
            "'t Hart",
            "IJsbrand",
            " in  't Veld ",
            "",
            "  ",
            "BAKKERIJ B.V.",
        ];
        proptest::option::of(proptest::sample::select(KNOWN).prop_map(str::to_owned))
    }

    proptest! {
        #[test]
        fn whatever_is_missing_there_is_one_clean_line(
            first in part(), last in part(), salutation in proptest::option::of(Just("mevrouw".to_owned())),
            email in proptest::option::of(Just("s@example.nl".to_owned())), english: bool,
        ) {
            let speech = Speech {
                language: if english { Language::En } else { Language::Nl },
                zone: TimeZone::UTC,
                customer: CustomerWord::new("huurder", "huurders"),
                now: Timestamp::UNIX_EPOCH,
            };
            let mut customer = Customer::unknown(CustomerId::from_u128(1));
            customer.name = Name { first: first.clone(), last: last.clone(), salutation };
            customer.email = email;
            let called = customer_name(&customer, &speech);
            prop_assert!(!called.is_empty() && !called.contains("  ") && called.trim() == called, "{:?}", called);
            prop_assert!(!(english && called.contains("mevrouw")), "{}", called);
            let (first, last) = (line(first.as_deref()), line(last.as_deref()));
            if let (Some(first), Some(last)) = (&first, &last) {
                prop_assert_eq!(called, format!("{} {}", first, last), "a particle after a first name stays small");
            } else if let Some(last) = last {
                prop_assert!(called.ends_with(&capital(&last)), "{} ends with {}", called, last);
            }
        }
    }
}
