//! Mail that comes in: what somebody wrote, what a machine answered, what could not be delivered (RFC 3464), who complained
//! (RFC 5965). Pure: it is given the bytes. Everybody may send them, so all of it has a limit.

mod automatic;
mod quoted;
mod report;

use jiff::Timestamp;
use mail_parser::{Address, HeaderValue, Message, MessageParser, MimeHeaders};

pub use report::{Complaint, Delivery};

/// What a mail may be at most. Each has a test.
pub mod limits {
    /// Bytes of a mail, with everything that hangs on it.
    pub const MAIL_BYTES_MAX: usize = 15 * 1024 * 1024;
    /// Parts of a mail.
    pub const PARTS_MAX: usize = 500;
    /// Mails within mails.
    pub const NESTED_MAX: usize = 20;
    /// Characters of its text that are kept.
    pub const TEXT_CHARS_MAX: usize = 20_000;
    /// Names of attachments that are kept, and messages that it may say to answer.
    pub const NAMES_MAX: usize = 20;
}

/// A mail as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// Who wrote, in lower case.
    pub from: String,
    /// What the writer's program calls the writer.
    pub name: Option<String>,
    /// Subject.
    pub subject: Option<String>,
    /// Its Message-ID, with brackets; of a mail without one a digest of what it says.
    pub id: String,
    /// The Message-IDs that it answers, the nearest first, with brackets.
    pub answers: Vec<String>,
    /// When it was written, as it says.
    pub date: Option<Timestamp>,
    /// What was written, without what it quotes.
    pub text: String,
    /// The names of what hangs on it.
    pub attachments: Vec<String>,
    /// What kind of mail it is.
    pub kind: Kind,
}

/// What kind of mail it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Somebody wrote it.
    Written,
    /// A machine answered (RFC 3834), or sent it to many.
    Automatic,
    /// What became of one of our messages.
    Report {
        /// Per address.
        deliveries: Vec<Delivery>,
        /// The Message-ID of our message, with brackets.
        original: Option<String>,
    },
    /// Somebody called one of our messages unwanted.
    Complaint(Complaint),
}

/// Why a mail is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Over [`limits::MAIL_BYTES_MAX`].
    #[error("the mail is too large")]
    TooLarge,
    /// Over [`limits::PARTS_MAX`] or [`limits::NESTED_MAX`].
    #[error("the mail has too many parts")]
    TooManyParts,
    /// It has no head, or says from nobody that it comes.
    #[error("this is no mail, or it does not say from whom it comes")]
    NotMail,
}

/// Reads a mail.
pub fn read(raw: &[u8]) -> Result<Mail, Unreadable> {
    if raw.len() > limits::MAIL_BYTES_MAX {
        return Err(Unreadable::TooLarge);
    }
    // Before it is taken apart: what is nested too deep is dropped one within the other.
    let parts = [
        (&b"content-type:"[..], limits::PARTS_MAX),
        (b"message/rfc822", limits::NESTED_MAX),
        (b"message/global", limits::NESTED_MAX),
    ];
    if parts.iter().any(|(text, most)| count(raw, text) > *most) {
        return Err(Unreadable::TooManyParts);
    }
    let message = MessageParser::default().parse(raw).ok_or(Unreadable::NotMail)?;
    if message.parts.len() > limits::PARTS_MAX {
        return Err(Unreadable::TooManyParts);
    }
    let kind = kind(&message);
    let writer = message.from().and_then(Address::first);
    let from = writer.and_then(|writer| writer.address.as_deref()).unwrap_or_default().trim().to_lowercase();
    if from.parse::<lettre::Address>().is_err() {
        return Err(Unreadable::NotMail);
    }
    let whole = text(&message);
    let text = quoted::unquoted(&whole).chars().take(limits::TEXT_CHARS_MAX).collect();
    let named = message.attachments().filter_map(|part| part.attachment_name());
    Ok(Mail {
        name: writer
            .and_then(|writer| writer.name.as_deref())
            .map(crate::checked::one_line)
            .filter(|name| !name.is_empty()),
        subject: message.subject().map(crate::checked::one_line),
        id: message.message_id().map_or_else(|| digest(raw, &from), |id| format!("<{id}>")),
        answers: answers(&message),
        date: message.date().and_then(|date| Timestamp::from_second(date.to_timestamp()).ok()),
        attachments: named.map(crate::checked::one_line).take(limits::NAMES_MAX).collect(),
        from,
        text,
        kind,
    })
}

fn kind(message: &Message<'_>) -> Kind {
    if let Some(report) = report::of(message) {
        return report;
    }
    if automatic::is(message) { Kind::Automatic } else { Kind::Written }
}

/// How often a text stands in the bytes, whatever its case.
fn count(raw: &[u8], text: &[u8]) -> usize {
    raw.windows(text.len()).filter(|window| window.eq_ignore_ascii_case(text)).count()
}

fn digest(raw: &[u8], from: &str) -> String {
    let bytes: String = String::from_utf8_lossy(raw).into_owned();
    let digits: String = words::digest(&[from, &bytes])[..16].iter().map(|byte| format!("{byte:02x}")).collect();
    format!("<{digits}@klantreis.invalid>")
}

fn text(message: &Message<'_>) -> String {
    let bodies = (0..message.text_body_count().min(3)).filter_map(|at| message.body_text(at));
    let whole: Vec<String> = bodies.map(|body| body.chars().take(10 * limits::TEXT_CHARS_MAX).collect()).collect();
    whole.join("\n").replace("\r\n", "\n").replace('\r', "\n")
}

/// In-Reply-To, then References from the newest on.
fn answers(message: &Message<'_>) -> Vec<String> {
    let mut answers: Vec<String> = Vec::new();
    for (value, newest_last) in [(message.in_reply_to(), false), (message.references(), true)] {
        let mut ids: Vec<&str> = match value {
            HeaderValue::Text(id) => vec![id],
            HeaderValue::TextList(ids) => ids.iter().map(AsRef::as_ref).collect(),
            _ => Vec::new(),
        };
        if newest_last {
            ids.reverse();
        }
        for id in ids.into_iter().map(|id| format!("<{}>", id.trim_matches(['<', '>', ' ']))) {
            if !answers.contains(&id) && answers.len() < limits::NAMES_MAX {
                answers.push(id);
            }
        }
    }
    answers
}
