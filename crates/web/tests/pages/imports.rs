use axum::http::StatusCode;
use store::{ImportJob, ImportState};

use crate::house::{House, Page};

async fn upload(house: &House, cookie: &str, kind: &str, name: &str, content: &str) -> Page {
    house.upload("/koppelingen/inlezen", &[("kind", kind)], Some((name, content.as_bytes())), cookie).await
}

#[tokio::test]
async fn what_a_stopped_server_was_reading_is_read_to_the_end() {
    let (house, owner) = House::with_owner().await;
    let path = upload(&house, &owner, "csv", "aanvraag.csv", EVENTS).await.location().to_owned();
    let job = house.app.store.imports(&house.organisation(), 1).await.unwrap().remove(0);
    // The server died between noting that it reads and reading.
    house.app.store.save_import(ImportJob { state: ImportState::Reading, ..job }).await.unwrap();
    web::resume_imports(&house.app).await.unwrap();
    ended(&house).await;
    let told = house.get(&path, &owner).await.told();
    assert!(told.contains("Nieuwe gebeurtenissen\n2"), "both good rows were taken: {told}");
    web::resume_imports(&house.app).await.unwrap();
    assert_eq!(house.get(&path, &owner).await.told(), told, "once is enough");
}

/// Waits until the reading in the background has ended.
async fn ended(house: &House) {
    for _ in 0..10_000 {
        let jobs = house.app.store.imports(&house.organisation(), 1).await.unwrap();
        if jobs[0].state != ImportState::Reading {
            return;
        }
        tokio::task::yield_now().await;
        // Reading happens on a thread of its own: give it the processor.
        tokio::task::spawn_blocking(|| ()).await.unwrap();
    }
    panic!("the import does not end");
}

const EVENTS: &str = "Zaaknummer;Activiteit;Tijdstip\n\
    A-1;Ingediend;2026-10-01 09:00\nA-1;Goedgekeurd;2026-10-03 12:00\nA-2;Ingediend;morgen\n";

#[tokio::test]
async fn a_table_is_uploaded_mapped_read_and_reported() {
    let (house, owner) = House::with_owner().await;
    let uploaded = upload(&house, &owner, "csv", "aanvraag.csv", EVENTS).await;
    let path = uploaded.location().to_owned();
    assert_eq!(uploaded.status, StatusCode::SEE_OTHER, "{}", uploaded.text());
    let mapping = house.get(&path, &owner).await;
    for chosen in ["<option value=\"Zaaknummer\" selected>", "<option value=\"Tijdstip\" selected>"] {
        assert!(mapping.body.contains(chosen), "{chosen} was recognised");
    }
    let incomplete = house.post(&path, &[("name", "Activiteit"), ("object", "aanvraag")], &owner).await;
    assert_eq!(incomplete.status, StatusCode::UNPROCESSABLE_ENTITY);

    let form = [("case", "Zaaknummer"), ("name", "Activiteit"), ("time", "Tijdstip"), ("object", "aanvraag")];
    assert_eq!(house.post(&path, &form, &owner).await.location(), path);
    ended(&house).await;
    insta::assert_snapshot!("import_done", house.get(&path, &owner).await.told());
    let again = house.post(&path, &form, &owner).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "a file is read once");
    assert!(house.get("/koppelingen", &owner).await.text().contains("aanvraag"), "it counts as a source");
}

#[tokio::test]
async fn a_file_that_is_none_is_refused_with_the_reason() {
    let (house, owner) = House::with_owner().await;
    let empty = upload(&house, &owner, "csv", "leeg.csv", "").await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.text().contains("Kies een bestand met inhoud."), "{}", empty.text());
    let unknown = upload(&house, &owner, "tamtam", "x.csv", EVENTS).await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(house.app.store.imports(&house.organisation(), 10).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_log_that_cannot_be_read_says_so() {
    let (house, owner) = House::with_owner().await;
    let uploaded = upload(&house, &owner, "xes", "log.xes", "dit is geen XES").await;
    let path = uploaded.location().to_owned();
    house.post(&path, &[("object", "aanvraag"), ("case", "both"), ("lifecycle", "all")], &owner).await;
    ended(&house).await;
    insta::assert_snapshot!("import_failed", house.get(&path, &owner).await.told());
}
