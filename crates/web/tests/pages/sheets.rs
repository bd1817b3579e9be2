//! The sheet for a supplier: what a journey needs, with sample calls that work, ticking off as they arrive.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::{Value, json};
use store::EventState;

use super::lives::with_journey;
use crate::house::{House, Page};

const JOURNEYS: [&str; 4] = ["bibliotheek-reserveren", "hulp-bij-inloggen", "winkel-webshop", "woning-reparatie"];
const SHEET: &str = "/koppelingen/blad/woning-reparatie";

/// Makes the source Planpakket; its key.
async fn planpakket(house: &House, owner: &str) -> String {
    house.post("/koppelingen/nieuw", &[("name", "Planpakket")], owner).await.link("kr_write_")
}

async fn call(house: &House, key: &str, path: &str, body: &str) -> Page {
    let request = Request::post(path).header("x-write-key", key).header("content-type", "application/json");
    house.send(request.body(Body::from(body.to_owned())).unwrap()).await
}

async fn track(house: &House, key: &str, event: &str, id: &str, properties: Value) {
    let body = json!({ "userId": "u1", "event": event, "messageId": id, "properties": properties });
    let page = call(house, key, "/v1/track", &body.to_string()).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    house.app.service.settle().await.unwrap();
}

/// The calls of a file: the end of the address and the body of each.
fn calls(file: &str) -> Vec<(String, String)> {
    let parts = file.split("`POST https://klantreis.example").skip(1);
    let one = |part: &str| {
        let (path, rest) = part.split_once('`')?;
        let body = rest.split_once("```json\n")?.1.split_once("\n```")?.0;
        Some((path.to_owned(), body.to_owned()))
    };
    parts.filter_map(one).collect()
}

/// The line of the file's check-list about an event.
fn line<'a>(file: &'a str, event: &str) -> &'a str {
    let start = format!("`{event}`");
    file.lines()
        .find(|line| line.starts_with("- [") && line.contains(&start))
        .unwrap_or_else(|| panic!("{event}: {file}"))
}

#[tokio::test]
async fn every_sample_call_of_the_sheet_is_accepted_applied_and_read() {
    for journey in JOURNEYS {
        let (house, owner) = with_journey(journey).await;
        let key = planpakket(&house, &owner).await;
        let path = format!("/koppelingen/blad/{journey}/leverancier.md?bron=planpakket&taal=en");
        let before = house.get(&path, &owner).await;
        assert_eq!(before.status, StatusCode::OK);
        assert!(!before.body.contains("- [x]"), "nothing came yet: {}", before.body);
        let calls = calls(&before.body);
        assert!(calls.len() > 10, "{journey}: {}", before.body);
        for (path, body) in &calls {
            let answer = call(&house, &key, path, body).await;
            let said: Value = serde_json::from_str(&answer.body).unwrap();
            assert_eq!(said, json!({ "success": true, "received": 1, "duplicate": 0, "quarantined": [] }), "{body}");
            house.app.service.settle().await.unwrap();
        }
        let events = house.app.store.recent_events(&house.organisation(), Some("planpakket"), 100).await.unwrap();
        assert_eq!(events.len(), calls.len());
        for stored in &events {
            assert_eq!(stored.state, EventState::Applied, "{journey}: {}", stored.event.name);
        }
        let after = house.get(&path, &owner).await.body;
        assert!(!after.contains("- [ ]"), "{journey}: {after}");
        let (organisation, id, start) = (house.organisation(), journey.into(), store::Cursor::start());
        let facts = house.app.store.facts_after(&organisation, &id, &start, 500).await.unwrap();
        assert!(!facts.runs.is_empty() && facts.contacts.len() > 4, "{journey}: {} contacts", facts.contacts.len());
        let page = house.get(&format!("/koppelingen/blad/{journey}?bron=planpakket"), &owner).await.text();
        let required = calls.len() - after.matches("may be left out").count();
        assert!(page.contains(&format!("{required} van {required} ontvangen")), "{page}");
    }
}

#[tokio::test]
async fn the_sheet_ticks_off_what_arrives_and_says_what_is_missing() {
    let (house, owner) = with_journey("woning-reparatie").await;
    let key = planpakket(&house, &owner).await;
    let of = format!("{SHEET}?bron=planpakket");
    let file = format!("{SHEET}/leverancier.md?bron=planpakket");
    insta::assert_snapshot!("sheet", house.get(&of, &owner).await.told());

    track(&house, &key, "Repair Reported", "1", json!({ "id": "R-1", "kind": "lekkage" })).await;
    for number in 0..4 {
        let properties = match number {
            0 => {
                json!({ "id": "A-1", "repairId": "R-1", "start": "2026-11-27T10:00:00", "end": "2026-11-27T12:00:00Z" })
            }
            _ => json!({ "id": "A-1", "start": "2026-11-27T10:00:00Z" }),
        };
        track(&house, &key, "appointment.booked", &format!("a{number}"), properties).await;
    }
    track(&house, &key, "visit.failed", "v", json!({ "id": "V-9", "reason": "material" })).await;
    house.pass(12 * 60);
    let told = house.get(&file, &owner).await.body;
    assert!(line(&told, "repair.reported").ends_with("klopt, laatst 12 minuten geleden"), "{told}");
    assert!(line(&told, "repair.reported").starts_with("- [x]"));
    assert!(line(&told, "repair.closed").ends_with("nog niet ontvangen"));
    let page = house.get(&of, &owner).await.text();
    for said in [
        "start was niet te lezen in 1 van 4",
        "end ontbrak in 3 van 4",
        "status is nog nooit meegekomen",
        "repair_id is nog nooit meegekomen",
        "1 van 1 wachten: niemand kent nog waar het over gaat",
        "3 van 13 ontvangen",
        "1 klopt.",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    let booked = page.split("appointment.booked").nth(1).unwrap();
    assert!(!booked.split("appointment.moved").next().unwrap().contains("repair_id is nog"), "the first one said it");
}

#[tokio::test]
async fn what_another_source_sends_is_not_asked_of_this_one() {
    let (house, owner) = with_journey("woning-reparatie").await;
    let key = planpakket(&house, &owner).await;
    house.post("/koppelingen/nieuw", &[("name", "Woningsysteem")], &owner).await;
    track(&house, &key, "repair.reported", "1", json!({ "id": "R-1" })).await;
    let page = house.get(&format!("{SHEET}?bron=woningsysteem"), &owner).await.text();
    assert!(page.contains("komt van Planpakket") && page.contains("0 van 12 ontvangen"), "{page}");
    assert!(page.contains("1 komt van een andere bron."));
    let all = house.get(SHEET, &owner).await.text();
    assert!(all.contains("1 van 13 ontvangen"), "{all}");
    let list = house.get("/koppelingen", &owner).await.text();
    assert!(list.contains("Reparatie aan mijn woning\n1 van 13 ontvangen"), "{list}");
    let source = house.get("/koppelingen/bron/woningsysteem", &owner).await.text();
    assert!(source.contains("Reparatie aan mijn woning\nniets van deze bron"), "{source}");
    let source = house.get("/koppelingen/bron/planpakket", &owner).await.text();
    assert!(source.contains("Reparatie aan mijn woning\n1 van 13 ontvangen"), "{source}");
    assert!(house.get("/klantreizen/woning-reparatie/kaart", &owner).await.body.contains(&format!("href=\"{SHEET}\"")));

    let some = format!("{SHEET}?bron=woningsysteem&alleen.repair.reported=1&alleen.repair.closed=1");
    let page = house.get(&some, &owner).await;
    assert!(page.text().contains("0 van 1 ontvangen"), "{}", page.text());
    assert!(!page.body.contains("id=\"visit.failed\"") && page.body.contains("id=\"repair.closed\""));
    let kept = "leverancier.md?taal=en&amp;bron=woningsysteem&amp;alleen.repair.closed=1&amp;alleen.repair.reported=1";
    assert!(page.body.contains(kept), "the file keeps the choice");
}

#[tokio::test]
async fn a_supplier_abroad_reads_it_in_english() {
    let (house, owner) = with_journey("woning-reparatie").await;
    let page = house.get(&format!("{SHEET}?taal=en"), &owner).await;
    assert!(page.body.contains("<html lang=\"en\""));
    assert!(page.text().contains("0 of 13 received") && page.text().contains("As soon as the repair is reported"));
    let file = house.get(&format!("{SHEET}/leverancier.md?taal=en"), &owner).await;
    assert_eq!(file.header("content-type"), "text/markdown; charset=utf-8");
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"woning_reparatie-en.md\"");
    insta::assert_snapshot!("sheet_file", file.body);
    assert!(!file.body.contains("kr_write_"), "a key is never in it");
}

#[tokio::test]
async fn without_journeys_or_sources_the_next_step_is_shown() {
    let (house, owner) = House::with_owner().await;
    let list = house.get("/koppelingen", &owner).await;
    assert!(list.text().contains("Nog geen klantreizen.") && list.body.contains("href=\"/klantreizen/nieuw\""));
    house.post("/klantreizen/nieuw", &[("title", "Verhuizen"), ("from", "")], &owner).await;
    let list = house.get("/koppelingen", &owner).await.text();
    assert!(list.contains("Verhuizen\nconcept\nluistert nog nergens naar"), "{list}");
    let page = house.get("/koppelingen/blad/verhuizen", &owner).await;
    for said in ["nog een concept", "Er is nog geen bron.", "luistert nog nergens naar."] {
        assert!(page.text().contains(said), "{said}: {}", page.text());
    }
    assert!(page.body.contains("href=\"/koppelingen/nieuw\"") && page.body.contains("/klantreizen/verhuizen/concept"));
    for path in ["/koppelingen/blad/onbekend", "/koppelingen/blad/verhuizen?bron=onbekend"] {
        assert_eq!(house.get(path, &owner).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(house.get("/koppelingen/blad/verhuizen", "").await.status, StatusCode::SEE_OTHER);
}
