//! What the provider tells of its own accord, as a form. <https://www.twilio.com/docs/usage/webhooks/webhooks-security>

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

use super::{KEY, answer::by_code};
use crate::provider::{Fate, Heard, Inbound, Receipt, shortened};

/// Whether a form was posted to this address by who knows the auth token. `address`: as we gave it to the provider, with what
/// follows the `?`. In constant time.
pub fn is_signed(token: &str, address: &str, form: &[(String, String)], signature: &str) -> bool {
    let Ok(given) = STANDARD.decode(signature.trim()) else { return false };
    let Ok(mut signed) = Hmac::<Sha1>::new_from_slice(token.as_bytes()) else { return false };
    let mut sorted: Vec<&(String, String)> = form.iter().collect();
    sorted.sort();
    sorted.dedup();
    signed.update(address.as_bytes());
    for (name, value) in sorted {
        signed.update(name.as_bytes());
        signed.update(value.as_bytes());
    }
    !token.is_empty() && signed.verify_slice(&given).is_ok()
}

/// What a form tells. `query`: what followed the `?` of the address. `None`: nothing that concerns us.
pub fn heard(form: &[(String, String)], query: &[(String, String)]) -> Option<Heard> {
    let find = |list: &'_ [(String, String)], wanted: &str| {
        list.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.clone())
    };
    let said = |name: &str| find(form, name).filter(|value| !value.is_empty());
    let id = said("MessageSid").or_else(|| said("SmsSid")).filter(|id| id.len() <= 100)?;
    let status = said("MessageStatus").or_else(|| said("SmsStatus")).unwrap_or_default();
    let fate = match status.as_str() {
        "" | "received" => return inbound(id, said).map(Heard::Inbound),
        "sent" => Fate::Sent,
        "delivered" => Fate::Delivered,
        "read" => Fate::Read,
        "undelivered" | "failed" | "canceled" => {
            let code = said("ErrorCode").and_then(|code| code.parse().ok()).unwrap_or_default();
            Fate::Failed(by_code(code, &said("ErrorMessage").unwrap_or(status)))
        }
        // Still with the provider.
        _ => return None,
    };
    let time = said("RawDlrDoneDate").and_then(|stated| dated(&stated));
    Some(Heard::Receipt(Receipt { key: find(query, KEY), reference: id, time, fate }))
}

fn inbound(id: String, said: impl Fn(&str) -> Option<String>) -> Option<Inbound> {
    let from = said("From")?;
    let media = said("NumMedia").is_some_and(|count| count != "0");
    Some(Inbound {
        id,
        from,
        name: None,
        time: None,
        text: shortened(&said("Body").unwrap_or_default()),
        attached: media.then(|| "image".to_owned()),
        answers: said("OriginalRepliedMessageSid"),
    })
}

/// `YYMMDDhhmm` in UTC, as networks write the moment of delivery.
fn dated(stated: &str) -> Option<jiff::Timestamp> {
    let date = jiff::civil::DateTime::strptime("%y%m%d%H%M", stated).ok()?;
    Some(date.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Means, Outcome, Reason};

    fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
        list.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    /// The example of the provider's own text.
    #[test]
    fn the_example_of_the_provider_holds_and_nothing_near_it() {
        let address = "https://example.com/myapp.php?foo=1&bar=2";
        let form = pairs(&[
            ("CallSid", "CA1234567890ABCDE"),
            ("Caller", "+14158675310"),
            ("Digits", "1234"),
            ("From", "+14158675310"),
            ("To", "+18005551212"),
        ]);
        let signature = "L/OH5YylLD5NRKLltdqwSvS0BnU=";
        assert!(is_signed("12345", address, &form, signature));
        let mut turned = form.clone();
        turned.reverse();
        assert!(is_signed("12345", address, &turned, signature), "their order says nothing");
        assert!(!is_signed("12346", address, &form, signature));
        assert!(!is_signed("12345", "https://example.com/myapp.php?foo=1", &form, signature));
        assert!(!is_signed("12345", address, &form[1..], signature));
        assert!(!is_signed("12345", address, &form, ""));
        assert!(!is_signed("12345", address, &form, "geen base64!"));
        assert!(!is_signed("", address, &form, signature));
    }

    #[test]
    fn what_became_of_a_message_is_told_with_its_key() {
        let query = pairs(&[("m", "run:1:herinnering:A-1:sms")]);
        let told = |status: &str, code: &str| {
            heard(&pairs(&[("MessageSid", "SM1"), ("MessageStatus", status), ("ErrorCode", code)]), &query)
        };
        let Some(Heard::Receipt(receipt)) = told("delivered", "") else { panic!("a receipt") };
        assert_eq!(receipt.key.as_deref(), Some("run:1:herinnering:A-1:sms"));
        assert_eq!((receipt.reference.as_str(), receipt.fate), ("SM1", Fate::Delivered));
        assert!(["queued", "accepted", "sending", "whatever"].iter().all(|status| told(status, "").is_none()));
        let Some(Heard::Receipt(failed)) = told("undelivered", "30005") else { panic!("a receipt") };
        let Fate::Failed(Outcome::Refused { reason: Reason::Provider { means, .. }, suppress: true, .. }) = failed.fate
        else {
            panic!("a refusal")
        };
        assert_eq!(means, Means::Unreachable);
        assert_eq!(heard(&pairs(&[("MessageStatus", "delivered")]), &query), None, "of which message?");
    }

    #[test]
    fn what_a_customer_writes_comes_with_its_number() {
        let form = pairs(&[
            ("MessageSid", "SM2"),
            ("SmsStatus", "received"),
            ("From", "+31612345678"),
            ("Body", " Kan het\0 later?\n"),
            ("NumMedia", "0"),
        ]);
        let Some(Heard::Inbound(inbound)) = heard(&form, &[]) else { panic!("inbound") };
        assert_eq!((inbound.from.as_str(), inbound.text.as_str()), ("+31612345678", "Kan het later?"));
        assert_eq!(inbound.attached, None);
        let long = pairs(&[("SmsSid", "SM3"), ("From", "+31612345678"), ("Body", &"é".repeat(20_000))]);
        let Some(Heard::Inbound(inbound)) = heard(&long, &[]) else { panic!("inbound") };
        assert_eq!(inbound.text.chars().count(), 10_000);
        assert_eq!(dated("2701020304"), Some("2027-01-02T03:04:00Z".parse().unwrap()));
    }
}
