//! The HTTP API that the clients of Segment speak (and those who followed it).
//!
//! | call | event | properties |
//! |---|---|---|
//! | `track` | its name by the rule of [`super::event_name`] | its properties, names in snake case |
//! | `page` | `page.viewed` | its properties; `page` is the path |
//! | `screen` | `screen.viewed` | its properties; `screen` is the name |
//! | `identify` | `customer.identified` | its traits (or `context.traits`) by [`super::profile`] |
//! | `alias` | `customer.identified` | `previous_id`: who was known by it, under that user id or without a name, is the one of `userId` |
//! | `group` | `customer.grouped` | `group_id`, and the traits of the group led by `group_` |
//!
//! **Id**: `messageId`; without one, the digest of the event (see [`super::native`] too).
//!
//! **Time**: `timestamp`, else `originalTimestamp`, else when it came. A client's clock may be wrong: when `sentAt` and the
//! moment of receipt differ by more than ten seconds, which no delivery takes, every time of the body is moved by the
//! difference, as Segment documents. A time that still lies in the future becomes the moment of receipt, and the property
//! `time_stated` keeps what was said.
//!
//! Of `context` only `timezone` and `traits` are used (for `identify`); nothing else of it is kept, the network address least of all.

mod convert;
#[cfg(test)]
mod tests;

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::body::{self, BadBody};
use super::{Receipt, Taken, fields};

/// One kind of call about one event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Who someone is.
    Identify,
    /// Something happened.
    Track,
    /// A page was seen.
    Page,
    /// A screen of an app was seen.
    Screen,
    /// Someone belongs to a group.
    Group,
    /// Two ids are one person.
    Alias,
}

impl Kind {
    /// From the word of a path or of `type`; the browser's client uses the first letter.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "identify" | "i" => Some(Self::Identify),
            "track" | "t" => Some(Self::Track),
            "page" | "p" => Some(Self::Page),
            "screen" | "s" => Some(Self::Screen),
            "group" | "g" => Some(Self::Group),
            "alias" | "a" => Some(Self::Alias),
            _ => None,
        }
    }

    /// As `type` says it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Identify => "identify",
            Self::Track => "track",
            Self::Page => "page",
            Self::Screen => "screen",
            Self::Group => "group",
            Self::Alias => "alias",
        }
    }
}

/// What a request asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    /// Many events, each with its `type`.
    Batch,
    /// One event of this kind.
    One(Kind),
}

impl Call {
    /// From the last word of the path, such as `batch` or `track`.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "batch" | "b" | "import" => Some(Self::Batch),
            _ => Kind::parse(word).map(Self::One),
        }
    }
}

/// A body that could be read.
#[derive(Clone, Debug)]
pub struct Body {
    call: Call,
    items: Vec<Value>,
    write_key: Option<String>,
    sent: Option<Timestamp>,
}

impl Body {
    /// Reads a body, decompressed, in which `call` was made.
    pub fn parse(call: Call, bytes: &[u8]) -> Result<Self, BadBody> {
        let mut body = body::json(bytes)?;
        let text = |body: &Value, field: &str| body.get(field).and_then(Value::as_str).map(str::to_owned);
        let write_key = text(&body, "writeKey");
        // A sentAt that cannot be read only costs the correction of the clock.
        let sent = fields::moment(&body, "sentAt").ok().flatten();
        let items = match (call, body.get_mut("batch").map(Value::take)) {
            (Call::Batch, Some(Value::Array(items))) => body::counted(items)?,
            (Call::Batch, _) => return Err(BadBody::WrongForm("{\"batch\": […]}")),
            (Call::One(_), _) if body.is_object() => vec![body],
            (Call::One(_), _) => return Err(BadBody::WrongForm("{…}")),
        };
        Ok(Self { call, items, write_key, sent })
    }

    /// The key that the body itself carries; used when the request has no `Authorization`.
    pub fn write_key(&self) -> Option<&str> {
        self.write_key.as_deref()
    }

    /// Every event, in order.
    pub fn events(&self, receipt: &Receipt) -> Vec<Taken> {
        let skew = self.sent.map_or(SignedDuration::ZERO, |sent| skew(sent, receipt.received));
        self.items
            .iter()
            .enumerate()
            .map(|(index, item)| convert::event(index, item, self.call, skew, receipt))
            .collect()
    }
}

/// One item of a batch that was refused before, of a body that is long gone.
pub(super) fn one(item: &Value, receipt: &Receipt) -> Taken {
    convert::event(0, item, Call::Batch, SignedDuration::ZERO, receipt)
}

/// How much a client's clock is behind ours; nothing when the delivery alone can explain it.
fn skew(sent: Timestamp, received: Timestamp) -> SignedDuration {
    const DELIVERY_MAX: SignedDuration = SignedDuration::from_secs(10);
    let difference = received.duration_since(sent);
    if difference.abs() <= DELIVERY_MAX { SignedDuration::ZERO } else { difference }
}
