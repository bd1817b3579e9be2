//! A key that stands in a web page is read by everyone: what comes by it says nothing of who a customer is.

use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use serde_json::{Value, json};
use words::Event;

use crate::house::{House, Page};

/// A source of this kind, and its key.
async fn key(house: &House, owner: &str, name: &str, kind: &str) -> String {
    house.post("/koppelingen/nieuw", &[("name", name), ("kind", kind)], owner).await.link("kr_write_")
}

async fn call(house: &House, path: &str, headers: &[(&str, &str)], body: Value) -> Page {
    let request = headers.iter().fold(Request::post(path), |request, (name, value)| request.header(*name, *value));
    house.send(request.body(Body::from(body.to_string())).unwrap()).await
}

/// What was kept of the newest event.
async fn newest(house: &House) -> Event {
    house.app.store.recent_events(&house.organisation(), None, 1).await.unwrap().remove(0).event
}

fn alias(key: &str) -> Value {
    json!({ "writeKey": key, "type": "alias", "userId": "mine", "previousId": "theirs" })
}

#[tokio::test]
async fn a_website_cannot_make_two_customers_one() {
    let (house, owner) = House::with_owner().await;
    let open = key(&house, &owner, "Webwinkel", "site").await;
    let secret = key(&house, &owner, "Kassa", "segment").await;
    let said = async |path: &str, headers: &[(&str, &str)], key: &str| {
        assert_eq!(call(&house, path, headers, alias(key)).await.status, StatusCode::OK);
        house.pass(1);
        newest(&house).await.properties.contains_key("previous_id")
    };
    assert!(said("/v1/alias", &[], &secret).await, "a system with a secret may");
    assert!(!said("/v1/alias", &[], &open).await);
    assert!(!said("/v1/a", &[], &secret).await, "the route of a client in a page");
    assert!(!said("/v1/alias", &[("origin", "https://shop.example")], &secret).await, "a browser");
    let own = json!([{ "id": "1", "time": "2027-01-11T09:00:00Z", "customer": "theirs", "name": "customer.identified",
                       "properties": { "email": "mine@example.org" } }]);
    call(&house, "/v1/events", &[("x-write-key", &open)], own).await;
    assert!(newest(&house).await.properties.is_empty(), "nor where their messages go");
}

#[tokio::test]
async fn who_was_erased_is_told_to_systems_alone() {
    let (house, owner) = House::with_owner().await;
    let open = key(&house, &owner, "Webwinkel", "site").await;
    let secret = key(&house, &owner, "Kassa", "segment").await;
    let ask = async |key: &str| {
        let request = Request::get("/api/v1/erasures").header("authorization", format!("Bearer {key}"));
        house.send(request.body(Body::empty()).unwrap()).await
    };
    assert_eq!(ask(&open).await.status, StatusCode::UNAUTHORIZED);
    let told = ask(&secret).await;
    assert_eq!(told.status, StatusCode::OK);
    let told: Value = serde_json::from_str(&told.body).unwrap();
    assert_eq!(told["erasures"], json!([]));
}
