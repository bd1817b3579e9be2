//! What the provider answers to a message, and what its codes mean. <https://www.twilio.com/docs/api/errors>

use serde::Deserialize;

use crate::fetch::Reply;
use crate::provider::{by_status, never_again, refused, unreadable};
use crate::{Means, Outcome};

/// A message that was taken.
#[derive(Deserialize)]
struct Taken {
    sid: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Refusal {
    code: u32,
    message: String,
}

pub(super) fn outcome(reply: &Reply) -> Outcome {
    if !(200..300).contains(&reply.status) {
        return refusal(reply);
    }
    let taken = reply.body.as_deref().ok().and_then(|body| serde_json::from_slice::<Taken>(body).ok());
    match taken.filter(|taken| !taken.sid.is_empty()) {
        Some(taken) => Outcome::Accepted { reference: taken.sid },
        None => unreadable(reply),
    }
}

pub(super) fn refusal(reply: &Reply) -> Outcome {
    let said: Refusal =
        reply.body.as_deref().ok().and_then(|body| serde_json::from_slice(body).ok()).unwrap_or_default();
    let code = if said.code == 0 { reply.status.into() } else { said.code };
    if let Some(outcome) = by_status(reply, code, &said.message) {
        return outcome;
    }
    by_code(code, &said.message)
}

/// What a code means, when a message is handed over and when it fails afterwards.
pub(super) fn by_code(code: u32, said: &str) -> Outcome {
    match code {
        // No number, no mobile number, not in use, no such network, a landline.
        21_211 | 21_214 | 21_217 | 21_614 | 30_005 | 30_006 => never_again(Means::Unreachable, code, said),
        21_610 => never_again(Means::OptedOut, code, said),
        // Off, out of reach, or blocked by the network: may be mended.
        30_003 | 30_004 => refused(Means::Unreachable, code, said),
        // No route from our number, or not allowed to that country: other numbers may go.
        21_408 | 21_612 => refused(Means::Unreachable, code, said),
        // The account, its number, or what it may do.
        20_003 | 20_005 | 21_212 | 21_603 | 21_606 | 21_611 | 21_659 | 21_660 | 21_661 | 21_703 | 30_002 | 30_034 => {
            refused(Means::Settings, code, said)
        }
        // Its queue is full, or something unknown went wrong there.
        30_001 | 30_008 | 63_038 => refused(Means::Later, code, said),
        _ => refused(Means::Message, code, said),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Reason;

    fn reply(status: u16, body: &str) -> Reply {
        Reply { status, retry_after: None, body: Ok(body.as_bytes().to_vec()) }
    }

    /// Permanent, suppressed, trouble.
    fn judged(outcome: &Outcome) -> (bool, bool, bool) {
        match outcome {
            Outcome::Refused { permanent, suppress, .. } => (*permanent, *suppress, outcome.is_trouble()),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_message_that_was_taken_has_a_sid() {
        let taken = outcome(&reply(201, r#"{"sid":"SM1","status":"queued","error_code":null}"#));
        assert_eq!(taken, Outcome::Accepted { reference: "SM1".into() });
        for odd in ["", "nee", "{}", r#"{"sid":""}"#, r#"{"sid":5}"#] {
            assert!(matches!(outcome(&reply(201, odd)), Outcome::Unknown { .. }), "{odd}: perhaps it was taken");
        }
    }

    #[test]
    fn a_refusal_is_about_the_number_the_message_us_or_everybody() {
        let said = |status, code: u32| {
            judged(&outcome(&reply(status, &format!(r#"{{"code":{code},"message":"no","status":{status}}}"#))))
        };
        assert_eq!((said(400, 21_211), said(400, 21_614)), ((true, true, false), (true, true, false)));
        assert_eq!(said(400, 21_610), (true, true, false), "said stop");
        assert_eq!(said(400, 21_408), (true, false, false), "that country");
        assert_eq!(said(400, 21_617), (true, false, false), "this message");
        assert_eq!(said(400, 21_606), (false, false, true), "our number");
        assert_eq!((said(401, 20_003), said(403, 20_005)), ((false, false, true), (false, false, true)));
        assert_eq!((said(500, 0), said(503, 20_503)), ((false, false, true), (false, false, true)));
        assert_eq!(judged(&outcome(&reply(502, "<html>"))), (false, false, true));
        assert_eq!(judged(&outcome(&reply(400, "<html>"))), (true, false, false));
        assert_eq!(judged(&outcome(&reply(302, ""))), (false, false, true), "it leads elsewhere");
        let busy = outcome(&Reply { retry_after: Some(7), ..reply(429, r#"{"code":20429}"#) });
        assert_eq!(busy, Outcome::refused_for_now(Reason::Busy { seconds: 7 }));
    }
}
