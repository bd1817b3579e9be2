//! Reports about our own messages: what became of one (RFC 3464), and that somebody called one unwanted (RFC 5965).

use mail_parser::{HeaderValue, Message, MessageParser, MimeHeaders, PartType};

use super::{Kind, limits};
use crate::checked::one_line;
use crate::smtp::trouble::mailbox_is_unknown;

/// What became of a message at one address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// The address, in lower case.
    pub recipient: String,
    /// It will never arrive.
    pub has_failed: bool,
    /// The address does not exist: never write to it again.
    pub suppress: bool,
    /// In the words of the mail server: its code and what it said.
    pub said: String,
}

/// Somebody called a message unwanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// The Message-ID of our message, with brackets.
    pub original: Option<String>,
    /// Whom it went to, as far as the report says so.
    pub recipient: Option<String>,
}

/// What a report says; `None`: it is none.
pub(super) fn of(message: &Message<'_>) -> Option<Kind> {
    let whole = message.content_type()?;
    if !whole.ctype().eq_ignore_ascii_case("multipart")
        || !whole.subtype().is_some_and(|kind| kind.eq_ignore_ascii_case("report"))
    {
        return None;
    }
    let told = |kind: &str| {
        let part = message.parts.iter().find(|part| {
            let said = part.content_type().and_then(|said| Some((said.ctype(), said.subtype()?)));
            said.is_some_and(|(main, sub)| main.eq_ignore_ascii_case("message") && sub.eq_ignore_ascii_case(kind))
        });
        part.map(|part| String::from_utf8_lossy(part.contents()).into_owned())
    };
    if let Some(status) = told("delivery-status").or_else(|| told("global-delivery-status")) {
        return Some(Kind::Report { deliveries: deliveries(&status), original: original(message) });
    }
    let feedback = told("feedback-report")?;
    let recipient =
        fields(&feedback).into_iter().find(|(name, _)| name == "original-rcpt-to").map(|(_, value)| address(&value));
    Some(Kind::Complaint(Complaint { original: original(message), recipient }))
}

/// The Message-ID of the message that a report carries along, whole or only its head.
fn original(message: &Message<'_>) -> Option<String> {
    let within = message.parts.iter().find_map(|part| match &part.body {
        PartType::Message(original) => original.message_id().map(str::to_owned),
        PartType::Text(head) if is_head(part.content_type().and_then(|said| said.subtype())) => id_in(head.as_bytes()),
        PartType::Binary(head) if is_head(part.content_type().and_then(|said| said.subtype())) => id_in(head),
        _ => None,
    });
    within.map(|id| format!("<{id}>"))
}

fn is_head(subtype: Option<&str>) -> bool {
    subtype.is_some_and(|subtype| subtype.eq_ignore_ascii_case("rfc822-headers"))
}

fn id_in(head: &[u8]) -> Option<String> {
    let parsed = MessageParser::default().parse(head)?;
    match parsed.header("Message-ID")? {
        HeaderValue::Text(id) => Some(id.to_string()),
        _ => None,
    }
}

/// Every field of a block: its name in lower case, and its value on one line.
fn fields(block: &str) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in block.lines().take(limits::PARTS_MAX) {
        match line.split_once(':') {
            Some((name, value)) if !line.starts_with([' ', '\t']) => {
                fields.push((name.trim().to_lowercase(), one_line(value)));
            }
            _ => {
                if let Some((_, value)) = fields.last_mut() {
                    value.push(' ');
                    value.push_str(&one_line(line));
                }
            }
        }
    }
    fields
}

/// `rfc822; anna@example.org` or the address alone.
fn address(value: &str) -> String {
    let bare = value.split_once(';').map_or(value, |(_, address)| address);
    bare.trim().trim_matches(['<', '>']).to_lowercase()
}

fn deliveries(status: &str) -> Vec<Delivery> {
    let plain = status.replace("\r\n", "\n");
    let blocks = plain.split("\n\n").map(fields).take(limits::NAMES_MAX + 1);
    blocks.filter_map(|block| delivery(&block)).collect()
}

fn delivery(block: &[(String, String)]) -> Option<Delivery> {
    let said = |name: &str| block.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    let recipient = address(said("original-recipient").or_else(|| said("final-recipient"))?);
    let action = said("action")?.to_lowercase();
    let status = said("status").unwrap_or_default().trim();
    let diagnostic = said("diagnostic-code").unwrap_or_default();
    // 5: for good; what is only late comes later.
    let has_failed = action == "failed" && !status.starts_with('4');
    let code = if status.starts_with('5') { 550 } else { 0 };
    let said: String = format!("{status} {diagnostic}").trim().chars().take(300).collect();
    (action != "delivered" && action != "relayed" && action != "expanded").then_some(Delivery {
        recipient,
        has_failed,
        suppress: has_failed && mailbox_is_unknown(code, status),
        said,
    })
}
