use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::http::StatusCode;
use channels::dns::{DnsError, Kind, Lookup, Told};
use service::signing::Dkim;
use words::Channel;

use crate::house::{House, OWNER};

const PATH: &str = "/instellingen/afzenders/email";

const DOMAIN: &str = "/instellingen/afzenders/email/domein";

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
    let lane = store::Lane::own(house.organisation(), Channel::email());
    house.app.store.note_trouble(&lane, Some(trouble)).await.unwrap();
    let page = house.get(PATH, &owner).await.text();
    assert!(page.contains("Er gaat nu niets uit via deze afzender") && page.contains("niet bereikbaar"), "{page}");
    assert!(house.get("/instellingen/afzenders", &owner).await.text().contains("staat stil"));
    house.app.store.note_trouble(&lane, None).await.unwrap();
    assert!(!house.get("/instellingen/afzenders", &owner).await.text().contains("staat stil"));
}

/// A DNS in which one can publish.
#[derive(Debug, Default)]
struct Names(Mutex<BTreeMap<String, String>>);

#[async_trait::async_trait]
impl Lookup for Names {
    async fn ask(&self, name: &str, _: Kind) -> Result<Told, DnsError> {
        let all = self.0.lock().unwrap();
        Ok(all.get(name).map_or(Told::NoName, |text| Told::Records(vec![text.clone()])))
    }
}

#[tokio::test]
async fn mail_is_signed_once_the_key_is_seen_in_the_dns() {
    let (mut house, owner) = House::with_owner().await;
    let names = Arc::new(Names::default());
    house.with_names(names.clone());
    assert_eq!(house.get(DOMAIN, &owner).await.status, StatusCode::NOT_FOUND, "no sender yet");
    house.post(PATH, &form(), &owner).await;
    let page = house.get(DOMAIN, &owner).await;
    assert!(page.text().contains("geen SPF") && page.text().contains("Maak een sleutel"), "{}", page.text());
    assert_eq!(house.post(&format!("{DOMAIN}/sleutel"), &[], &owner).await.location(), DOMAIN);
    let dkim = async || Dkim::of(&house.app.store.senders(&house.organisation()).await.unwrap()[0]).unwrap();
    let made = dkim().await;
    assert!(made.name() == "kr20261124._domainkey.rijnoever.example" && !made.is_on);
    let page = house.get(DOMAIN, &owner).await;
    assert!(page.body.contains(&made.name()) && page.body.contains("v=DKIM1; k=rsa;"), "{}", page.text());
    for published in ["", "v=DKIM1; k=rsa; p=QUJD"] {
        names.0.lock().unwrap().insert(made.name(), published.into());
        house.post(&format!("{DOMAIN}/aan"), &[], &owner).await;
        assert!(!dkim().await.is_on, "{published}");
    }
    // As a provider shows it: in pieces and without the kind.
    let record = made.record.replace(" k=rsa;", "").replace("p=MIIB", "p=MIIB ");
    names.0.lock().unwrap().insert(made.name(), record);
    house.post(&format!("{DOMAIN}/aan"), &[], &owner).await;
    assert!(dkim().await.is_on);
    // The form of the sender knows nothing of the key and leaves it alone.
    let mut other = form();
    other[1] = ("from_name", "Rijnoever");
    house.post(PATH, &other, &owner).await;
    assert_eq!(dkim().await, Dkim { is_on: true, ..made.clone() });
    let stored = house.app.store.senders(&house.organisation()).await.unwrap();
    assert!(house.get(DOMAIN, &owner).await.body.find(stored[0].config["dkim_key"].as_str().unwrap()).is_none());
    house.post(&format!("{DOMAIN}/uit"), &[], &owner).await;
    assert!(Dkim::of(&house.app.store.senders(&house.organisation()).await.unwrap()[0]).is_none());
}

/// A PNG of 320 by 64 as far as its header tells.
fn png() -> Vec<u8> {
    let head = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\x40\0\0\0\x40\x08\x06\0\0\0".to_vec();
    [head, vec![0; 8], b"IEND\xaeB\x60\x82".to_vec()].concat()
}

const NAMES: &str = "/instellingen/afzenders/namens";

#[tokio::test]
async fn a_principal_has_a_face_and_senders_of_its_own() {
    let (house, owner) = House::with_owner().await;
    let form = [
        ("name", "Woonstede"),
        ("known_as", "WS-01"),
        ("accent", "#00583D"),
        ("phone", "026 765 43 21"),
        ("host", "klant.woonstede.example"),
        ("lines", "Postbus 1\nArnhem"),
        ("team", ""),
    ];
    let made = house.upload(NAMES, &form, Some(("logo.png", &png())), &owner).await;
    assert_eq!(made.location(), "/instellingen/afzenders/namens/woonstede");
    let page = house.get(made.location(), &owner).await;
    assert!(page.body.contains("value=\"#00583d\"") && page.body.contains("WS-01"), "{}", page.body);
    let logo = page.link("/logo/");
    let picture = house.get(&logo, "").await;
    assert_eq!((picture.status, picture.header("content-type")), (StatusCode::OK, "image/png"));
    assert!(picture.header("cache-control").contains("immutable"));
    assert!(picture.header("content-security-policy").contains("sandbox"));
    assert_eq!(house.get("/logo/elders/ab.png", "").await.status, StatusCode::NOT_FOUND);
    assert_eq!(house.get("/kleur/00583d.css", "").await.status, StatusCode::OK);
    assert_eq!(house.get("/kleur/url(x).css", "").await.status, StatusCode::NOT_FOUND);
    let preview = house.get("/instellingen/afzenders/namens/woonstede/voorbeeld", &owner).await;
    assert!(preview.body.contains("#00583d") && preview.body.contains("alt=\"Woonstede\""), "{}", preview.body);

    // A sender of its own, beside the organisation's.
    house.post(PATH, &self::form(), &owner).await;
    let theirs = format!("{PATH}@woonstede");
    let page = house.get(&theirs, &owner).await;
    assert!(page.body.contains("value=\"Woonstede\""), "its name is there already: {}", page.body);
    assert_eq!(house.post(&theirs, &self::form(), &owner).await.location(), theirs);
    let senders = house.app.store.senders(&house.organisation()).await.unwrap();
    let names: Vec<String> = senders.iter().map(|sender| sender.name().to_string()).collect();
    assert_eq!(names, ["email", "email@woonstede"]);
    assert_eq!(house.get(&format!("{PATH}@niemand"), &owner).await.status, StatusCode::NOT_FOUND);
    assert_eq!(house.get(&format!("{theirs}/domein"), &owner).await.status, StatusCode::OK);
    insta::assert_snapshot!("senders_of_two", house.get("/instellingen/afzenders", &owner).await.told());

    house.post("/instellingen/afzenders/namens/woonstede/weg", &[], &owner).await;
    assert_eq!(house.app.store.senders(&house.organisation()).await.unwrap().len(), 1);
    assert_eq!(house.get(&logo, "").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_is_wrong_with_a_principal_is_said_and_nothing_typed_is_lost() {
    let (house, owner) = House::with_owner().await;
    let form = [("name", "Woonstede"), ("accent", "#ffff00"), ("lines", "Postbus 1"), ("host", "https://x.nl")];
    let script = b"<svg onload=alert(1)>".to_vec();
    let page = house.upload(NAMES, &form, Some(("logo.png", &script)), &owner).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    for said in ["geen heel PNG", "witte tekst niet te lezen", "zonder https://"] {
        assert!(page.text().contains(said), "{said}: {}", page.text());
    }
    assert!(page.body.contains("Postbus 1") && page.body.contains("#ffff00"), "{}", page.body);
    assert!(house.app.store.principals(&house.organisation()).await.unwrap().is_empty());
    let large = vec![0; 300 * 1024];
    let page = house.upload(NAMES, &form, Some(("logo.png", &large)), &owner).await;
    assert_eq!(page.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn the_property_that_says_whose_a_message_is_stands_in_the_text() {
    let (house, owner) = House::with_owner().await;
    let path = "/instellingen/afzenders/eigenschap";
    let wrong = house.post(path, &[("property", "Repair Principal")], &owner).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    house.post(path, &[("property", "repair.principal")], &owner).await;
    let text = async || house.app.store.organisation(&house.organisation()).await.unwrap().unwrap().text;
    assert!(text().await.contains("principal: repair.principal"));
    house.post(path, &[("property", "")], &owner).await;
    assert!(!text().await.contains("principal:"));
}
