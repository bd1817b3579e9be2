//! Our own form of an event:
//!
//! ```json
//! {"id": "r-010", "time": "2027-10-25T08:30:00+02:00", "customer": "yilmaz", "name": "repair.reported",
//!  "properties": {"id": "R-2", "kind": "verwarming"}}
//! ```
//!
//! `anonymous` is an id from before anyone knew who it was. Names and properties stay as they are. Without `id` the digest
//! of the event is its id, so that the same event sent twice is one; without `time` it happened when it came. A body is one
//! event or a list of them. `received` and `source` are only read from a trace, which is our own.

use serde_json::Value;
use words::{Event, EventId, EventName, Identity, limits};

use super::body::{self, BadBody};
use super::{Code, Reason, Receipt, Rejected, Taken, fields};

/// Reads a body from outside: an event or a list of events. Reserved names are refused, but for `customer.identified`,
/// which is how a register of customers tells who they are.
pub fn events(bytes: &[u8], receipt: &Receipt) -> Result<Vec<Taken>, BadBody> {
    let items = match body::json(bytes)? {
        Value::Array(items) => body::counted(items)?,
        item @ Value::Object(_) => vec![item],
        _ => return Err(BadBody::WrongForm("{…} / […]")),
    };
    Ok(items.iter().enumerate().map(|(index, item)| one(index, item, receipt)).collect())
}

/// Reads one line of a trace of our own (`trace.jsonl`): any name, with the source and the moment of receipt in it.
/// `received` left out is `time`.
pub fn trace_line(line: &str) -> Result<Event, Rejected> {
    let refuse = |reason: Reason| Rejected::new(0, None, reason, line.to_owned());
    let item: Value =
        serde_json::from_str(line).map_err(|error| refuse(Reason::new(Code::NotAnObject, error.to_string())))?;
    let read = || {
        let time = fields::moment(&item, "time")?.ok_or_else(|| Reason::new(Code::BadTime, ""))?;
        let received = fields::moment(&item, "received")?.unwrap_or(time);
        let source = fields::id(&item, "source")?.ok_or_else(|| Reason::new(Code::BadId, "source"))?;
        read(&item, &Receipt::new(source, received))
    };
    read().map_err(refuse)
}

/// The form of an event that was accepted before, as [`events`] reads it.
pub(crate) fn written(event: &Event) -> Value {
    serde_json::json!({
        "id": event.id, "time": event.time, "customer": event.identity.customer,
        "anonymous": event.identity.anonymous, "name": event.name, "properties": event.properties,
    })
}

pub(super) fn one(index: usize, item: &Value, receipt: &Receipt) -> Taken {
    let raw = item.to_string();
    let read = || {
        if raw.len() > limits::EVENT_BYTES_MAX {
            return Err(Reason::new(Code::TooLarge, raw.len().to_string()));
        }
        let event = read(item, receipt)?;
        let name = event.name.as_str();
        let reserved = EventName::RESERVED.contains(&name) || event.name.object() == "message";
        if reserved && name != "customer.identified" {
            return Err(Reason::new(Code::ReservedName, name));
        }
        Ok(event)
    };
    read().map_err(|reason| {
        let id = item.get("id").and_then(Value::as_str).map(|id| id.chars().take(200).collect());
        Rejected::new(index, id, reason, raw.clone())
    })
}

pub(super) fn read(item: &Value, receipt: &Receipt) -> Result<Event, Reason> {
    if !item.is_object() {
        return Err(Reason::new(Code::NotAnObject, fields::kind(item)));
    }
    let said =
        item.get("name").and_then(Value::as_str).filter(|name| !name.is_empty()).ok_or(Reason::from(Code::NoName))?;
    let name = EventName::parse(said).ok_or_else(|| Reason::new(Code::BadName, said))?;
    let identity = Identity { customer: fields::id(item, "customer")?, anonymous: fields::id(item, "anonymous")? };
    let id = fields::id(item, "id")?.unwrap_or_else(|| fields::derived_id(item));
    let mut properties = fields::properties(item.get("properties"), false)?;
    let stated = fields::moment(item, "time")?.unwrap_or(receipt.received);
    if stated > receipt.received {
        properties.insert("time_stated".into(), Value::String(stated.to_string()));
    }
    let event = Event {
        id: EventId::new(id),
        source: receipt.source.clone(),
        name,
        time: stated.min(receipt.received),
        received: receipt.received,
        identity,
        properties,
        imported: false,
    };
    // Numbers of an audience (`ad.shown`) are about nobody.
    let counted = event.properties.contains_key("count");
    if event.identity == Identity::default() && event.objects().is_empty() && !counted {
        return Err(Code::NoIdentity.into());
    }
    Ok(event)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn receipt() -> Receipt {
        Receipt::new("woningsysteem", "2027-10-25T08:00:00Z".parse().unwrap())
    }

    fn reason(item: &Value) -> Code {
        events(item.to_string().as_bytes(), &receipt()).unwrap().remove(0).expect_err("refused").reason.code
    }

    #[test]
    fn an_event_in_our_own_form_is_taken_as_it_is() {
        let item = json!({
            "id": "r-010", "time": "2027-10-25T08:30:00+02:00", "customer": "yilmaz", "name": "repair.reported",
            "properties": { "id": "R-2", "dayPart": "morning" },
        });
        let event = events(item.to_string().as_bytes(), &receipt()).unwrap().remove(0).unwrap();
        assert_eq!(event.time.to_string(), "2027-10-25T06:30:00Z");
        assert_eq!(event.identity.customer.as_deref(), Some("yilmaz"));
        assert_eq!(event.objects(), [("repair".to_owned(), "R-2".to_owned())]);
        assert!(event.properties.contains_key("dayPart"));
        assert_eq!((event.source.as_str(), event.imported), ("woningsysteem", false));
    }

    #[test]
    fn without_an_id_the_same_event_has_the_same_id() {
        let id = |text: &str| events(text.as_bytes(), &receipt()).unwrap().remove(0).unwrap().id;
        let event = r#"{"name": "a.b", "customer": "x", "properties": {"p": 1, "q": [2]}}"#;
        assert_eq!(id(event), id(r#"{"customer": "x", "properties": {"q": [2], "p": 1}, "name": "a.b"}"#));
        assert_ne!(id(event), id(r#"{"name": "a.b", "customer": "x", "properties": {"p": 2, "q": [2]}}"#));
    }

    #[test]
    fn one_bad_event_does_not_fail_the_others() {
        let body = json!([{ "name": "a.b", "customer": "x" }, 5, { "name": "a.b", "customer": "x", "id": "2" }]);
        let taken = events(body.to_string().as_bytes(), &receipt()).unwrap();
        assert_eq!(taken.iter().map(Result::is_ok).collect::<Vec<_>>(), [true, false, true]);
        assert_eq!(taken[1].as_ref().unwrap_err().index, 1);
    }

    #[test]
    fn what_is_wrong_is_said() {
        assert_eq!(reason(&json!({ "customer": "x" })), Code::NoName);
        assert_eq!(reason(&json!({ "customer": "x", "name": "Order Completed" })), Code::BadName);
        assert_eq!(reason(&json!({ "name": "a.b" })), Code::NoIdentity);
        assert_eq!(reason(&json!({ "name": "a.b", "customer": "x".repeat(201) })), Code::BadId);
        assert_eq!(reason(&json!({ "name": "a.b", "customer": "x", "time": "2027-10-25T08:30:00" })), Code::BadTime);
        assert_eq!(reason(&json!({ "name": "a.b", "customer": "x", "properties": [] })), Code::BadProperties);
        assert_eq!(reason(&json!({ "name": "task.done", "customer": "x" })), Code::ReservedName);
        assert_eq!(reason(&json!({ "name": "message.read", "customer": "x" })), Code::ReservedName);
    }

    #[test]
    fn a_register_of_customers_may_tell_who_they_are() {
        let item =
            json!({ "name": "customer.identified", "customer": "x", "properties": { "email": "x@example.org" } });
        assert!(events(item.to_string().as_bytes(), &receipt()).unwrap()[0].is_ok());
    }

    #[test]
    fn a_time_in_the_future_becomes_now_and_what_was_said_is_kept() {
        let item = json!({ "name": "a.b", "customer": "x", "time": "2030-01-01T00:00:00Z" });
        let event = events(item.to_string().as_bytes(), &receipt()).unwrap().remove(0).unwrap();
        assert_eq!(event.time, event.received);
        assert_eq!(event.text("time_stated").as_deref(), Some("2030-01-01T00:00:00Z"));
    }

    #[test]
    fn a_body_that_is_no_event_is_refused_whole() {
        assert!(matches!(events(b"{", &receipt()), Err(BadBody::NotJson(_))));
        assert!(matches!(events(b"5", &receipt()), Err(BadBody::WrongForm(_))));
        let many = vec![json!({}); limits::BATCH_EVENTS_MAX + 1];
        let refused = events(json!(many).to_string().as_bytes(), &receipt()).unwrap_err();
        assert_eq!(refused, BadBody::TooManyEvents { events: limits::BATCH_EVENTS_MAX + 1 });
        let large = vec![b' '; limits::BATCH_BYTES_MAX + 1];
        assert!(matches!(events(&large, &receipt()), Err(BadBody::TooLarge { .. })));
    }

    #[test]
    fn a_trace_tells_its_own_source_and_receipt() {
        let line = r#"{"id": "r-011", "time": "2027-10-25T08:36:00+02:00", "received": "2027-10-25T08:37:00+02:00", "customer": "yilmaz", "name": "task.done", "properties": {}, "source": "planningssysteem"}"#;
        let event = trace_line(line).unwrap();
        assert_eq!(
            (event.source.as_str(), event.received.to_string()),
            ("planningssysteem", "2027-10-25T06:37:00Z".into())
        );
        assert_eq!(trace_line("{").unwrap_err().reason.code, Code::NotAnObject);
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = events(&bytes, &receipt());
            let _ = trace_line(&String::from_utf8_lossy(&bytes));
        }
    }
}
