use proptest::prelude::*;
use serde_json::json;
use words::limits;

use super::*;
use crate::intake::{Code, Rejected};

/// One second after the recorded bodies were sent.
fn receipt() -> Receipt {
    Receipt::new("webshop", "2027-03-01T09:30:02Z".parse().unwrap())
}

fn taken(call: Call, body: &Value) -> Vec<Taken> {
    Body::parse(call, body.to_string().as_bytes()).unwrap().events(&receipt())
}

fn one(kind: Kind, item: Value) -> words::Event {
    taken(Call::One(kind), &item).remove(0).unwrap()
}

fn refused(kind: Kind, item: Value) -> Code {
    taken(Call::One(kind), &item).remove(0).unwrap_err().reason.code
}

/// A line per event, and a line per refusal.
fn told(taken: &[Taken]) -> String {
    let line = |taken: &Taken| match taken {
        Ok(event) => serde_json::to_string(event).unwrap(),
        Err(Rejected { index, message_id, reason, .. }) => format!("REFUSED {index} {message_id:?} {reason:?}"),
    };
    taken.iter().map(line).collect::<Vec<_>>().join("\n")
}

// What the real clients sent, recorded once; only clocks and versions of the machine were made plain.

#[test]
fn the_node_client_is_understood() {
    let bytes = include_bytes!("../../../tests/fixtures/segment/analytics-node-3.1.0.json");
    let body = Body::parse(Call::Batch, bytes).unwrap();
    assert_eq!(body.write_key(), Some("write-key-of-a-test"));
    insta::assert_snapshot!(told(&body.events(&receipt())));
}

#[test]
fn the_python_client_is_understood() {
    let bytes = include_bytes!("../../../tests/fixtures/segment/analytics-python-2.4.0.json");
    insta::assert_snapshot!(told(&Body::parse(Call::Batch, bytes).unwrap().events(&receipt())));
}

#[test]
fn a_call_that_its_path_named_can_be_read_again() {
    let bad = taken(Call::One(Kind::Track), &json!({ "event": "Order Completed", "messageId": "m" })).remove(0);
    assert_eq!(bad.unwrap_err().raw, r#"{"event":"Order Completed","messageId":"m","type":"track"}"#);
}

#[test]
fn traits_in_the_context_tell_who_someone_is() {
    let event = one(Kind::Identify, json!({ "userId": "x", "context": { "traits": { "firstName": "Anna" } } }));
    assert_eq!(event.properties["first_name"], "Anna");
}

#[test]
fn one_bad_event_does_not_fail_its_batch() {
    let good = json!({ "type": "track", "userId": "x", "event": "Order Completed", "messageId": "m" });
    let body = json!({ "batch": [good, { "type": "toot", "messageId": "bad" }, 7, good] });
    let taken = taken(Call::Batch, &body);
    assert_eq!(taken.iter().map(Result::is_ok).collect::<Vec<_>>(), [true, false, false, true]);
    let bad = taken[1].as_ref().unwrap_err();
    assert_eq!((bad.index, bad.message_id.as_deref(), bad.reason.code), (1, Some("bad"), Code::BadType));
    assert_eq!(bad.raw, r#"{"messageId":"bad","type":"toot"}"#);
}

#[test]
fn what_is_wrong_with_an_event_is_said() {
    let track = |item: Value| refused(Kind::Track, item);
    assert_eq!(track(json!({ "userId": "x" })), Code::NoName);
    assert_eq!(track(json!({ "userId": "x", "event": "clicked" })), Code::BadName);
    assert_eq!(track(json!({ "userId": "x", "event": "Answer Given" })), Code::ReservedName);
    assert_eq!(track(json!({ "userId": "x", "event": "customer.identified" })), Code::ReservedName);
    assert_eq!(track(json!({ "event": "a.b" })), Code::NoIdentity);
    assert_eq!(track(json!({ "userId": {}, "event": "a.b" })), Code::BadId);
    assert_eq!(track(json!({ "userId": "x", "event": "a.b", "timestamp": "yesterday" })), Code::BadTime);
    assert_eq!(track(json!({ "userId": "x", "event": "a.b", "properties": "p" })), Code::BadProperties);
    assert_eq!(refused(Kind::Alias, json!({ "userId": "x" })), Code::NoPrevious);
    assert_eq!(refused(Kind::Alias, json!({ "previousId": "x" })), Code::NoPrevious);
    assert_eq!(refused(Kind::Group, json!({ "userId": "x" })), Code::BadId);
}

#[test]
fn an_event_about_an_object_needs_no_customer() {
    let event =
        one(Kind::Track, json!({ "event": "Visit Failed", "properties": { "id": "V-4", "appointmentId": "A-4" } }));
    assert_eq!(event.objects(), [("visit".to_owned(), "V-4".to_owned()), ("appointment".to_owned(), "A-4".to_owned())]);
}

#[test]
fn every_limit_holds() {
    let with =
        |properties: Value| refused(Kind::Track, json!({ "userId": "x", "event": "a.b", "properties": properties }));
    let many: serde_json::Map<_, _> = (0..=limits::PROPERTIES_MAX).map(|n| (format!("p{n}"), json!(n))).collect();
    assert_eq!(with(Value::Object(many)), Code::TooManyProperties);
    assert_eq!(with(json!({ "p": "x".repeat(limits::TEXT_CHARS_MAX + 1) })), Code::TextTooLong);
    assert_eq!(with(json!({ "p": ["x".repeat(limits::EVENT_BYTES_MAX)] })), Code::TooLarge);
    let many = json!({ "batch": vec![json!({}); limits::BATCH_EVENTS_MAX + 1] }).to_string();
    let error = Body::parse(Call::Batch, many.as_bytes()).unwrap_err();
    assert_eq!(error, BadBody::TooManyEvents { events: limits::BATCH_EVENTS_MAX + 1 });
    let large = vec![b' '; limits::BATCH_BYTES_MAX + 1];
    assert_eq!(Body::parse(Call::Batch, &large).unwrap_err(), BadBody::TooLarge { bytes: large.len() });
}

#[test]
fn a_body_in_another_form_is_refused_whole() {
    assert!(matches!(Body::parse(Call::Batch, b"{\"batch\": 5}"), Err(BadBody::WrongForm(_))));
    assert!(matches!(Body::parse(Call::One(Kind::Track), b"[]"), Err(BadBody::WrongForm(_))));
    assert!(matches!(Body::parse(Call::Batch, &[0x1f, 0x8b, 8]), Err(BadBody::NotJson(_))));
    let deep = "[".repeat(100_000);
    assert!(matches!(Body::parse(Call::Batch, deep.as_bytes()), Err(BadBody::NotJson(_))), "depth has a limit too");
}

#[test]
fn a_clock_that_is_wrong_is_put_right() {
    let sent_at = |sent: &str| {
        let body = json!({ "userId": "x", "event": "a.b", "timestamp": "2027-03-01T08:00:00Z", "sentAt": sent });
        one(Kind::Track, body).time.to_string()
    };
    assert_eq!(sent_at("2027-03-01T09:29:58Z"), "2027-03-01T08:00:00Z", "four seconds are the delivery");
    assert_eq!(sent_at("2027-03-01T08:30:02Z"), "2027-03-01T09:00:00Z", "an hour behind");
    assert_eq!(sent_at("2027-03-01T10:30:02Z"), "2027-03-01T07:00:00Z", "an hour ahead");
    assert_eq!(sent_at("nonsense"), "2027-03-01T08:00:00Z");
}

#[test]
fn a_time_in_the_future_becomes_the_moment_of_receipt() {
    let event =
        one(Kind::Track, json!({ "userId": "x", "event": "a.b", "originalTimestamp": "2028-01-01T00:00:00+01:00" }));
    assert_eq!(event.time, event.received);
    assert_eq!(event.text("time_stated").as_deref(), Some("2027-12-31T23:00:00Z"));
}

#[test]
fn without_an_id_a_retry_is_still_the_same_event() {
    let id = |page: &str| one(Kind::Page, json!({ "userId": "x", "properties": { "url": page } })).id;
    assert_eq!(id("https://x.example/a"), id("https://x.example/a"));
    assert_ne!(id("https://x.example/a"), id("https://x.example/b"));
}

#[test]
fn a_page_has_its_path() {
    let page =
        |properties: Value| one(Kind::Page, json!({ "anonymousId": "a-1", "properties": properties })).text("page");
    assert_eq!(page(json!({ "url": "https://winkel.example/lampen?x=1#y" })).as_deref(), Some("/lampen"));
    assert_eq!(page(json!({ "url": "https://winkel.example?x=1" })).as_deref(), Some("/"));
    assert_eq!(page(json!({ "path": "/hulp" })).as_deref(), Some("/hulp"));
    assert_eq!(page(json!({})), None);
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(body) = Body::parse(Call::Batch, &bytes) {
            body.events(&receipt());
        }
    }

    #[test]
    fn arbitrary_fields_never_panic(kind in "identify|track|page|screen|group|alias|x", field in "userId|anonymousId|previousId|event|name|properties|traits|context|timestamp|messageId|groupId", text in any::<String>(), number in any::<f64>()) {
        for value in [json!(text), json!(number), json!([text]), json!({ &text: number, "phone": text, "address": { "city": text }, "timezone": text })] {
            let mut item = json!({ "type": kind, "userId": "x", "event": "a.b", "groupId": "g" });
            item[&field] = value;
            let taken = taken(Call::Batch, &json!({ "batch": [item] }));
            prop_assert_eq!(taken.len(), 1);
        }
    }
}
