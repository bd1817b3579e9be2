//! Why a message stands where it stands.

use words::{Refusal, Waits};

use crate::{language::Text, pages::customer, session::Staff};

fn refusal(reason: &str) -> Option<Refusal> {
    serde_json::from_value(serde_json::Value::String(reason.to_owned())).ok()
}

/// A stored reason in the reader's words.
pub(crate) fn reason_text(staff: &Staff, state: &str, reason: &str) -> String {
    match (state, refusal(reason)) {
        ("refused", Some(refusal)) => customer::refusal(refusal, &staff.speech),
        ("withdrawn", _) => customer::withdrawn(reason, &staff.speech),
        ("held", _) => staff.say(&Text::new(match Waits::parse(reason).unwrap_or_default() {
            Waits::QuietHours => "waits-quiet-hours",
            Waits::Halt => "waits-halt",
            Waits::NextChannel => "waits-next-channel",
            Waits::Anew => "waits-anew",
        })),
        _ => reason.to_owned(),
    }
}

/// The end of the keys of the texts about a state and its reason: what it is called, what it means, what to do.
pub(crate) fn reason_key(state: &str, reason: &str) -> &'static str {
    match (state, refusal(reason)) {
        ("refused", Some(refusal)) => match refusal {
            Refusal::NotWanted => "not-wanted",
            Refusal::TooLate => "too-late",
            Refusal::AskedRecently => "asked-recently",
            Refusal::Holdout => "holdout",
            Refusal::NoAddress => "no-address",
            Refusal::Suppressed => "suppressed",
            Refusal::NoConsent => "no-consent",
            Refusal::SenderUntested => "sender-untested",
            Refusal::NotLive => "not-live",
            Refusal::Unrenderable => "unrenderable",
            Refusal::QuietHours => "quiet-hours",
            Refusal::OverBudget => "over-budget",
            Refusal::Halted => "halted",
        },
        ("held", _) => match Waits::parse(reason).unwrap_or_default() {
            Waits::QuietHours => "waits-quiet-hours",
            Waits::Halt => "waits-halt",
            Waits::NextChannel => "waits-next-channel",
            Waits::Anew => "waits-anew",
        },
        ("ready", _) => "ready",
        ("sending", _) => "sending",
        ("printed", _) => "printed",
        ("failed", _) => "failed",
        ("unknown", _) => "unknown",
        _ => "withdrawn",
    }
}

/// What somebody can do something about. A message that was refused because it was no longer needed, or that waits for the
/// end of the quiet hours, is as it should be.
pub(crate) fn needs_a_look(state: &str, reason: &str) -> bool {
    match state {
        "failed" | "unknown" => true,
        "refused" => ["no_address", "sender_untested", "not_live", "unrenderable"].contains(&reason),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use words::Language;

    use super::*;
    use crate::language::Locale;

    #[test]
    fn every_reason_has_a_name_and_says_what_it_means() {
        let refusals = [
            "not_wanted",
            "too_late",
            "asked_recently",
            "holdout",
            "no_address",
            "suppressed",
            "no_consent",
            "sender_untested",
            "not_live",
            "unrenderable",
            "quiet_hours",
            "over_budget",
            "halted",
        ];
        let states = ["ready", "sending", "printed", "failed", "unknown", "withdrawn"].map(|state| (state, ""));
        let refused = refusals.map(|reason| ("refused", reason));
        let held = Waits::ALL.map(|why| ("held", why.as_str()));
        let mut keys = std::collections::BTreeSet::new();
        for (state, reason) in states.into_iter().chain(refused).chain(held) {
            assert!(keys.insert(reason_key(state, reason)), "{state} {reason} is called as another");
        }
        for key in keys {
            for start in ["sent-why-", "sent-means-"] {
                for language in Language::ALL {
                    assert!(Locale::of(language).has(&format!("{start}{key}")), "{start}{key}");
                }
            }
        }
    }
}
