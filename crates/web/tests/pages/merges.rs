//! Who was merged with whom, and a wrong merge that is taken back.

use axum::http::StatusCode;
use serde_json::json;
use service::intake::{Receipt, segment};

use crate::house::House;

/// Mrs. De Vries logs in on the tablet of Mr. Smit, who had only told it his name.
async fn merged(house: &House) {
    let call = |kind: &str, id: &str, who: serde_json::Value, traits: serde_json::Value| {
        let mut item = json!({ "type": kind, "messageId": id, "traits": traits });
        item.as_object_mut().unwrap().extend(who.as_object().unwrap().clone());
        item
    };
    let batch = json!({ "batch": [
        call("identify", "m-1", json!({ "userId": "devries" }), json!({ "salutation": "mevrouw", "last_name": "de Vries" })),
        call("identify", "m-2", json!({ "anonymousId": "tablet" }), json!({ "salutation": "de heer", "last_name": "Smit" })),
        call("identify", "m-3", json!({ "userId": "devries", "anonymousId": "tablet" }), json!({})),
    ] });
    let now = house.app.clock.now();
    let receipt = Receipt::new("website", now);
    let body = segment::Body::parse(segment::Call::Batch, batch.to_string().as_bytes()).unwrap();
    house.app.service.intake.accept(&house.organisation(), "website", body.events(&receipt), now).await.unwrap();
    house.app.service.settle().await.unwrap();
}

fn link(body: &str) -> String {
    let start = body.find("/klanten/samengevoegd/").expect("a link to the merge");
    body[start..].split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_wrong_merge_is_seen_and_taken_back() {
    let (house, owner) = House::with_owner().await;
    let page = house.get("/klanten/samengevoegd", &owner).await;
    assert!(page.text().contains("Er is nog niemand samengevoegd."), "{}", page.text());
    assert!(house.get("/klanten", &owner).await.body.contains("/klanten/samengevoegd"), "the list leads there");
    merged(&house).await;
    let viewer = house.with_colleague(&owner, "kijker@rijnoever.example", "viewer").await;
    let page = house.get("/klanten/samengevoegd", &viewer).await;
    assert!(page.text().contains("De heer Smit") && page.text().contains("m-3"), "{}", page.text());
    let path = link(&page.body);
    let page = house.get(&path, &viewer).await;
    assert!(page.text().contains("nooit meer samengevoegd"), "{}", page.text());
    assert!(!page.body.contains("<form class=\"row"), "a viewer only looks");
    assert_eq!(house.post(&path, &[], &viewer).await.status, StatusCode::FORBIDDEN);

    let page = house.get(&path, &owner).await;
    assert!(page.text().contains("Haal uit elkaar"), "{}", page.text());
    let done = house.post(&path, &[], &owner).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    let smit = house.get(done.location(), &owner).await;
    assert!(smit.text().contains("De heer Smit"), "{}", smit.text());
    let list = house.get("/klanten", &owner).await;
    assert!(list.text().contains("Mevrouw De Vries") && list.text().contains("De heer Smit"), "{}", list.text());
    let log = house.get("/instellingen/logboek", &owner).await;
    assert!(log.text().contains("haalde uit elkaar"), "{}", log.text());
    assert!(house.get("/klanten/samengevoegd", &owner).await.text().contains("Uit elkaar gehaald:"));
    assert!(house.get(&path, &owner).await.text().contains("Uit elkaar gehaald:"));
    assert_eq!(house.post(&path, &[], &owner).await.location(), "/klanten/samengevoegd", "once");
    for wrong in ["/klanten/samengevoegd/x/y/1", &path.replace("/klanten/samengevoegd/", "/klanten/samengevoegd/0")] {
        let status = house.get(wrong, &owner).await.status;
        assert!([StatusCode::NOT_FOUND, StatusCode::BAD_REQUEST].contains(&status), "{wrong}: {status}");
    }
}
