//! The addresses at which providers tell us things, and the senders that they belong to.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use words::Channel;

use crate::house::House;

const SMS: &str = "/instellingen/afzenders/sms";
const WHATSAPP: &str = "/instellingen/afzenders/whatsapp";

fn sms() -> Vec<(&'static str, &'static str)> {
    vec![
        ("transport", "twilio"),
        ("from_name", "Rijnoever"),
        ("from_address", "020 123 45 67"),
        ("account", "AC0123456789"),
        ("token", "een-heel-geheim-token"),
    ]
}

fn whatsapp() -> Vec<(&'static str, &'static str)> {
    vec![
        ("transport", "whatsapp"),
        ("from_name", "Rijnoever"),
        ("from_address", "+31201234567"),
        ("number", "106540352242922"),
        ("token", "EAAG-geheim"),
        ("app_secret", "app-geheim"),
    ]
}

fn with(
    form: &[(&'static str, &'static str)],
    changed: &[(&'static str, &'static str)],
) -> Vec<(&'static str, &'static str)> {
    let kept = form.iter().filter(|(name, _)| !changed.iter().any(|(other, _)| other == name));
    kept.chain(changed).copied().collect()
}

async fn config(house: &House, channel: &str) -> serde_json::Value {
    let senders = house.app.store.senders(&house.organisation()).await.unwrap();
    senders.into_iter().find(|sender| sender.channel == Channel::new(channel)).expect("a sender").config
}

async fn told(house: &House, method: &str, path: &str, headers: &[(&str, &str)], body: String) -> (StatusCode, String) {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let page = house.send(request.body(Body::from(body)).unwrap()).await;
    (page.status, page.body)
}

#[tokio::test]
async fn a_sender_of_text_messages_keeps_its_token_to_itself() {
    let (house, owner) = House::with_owner().await;
    assert_eq!(house.post(SMS, &sms(), &owner).await.location(), SMS);
    let page = house.get(SMS, &owner).await;
    assert!(!page.body.contains("een-heel-geheim-token"));
    let text = page.text();
    assert!(text.contains("https://klantreis.example/v1/channels/rijnoever-wonen/sms"), "{text}");
    assert!(text.contains("Is bewaard. Laat leeg om het te houden."));
    let senders = house.app.store.senders(&house.organisation()).await.unwrap();
    assert_eq!(senders[0].from_address, "+31201234567", "as providers write it");
    house.post(SMS, &with(&sms(), &[("token", "")]), &owner).await;
    assert_eq!(config(&house, "sms").await["token"], "een-heel-geheim-token");
    let elsewhere = with(&sms(), &[("token", ""), ("base", "https://sms.example.nl")]);
    let refused = house.post(SMS, &elsewhere, &owner).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("wat bewaard is gaat niet vanzelf naar een ander adres"));
    let named = house.post(SMS, &with(&elsewhere, &[("token", "ander-token")]), &owner).await;
    assert_eq!(named.location(), SMS);
}

#[tokio::test]
async fn mistakes_in_the_particulars_of_a_provider_stand_beside_their_field() {
    let (house, owner) = House::with_owner().await;
    let wrong = [
        ("from_address", "Woonstichting Rijnoever"),
        ("account", "AC 1/2"),
        ("token", "met spatie"),
        ("base", "http://10.0.0.1"),
    ];
    let page = house.post(SMS, &with(&sms(), &wrong), &owner).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    insta::assert_snapshot!("sms_mistakes", page.told());
    let wrong =
        [("number", "+31 20"), ("token", ""), ("app_secret", ""), ("version", "23"), ("from_address", "Rijnoever")];
    let page = house.post(WHATSAPP, &with(&whatsapp(), &wrong), &owner).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    insta::assert_snapshot!("whatsapp_mistakes", page.told());
}

#[tokio::test]
async fn meta_is_answered_when_it_asks_whether_the_address_is_ours() {
    let (house, owner) = House::with_owner().await;
    house.post(WHATSAPP, &whatsapp(), &owner).await;
    let path = "/v1/channels/rijnoever-wonen/whatsapp";
    let word = config(&house, "whatsapp").await["verify_token"].as_str().unwrap().to_owned();
    assert!(house.get(WHATSAPP, &owner).await.text().contains(&word), "to paste at Meta");
    house.post(WHATSAPP, &with(&whatsapp(), &[("token", ""), ("app_secret", "")]), &owner).await;
    assert_eq!(config(&house, "whatsapp").await["verify_token"], word, "it stays the same");
    let asked = |word: &str| format!("{path}?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token={word}");
    assert_eq!(told(&house, "GET", &asked(&word), &[], String::new()).await, (StatusCode::OK, "1158201444".into()));
    assert_eq!(told(&house, "GET", &asked("raad"), &[], String::new()).await.0, StatusCode::FORBIDDEN);
    let elsewhere = asked(&word).replace("whatsapp", "email");
    assert_eq!(told(&house, "GET", &elsewhere, &[], String::new()).await.0, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn who_proves_nothing_tells_nothing() {
    let (house, owner) = House::with_owner().await;
    let paths =
        ["/v1/channels/rijnoever-wonen/sms", "/v1/channels/rijnoever-wonen/whatsapp", "/v1/channels/anders/sms"];
    for path in paths {
        assert_eq!(told(&house, "POST", path, &[], "a=b".into()).await.0, StatusCode::UNAUTHORIZED, "no sender");
    }
    house.post(SMS, &sms(), &owner).await;
    house.post(WHATSAPP, &whatsapp(), &owner).await;
    for (path, header) in [(paths[0], "x-twilio-signature"), (paths[1], "x-hub-signature-256")] {
        let body = || r#"MessageSid=SM1&MessageStatus=delivered"#.to_owned();
        assert_eq!(told(&house, "POST", path, &[], body()).await.0, StatusCode::UNAUTHORIZED);
        assert_eq!(told(&house, "POST", path, &[(header, "sha256=00")], body()).await.0, StatusCode::UNAUTHORIZED);
    }
    let large = "x".repeat(3 * 1024 * 1024 + 1);
    let (status, _) = told(&house, "POST", paths[1], &[("x-hub-signature-256", "sha256=00")], large).await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
}
