use channels::Outcome as Told;
use jiff::{SignedDuration, Timestamp};
use store::{OutboxRow, Outcome};
use words::Language;

use super::backoff::next_attempt;

/// What the outbox notes of what a transport told, and whether the address is to be suppressed.
pub(super) fn noted(told: Told, row: &OutboxRow, now: Timestamp, spread: f64, language: Language) -> (Outcome, bool) {
    let wait = told.asks_to_wait().and_then(|wait| SignedDuration::try_from(wait).ok());
    match told {
        Told::Accepted { reference } => (Outcome::Sent { time: now, reference: Some(reference) }, false),
        // An earlier attempt may have arrived: by another channel the customer would perhaps get it twice.
        Told::Refused { permanent: true, suppress, .. } if let Some(reason) = in_doubt(row) => {
            (Outcome::Unknown { reason }, suppress)
        }
        Told::Refused { reason, permanent: true, suppress } => {
            (Outcome::NextChannel { at: now, reason: reason.say(language) }, suppress)
        }
        Told::Refused { permanent: false, .. } if let Some(reason) = in_doubt(row) => {
            (unknown(reason, row, now, spread), false)
        }
        Told::Refused { reason, permanent: false, .. } => {
            let reason = reason.say(language);
            let again = next_attempt(now, row.attempts, spread);
            // Who asks for longer is left alone for longer.
            let asked = wait.map_or(now, |wait| now.saturating_add(wait).unwrap_or(Timestamp::MAX));
            let again = again.map(|again| again.max(asked));
            // Worn out is as good as refused: another channel may still reach the customer.
            let at = again.unwrap_or(now);
            let outcome =
                if again.is_some() { Outcome::Retry { at, reason } } else { Outcome::NextChannel { at, reason } };
            (outcome, false)
        }
        Told::Unknown { reason } => (unknown(reason.say(language), row, now, spread), false),
    }
}

/// What is said of a message that may have arrived, in the words of `channels::Reason`.
const PERHAPS: [&str; 2] = ["Misschien is het aangekomen", "It may have arrived"];

/// What was said of an attempt by this channel of which nobody knows whether it arrived.
fn in_doubt(row: &OutboxRow) -> Option<String> {
    row.last_error.clone().filter(|said| PERHAPS.iter().any(|perhaps| said.contains(perhaps)))
}

/// Perhaps it went. An e-mail carries the same Message-ID again, so a second one is seen to be a repeat; by other channels the
/// customer would get it twice, and a person must look.
fn unknown(reason: String, row: &OutboxRow, now: Timestamp, spread: f64) -> Outcome {
    let email = row.channel.as_ref().is_some_and(|channel| channel.as_str() == "email");
    match next_attempt(now, row.attempts, spread) {
        Some(at) if email => Outcome::Retry { at, reason },
        _ => Outcome::Unknown { reason },
    }
}
