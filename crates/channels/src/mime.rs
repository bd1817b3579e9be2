use std::time::SystemTime;

use jiff::Timestamp;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use lettre::{Address, Message};
use words::Channel;

use crate::checked::{check, one_line};
use crate::{Outgoing, Reason};

/// Writes a message as an e-mail (RFC 5322): the same message gives the same bytes, so that a repeat after an unknown
/// outcome is recognised by its Message-ID.
pub(crate) fn email(message: &Outgoing) -> Result<Message, Reason> {
    if message.channel != Channel::email() {
        return Err(Reason::WrongChannel { channel: message.channel.to_string() });
    }
    check(message)?;
    let from = address(&message.from.address)?;
    let name = Some(one_line(&message.from.name)).filter(|name| !name.is_empty());
    let mut builder = Message::builder()
        .message_id(Some(message_id(&message.key, from.domain())))
        .date(SystemTime::from(message.time.max(Timestamp::UNIX_EPOCH)))
        .from(Mailbox::new(name, from))
        .to(Mailbox::new(None, address(&message.to)?))
        .subject(one_line(&message.subject));
    if let Some(reply_to) = &message.reply_to {
        builder = builder.reply_to(Mailbox::new(None, address(reply_to)?));
    }
    let by_hand = message.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("Auto-Submitted"));
    if !by_hand {
        builder = builder.raw_header(header("Auto-Submitted", "auto-generated")?);
    }
    for (name, value) in &message.headers {
        builder = builder.raw_header(header(name, value)?);
    }
    let text = SinglePart::plain(line_ends(&message.text));
    let built = match &message.html {
        None => builder.singlepart(text),
        Some(html) => builder.multipart(
            MultiPart::alternative()
                .boundary(format!("klantreis-{}", digest(&message.key)))
                .singlepart(text)
                .singlepart(SinglePart::html(line_ends(html))),
        ),
    };
    built.map_err(|_| Reason::BadAddress { address: one_line(&message.to) })
}

/// `<digest of the key @ domain of the sender>`: stable over repeats, and says nothing about the customer.
pub(crate) fn message_id(key: &str, domain: &str) -> String {
    format!("<{}@{domain}>", digest(key))
}

/// The first 32 hexadecimal digits of a key's digest.
pub(crate) fn digest(key: &str) -> String {
    words::digest(&[key])[..16].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Only `\n`, which the library writes as CRLF; it leaves a bare `\r` alone, and a server may take that for a line end.
fn line_ends(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

fn address(text: &str) -> Result<Address, Reason> {
    text.parse().map_err(|_| Reason::BadAddress { address: one_line(text) })
}

fn header(name: &str, value: &str) -> Result<HeaderValue, Reason> {
    let bad = || Reason::BadHeader { name: one_line(name) };
    let name = HeaderName::new_from_ascii(name.to_owned()).map_err(|_| bad())?;
    Ok(HeaderValue::new(name, value.to_owned()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::outgoing::tests::mail;

    fn written(message: &Outgoing) -> String {
        String::from_utf8(email(message).unwrap().formatted()).unwrap()
    }

    #[test]
    fn an_email_has_text_and_layout_and_says_that_a_machine_sent_it() {
        insta::assert_snapshot!(written(&mail("run:1:herinnering:A-1")).replace("\r\n", "\n"));
    }

    #[test]
    fn a_repeat_is_the_same_to_the_byte() {
        assert_eq!(written(&mail("k")), written(&mail("k")));
        assert_ne!(written(&mail("k")), written(&mail("another")));
    }

    #[test]
    fn only_email_is_written_as_email() {
        let mut message = mail("k");
        message.channel = Channel::new("sms");
        message.to = "+31612345678".into();
        assert_eq!(email(&message).unwrap_err(), Reason::WrongChannel { channel: "sms".into() });
    }

    #[test]
    fn a_time_before_the_epoch_is_no_reason_to_fail() {
        let mut message = mail("k");
        message.time = Timestamp::MIN;
        assert!(written(&message).contains("Date: Thu, 01 Jan 1970"));
    }

    /// The names of the headers of a message, in order.
    fn headers(text: &str) -> Vec<&str> {
        let head = text.split("\r\n\r\n").next().unwrap_or("");
        head.split("\r\n")
            .filter(|line| !line.starts_with([' ', '\t']))
            .map(|line| line.split(':').next().unwrap_or(""))
            .collect()
    }

    proptest! {
        #[test]
        fn no_subject_name_or_text_adds_a_header(subject in any::<String>(), name in any::<String>(), text in "\\PC*[\r\n.]*\\PC*") {
            let plain = mail("k");
            let message = Outgoing {
                subject: subject.chars().take(200).collect(),
                from: crate::Sender { name: name.chars().take(80).collect(), ..plain.from.clone() },
                text: format!("x{text}"),
                ..plain.clone()
            };
            let written = written(&message);
            let expected = self::written(&plain);
            prop_assert_eq!(headers(&written), headers(&expected));
            prop_assert!(!written.replace("\r\n", "").contains(['\r', '\n']), "a bare line end");
            prop_assert!(written.is_ascii());
        }
    }
}
