//! Decisions in the reader's words: each check, and why not.

use serde::Serialize;
use words::{Check, Decision, Refusal};

use crate::{
    format,
    language::{Speech, Text},
    pages::naming,
};

/// One check as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct CheckShown {
    /// End of the key of the rule's text.
    rule: String,
    channel: Option<String>,
    /// `ok`, `no`, or `skipped` when it was not looked at any more.
    came: &'static str,
    /// What was seen, in words; empty when there is nothing to add.
    seen: String,
}

/// Every check of a decision, in order.
pub(crate) fn checks(decision: &Decision, speech: &Speech) -> Vec<CheckShown> {
    let several =
        decision.checks.iter().filter_map(|check| check.channel.as_ref()).collect::<std::collections::BTreeSet<_>>();
    let show = |check: &Check| CheckShown {
        rule: check.rule.replace('_', "-"),
        channel: check
            .channel
            .as_ref()
            .filter(|_| several.len() > 1)
            .map(|channel| naming::channel(speech, channel.as_str())),
        came: match check.passed {
            Some(true) => "ok",
            Some(false) => "no",
            None => "skipped",
        },
        seen: seen(check, speech),
    };
    decision.checks.iter().map(show).collect()
}

fn seen(check: &Check, speech: &Speech) -> String {
    if check.passed.is_none() {
        return speech.say(&Text::new("check-skipped"));
    }
    let moment =
        check.seen.parse().ok().map(|moment| format::moment(speech.language, moment, &speech.zone, speech.now));
    let passed = check.passed == Some(true);
    match (check.rule.as_str(), moment) {
        ("late", Some(moment)) => speech.say(&Text::new("check-late-until").with("moment", moment)),
        ("quiet_hours", Some(moment)) => speech.say(&Text::new("check-quiet-until").with("moment", moment)),
        ("quiet_hours", None) => speech.say(&Text::new("check-quiet-free")),
        ("ask", Some(moment)) => speech.say(&Text::new("check-ask-last").with("moment", moment)),
        ("ask", None) => speech.say(&Text::new("check-ask-never")),
        ("consent", _) if check.seen == "service" => speech.say(&Text::new("check-consent-service")),
        ("consent", _) if passed => speech.say(&Text::new("check-consent-given")),
        ("consent", _) => speech.say(&Text::new("check-consent-none")),
        ("address", _) if check.seen.is_empty() => speech.say(&Text::new("check-address-none")),
        ("suppression", _) if passed => speech.say(&Text::new("check-suppression-free")),
        ("wanted", _) if passed => speech.say(&Text::new("check-wanted-yes")),
        ("sender", _) => speech.say(&Text::new(if passed { "check-sender-tested" } else { "check-sender-untested" })),
        ("live", _) if passed => speech.say(&Text::new("check-live-yes")),
        ("live", _) => speech.say(&Text::new("check-live-no")),
        ("holdout", _) => speech.say(&Text::new(if passed { "check-holdout-no" } else { "check-holdout-yes" })),
        _ => check.seen.clone(),
    }
}

/// Why something was taken back that was not sent or done yet, in one sentence.
pub(crate) fn withdrawn(reason: &str, speech: &Speech) -> String {
    let text = match reason {
        "moved" => "withdrawn-moved",
        "ended" | "listened" => "withdrawn-ended",
        "gone" => "withdrawn-gone",
        "merged" => "withdrawn-merged",
        "erased" => "withdrawn-erased",
        other => return other.to_owned(),
    };
    speech.say(&Text::new(text))
}

/// Why a message was refused, in one sentence.
pub(crate) fn refusal(reason: Refusal, speech: &Speech) -> String {
    speech.say(&Text::new(match reason {
        Refusal::NotWanted => "refusal-not-wanted",
        Refusal::TooLate => "refusal-too-late",
        Refusal::AskedRecently => "refusal-asked-recently",
        Refusal::Holdout => "refusal-holdout",
        Refusal::NoAddress => "refusal-no-address",
        Refusal::Suppressed => "refusal-suppressed",
        Refusal::NoConsent => "refusal-no-consent",
        Refusal::SenderUntested => "refusal-sender-untested",
        Refusal::NotLive => "refusal-not-live",
        Refusal::Unrenderable => "refusal-unrenderable",
    }))
}
