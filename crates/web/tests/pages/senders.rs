use axum::http::StatusCode;
use words::Channel;

use crate::house::{House, OWNER};

const PATH: &str = "/instellingen/afzenders/email";

fn form() -> Vec<(&'static str, &'static str)> {
    vec![
        ("transport", "smtp"),
        ("from_name", "Rijnoever Wonen"),
        ("from_address", "post@rijnoever.example"),
        ("reply_to", ""),
        ("host", "smtp.rijnoever.example"),
        ("port", "587"),
        ("tls", "starttls"),
        ("user", "post"),
        ("password", "geheim woord"),
    ]
}

async fn is_tested(house: &House) -> bool {
    let senders = house.app.store.senders(&house.organisation()).await.unwrap();
    senders.iter().any(|sender| sender.channel == Channel::email() && sender.tested.is_some())
}

fn code(house: &House) -> String {
    let letters = house.mail.taken();
    let text = &letters.last().expect("a test message").text;
    text.split("code is ").nth(1).and_then(|rest| rest.split('.').next()).expect("a code").to_owned()
}

#[tokio::test]
async fn a_sender_counts_once_the_code_of_a_received_message_came_back() {
    let (house, owner) = House::with_owner().await;
    assert_eq!(house.post(PATH, &form(), &owner).await.location(), PATH);
    assert!(!is_tested(&house).await, "settings alone prove nothing");

    let sent = house.post(&format!("{PATH}/proef"), &[("to", OWNER)], &owner).await;
    assert_eq!(sent.location(), "/instellingen/afzenders/email/code");
    let code = code(&house);
    let link = house.get(&format!("{PATH}/code?code={code}"), &owner).await;
    assert!(link.body.contains(&code) && !is_tested(&house).await, "following the link proves nothing");

    let wrong = house.post(&format!("{PATH}/code"), &[("code", "AAAA-AAAA")], &owner).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let typed = code.to_lowercase().replace('-', " ");
    let right = house.post(&format!("{PATH}/code"), &[("code", &typed)], &owner).await;
    assert_eq!(right.location(), "/instellingen/afzenders");
    assert!(is_tested(&house).await);
    insta::assert_snapshot!("senders", house.get("/instellingen/afzenders", &owner).await.told());
}

#[tokio::test]
async fn other_settings_need_another_test() {
    let (house, owner) = House::with_owner().await;
    house.post(PATH, &form(), &owner).await;
    house.post(&format!("{PATH}/proef"), &[("to", OWNER)], &owner).await;
    let code = code(&house);
    let other: Vec<_> =
        form().into_iter().map(|pair| if pair.0 == "host" { ("host", "mx.example") } else { pair }).collect();
    house.post(PATH, &other, &owner).await;
    let page = house.post(&format!("{PATH}/code"), &[("code", &code)], &owner).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "the code travelled by the old settings");
    house.post(&format!("{PATH}/proef"), &[("to", OWNER)], &owner).await;
    house.post(&format!("{PATH}/code"), &[("code", &self::code(&house))], &owner).await;
    assert!(is_tested(&house).await);
    let renamed: Vec<_> =
        other.iter().map(|pair| if pair.0 == "from_name" { ("from_name", "Rijnoever") } else { *pair }).collect();
    house.post(PATH, &renamed, &owner).await;
    assert!(is_tested(&house).await, "another name needs no test");
    house.post(PATH, &form(), &owner).await;
    assert!(!is_tested(&house).await);
}

#[tokio::test]
async fn a_password_is_kept_and_never_shown() {
    let (house, owner) = House::with_owner().await;
    house.post(PATH, &form(), &owner).await;
    let page = house.get(PATH, &owner).await;
    assert!(!page.body.contains("geheim woord"));
    assert!(page.text().contains("Er is een wachtwoord bewaard."));
    let empty: Vec<_> =
        form().into_iter().map(|pair| if pair.0 == "password" { ("password", "") } else { pair }).collect();
    house.post(PATH, &empty, &owner).await;
    let senders = house.app.store.senders(&house.organisation()).await.unwrap();
    assert_eq!(senders[0].config["password"], "geheim woord");
}

#[tokio::test]
async fn mistakes_stand_beside_their_field() {
    let (house, owner) = House::with_owner().await;
    let wrong = [
        ("transport", "smtp"),
        ("from_name", "Rijnoever"),
        ("from_address", "geen adres"),
        ("host", ""),
        ("port", "99999"),
        ("tls", "starttls"),
    ];
    let page = house.post(PATH, &wrong, &owner).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    insta::assert_snapshot!("sender_mistakes", page.told());
    assert_eq!(house.get("/instellingen/afzenders/tamtam", &owner).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn codes_cannot_be_tried_without_end() {
    let (house, owner) = House::with_owner().await;
    house.post(PATH, &form(), &owner).await;
    for _ in 0..5 {
        house.post(&format!("{PATH}/code"), &[("code", "AAAA-AAAA")], &owner).await;
    }
    let page = house.post(&format!("{PATH}/code"), &[("code", "AAAA-AAAA")], &owner).await;
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn a_tested_sender_mails_invitations() {
    let (house, owner) = House::with_owner().await;
    house.post(PATH, &form(), &owner).await;
    house.post(&format!("{PATH}/proef"), &[("to", OWNER)], &owner).await;
    house.post(&format!("{PATH}/code"), &[("code", &code(&house))], &owner).await;
    let invite = [("email", "joost@rijnoever.example"), ("role", "viewer")];
    let page = house.post("/instellingen/leden", &invite, &owner).await;
    assert!(page.text().contains("Hij is per e-mail verstuurd."));
    let letter = house.mail.taken().pop().unwrap();
    assert_eq!(letter.to, "joost@rijnoever.example");
    assert!(letter.text.contains("https://klantreis.example/uitnodiging/"), "{}", letter.text);
    insta::assert_snapshot!("invitation_letter", letter.text.split("https://").next().unwrap());
}

#[tokio::test]
async fn whoever_looks_sees_that_a_provider_is_in_trouble() {
    let (house, owner) = House::with_owner().await;
    let lines: Vec<_> = form().into_iter().chain([("lines", "8")]).collect();
    house.post(PATH, &lines, &owner).await;
    let kept = house.app.store.senders(&house.organisation()).await.unwrap().remove(0);
    assert_eq!(kept.config["lines"], 8);
    let many: Vec<_> = form().into_iter().chain([("lines", "21")]).collect();
    assert_eq!(house.post(PATH, &many, &owner).await.status, StatusCode::UNPROCESSABLE_ENTITY, "there is a limit");
    let now = house.app.clock.now();
    let trouble =
        store::Trouble { since: now, until: now, reason: "De server van de aanbieder was niet bereikbaar.".into() };
    let lane = store::Lane { organisation: house.organisation(), channel: Channel::email() };
    house.app.store.note_trouble(&lane, Some(trouble)).await.unwrap();
    let page = house.get(PATH, &owner).await.text();
    assert!(page.contains("Er gaat nu niets uit via deze afzender") && page.contains("niet bereikbaar"), "{page}");
    assert!(house.get("/instellingen/afzenders", &owner).await.text().contains("staat stil"));
    house.app.store.note_trouble(&lane, None).await.unwrap();
    assert!(!house.get("/instellingen/afzenders", &owner).await.text().contains("staat stil"));
}
