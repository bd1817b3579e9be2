//! What comes by a key that everyone can read, because it stands in a web page.

use words::Event;

use super::Taken;

/// The kind of a source whose key is no secret.
pub const OPEN: &str = "site";

/// Of a delivery what a stranger may say. Whoever reads the key may speak of anyone, so that who a customer is, where
/// messages go, what they agreed to, and that two are one, is only taken from systems with a secret. A visitor without a name
/// may still say who they are, and a customer who logs in stays the visitor they were.
pub fn from_open(taken: Vec<Taken>) -> Vec<Taken> {
    taken.into_iter().map(|one| one.map(modest)).collect()
}

fn modest(mut event: Event) -> Event {
    if event.name.as_str() == "customer.identified" {
        if event.identity.customer.is_some() {
            event.properties.clear();
        }
        event.properties.remove("consents");
    }
    event
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::intake::{Receipt, native};

    fn left(who: &str, name: &str) -> Vec<String> {
        let text = format!(
            r#"{{"id":"1","time":"2027-01-11T10:00:00Z",{who},"name":"{name}","properties":{{"email":"a@example.org",
                "previous_id":"k-2","consents":["marketing"]}}}}"#
        );
        let received: Timestamp = "2027-01-11T10:00:05Z".parse().unwrap();
        let taken = native::events(text.as_bytes(), &Receipt::new("site", received)).unwrap();
        let event = from_open(taken).remove(0).unwrap();
        event.properties.into_keys().collect()
    }

    #[test]
    fn a_stranger_says_nothing_of_who_a_customer_is() {
        let named = r#""customer":"k-1","anonymous":"a-1""#;
        assert!(left(named, "customer.identified").is_empty(), "no address, no earlier id");
        assert_eq!(left(r#""anonymous":"a-1""#, "customer.identified"), ["email", "previous_id"], "of nobody else");
        assert_eq!(left(named, "form.sent").len(), 3, "only what is known of a customer is kept from them");
    }
}
