use std::error::Error as _;
use std::time::Duration;

use lettre::transport::smtp::Error;

use crate::checked::one_line;
use crate::{Outcome, Reason, Stage};

/// What went wrong in a conversation, before one asks what it means for the message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// The server said no.
    Answer { code: u16, text: String },
    /// No answer in time.
    Silence { waited: Duration },
    /// The line was lost, never made, or carried something that is no SMTP.
    Line { detail: String },
    /// No encryption, or none that we trust.
    NotSecure { detail: String },
}

impl Trouble {
    pub(super) fn line(detail: impl Into<String>) -> Self {
        Self::Line { detail: detail.into() }
    }
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        let detail: String = one_line(&error.source().map_or_else(|| error.to_string(), ToString::to_string))
            .chars()
            .take(300)
            .collect();
        match error.status() {
            Some(code) => Self::Answer { code: code.into(), text: detail },
            None if error.is_tls() => Self::NotSecure { detail },
            None => Self::Line { detail },
        }
    }
}

/// What trouble at a stage means for the message. Only once the message is handed over can it be that it arrives although
/// we heard no yes; everything before is a definite no, and anything that is not the message's or the address's own fault
/// may go well later.
pub(super) fn outcome(stage: Stage, trouble: Trouble) -> Outcome {
    match trouble {
        Trouble::Answer { code, text } => {
            let ours = matches!(stage, Stage::Connect | Stage::LogIn) || about_log_in(code);
            let permanent = code >= 500 && !ours;
            let suppress = permanent && stage == Stage::Recipient && mailbox_is_unknown(code, &text);
            Outcome::Refused { reason: Reason::Answered { stage, code, text }, permanent, suppress }
        }
        Trouble::NotSecure { detail } => Outcome::refused_for_now(Reason::NotSecure { detail }),
        Trouble::Silence { waited } => {
            let waited_ms = u64::try_from(waited.as_millis()).unwrap_or(u64::MAX);
            unheard(stage, Reason::Silence { stage, waited_ms })
        }
        Trouble::Line { detail } => unheard(stage, Reason::Line { stage, detail }),
    }
}

fn unheard(stage: Stage, reason: Reason) -> Outcome {
    match stage {
        Stage::Message => Outcome::Unknown { reason },
        _ => Outcome::refused_for_now(reason),
    }
}

/// RFC 4954: the server wants a log-in, a stronger one, or encryption first. Settings, not the message.
fn about_log_in(code: u16) -> bool {
    matches!(code, 530 | 534 | 535 | 538)
}

/// Whether a refused address does not exist. The enhanced code (RFC 3463) decides when there is one: 5.1.1, 5.1.2, 5.1.3,
/// 5.1.6, 5.1.10 (address, domain, syntax, moved, null MX) and 5.2.1 (closed). Without, a bare 550, 551 or 553 counts,
/// unless its words say that it is about us: a wrong suppression would silence a good address.
pub(crate) fn mailbox_is_unknown(code: u16, text: &str) -> bool {
    const ABOUT_US: &[&str] = &[
        "relay",
        "spam",
        "block",
        "policy",
        "auth",
        "denied",
        "reputation",
        "blacklist",
        "dmarc",
        "spf",
        "dkim",
        "quota",
        "full",
    ];
    let first = text.split_whitespace().next().unwrap_or("");
    if first.split('.').count() == 3 && first.split('.').all(|part| part.parse::<u16>().is_ok()) {
        return matches!(first, "5.1.1" | "5.1.2" | "5.1.3" | "5.1.6" | "5.1.10" | "5.2.1");
    }
    let lower = text.to_lowercase();
    matches!(code, 550 | 551 | 553) && !ABOUT_US.iter().any(|word| lower.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(stage: Stage, code: u16, text: &str) -> (bool, bool) {
        match outcome(stage, Trouble::Answer { code, text: text.into() }) {
            Outcome::Refused { permanent, suppress, .. } => (permanent, suppress),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn only_an_address_that_does_not_exist_is_suppressed() {
        let at_recipient = |code, text| answered(Stage::Recipient, code, text);
        assert_eq!(at_recipient(550, "5.1.1 User unknown"), (true, true));
        assert_eq!(at_recipient(550, "No such user here"), (true, true));
        assert_eq!(at_recipient(556, "5.1.10 Recipient address has null MX"), (true, true));
        assert_eq!(at_recipient(550, "5.7.1 Blocked by policy"), (true, false));
        assert_eq!(at_recipient(550, "relay not permitted"), (true, false));
        assert_eq!(at_recipient(552, "5.2.2 Mailbox full"), (true, false));
        assert_eq!(at_recipient(450, "4.2.1 Greylisted"), (false, false));
        assert_eq!(at_recipient(530, "5.7.0 Authentication required"), (false, false));
        assert_eq!(answered(Stage::Message, 554, "5.1.1 Looks like spam"), (true, false));
        assert_eq!(answered(Stage::Message, 451, "Try again"), (false, false));
    }

    #[test]
    fn our_own_settings_cost_no_message() {
        assert_eq!(answered(Stage::Connect, 554, "No service"), (false, false));
        assert_eq!(answered(Stage::LogIn, 535, "5.7.8 Wrong password"), (false, false));
    }

    #[test]
    fn only_silence_after_the_message_was_handed_over_is_unknown() {
        for stage in [Stage::Connect, Stage::LogIn, Stage::Sender, Stage::Recipient, Stage::Data] {
            for trouble in [Trouble::line("gone"), Trouble::Silence { waited: Duration::from_secs(1) }] {
                assert!(matches!(outcome(stage, trouble), Outcome::Refused { permanent: false, suppress: false, .. }));
            }
        }
        assert!(matches!(outcome(Stage::Message, Trouble::line("gone")), Outcome::Unknown { .. }));
        let silence = Trouble::Silence { waited: Duration::from_secs(1) };
        assert!(matches!(outcome(Stage::Message, silence), Outcome::Unknown { .. }));
    }
}
