//! Somebody is given what is held of them, and erased.

use axum::http::StatusCode;
use serde_json::json;
use service::intake::{Receipt, segment};

use crate::house::House;

async fn known(house: &House) -> String {
    let traits = json!({ "salutation": "mevrouw", "last_name": "Zonnebloem", "email": "z@voorbeeld.example" });
    let batch = json!({ "batch": [{ "type": "identify", "messageId": "g-1", "userId": "z-1", "traits": traits }] });
    let now = house.app.clock.now();
    let body = segment::Body::parse(segment::Call::Batch, batch.to_string().as_bytes()).unwrap();
    let events = body.events(&Receipt::new("website", now));
    house.app.service.intake.accept(&house.organisation(), "website", events, now).await.unwrap();
    house.app.service.settle().await.unwrap();
    let found = house.app.store.search_customers(&house.organisation(), "Zonnebloem", 1).await.unwrap();
    format!("/klanten/{}", found[0].customer.id)
}

#[tokio::test]
async fn everything_is_given_and_then_erased() {
    let (house, owner) = House::with_owner().await;
    let path = known(&house).await;
    let editor = house.with_colleague(&owner, "redactie@rijnoever.example", "editor").await;
    let viewer = house.with_colleague(&owner, "kijker@rijnoever.example", "viewer").await;
    let page = house.get(&path, &editor).await;
    assert!(page.text().contains("Gegevens meegeven") && !page.text().contains("Wis alle gegevens"), "{}", page.text());
    assert!(!house.get(&path, &viewer).await.text().contains("Gegevens meegeven"));
    let document = house.get(&format!("{path}/meegeven.json"), &editor).await;
    let document: serde_json::Value = serde_json::from_str(&document.body).unwrap();
    assert_eq!(document["profile"][0]["email"], "z@voorbeeld.example");
    assert_eq!(document["names"][0]["name"], "z-1");
    assert_eq!(house.get(&format!("{path}/meegeven.csv"), &editor).await.status, StatusCode::OK);
    assert_eq!(house.get(&format!("{path}/meegeven.json"), &viewer).await.status, StatusCode::FORBIDDEN);

    let wissen = format!("{path}/wissen");
    for other in [&editor, &viewer] {
        assert_eq!(house.get(&wissen, other).await.status, StatusCode::FORBIDDEN);
        assert_eq!(house.post(&wissen, &[], other).await.status, StatusCode::FORBIDDEN);
    }
    let page = house.get(&wissen, &owner).await;
    assert!(page.text().contains("Wat verdwijnt") && page.text().contains("Wat blijft"), "{}", page.text());
    let done = house.post(&wissen, &[], &owner).await;
    assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, "/klanten"));
    for gone in [&path, &wissen, &format!("{path}/meegeven.json")] {
        assert_eq!(house.get(gone, &owner).await.status, StatusCode::NOT_FOUND, "{gone}");
    }
    assert!(!house.get("/klanten", &owner).await.text().contains("Zonnebloem"));
    let log = house.get("/instellingen/logboek", &owner).await;
    assert!(log.text().contains("wiste") && !log.text().contains("Zonnebloem"), "{}", log.text());
}
