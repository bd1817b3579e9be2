use axum::http::StatusCode;
use service::intake::{Receipt, segment};
use store::Paging;

use crate::house::House;

/// Brings a batch of Segment calls in, as the API does.
async fn deliver(house: &House, source: &str, batch: &str) {
    let now = house.app.clock.now();
    let body = segment::Body::parse(segment::Call::Batch, batch.as_bytes()).unwrap();
    let taken = body.events(&Receipt::new(source, now));
    house.app.service.intake.accept(&house.organisation(), source, taken, now).await.unwrap();
}

#[tokio::test]
async fn a_source_gets_a_key_that_is_shown_once_with_a_call_that_works() {
    let (house, owner) = House::with_owner().await;
    insta::assert_snapshot!("connections_empty", house.get("/koppelingen", &owner).await.told());
    let made = house.post("/koppelingen/nieuw", &[("name", "Planpakket Süd")], &owner).await;
    let secret = made.link("kr_write_");
    insta::assert_snapshot!("source_made", made.told().replace(&secret, "kr_write_…"));
    assert!(!house.get("/koppelingen/bron/planpakket_sud", &owner).await.body.contains(&secret));
    let key = house.app.store.key(&service::token::hash(&secret)).await.unwrap().expect("it works");
    assert_eq!(key.kind, store::KeyKind::Write { source: "planpakket_sud".into() });
    let again = house.post("/koppelingen/nieuw", &[("name", "planpakket sud")], &owner).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(house.get("/koppelingen/bron/onbekend", &owner).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_was_refused_stands_there_with_the_reason_and_what_to_do() {
    let (house, owner) = House::with_owner().await;
    house.post("/koppelingen/nieuw", &[("name", "Planpakket")], &owner).await;
    let batch = r#"{"batch":[{"type":"track","event":"Order Completed","userId":"1","messageId":"a"},
                             {"type":"track","event":"clicked","userId":"1","messageId":"b"}]}"#;
    deliver(&house, "planpakket", batch).await;
    deliver(&house, "planpakket", batch).await;
    insta::assert_snapshot!("connections", house.get("/koppelingen", &owner).await.told());
    let page = house.get("/koppelingen/niet-verwerkt?bron=planpakket", &owner).await;
    insta::assert_snapshot!("quarantine", page.told());

    let still = house.post("/koppelingen/niet-verwerkt/opnieuw", &[("id", &id(&page.body))], &owner).await;
    let said = format!("{owner}; {}", still.cookie("klantreis-melding").unwrap());
    assert!(house.get("/koppelingen", &said).await.text().contains("nog steeds niet te lezen"));
    house.post("/koppelingen/niet-verwerkt/verwijderen", &[("id", &id(&page.body))], &owner).await;
    let left = house.app.store.quarantine(&house.organisation(), None, Paging::first(10)).await.unwrap();
    assert_eq!(left.total, page.body.matches("class=\"notice\"").count() as u64 - 1);
}

fn id(body: &str) -> String {
    let at = body.find("name=\"id\" value=\"").expect("a row") + "name=\"id\" value=\"".len();
    body[at..].split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_source_that_falls_silent_is_seen() {
    let (house, owner) = House::with_owner().await;
    house.post("/koppelingen/nieuw", &[("name", "Planpakket")], &owner).await;
    for number in 0..20 {
        deliver(
            &house,
            "planpakket",
            &format!(r#"{{"batch":[{{"type":"track","event":"Order Seen","userId":"1","messageId":"{number}"}}]}}"#),
        )
        .await;
        house.pass(300);
    }
    assert!(house.get("/koppelingen", &owner).await.text().contains("ontvangt"));
    house.pass(2 * 3_600);
    let text = house.get("/koppelingen", &owner).await.text();
    assert!(text.contains("stil sinds vandaag 12:17"), "{text}");
}

#[tokio::test]
async fn one_organisation_never_sees_anothers() {
    let (house, owner) = House::with_owner().await;
    let other = words::OrganisationId::new("elders");
    let source = store::Source {
        organisation: other,
        id: "geheim".into(),
        name: "Geheim".into(),
        kind: "segment".into(),
        created: house.app.clock.now(),
        last_received: None,
        usual_gap_seconds: None,
        received: 0,
        refused: 0,
        duplicate: 0,
    };
    house.app.store.save_source(source).await.unwrap();
    assert!(!house.get("/koppelingen", &owner).await.body.contains("Geheim"));
    assert_eq!(house.get("/koppelingen/bron/geheim", &owner).await.status, StatusCode::NOT_FOUND);
}
