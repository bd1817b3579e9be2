//! CloudEvents 1.0 over HTTP, in JSON: one event (structured), a list of them (batched), or the attributes as headers beside
//! the data (binary).
//!
//! | attribute | what it becomes |
//! |---|---|
//! | `source` and `id` | the id, unique together as the standard says |
//! | `type` | the name: its last two parts, a version at the end left off; `nl.rijnoever.afspraak.gemaakt.v1` is `afspraak.gemaakt` |
//! | `time` | when; without it, when it came |
//! | `subject` | the `id` of the object that the name speaks of, when the data has none; of `customer.…` the customer |
//! | `customer`, `anonymous` | who, as extensions; else `customer`, `customer_id` or `user_id` of the data |
//! | `data`, `data_base64` | properties, in snake case; of `customer.identified` the customer's by [`super::profile`] |

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Map, Value};
use words::{Event, EventId, EventName, Identity, Properties, limits};

use super::body::{self, BadBody};
use super::{Code, Reason, Receipt, Rejected, Taken, fields, name, profile, slug};

/// How a request carries its events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mode {
    /// The body is one event.
    Structured,
    /// The body is a list of events.
    Batched,
    /// The body is the data; the attributes stood in headers, `ce-` left off.
    Binary(Vec<(String, String)>),
}

impl Mode {
    /// By the kind of content and the headers of a request; `None`: it carries no CloudEvents.
    pub fn of<'h>(content_type: &str, headers: impl Iterator<Item = (&'h str, &'h str)>) -> Option<Self> {
        let kind = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        match kind.as_str() {
            "application/cloudevents-batch+json" => return Some(Self::Batched),
            "application/cloudevents+json" => return Some(Self::Structured),
            _ => {}
        }
        let attributes: Vec<_> = headers
            .filter_map(|(name, value)| Some((name.to_ascii_lowercase().strip_prefix("ce-")?.to_owned(), plain(value))))
            .collect();
        attributes.iter().any(|(name, _)| name == "specversion").then_some(Self::Binary(attributes))
    }
}

/// Reads a body.
pub fn events(mode: Mode, bytes: &[u8], receipt: &Receipt) -> Result<Vec<Taken>, BadBody> {
    let items = match mode {
        Mode::Binary(attributes) => {
            let mut item: Map<String, Value> =
                attributes.into_iter().map(|(name, value)| (name, Value::String(value))).collect();
            let data = if bytes.iter().all(u8::is_ascii_whitespace) { Value::Null } else { body::json(bytes)? };
            item.insert("data".into(), data);
            vec![Value::Object(item)]
        }
        Mode::Structured => match body::json(bytes)? {
            item @ Value::Object(_) => vec![item],
            _ => return Err(BadBody::WrongForm("{…}")),
        },
        Mode::Batched => match body::json(bytes)? {
            Value::Array(items) => body::counted(items)?,
            _ => return Err(BadBody::WrongForm("[…]")),
        },
    };
    Ok(items.iter().enumerate().map(|(index, item)| one(index, item, receipt)).collect())
}

pub(super) fn one(index: usize, item: &Value, receipt: &Receipt) -> Taken {
    let raw = item.to_string();
    let read = if raw.len() > limits::EVENT_BYTES_MAX {
        Err(Reason::new(Code::TooLarge, raw.len().to_string()))
    } else {
        read(item, receipt)
    };
    read.map_err(|reason| {
        let id = item.get("id").and_then(Value::as_str).map(|id| id.chars().take(200).collect());
        Rejected::new(index, id, reason, raw)
    })
}

fn read(item: &Value, receipt: &Receipt) -> Result<Event, Reason> {
    if !item.is_object() {
        return Err(Reason::new(Code::NotAnObject, fields::kind(item)));
    }
    let text = |field: &str| item.get(field).and_then(Value::as_str).unwrap_or_default();
    if !text("specversion").starts_with("1.") {
        return Err(Reason::new(Code::BadVersion, text("specversion")));
    }
    let name = name_of(text("type"))?;
    let data = data(item)?;
    let is_profile = name.as_str() == "customer.identified";
    let mut properties = match is_profile {
        true => profile::from_traits(data.as_ref(), receipt)?,
        false => fields::properties(data.as_ref(), true)?,
    };
    let identity = identity(item, &name, &properties)?;
    if let Some(subject) = fields::id(item, "subject")?
        && name.object() != "customer"
    {
        properties.entry("id".into()).or_insert(Value::String(subject));
    }
    let stated = fields::moment(item, "time")?.unwrap_or(receipt.received);
    if stated > receipt.received {
        properties.insert("time_stated".into(), Value::String(stated.to_string()));
    }
    fields::within_limits(&properties)?;
    let event = Event {
        id: id(item)?,
        source: receipt.source.clone(),
        name,
        time: stated.min(receipt.received),
        received: receipt.received,
        identity,
        properties,
        imported: false,
    };
    if event.identity == Identity::default() && event.objects().is_empty() {
        return Err(Code::NoIdentity.into());
    }
    Ok(event)
}

fn id(item: &Value) -> Result<EventId, Reason> {
    let needed = |field: &str| fields::id(item, field)?.ok_or_else(|| Reason::new(Code::BadId, field));
    let whole = format!("{}#{}", needed("source")?, needed("id")?);
    Ok(EventId::new(match whole.chars().count() {
        0..=200 => whole,
        _ => fields::derived_id(&Value::String(whole)),
    }))
}

fn identity(item: &Value, name: &EventName, properties: &Properties) -> Result<Identity, Reason> {
    let mut customer = fields::id(item, "customer")?;
    for field in ["customer", "customer_id", "user_id"] {
        let value = properties.get(field).filter(|value| value.is_string() || value.is_number());
        customer = customer.or(fields::id_of(value, field)?);
    }
    if name.object() == "customer" {
        customer = customer.or(fields::id(item, "subject")?);
    }
    Ok(Identity { customer, anonymous: fields::id(item, "anonymous")? })
}

fn data(item: &Value) -> Result<Option<Value>, Reason> {
    let Some(packed) = item.get("data_base64").and_then(Value::as_str) else {
        return Ok(item.get("data").cloned());
    };
    let unread = || Reason::new(Code::BadProperties, "data_base64");
    let bytes = STANDARD.decode(packed).map_err(|_| unread())?;
    serde_json::from_slice(&bytes).map(Some).map_err(|_| unread())
}

/// The name in a type of reversed domain names.
fn name_of(kind: &str) -> Result<EventName, Reason> {
    let mut parts: Vec<&str> = kind.split(['.', '/', ':']).filter(|part| !part.is_empty()).collect();
    let is_version = |part: &str| {
        let number = part.trim_start_matches(['v', 'V']);
        !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
    };
    while parts.len() > 1 && parts.last().is_some_and(|part| is_version(part)) {
        parts.pop();
    }
    let said = match parts.as_slice() {
        [.., object, action] => format!("{}.{}", slug(object), slug(action)),
        _ => parts.join(" "),
    };
    match name::event_name(&said) {
        Ok(name) if name.as_str() == "customer.identified" => Ok(name),
        Err(reason) if reason.code == Code::BadName => Err(Reason::new(Code::BadName, kind)),
        _ => name::outside_name(&said),
    }
}

/// A header's value as it was meant: what is not ASCII travels as `%C3%A9`.
fn plain(value: &str) -> String {
    let (bytes, mut plain, mut at) = (value.as_bytes(), Vec::with_capacity(value.len()), 0);
    while let Some(byte) = bytes.get(at) {
        let pair = bytes.get(at + 1..at + 3).and_then(|pair| std::str::from_utf8(pair).ok());
        match pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            Some(meant) if *byte == b'%' => {
                plain.push(meant);
                at += 3;
            }
            _ => {
                plain.push(*byte);
                at += 1;
            }
        }
    }
    String::from_utf8(plain).unwrap_or_else(|_| value.to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn receipt() -> Receipt {
        Receipt::new("zaken", "2027-03-01T10:00:00Z".parse().unwrap())
    }

    fn read_one(item: Value) -> Result<Event, Code> {
        let taken = events(Mode::Structured, item.to_string().as_bytes(), &receipt()).unwrap().remove(0);
        taken.map_err(|rejected| rejected.reason.code)
    }

    fn visit() -> Value {
        json!({ "specversion": "1.0", "id": "17", "source": "/planning", "type": "nl.rijnoever.afspraak.gemaakt.v1",
                "time": "2027-03-01T10:30:00+01:00", "subject": "A-1",
                "data": { "customerId": 10234, "start": "2027-03-05T09:00:00+01:00" } })
    }

    #[test]
    fn attributes_become_an_event() {
        let event = read_one(visit()).unwrap();
        assert_eq!((event.id.as_str(), event.name.as_str()), ("/planning#17", "afspraak.gemaakt"));
        assert_eq!(event.time, "2027-03-01T09:30:00Z".parse().unwrap());
        assert_eq!(event.identity.customer.as_deref(), Some("10234"));
        assert_eq!(event.objects(), [("afspraak".into(), "A-1".into()), ("customer".into(), "10234".into())]);
    }

    #[test]
    fn binary_says_the_same_as_structured() {
        let headers = [
            ("ce-specversion", "1.0"),
            ("CE-ID", "17"),
            ("ce-source", "/planning"),
            ("ce-type", "nl.rijnoever.afspraak.gemaakt.v1"),
            ("ce-time", "2027-03-01T10:30:00+01:00"),
            ("ce-subject", "A%2D1"),
        ];
        let mode = Mode::of("application/json", headers.into_iter()).unwrap();
        let taken = events(mode, visit()["data"].to_string().as_bytes(), &receipt()).unwrap().remove(0);
        assert_eq!(taken.unwrap(), read_one(visit()).unwrap());
    }

    #[test]
    fn the_kind_of_content_says_the_mode() {
        let none = || std::iter::empty();
        assert_eq!(Mode::of("application/cloudevents+json; charset=utf-8", none()), Some(Mode::Structured));
        assert_eq!(Mode::of("application/cloudevents-batch+json", none()), Some(Mode::Batched));
        assert_eq!(Mode::of("application/json", none()), None);
    }

    #[test]
    fn a_customer_is_the_subject_of_who_they_are() {
        let item = json!({ "specversion": "1.0", "id": "1", "source": "crm", "type": "customer.identified",
                           "subject": "10234", "data": { "firstName": "Anna" } });
        let event = read_one(item).unwrap();
        assert_eq!(event.identity.customer.as_deref(), Some("10234"));
        assert_eq!(event.properties["first_name"], "Anna");
    }

    #[test]
    fn what_is_wrong_is_told_and_the_rest_of_a_batch_goes_on() {
        let with = |field: &str, value: Value| {
            let mut item = visit();
            item[field] = value;
            item
        };
        assert_eq!(read_one(with("specversion", json!("0.3"))), Err(Code::BadVersion));
        assert_eq!(read_one(with("type", json!("gemaakt"))), Err(Code::BadName));
        assert_eq!(read_one(with("type", json!("nl.x.message.sent"))), Err(Code::ReservedName));
        assert_eq!(read_one(with("id", json!(""))), Err(Code::BadId));
        assert_eq!(read_one(with("data", json!([1]))), Err(Code::BadProperties));
        assert_eq!(read_one(with("data_base64", json!("%%"))), Err(Code::BadProperties));
        let batch = json!([visit(), 7, visit()]).to_string();
        let taken = events(Mode::Batched, batch.as_bytes(), &receipt()).unwrap();
        assert_eq!(taken.iter().map(Result::is_ok).collect::<Vec<_>>(), [true, false, true]);
        assert!(
            events(Mode::Batched, b"{}", &receipt()).is_err() && events(Mode::Structured, b"[]", &receipt()).is_err()
        );
        let many = Value::Array(vec![json!(1); limits::BATCH_EVENTS_MAX + 1]).to_string();
        assert!(events(Mode::Batched, many.as_bytes(), &receipt()).is_err());
        assert_eq!(read_one(with("data", json!({ "text": "x".repeat(limits::EVENT_BYTES_MAX) }))), Err(Code::TooLarge));
    }
}
