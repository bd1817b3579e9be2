use jiff::SignedDuration;
use serde_json::Value;
use words::{Event, EventId, EventName, Identity, Properties, limits};

use super::{Call, Kind};
use crate::intake::{Code, Reason, Receipt, Rejected, Taken, fields, name, profile};

/// One item of a body as an event, or what is wrong with it.
pub(super) fn event(index: usize, item: &Value, call: Call, skew: SignedDuration, receipt: &Receipt) -> Taken {
    let raw = kept(item, call);
    let read = if raw.len() > limits::EVENT_BYTES_MAX {
        Err(Reason::new(Code::TooLarge, raw.len().to_string()))
    } else {
        read(item, call, skew, receipt)
    };
    read.map_err(|reason| {
        let message_id = item.get("messageId").and_then(Value::as_str).map(|id| id.chars().take(200).collect());
        Rejected::new(index, message_id, reason, raw)
    })
}

/// The item as it is kept when it is refused: a call that its path named keeps its kind, so that it can be read again.
fn kept(item: &Value, call: Call) -> String {
    match (call, item) {
        (Call::One(kind), Value::Object(object)) if !object.contains_key("type") => {
            let mut object = object.clone();
            object.insert("type".into(), kind.word().into());
            Value::Object(object).to_string()
        }
        _ => item.to_string(),
    }
}

fn read(item: &Value, call: Call, skew: SignedDuration, receipt: &Receipt) -> Result<Event, Reason> {
    if !item.is_object() {
        return Err(Reason::new(Code::NotAnObject, fields::kind(item)));
    }
    let kind = kind(item, call)?;
    let (name, properties) = said(item, kind, receipt)?;
    let id = fields::id(item, "messageId")?.unwrap_or_else(|| fields::derived_id(item));
    let mut event = Event {
        id: EventId::new(id),
        source: receipt.source.clone(),
        name,
        time: receipt.received,
        received: receipt.received,
        identity: identity(item, kind)?,
        properties,
        imported: false,
    };
    if event.identity == Identity::default() && event.objects().is_empty() {
        return Err(Code::NoIdentity.into());
    }
    tell_time(&mut event, item, skew)?;
    fields::within_limits(&event.properties)?;
    Ok(event)
}

fn kind(item: &Value, call: Call) -> Result<Kind, Reason> {
    match call {
        Call::One(kind) => Ok(kind),
        Call::Batch => {
            let word = item.get("type").and_then(Value::as_str).unwrap_or_default();
            Kind::parse(word).filter(|_| word.len() > 1).ok_or_else(|| Reason::new(Code::BadType, word))
        }
    }
}

fn identity(item: &Value, kind: Kind) -> Result<Identity, Reason> {
    let customer = fields::id(item, "userId")?;
    if kind != Kind::Alias {
        return Ok(Identity { customer, anonymous: fields::id(item, "anonymousId")? });
    }
    let missing = |field: &str| Reason::new(Code::NoPrevious, field);
    let previous = fields::id(item, "previousId")?;
    Ok(Identity {
        customer: Some(customer.ok_or_else(|| missing("userId"))?),
        anonymous: Some(previous.ok_or_else(|| missing("previousId"))?),
    })
}

/// What the call says happened.
fn said(item: &Value, kind: Kind, receipt: &Receipt) -> Result<(EventName, Properties), Reason> {
    let own = |text: &str| name::event_name(text);
    let named = item.get("name").and_then(Value::as_str).filter(|name| !name.is_empty());
    match kind {
        Kind::Track => {
            let said = item.get("event").and_then(Value::as_str).unwrap_or_default();
            Ok((name::outside_name(said)?, fields::properties(item.get("properties"), true)?))
        }
        Kind::Page => {
            let mut properties = fields::properties(item.get("properties"), true)?;
            if let Some(path) = path(&properties) {
                properties.entry("page".into()).or_insert(Value::String(path));
            }
            if let Some(named) = named {
                properties.entry("name".into()).or_insert_with(|| named.into());
            }
            Ok((own("page.viewed")?, properties))
        }
        Kind::Screen => {
            let mut properties = fields::properties(item.get("properties"), true)?;
            if let Some(named) = named {
                properties.entry("screen".into()).or_insert_with(|| named.into());
            }
            Ok((own("screen.viewed")?, properties))
        }
        Kind::Identify => {
            let traits = item.get("traits").filter(|traits| !traits.is_null());
            let mut profile = profile::from_traits(traits.or_else(|| item.pointer("/context/traits")), receipt)?;
            if let Some(zone) = item.pointer("/context/timezone").and_then(profile::zone) {
                profile.entry("zone".into()).or_insert(Value::String(zone));
            }
            Ok((own("customer.identified")?, profile))
        }
        Kind::Alias => {
            let previous = fields::id(item, "previousId")?.map(|id| ("previous_id".to_owned(), Value::String(id)));
            Ok((own("customer.identified")?, previous.into_iter().collect()))
        }
        Kind::Group => {
            let group = fields::id(item, "groupId")?.ok_or_else(|| Reason::new(Code::BadId, "groupId"))?;
            let traits = fields::properties(item.get("traits"), true)?;
            let mut properties: Properties =
                traits.into_iter().map(|(name, value)| (format!("group_{name}"), value)).collect();
            properties.insert("group_id".into(), Value::String(group));
            Ok((own("customer.grouped")?, properties))
        }
    }
}

/// The path of a page: as said, else the part of its address between host and query.
fn path(properties: &Properties) -> Option<String> {
    let text = |name: &str| properties.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
    let from_address = || {
        let (_, rest) = text("url")?.split_once("://")?;
        let end = rest.find(['?', '#']).unwrap_or(rest.len());
        Some(rest[..end].find('/').map_or("/", |start| &rest[start..end]))
    };
    text("path").or_else(from_address).map(str::to_owned)
}

fn tell_time(event: &mut Event, item: &Value, skew: SignedDuration) -> Result<(), Reason> {
    let stated = match fields::moment(item, "timestamp")? {
        Some(time) => Some(time),
        None => fields::moment(item, "originalTimestamp")?,
    };
    let Some(stated) = stated else { return Ok(()) };
    let time = fields::micros(stated.checked_add(skew).unwrap_or(stated));
    if time > event.received {
        event.properties.insert("time_stated".into(), Value::String(stated.to_string()));
    }
    event.time = time.min(event.received);
    Ok(())
}
