//! What Meta answers to a message, and what its codes mean.
//! <https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes>

use serde_json::Value;

use crate::fetch::Reply;
use crate::provider::{busy, by_status, refused, unreadable};
use crate::{Means, Outcome, Reason};

/// So many messages a second are too many.
const TOO_MANY: [u32; 4] = [4, 80_007, 130_429, 133_016];

fn read(reply: &Reply) -> Value {
    reply.body.as_deref().ok().and_then(|body| serde_json::from_slice(body).ok()).unwrap_or_default()
}

pub(super) fn outcome(reply: &Reply) -> Outcome {
    if !(200..300).contains(&reply.status) {
        return refusal(reply);
    }
    match read(reply)["messages"][0]["id"].as_str().filter(|id| !id.is_empty()) {
        Some(id) => Outcome::Accepted { reference: id.to_owned() },
        None => unreadable(reply),
    }
}

pub(super) fn refusal(reply: &Reply) -> Outcome {
    let (code, said) = fault(&read(reply)["error"]);
    match code {
        Some(code) if TOO_MANY.contains(&code) => busy(reply),
        Some(code) => by_code(code, &said),
        None => by_status(reply, reply.status.into(), &said)
            .unwrap_or_else(|| refused(Means::Message, reply.status.into(), &said)),
    }
}

/// Its code, unless it says none, and its words.
pub(super) fn fault(error: &Value) -> (Option<u32>, String) {
    let code = error["code"].as_u64().and_then(|code| u32::try_from(code).ok());
    let words = error["error_data"]["details"].as_str().or(error["message"].as_str()).or(error["title"].as_str());
    (code, words.unwrap_or_default().to_owned())
}

/// What a code means, when a message is handed over and when it fails afterwards.
pub(super) fn by_code(code: u32, said: &str) -> Outcome {
    let means = match code {
        // The window closed between our looking and Meta's.
        131_047 => return Outcome::refused_for_good(Reason::NoTemplate),
        // Not on WhatsApp, an old version, the terms not accepted; told not to disturb; Meta spares them; in an experiment.
        131_026 | 131_049 | 130_472 => Means::Unreachable,
        131_050 => Means::OptedOut,
        // Too many to this one number within some seconds: no trouble of ours, and no reason to hold up others.
        131_056 => Means::Later,
        // The pace was too high, told afterwards.
        130_429 => Means::Later,
        // Log-in, rights, account, payment, number.
        0
        | 3
        | 10
        | 190
        | 200..=299
        | 368
        | 130_497
        | 131_005
        | 131_031
        | 131_042
        | 131_045
        | 131_048
        | 133_000..=133_999 => Means::Settings,
        1 | 2 | 131_000 | 131_016 | 131_057 => Means::Outage,
        132_000..=132_999 => Means::Template,
        _ => Means::Message,
    };
    refused(means, code, said)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(status: u16, body: &str) -> Reply {
        Reply { status, retry_after: Some(9), body: Ok(body.as_bytes().to_vec()) }
    }

    #[test]
    fn a_message_that_was_taken_has_an_id() {
        let taken = r#"{"messaging_product":"whatsapp","contacts":[{"input":"+31612345678","wa_id":"31612345678"}],
            "messages":[{"id":"wamid.1","message_status":"accepted"}]}"#;
        assert_eq!(outcome(&reply(200, taken)), Outcome::Accepted { reference: "wamid.1".into() });
        for odd in ["", "nee", "{}", r#"{"messages":[]}"#, r#"{"messages":[{"id":""}]}"#] {
            assert!(matches!(outcome(&reply(200, odd)), Outcome::Unknown { .. }), "{odd}: perhaps it was taken");
        }
    }

    #[test]
    fn a_refusal_is_about_the_number_the_message_us_or_everybody() {
        let said = |status, code: u32| {
            let told = outcome(&reply(
                status,
                &format!(r#"{{"error":{{"message":"no","code":{code},"error_data":{{"details":"daarom"}}}}}}"#),
            ));
            let Outcome::Refused { permanent, suppress, .. } = &told else { panic!("{told:?}") };
            (*permanent, *suppress, told.is_trouble())
        };
        assert_eq!(said(400, 131_026), (true, false, false), "not on WhatsApp");
        assert_eq!(said(400, 132_001), (true, false, false), "no such template");
        assert_eq!(said(400, 131_051), (true, false, false), "this message");
        assert_eq!(said(400, 131_056), (false, false, false), "this number, for some seconds");
        assert_eq!((said(401, 190), said(403, 10)), ((false, false, true), (false, false, true)));
        assert_eq!(said(500, 131_000), (false, false, true));
        assert_eq!(outcome(&reply(400, r#"{"error":{"code":131047}}"#)), Outcome::refused_for_good(Reason::NoTemplate));
        for busy in [reply(400, r#"{"error":{"code":130429}}"#), reply(429, "")] {
            assert_eq!(outcome(&busy), Outcome::refused_for_now(Reason::Busy { seconds: 9 }));
        }
        assert!(outcome(&reply(502, "<html>")).is_trouble());
    }
}
