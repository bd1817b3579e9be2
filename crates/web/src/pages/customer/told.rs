//! Decisions in the reader's words: each check, and why not.

use jiff::Timestamp;
use serde::Serialize;
use words::{Check, Class, Decision, Refusal, Waits};

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
        ("consent", _) if check.seen.contains(' ') => consent(&check.seen, passed, speech),
        ("consent", _) if passed => speech.say(&Text::new("check-consent-given")),
        ("consent", _) => speech.say(&Text::new("check-consent-none")),
        ("budget", _) => budget(&check.seen, speech),
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

/// What was said, when and where: the check has the name of the consent, the moment and the proof.
fn consent(seen: &str, given: bool, speech: &Speech) -> String {
    let mut parts = seen.splitn(3, ' ');
    let (name, time, proof) = (parts.next(), parts.next(), parts.next());
    let day = time.and_then(|time| time.parse().ok()).map(|time| speech.date_of(time));
    let Some((name, day)) = name.zip(day) else { return seen.to_owned() };
    let text = Text::new(if given { "check-consent-yes" } else { "check-consent-no" });
    let text = text.with("what", consent_title(name, speech)).with("day", format::date(speech.language, day));
    speech.say(&text.with("source", said_where(proof.unwrap_or_default())))
}

/// Where a consent was given or withdrawn: the source that leads its proof.
pub(crate) fn said_where(proof: &str) -> String {
    proof.split('/').next().unwrap_or_default().to_owned()
}

/// What a consent is about: a reason to write, for all channels or for one; else as staff called it.
pub(crate) fn consent_title(name: &str, speech: &Speech) -> String {
    let (reason, channel) = name.split_once('.').map_or((name, None), |(reason, channel)| (reason, Some(channel)));
    let reason = match Class::parse(reason) {
        Some(Class::Service) => speech.say(&Text::new("consent-service")),
        Some(Class::Marketing) => speech.say(&Text::new("consent-marketing")),
        None => return name.to_owned(),
    };
    match channel {
        Some(channel) => {
            let by = Text::new("consent-by").with("reason", reason);
            speech.say(&by.with("channel", naming::channel(speech, channel)))
        }
        None => reason,
    }
}

/// "4 van 6 in 7 dagen".
fn budget(seen: &str, speech: &Speech) -> String {
    let mut parts = seen.split('/').map(|part| part.parse::<u32>());
    let (Some(Ok(spent)), Some(Ok(messages)), Some(Ok(days))) = (parts.next(), parts.next(), parts.next()) else {
        return seen.to_owned();
    };
    speech.say(&Text::new("check-budget").with("spent", spent).with("messages", messages).with("days", days))
}

/// Why a message waits and how long, in one sentence.
pub(crate) fn waits(why: Waits, until: Timestamp, speech: &Speech) -> String {
    let text = Text::new(match why {
        Waits::QuietHours => "waits-quiet-hours-until",
        Waits::Halt => "waits-halt-until",
        Waits::NextChannel => "waits-next-channel",
        Waits::Anew => "waits-anew",
    });
    speech.say(&text.with("moment", format::moment(speech.language, until, &speech.zone, speech.now)))
}

/// Why something was taken back that was not sent or done yet, in one sentence.
pub(crate) fn withdrawn(reason: &str, speech: &Speech) -> String {
    let text = match reason {
        "moved" => "withdrawn-moved",
        "ended" | "listened" => "withdrawn-ended",
        "gone" => "withdrawn-gone",
        "merged" => "withdrawn-merged",
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
        Refusal::QuietHours => "refusal-quiet-hours",
        Refusal::OverBudget => "refusal-over-budget",
        Refusal::Halted => "refusal-halted",
    }))
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;
    use words::Language;

    use super::*;
    use crate::language::CustomerWord;

    fn told(rule: &str, passed: bool, what: &str) -> String {
        let speech = Speech {
            language: Language::Nl,
            zone: TimeZone::UTC,
            customer: CustomerWord::new("huurder", "huurders"),
            now: Timestamp::UNIX_EPOCH,
        };
        let check = Check { rule: rule.to_owned(), channel: None, passed: Some(passed), seen: what.to_owned() };
        seen(&check, &speech)
    }

    #[test]
    fn a_consent_is_told_with_what_was_said_when_and_where() {
        let said = "marketing.sms 2026-03-03T10:00:00Z balie/e-17 b";
        assert_eq!(told("consent", true, said), "ja, aanbiedingen per sms, 3 maart 2026 (balie)");
        let said = "service 2026-03-03T10:00:00Z klantreis/e-18";
        assert_eq!(told("consent", false, said), "nee, berichten bij de dienst, 3 maart 2026 (klantreis)");
        assert_eq!(told("consent", true, "service"), "niet nodig, hoort bij de dienst");
        assert_eq!(told("consent", false, "marketing"), "geen");
    }

    #[test]
    fn a_budget_is_told_with_what_was_taken_of_it() {
        assert_eq!(told("budget", false, "4/6/7"), "4 van 6 in 7 dagen");
        assert_eq!(told("halt", false, "Storm op vrijdag"), "Storm op vrijdag");
    }
}
