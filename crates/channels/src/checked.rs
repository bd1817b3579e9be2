use words::Channel;

use crate::{Outgoing, Reason};

/// What a message may be at most. Each has a test below.
pub mod limits {
    /// Bytes of a key.
    pub const KEY_BYTES_MAX: usize = 500;
    /// Characters of a subject.
    pub const SUBJECT_CHARS_MAX: usize = 250;
    /// Characters of a sender's name.
    pub const NAME_CHARS_MAX: usize = 100;
    /// Characters of an address (RFC 5321 allows 254 in an e-mail address).
    pub const ADDRESS_CHARS_MAX: usize = 254;
    /// Characters of the plain text.
    pub const TEXT_CHARS_MAX: usize = 100_000;
    /// Bytes of the HTML.
    pub const HTML_BYTES_MAX: usize = 500_000;
    /// Further headers.
    pub const HEADERS_MAX: usize = 20;
    /// Characters of one header's value; keeps its line under the 998 of RFC 5322.
    pub const HEADER_CHARS_MAX: usize = 900;
}

/// The headers that a message may bring along, besides any that starts with `X-`. All others are ours to set.
const HEADERS_ALLOWED: &[&str] = &[
    "auto-submitted",
    "list-unsubscribe",
    "list-unsubscribe-post",
    "list-id",
    "in-reply-to",
    "references",
    "feedback-id",
];

/// Whether a message may be carried at all. Every transport asks this first, so that what works in a demo or a test is
/// what works for real.
pub(crate) fn check(message: &Outgoing) -> Result<(), Reason> {
    let chars = |part: &str, text: &str, max: usize| within(part, text.chars().count(), max);
    within("key", message.key.len(), limits::KEY_BYTES_MAX)?;
    chars("subject", &message.subject, limits::SUBJECT_CHARS_MAX)?;
    chars("name", &message.from.name, limits::NAME_CHARS_MAX)?;
    chars("text", &message.text, limits::TEXT_CHARS_MAX)?;
    within("html", message.html.as_ref().map_or(0, String::len), limits::HTML_BYTES_MAX)?;
    within("headers", message.headers.len(), limits::HEADERS_MAX)?;
    if message.text.trim().is_empty() {
        return Err(Reason::Empty);
    }
    address(&message.channel, &message.to)?;
    if message.channel == Channel::email() {
        address(&message.channel, &message.from.address)?;
        message.reply_to.iter().try_for_each(|reply_to| address(&message.channel, reply_to))?;
    }
    message.headers.iter().try_for_each(|(name, value)| header(name, value))
}

/// One line of readable text for a header: control characters (line ends above all) become spaces.
pub(crate) fn one_line(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if is_control(c) { ' ' } else { c }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn within(part: &str, size: usize, max: usize) -> Result<(), Reason> {
    if size <= max { Ok(()) } else { Err(Reason::TooLong { part: part.into(), max }) }
}

fn address(channel: &Channel, text: &str) -> Result<(), Reason> {
    let bad = || Reason::BadAddress { address: one_line(text).chars().take(80).collect() };
    if text.is_empty() || text.chars().count() > limits::ADDRESS_CHARS_MAX || text.chars().any(is_control) {
        return Err(bad());
    }
    let good = match channel.as_str() {
        "email" => text.parse::<lettre::Address>().is_ok(),
        "sms" | "whatsapp" => is_e164(text),
        _ => !text.trim().is_empty(),
    };
    good.then_some(()).ok_or_else(bad)
}

/// `+` and 8 to 15 digits, the first not 0.
fn is_e164(text: &str) -> bool {
    text.strip_prefix('+').is_some_and(|digits| {
        (8..=15).contains(&digits.len()) && !digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit())
    })
}

fn header(name: &str, value: &str) -> Result<(), Reason> {
    within(name, value.chars().count(), limits::HEADER_CHARS_MAX)?;
    let lower = name.to_ascii_lowercase();
    let known = HEADERS_ALLOWED.contains(&lower.as_str()) || lower.starts_with("x-");
    let token = name.len() <= 60 && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let printable = value.bytes().all(|b| (b' '..=b'~').contains(&b)) && !value.trim().is_empty();
    if known && token && printable {
        return Ok(());
    }
    Err(Reason::BadHeader { name: one_line(name).chars().take(80).collect() })
}

/// Controls, and the two Unicode characters that end a line.
fn is_control(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outgoing::tests::mail;

    fn refused(change: impl FnOnce(&mut Outgoing)) -> Reason {
        let mut message = mail("k");
        change(&mut message);
        check(&message).expect_err("refused")
    }

    #[test]
    fn a_plain_message_passes() {
        assert_eq!(check(&mail("k")), Ok(()));
    }

    #[test]
    fn every_limit_holds() {
        let part = |reason| match reason {
            Reason::TooLong { part, .. } => part,
            other => panic!("{other:?}"),
        };
        assert_eq!(part(refused(|m| m.key = "k".repeat(limits::KEY_BYTES_MAX + 1))), "key");
        assert_eq!(part(refused(|m| m.subject = "é".repeat(limits::SUBJECT_CHARS_MAX + 1))), "subject");
        assert_eq!(part(refused(|m| m.from.name = "n".repeat(limits::NAME_CHARS_MAX + 1))), "name");
        assert_eq!(part(refused(|m| m.text = "t".repeat(limits::TEXT_CHARS_MAX + 1))), "text");
        assert_eq!(part(refused(|m| m.html = Some("h".repeat(limits::HTML_BYTES_MAX + 1)))), "html");
        let header = |value: &str| ("X-A".to_owned(), value.to_owned());
        assert_eq!(part(refused(|m| m.headers = vec![header("a"); limits::HEADERS_MAX + 1])), "headers");
        assert_eq!(part(refused(|m| m.headers = vec![header(&"a".repeat(limits::HEADER_CHARS_MAX + 1))])), "X-A");
        let long = format!("{}@example.org", "a".repeat(limits::ADDRESS_CHARS_MAX));
        assert!(matches!(refused(|m| m.to = long), Reason::BadAddress { .. }));
    }

    #[test]
    fn a_message_needs_text() {
        assert_eq!(refused(|m| m.text = " \n".into()), Reason::Empty);
    }

    #[test]
    fn an_address_is_one_address_of_its_channel() {
        for wrong in [
            "",
            "devries",
            "a@b@c",
            "a@example.org, b@example.org",
            "a@example.org\r\nBcc: b@example.org",
            "a b@example.org",
        ] {
            assert!(matches!(refused(|m| m.to = wrong.into()), Reason::BadAddress { .. }), "{wrong:?}");
            assert!(matches!(refused(|m| m.reply_to = Some(wrong.into())), Reason::BadAddress { .. }), "{wrong:?}");
            assert!(matches!(refused(|m| m.from.address = wrong.into()), Reason::BadAddress { .. }), "{wrong:?}");
        }
        for wrong in ["0612345678", "+0612345678", "+31", "+31 6 12345678", "devries@example.org"] {
            let reason = refused(|m| {
                m.channel = Channel::new("sms");
                m.to = wrong.into();
            });
            assert!(matches!(reason, Reason::BadAddress { .. }), "{wrong:?}");
        }
    }

    #[test]
    fn a_message_sets_only_its_own_headers() {
        for (name, value) in [
            ("Bcc", "b@example.org"),
            ("From", "b@example.org"),
            ("Content-Type", "text/html"),
            ("X-A: b\r\nBcc", "b@example.org"),
            ("X-A", "b\r\nBcc: b@example.org"),
            ("X-A", "b\nc"),
            ("X-A", ""),
            ("X-A", "é"),
        ] {
            let reason = refused(|m| m.headers = vec![(name.into(), value.into())]);
            assert!(matches!(reason, Reason::BadHeader { .. }), "{name:?}: {value:?}");
        }
        let mut message = mail("k");
        message.headers = vec![("List-Unsubscribe".into(), "<https://example.org/u/1>".into())];
        assert_eq!(check(&message), Ok(()));
    }

    #[test]
    fn line_ends_become_spaces() {
        assert_eq!(one_line("Uw afspraak\r\nBcc: b@example.org\u{2028}x\0"), "Uw afspraak Bcc: b@example.org x");
    }
}
