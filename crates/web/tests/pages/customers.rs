use axum::http::StatusCode;

use super::lives::with_journey;
use crate::house::House;

const JOURNEY: &str = "woning-reparatie";

#[tokio::test]
async fn an_empty_house_says_how_customers_come() {
    let (house, owner) = House::with_owner().await;
    let page = house.get("/klanten", &owner).await;
    assert!(page.text().contains("Nog geen klanten."), "{}", page.text());
    assert!(page.body.contains("/koppelingen/inlezen"));
}

#[tokio::test]
async fn staff_write_a_customer_down_change_it_and_find_it_again() {
    let (house, owner) = House::with_owner().await;
    let wrong = house.post("/klanten/nieuw", &[("email", "geen adres")], &owner).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let form =
        [("last_name", "de Vries"), ("salutation", "mevrouw"), ("mobile", "06 1234 5678"), ("number", "devries")];
    let made = house.post("/klanten/nieuw", &form, &owner).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text());
    let path = made.location().to_owned();
    assert_eq!(path, house.customer("devries"));
    let page = house.get(&path, &owner).await;
    assert!(page.text().contains("Mevrouw De Vries"), "{}", page.text());
    let again = house.post("/klanten/nieuw", &form, &owner).await;
    assert!(again.text().contains("al van iemand anders"), "{}", again.text());
    house
        .post(
            &format!("{path}/gegevens"),
            &[("last_name", "de Vries"), ("salutation", "mevrouw"), ("town", "Arnhem")],
            &owner,
        )
        .await;
    let page = house.get(&path, &owner).await;
    assert!(page.text().contains("Arnhem") && !page.text().contains("+31612345678"), "{}", page.text());
    for search in ["vri", "devries"] {
        let found = house.get(&format!("/klanten?zoek={search}"), &owner).await;
        assert!(found.body.contains(&path), "{search}: {}", found.text());
    }
    assert!(house.get("/klanten?zoek=zzz", &owner).await.text().contains("Niemand gevonden"));
}

#[tokio::test]
async fn a_consent_is_kept_with_its_proof() {
    let (house, owner) = House::with_owner().await;
    let path = house.post("/klanten/nieuw", &[("last_name", "Smit")], &owner).await.location().to_owned();
    house.post(&format!("{path}/toestemming"), &[("c-marketing", "ja"), ("c-verzonnen", "ja")], &owner).await;
    let page = house.get(&path, &owner).await;
    assert!(page.text().contains("ja, sinds 24 november 2026 (klantreis)"), "{}", page.text());
    assert!(!page.text().contains("verzonnen"));
    house.post(&format!("{path}/toestemming"), &[("c-marketing", "nee")], &owner).await;
    assert!(house.get(&path, &owner).await.text().contains("nee, sinds"));
}

#[tokio::test]
async fn consent_is_kept_for_each_channel_that_the_organisation_sends_by() {
    let (house, owner) = with_journey(JOURNEY).await;
    let path = house.post("/klanten/nieuw", &[("last_name", "Smit")], &owner).await.location().to_owned();
    let form = format!("{path}/toestemming");
    let page = house.get(&form, &owner).await;
    assert!(page.body.contains("c-marketing.sms") && page.body.contains("c-service.email"), "{}", page.text());
    let said = [("c-marketing", "ja"), ("c-marketing.sms", "nee"), ("c-service.email", "nee"), ("c-service", "")];
    house.post(&form, &said, &owner).await;
    let page = house.get(&path, &owner).await.text();
    for line in [
        "Aanbiedingen per sms\nnee, sinds",
        "Berichten bij de dienst per e-mail\nnee, sinds",
        "Aanbiedingen\nja, sinds",
    ] {
        assert!(page.contains(line), "{line}: {page}");
    }
    let page = house.get(&form, &owner).await.text();
    assert!(
        page.contains("sinds 24 november 2026 (klantreis)") && page.contains("deze berichten gaan gewoon"),
        "{page}"
    );
}

#[tokio::test]
async fn the_story_tells_what_happened_what_did_not_and_what_comes() {
    let (house, _) = with_journey(JOURNEY).await;
    let owner = house.live_through(JOURNEY, "2027-10-28T12:00:00+02:00").await;
    let page = house.get(&house.customer("devries"), &owner).await;
    insta::assert_snapshot!("customer_story", page.told());
    assert!(page.body.contains("/klantreizen/woning-reparatie?klant="), "the path on the map");
    let page = house.get(&house.customer("yilmaz"), &owner).await;
    assert!(page.text().contains("Straks"), "{}", page.text());
}

#[tokio::test]
async fn nobody_else_reads_a_story() {
    let (house, _) = with_journey(JOURNEY).await;
    let _ = house.live_through(JOURNEY, "2027-10-26T12:00:00+02:00").await;
    let page = house.get(&house.customer("devries"), "").await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    assert!(page.location().starts_with("/inloggen"));
    let (other, owner) = House::with_owner().await;
    assert_eq!(other.get(&house.customer("devries"), &owner).await.status, StatusCode::NOT_FOUND);
    assert_eq!(other.get("/klanten/geen-nummer", &owner).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn staff_start_a_journey_for_a_customer() {
    let (house, owner) = with_journey(JOURNEY).await;
    let path =
        house.post("/klanten/nieuw", &[("last_name", "Smit"), ("email", "s@x.nl")], &owner).await.location().to_owned();
    let choose = house.get(&format!("{path}/start"), &owner).await;
    assert!(choose.text().contains("Reparatie aan mijn woning"), "{}", choose.text());
    let one = format!("{path}/start/{JOURNEY}");
    assert!(house.get(&one, &owner).await.body.contains("p-kind"));
    let wrong = house.post(&one, &[("p-complete", "veel")], &owner).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let begun = house.post(&one, &[("p-kind", "lekkage"), ("channel", "phone")], &owner).await;
    assert_eq!(begun.location(), path, "{}", begun.text());
    let page = house.get(&path, &owner).await;
    assert!(page.text().contains("Ik meld een reparatie"), "{}", page.text());
    assert_eq!(house.get(&format!("{path}/start/onbekend"), &owner).await.status, StatusCode::NOT_FOUND);
}
