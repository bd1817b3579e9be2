use channels::{Outcome as Told, Reason};
use jiff::{SignedDuration, Timestamp};
use store::{Doubt, OutboxRow, Outcome};
use words::Language;

use super::backoff::next_attempt;

/// What the outbox notes of an answer.
pub(super) struct Noted {
    pub(super) outcome: Outcome,
    /// The address itself does not exist.
    pub(super) suppress: bool,
    /// Since this attempt it may have arrived.
    pub(super) doubt: Option<Doubt>,
}

/// What the outbox notes of what a transport told.
pub(super) fn noted(told: Told, row: &OutboxRow, now: Timestamp, spread: f64, language: Language) -> Noted {
    let doubt = matches!(told, Told::Unknown { .. }).then_some(Doubt::Unanswered);
    let (outcome, suppress) = outcome(told, row, now, spread, language);
    Noted { outcome, suppress, doubt }
}

fn outcome(told: Told, row: &OutboxRow, now: Timestamp, spread: f64, language: Language) -> (Outcome, bool) {
    let wait = told.asks_to_wait().and_then(|wait| SignedDuration::try_from(wait).ok());
    match told {
        Told::Accepted { reference } => (Outcome::Sent { time: now, reference: Some(reference) }, false),
        // An earlier attempt may have arrived: by another channel the customer would perhaps get it twice.
        Told::Refused { reason, permanent: true, suppress } if is_in_doubt(row) => {
            (Outcome::Unknown { reason: perhaps_before(&reason, language) }, suppress)
        }
        Told::Refused { reason, permanent: true, suppress } => {
            (Outcome::NextChannel { at: now, reason: reason.say(language) }, suppress)
        }
        Told::Refused { reason, permanent: false, .. } if is_in_doubt(row) => {
            (unknown(perhaps_before(&reason, language), row, now, spread), false)
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

/// Whether an earlier attempt by this channel may have arrived.
fn is_in_doubt(row: &OutboxRow) -> bool {
    row.doubt == Some(Doubt::Unanswered)
}

/// Why it was refused now, and that an earlier attempt may have arrived.
fn perhaps_before(reason: &Reason, language: Language) -> String {
    let (nl, en) =
        ("Bij een eerdere poging is het misschien aangekomen.", "At an earlier attempt it may have arrived.");
    format!("{} {}", reason.say(language), language.pick(nl, en))
}

/// Perhaps it went. An e-mail carries the same Message-ID again, so a second one is seen to be a repeat; paper waits
/// for a person, who posts it once; by other channels the
/// customer would get it twice, and a person must look.
fn unknown(reason: String, row: &OutboxRow, now: Timestamp, spread: f64) -> Outcome {
    let is_safe = row.channel.as_ref().is_some_and(|channel| channel.as_str() == "email" || channel.is_paper());
    match next_attempt(now, row.attempts, spread) {
        Some(at) if is_safe => Outcome::Retry { at, reason },
        _ => Outcome::Unknown { reason },
    }
}
