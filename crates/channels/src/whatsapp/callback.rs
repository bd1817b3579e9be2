//! What Meta tells of its own accord: JSON in batches, at least once, in any order.

use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::Sha256;

use super::answer::{by_code, fault};
use crate::provider::{Fate, Heard, Inbound, Receipt, moment, shortened};

/// Letters of an id.
const ID_MAX: usize = 200;

/// Whether a body was posted by who knows the app secret; `signature` as it stands in `X-Hub-Signature-256`. In constant time.
pub fn is_signed(secret: &str, body: &[u8], signature: &str) -> bool {
    let given = signature.trim().strip_prefix("sha256=").and_then(bytes);
    let signed = Hmac::<Sha256>::new_from_slice(secret.as_bytes());
    let (Some(given), Ok(mut signed)) = (given, signed) else { return false };
    signed.update(body);
    !secret.is_empty() && signed.verify_slice(&given).is_ok()
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    let is_hex = hex.len() == 64 && hex.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hex.then(|| (0..hex.len()).step_by(2).filter_map(|at| u8::from_str_radix(&hex[at..at + 2], 16).ok()).collect())
}

/// Everything that a body tells about the telephone number of this id. `None`: it is no JSON.
pub fn heard(body: &[u8], number: &str) -> Option<Vec<Heard>> {
    let body: Value = serde_json::from_slice(body).ok()?;
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let changes = list(&body["entry"]).into_iter().flat_map(|entry| list(&entry["changes"]));
    let ours = changes
        .map(|change| change["value"].clone())
        .filter(|value| value["metadata"]["phone_number_id"].as_str() == Some(number));
    let told = |value: Value| {
        let receipts = list(&value["statuses"]).into_iter().filter_map(|status| receipt(&status)).map(Heard::Receipt);
        let messages = list(&value["messages"]).into_iter();
        let inbound = messages.filter_map(|message| inbound(&message, &value["contacts"])).map(Heard::Inbound);
        inbound.chain(receipts).collect::<Vec<_>>()
    };
    Some(ours.flat_map(told).collect())
}

fn id(value: &Value) -> Option<String> {
    value.as_str().filter(|id| (1..=ID_MAX).contains(&id.len())).map(str::to_owned)
}

fn receipt(status: &Value) -> Option<Receipt> {
    let fate = match status["status"].as_str()? {
        "sent" => Fate::Sent,
        "delivered" => Fate::Delivered,
        "read" => Fate::Read,
        "failed" => {
            let (code, said) = fault(&status["errors"][0]);
            Fate::Failed(by_code(code.unwrap_or_default(), &said))
        }
        _ => return None,
    };
    let key = status["biz_opaque_callback_data"].as_str().map(str::to_owned);
    Some(Receipt { key, reference: id(&status["id"])?, time: moment(&status["timestamp"]), fate })
}

fn inbound(message: &Value, contacts: &Value) -> Option<Inbound> {
    let digits = message["from"].as_str().filter(|from| from.bytes().all(|byte| byte.is_ascii_digit()))?;
    let mut known = contacts.as_array().into_iter().flatten();
    let name = known
        .find(|contact| contact["wa_id"].as_str() == Some(digits))
        .and_then(|contact| contact["profile"]["name"].as_str());
    let kind = message["type"].as_str()?;
    // A pressed button says what stood on it; a picture may have words below it.
    let text = match kind {
        "text" => message["text"]["body"].as_str(),
        "button" => message["button"]["text"].as_str(),
        "interactive" => {
            let chosen = &message["interactive"];
            chosen["button_reply"]["title"].as_str().or(chosen["list_reply"]["title"].as_str())
        }
        // Neither is something that was said.
        "system" | "unsupported" | "reaction" => return None,
        other => message[other]["caption"].as_str(),
    };
    Some(Inbound {
        id: id(&message["id"])?,
        from: format!("+{digits}"),
        name: name.map(shortened),
        time: moment(&message["timestamp"]),
        text: shortened(text.unwrap_or_default()),
        attached: (!matches!(kind, "text" | "button" | "interactive")).then(|| kind.chars().take(30).collect()),
        answers: id(&message["context"]["id"]),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{Outcome, Reason};

    const NUMBER: &str = "106540352242922";

    fn told(value: Value) -> Vec<Heard> {
        let mut value = value;
        value["metadata"] = json!({ "display_phone_number": "31201234567", "phone_number_id": NUMBER });
        let body = json!({ "object": "whatsapp_business_account", "entry": [{ "id": "1", "changes": [{ "field": "messages", "value": value }] }] });
        heard(body.to_string().as_bytes(), NUMBER).unwrap()
    }

    #[test]
    fn a_body_is_metas_when_it_is_signed_as_it_came() {
        // RFC 4231, test case 2.
        let body = b"what do ya want for nothing?";
        let hex = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assert!(is_signed("Jefe", body, &format!("sha256={hex}")));
        assert!(!is_signed("Jefe", b"what do ya want for nothing? ", &format!("sha256={hex}")));
        assert!(!is_signed("Jefa", body, &format!("sha256={hex}")) && !is_signed("", body, &format!("sha256={hex}")));
        for odd in ["", hex, "sha256=", "sha256=zz", "sha1=5bdc"] {
            assert!(!is_signed("Jefe", body, odd), "{odd}");
        }
    }

    #[test]
    fn what_became_of_messages_comes_in_a_batch() {
        let heard = told(json!({ "statuses": [
            { "id": "wamid.1", "status": "read", "timestamp": "1750263773", "recipient_id": "31612345678", "biz_opaque_callback_data": "k" },
            { "id": "wamid.1", "status": "sent", "timestamp": 1_750_263_770 },
            { "id": "wamid.2", "status": "failed", "errors": [{ "code": 131_047, "title": "Re-engagement message" }] },
            { "id": "wamid.3", "status": "warped" },
        ] }));
        let Heard::Receipt(first) = &heard[0] else { panic!("a receipt") };
        assert_eq!((first.key.as_deref(), &first.fate), (Some("k"), &Fate::Read));
        assert_eq!(first.time, jiff::Timestamp::from_second(1_750_263_773).ok());
        let Heard::Receipt(failed) = &heard[2] else { panic!("a receipt") };
        let refused = Outcome::Refused { reason: Reason::NoTemplate, permanent: true, suppress: false };
        assert_eq!((failed.fate.clone(), heard.len()), (Fate::Failed(refused), 3));
    }

    #[test]
    fn what_a_customer_writes_comes_with_what_it_answers() {
        let contacts = json!([{ "wa_id": "31612345678", "profile": { "name": "Anne" } }]);
        let heard = told(json!({ "contacts": contacts, "messages": [
            { "from": "31612345678", "id": "wamid.4", "timestamp": "1750263773", "type": "text", "text": { "body": "Ja hoor" }, "context": { "id": "wamid.1" } },
            { "from": "31612345678", "id": "wamid.5", "timestamp": "1750263774", "type": "image", "image": { "id": "9", "caption": "Kijk" } },
            { "from": "31612345678", "id": "wamid.6", "timestamp": "1750263774", "type": "reaction", "reaction": { "emoji": "x" } },
            { "from": "../31", "id": "wamid.7", "type": "text", "text": { "body": "x" } },
        ] }));
        let Heard::Inbound(text) = &heard[0] else { panic!("inbound") };
        assert_eq!((text.from.as_str(), text.text.as_str()), ("+31612345678", "Ja hoor"));
        assert_eq!((text.answers.as_deref(), text.name.as_deref()), (Some("wamid.1"), Some("Anne")));
        let Heard::Inbound(image) = &heard[1] else { panic!("inbound") };
        assert_eq!((image.text.as_str(), image.attached.as_deref(), heard.len()), ("Kijk", Some("image"), 2));
    }

    #[test]
    fn what_is_of_another_number_or_makes_no_sense_tells_nothing() {
        assert_eq!(heard(b"nee", NUMBER), None);
        for odd in
            [json!(null), json!([]), json!({ "entry": 5 }), json!({ "entry": [{ "changes": [{ "value": {} }] }] })]
        {
            assert_eq!(heard(odd.to_string().as_bytes(), NUMBER), Some(vec![]), "{odd}");
        }
        let other = json!({ "entry": [{ "changes": [{ "value": { "metadata": { "phone_number_id": "2" }, "statuses": [{ "id": "a", "status": "sent" }] } }] }] });
        assert_eq!(heard(other.to_string().as_bytes(), NUMBER), Some(vec![]));
    }
}
