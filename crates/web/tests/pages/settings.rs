use axum::http::StatusCode;

use crate::house::House;

#[tokio::test]
async fn the_text_of_the_organisation_is_saved_when_it_can_be_read() {
    let (house, owner) = House::with_owner().await;
    let path = "/instellingen/organisatie";
    let text = "# van ons allemaal\nname: Rijnoever Wonen\ncustomer: { one: huurder, many: huurders }\r\nteams: [balie, vakmensen]\n";
    assert_eq!(house.post(path, &[("text", text)], &owner).await.status, StatusCode::SEE_OTHER);
    let page = house.get(path, &owner).await;
    assert!(page.body.contains("# van ons allemaal"), "remarks stay");
    assert!(page.body.contains(">Huurders</a>"), "the menu follows the organisation's word");
    insta::assert_snapshot!("organisation", page.told());

    let wrong = house.post(path, &[("text", "name: Rijnoever\nzone: Mars/Noord\n")], &owner).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    insta::assert_snapshot!("organisation_mistake", wrong.told());
    assert!(house.get(path, &owner).await.body.contains("Rijnoever Wonen"), "nothing was saved");
}

#[tokio::test]
async fn a_field_of_the_organisation_is_patched_into_its_text() {
    let (house, owner) = House::with_owner().await;
    let path = "/instellingen/organisatie";
    house.post(path, &[("text", "# van ons\nname: Rijnoever # kort\n")], &owner).await;
    let mut form = vec![
        ("name", "Rijnoever Wonen"),
        ("zone", "Europe/Amsterdam"),
        ("language", "nl"),
        ("address", "u"),
        ("quiet_from", "22:00"),
        ("quiet_until", "07:30"),
        ("customer", "huurder, huurders"),
        ("teams", "balie"),
    ];
    let saved = house.post("/instellingen/organisatie/gegevens", &form, &owner).await;
    assert_eq!(saved.location(), path, "{}", saved.text());
    let row = house.app.store.organisation(&house.organisation()).await.unwrap().unwrap();
    insta::assert_snapshot!("organisation_patched", row.text);
    form[1].1 = "Mars/Noord";
    let wrong = house.post("/instellingen/organisatie/gegevens", &form, &owner).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("Mars/Noord"), "what was filled in stays");
    assert_eq!(house.app.store.organisation(&house.organisation()).await.unwrap().unwrap().text, row.text);
}

#[tokio::test]
async fn an_api_key_is_shown_once_and_kept_as_a_hash() {
    let (house, owner) = House::with_owner().await;
    let path = "/instellingen/sleutels";
    let made = house.post(path, &[("name", "Rapportage"), ("role", "viewer")], &owner).await;
    let secret = made.link("kr_api_");
    assert!(!house.get(path, &owner).await.body.contains(&secret));
    let key = house.app.store.key(&service::token::hash(&secret)).await.unwrap().expect("it works");
    assert_eq!(key.name, "Rapportage");
    let hash: String = key.hash.iter().map(|byte| format!("{byte:02x}")).collect();
    house.post(&format!("{path}/intrekken"), &[("hash", &hash)], &owner).await;
    assert_eq!(house.app.store.key(&key.hash).await.unwrap(), None, "revoked");
    insta::assert_snapshot!("keys", house.get(path, &owner).await.told());
}

#[tokio::test]
async fn addresses_of_colleagues_take_one_form() {
    let (house, owner) = House::with_owner().await;
    let path = "/instellingen/collegas";
    insta::assert_snapshot!("staff_addresses_empty", house.get(path, &owner).await.told());
    let form = [("name", "Joost"), ("channel", "sms"), ("address", "06 1234 56 78")];
    house.post(path, &form, &owner).await;
    let kept = house.app.store.staff_addresses(&house.organisation()).await.unwrap();
    assert_eq!(kept[0].address, "+31612345678");
    let remove = [("channel", "sms"), ("address", "+31612345678")];
    house.post(&format!("{path}/verwijderen"), &remove, &owner).await;
    assert!(house.app.store.staff_addresses(&house.organisation()).await.unwrap().is_empty());
    let wrong = [("name", "Joost"), ("channel", "tamtam"), ("address", "x")];
    assert_eq!(house.post(path, &wrong, &owner).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn nothing_goes_to_a_suppressed_address_until_it_is_allowed_again() {
    let (house, owner) = House::with_owner().await;
    let path = "/instellingen/niet-benaderen";
    house.post(path, &[("channel", "email"), ("address", "Weg@Voorbeeld.example")], &owner).await;
    insta::assert_snapshot!("suppressions", house.get(path, &owner).await.told());
    let address = [("channel", "email"), ("address", "weg@voorbeeld.example")];
    house.post(&format!("{path}/verwijderen"), &address, &owner).await;
    let listed = house.app.store.suppressions(&house.organisation(), store::Paging::first(10)).await.unwrap();
    assert_eq!(listed.total, 0);
}
