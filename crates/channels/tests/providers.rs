//! The transports that call a provider over HTTP, against one that does what providers do, and what they should not.

#[path = "peer/message.rs"]
mod message;

use std::time::Duration;

use channels::twilio::{TwilioSettings, TwilioTransport};
use channels::whatsapp::{WhatsAppSettings, WhatsAppTransport};
use channels::{Means, Outcome, Outgoing, Reason, Sender, Stage, Transport};
use message::message as plain;
use provider_for_tests::{Answer, Called};
use words::Template;

const PATIENCE: Duration = Duration::from_millis(300);

/// A message that a provider may also carry as a template.
fn message(channel: &str) -> Outgoing {
    let template = Template { name: "bezoek".into(), language: "nl".into(), parameters: vec!["morgen".into()] };
    Outgoing { template: Some(template), ..plain(channel) }
}

fn twilio(called: &Called) -> TwilioTransport {
    let settings =
        TwilioSettings { base: called.base(), account: "AC1".into(), token: "geheim".into(), answer_within: PATIENCE };
    TwilioTransport::new(settings, vec![called.address.to_string().parse().unwrap()]).unwrap()
}

fn whatsapp(called: &Called) -> WhatsAppTransport {
    let settings = WhatsAppSettings {
        base: called.base(),
        version: "v23.0".into(),
        number: "106".into(),
        token: "geheim".into(),
        answer_within: PATIENCE,
    };
    WhatsAppTransport::new(settings, vec![called.address.to_string().parse().unwrap()]).unwrap()
}

async fn answering(answer: Answer) -> Called {
    Called::start(move |_| answer.clone()).await.unwrap()
}

#[tokio::test]
async fn a_text_message_is_posted_as_a_form_and_accepted_with_its_sid() {
    let called = answering(Answer::of(201, r#"{"sid":"SM1"}"#)).await;
    assert_eq!(twilio(&called).send(&message("sms")).await, Outcome::Accepted { reference: "SM1".into() });
    let service = Sender { name: "x".into(), address: format!("MG{}", "0a".repeat(16)) };
    twilio(&called).send(&Outgoing { from: service, receipts: None, ..message("sms") }).await;
    let asked = called.asked();
    assert_eq!(asked[0].line, "POST /2010-04-01/Accounts/AC1/Messages.json");
    // `AC1:geheim` in base64.
    assert!(asked[0].head.contains("authorization: Basic QUMxOmdlaGVpbQ=="), "{}", asked[0].head);
    assert!(asked[0].head.contains("content-type: application/x-www-form-urlencoded"), "{}", asked[0].head);
    let form = |body: &str| url::form_urlencoded::parse(body.as_bytes()).into_owned().collect::<Vec<_>>();
    let expected = [
        ("To", "+31612345678"),
        ("Body", "Morgen komt de vakman & hij belt aan. Past het niet? Bel 030 123 45 67 😀"),
        ("From", "+31201234567"),
        ("StatusCallback", "https://reis.example/v1/channels/rijnoever/sms?m=run%3A1%3Aherinnering%3AA-1%3Asms"),
    ];
    assert_eq!(form(&asked[0].body), expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    assert_eq!(form(&asked[1].body)[2].0, "MessagingServiceSid");
}

#[tokio::test]
async fn a_whatsapp_message_is_posted_as_json_and_accepted_with_its_id() {
    let called = answering(Answer::of(200, r#"{"messages":[{"id":"wamid.1"}]}"#)).await;
    let told = whatsapp(&called).send(&message("whatsapp")).await;
    assert_eq!(told, Outcome::Accepted { reference: "wamid.1".into() });
    let asked = called.asked().remove(0);
    assert_eq!(asked.line, "POST /v23.0/106/messages");
    assert!(asked.head.contains("authorization: Bearer geheim"), "{}", asked.head);
    let body: serde_json::Value = serde_json::from_str(&asked.body).unwrap();
    assert_eq!((body["to"].as_str(), body["type"].as_str()), (Some("+31612345678"), Some("template")));
    let bare = Outgoing { template: None, ..message("whatsapp") };
    let told = whatsapp(&called).send(&bare).await;
    assert!(matches!(told, Outcome::Refused { reason: Reason::NoTemplate, permanent: true, .. }), "{told:?}");
    assert_eq!(called.asked().len(), 1, "nothing was asked");
}

#[tokio::test]
async fn who_is_called_by_the_wrong_channel_asks_nobody() {
    let called = answering(Answer::of(201, "{}")).await;
    for outcome in [twilio(&called).send(&message("whatsapp")).await, whatsapp(&called).send(&message("sms")).await] {
        assert!(matches!(outcome, Outcome::Refused { reason: Reason::WrongChannel { .. }, .. }), "{outcome:?}");
    }
    let long = Outgoing { text: "x".repeat(1_601), ..message("sms") };
    assert!(matches!(twilio(&called).send(&long).await, Outcome::Refused { reason: Reason::TooLong { .. }, .. }));
    assert!(called.asked().is_empty());
}

/// Both transports, met by the same answer.
async fn both(answer: Answer) -> [Outcome; 2] {
    let called = answering(answer).await;
    [twilio(&called).send(&message("sms")).await, whatsapp(&called).send(&message("whatsapp")).await]
}

#[tokio::test]
async fn what_was_handed_over_and_not_answered_is_unknown() {
    for outcome in both(Answer::Silent).await {
        let waited_ms = PATIENCE.as_millis() as u64;
        assert_eq!(outcome, Outcome::Unknown { reason: Reason::Silence { stage: Stage::Message, waited_ms } });
    }
    for outcome in both(Answer::HangUp).await {
        assert!(matches!(outcome, Outcome::Unknown { reason: Reason::Line { .. } }), "{outcome:?}");
    }
    for large in ["x".repeat(70_000), format!("\"{}", "x".repeat(1_000))] {
        for outcome in both(Answer::of(200, large)).await {
            assert!(matches!(outcome, Outcome::Unknown { .. }), "taken, and who knows what: {outcome:?}");
        }
    }
}

#[tokio::test]
async fn what_was_not_handed_over_is_tried_again_later() {
    let gone = answering(Answer::Refuse).await;
    let (sms, whatsapp) = (twilio(&gone), whatsapp(&gone));
    drop(gone);
    tokio::task::yield_now().await;
    for outcome in [sms.send(&message("sms")).await, whatsapp.send(&message("whatsapp")).await] {
        let reason = outcome.reason().cloned();
        assert!(matches!(reason, Some(Reason::Line { stage: Stage::Connect, .. })), "{outcome:?}");
        assert!(matches!(outcome, Outcome::Refused { permanent: false, .. }) && outcome.is_trouble());
    }
}

#[tokio::test]
async fn a_provider_that_is_busy_or_out_of_order_is_left_alone() {
    for outcome in both(Answer::Say(429, "retry-after: 12\r\n", String::new())).await {
        assert_eq!(outcome.asks_to_wait(), Some(Duration::from_secs(12)));
    }
    for outcome in both(Answer::of(503, "x".repeat(70_000))).await {
        let means = outcome.reason().cloned();
        assert!(matches!(means, Some(Reason::Provider { means: Means::Outage, code: 503, .. })), "{outcome:?}");
        assert!(outcome.is_trouble());
    }
    let led_on = both(Answer::Say(302, "location: http://127.0.0.1:1/\r\n", String::new())).await;
    assert!(led_on.iter().all(Outcome::is_trouble), "nobody follows with what lets us in: {led_on:?}");
}

#[tokio::test]
async fn whether_it_lets_us_in_is_asked_without_sending() {
    let called = Called::start(|asked| match asked.line.as_str() {
        "GET /2010-04-01/Accounts/AC1.json" | "GET /v23.0/106" => Answer::of(200, "{}"),
        _ => Answer::of(404, "{}"),
    });
    let called = called.await.unwrap();
    assert_eq!((twilio(&called).check().await, whatsapp(&called).check().await), (Ok(()), Ok(())));
    let closed = answering(Answer::of(401, r#"{"code":20003,"error":{"code":190}}"#)).await;
    for checked in [twilio(&closed).check().await, whatsapp(&closed).check().await] {
        assert!(matches!(checked, Err(Reason::Provider { means: Means::Settings, .. })), "{checked:?}");
    }
}

#[test]
fn settings_that_cannot_work_are_refused_before_the_first_message() {
    let good = TwilioSettings {
        base: "https://api.twilio.com".into(),
        account: "AC1".into(),
        token: "t".into(),
        answer_within: PATIENCE,
    };
    assert!(TwilioTransport::new(good.clone(), Vec::new()).is_ok());
    for bad in [
        TwilioSettings { base: "http://api.twilio.com".into(), ..good.clone() },
        TwilioSettings { account: "AC1/../x".into(), ..good.clone() },
        TwilioSettings { token: String::new(), ..good },
    ] {
        assert!(TwilioTransport::new(bad.clone(), Vec::new()).is_err(), "{bad:?}");
        assert!(!format!("{bad:?}").contains("\"t\""), "the token is not printed");
    }
}
