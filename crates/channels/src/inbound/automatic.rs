//! Whether a machine wrote a mail: such mail is never answered, and is no answer (RFC 3834).

use mail_parser::{Address, HeaderValue, Message};

/// Who writes for a machine.
const MACHINES: [&str; 5] = ["mailer-daemon", "postmaster", "noreply", "no-reply", "donotreply"];
/// How an automatic answer begins where its program says it nowhere else.
const SUBJECTS: [&str; 8] = [
    "automatisch antwoord",
    "automatic reply",
    "automatische antwort",
    "out of office",
    "afwezigheidsbericht",
    "afwezig:",
    "autoreply",
    "auto:",
];

fn said<'m>(message: &'m Message<'_>, name: &str) -> Option<&'m str> {
    message.header_raw(name.to_owned()).map(str::trim)
}

/// Whether a machine wrote it, or it went to many at once.
pub(super) fn is(message: &Message<'_>) -> bool {
    let is = |name: &str, values: &[&str]| {
        said(message, name).is_some_and(|said| values.iter().any(|value| said.to_lowercase().starts_with(value)))
    };
    let submitted = said(message, "Auto-Submitted").is_some_and(|said| !said.to_lowercase().starts_with("no"));
    let from = message.from().and_then(Address::first).and_then(|one| one.address.as_deref()).unwrap_or_default();
    let local = from.split('@').next().unwrap_or_default().to_lowercase();
    let subject = message.subject().unwrap_or_default().trim().to_lowercase();
    submitted
        || said(message, "Return-Path").is_some_and(|path| path == "<>")
        || is("Precedence", &["bulk", "junk", "list", "auto_reply", "auto-reply"])
        || ["X-Autoreply", "X-Autorespond", "X-Autoresponder", "List-Id", "List-Unsubscribe"]
            .iter()
            .any(|name| !matches!(message.header(name.to_string()), None | Some(HeaderValue::Empty)))
        || MACHINES.contains(&local.as_str())
        || SUBJECTS.iter().any(|start| subject.starts_with(start))
}
