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
    let refused = house.post(&format!("{path}/verwijderen"), &address, &owner).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("Schrijf op waarom"), "{}", refused.text());
    let total = async |part: &str| {
        house.app.store.suppressions(&house.organisation(), part, store::Paging::first(10)).await.unwrap().total
    };
    assert_eq!(total("").await, 1);
    let reason = [address[0], address[1], ("reason", "Zij belde zelf")];
    house.post(&format!("{path}/verwijderen"), &reason, &owner).await;
    assert_eq!(total("").await, 0);
    assert!(house.get("/instellingen/logboek", &owner).await.text().contains("Zij belde zelf"));
}

#[tokio::test]
async fn a_list_of_another_system_is_looked_at_then_taken_in_and_given_back() {
    let (house, owner) = House::with_owner().await;
    let path = "/instellingen/niet-benaderen/inlezen";
    let send = async |text: &str, done: &str| house.upload(path, &[("text", text), ("doen", done)], None, &owner).await;
    let table =
        "adres;kanaal;reden;datum\nweg@x.nl;;bounced;2026-01-02\n0612345678;sms;\"Nu; verhuisd\";\nfout;email;;\n";
    let seen = send(table, "").await;
    assert!(seen.text().contains("2 adressen komen op de lijst"), "{}", seen.text());
    assert!(seen.text().contains("“fout” is geen adres"), "{}", seen.text());
    let listed = async |part: &str| {
        house.app.store.suppressions(&house.organisation(), part, store::Paging::first(10)).await.unwrap()
    };
    assert_eq!(listed("").await.total, 0, "a look changes nothing");
    let done = send(table, "ja").await;
    assert!(done.text().contains("2 adressen staan nu op de lijst"), "{}", done.text());
    assert!(
        done.body.contains("fout;email;;") && !done.body.contains("weg@x.nl"),
        "what is left to mend: {}",
        done.body
    );
    assert_eq!(listed("06-1234").await.rows[0].reason, "Nu; verhuisd");
    let given = house.get("/instellingen/niet-benaderen.csv", &owner).await.body;
    assert!(given.contains("'+31612345678;sms;Nu; verhuisd;") || given.contains("\"Nu; verhuisd\""), "{given}");
    assert!(send(&given, "").await.text().contains("2 adressen stonden er al op"));
    let found = house.get("/instellingen/niet-benaderen?zoek=weg%40", &owner).await;
    assert!(found.text().contains("weg@x.nl") && !found.text().contains("+316"), "{}", found.text());
    let wrong = send("naam\nx\n", "").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("naam\nx"), "nothing typed is lost: {}", wrong.body);
}
