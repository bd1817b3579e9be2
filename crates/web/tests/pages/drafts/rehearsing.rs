//! A draft rehearsed: who may, what is refused, what stays.

use axum::http::StatusCode;

use super::{fill, form::fields, repair, with};
use crate::house::{House, Page};

/// Looks until the rehearsal has ended.
async fn ended(house: &House, path: &str, cookie: &str) -> Page {
    for _ in 0..5_000 {
        let page = house.get(path, cookie).await;
        if !page.body.contains("<kr-progress") {
            return page;
        }
        tokio::task::yield_now().await;
    }
    panic!("it goes on for ever")
}

#[tokio::test]
async fn a_draft_is_rehearsed_with_what_its_form_says() {
    let (house, owner) = House::with_owner().await;
    let path = format!("{}/concept/proefdraaien", repair(&house, &owner).await);
    let page = house.get(&path, &owner).await;
    assert!(page.text().contains("Er is nog te weinig vastgelegd; dit is een aanname"), "{}", page.text());
    assert!(page.body.contains("name=\"share.appointment.booked\""), "what the journey listens to");

    let typed = [("way", "simulated"), ("customers", "12"), ("days", "veel")];
    let page = house.post(&path, &typed, &owner).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text().contains("Vul een heel getal in van 1 tot 90"), "{}", page.text());
    assert!(page.body.contains("value=\"veel\"") && page.body.contains("value=\"12\""), "what was typed stays");

    let typed = [
        ("way", "simulated"),
        ("customers", "12"),
        ("days", "3"),
        ("seed", "5"),
        ("share.appointment.booked", "100"),
        ("after.appointment.booked", "5"),
        ("unit.appointment.booked", "m"),
    ];
    let page = house.post(&path, &typed, &owner).await;
    assert_eq!((page.status, page.location()), (StatusCode::SEE_OTHER, path.as_str()), "{}", page.text());
    let page = ended(&house, &path, &owner).await;
    let text = page.text();
    for said in
        ["12 nagespeelde", "in 3 dagen", "begingetal 5", "Er staat nog niets live", "Mijn afspraak is bevestigd"]
    {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(
        house.app.store.recent_events(&house.organisation(), None, 10).await.unwrap().is_empty(),
        "nothing is kept"
    );
    let whole = ended(&house, &path, &owner).await.body;
    house.post(&path, &typed, &owner).await;
    assert_eq!(ended(&house, &path, &owner).await.body, whole, "the same seed gives the same page");

    let moment = path.replace("/proefdraaien", "/moment/bevestiging");
    fill(&house, &moment, &[("title", "Ik weet wanneer")], &owner).await;
    assert!(house.get(&path, &owner).await.text().contains("Dit is van een ouder concept"));
    let page = house.get("/instellingen/logboek", &owner).await;
    assert!(page.text().contains("draaide proef met"), "{}", page.text());
}

#[tokio::test]
async fn with_nothing_recorded_a_rehearsal_says_so_and_its_list_is_empty() {
    let (house, owner) = House::with_owner().await;
    let path = format!("{}/concept/proefdraaien", repair(&house, &owner).await);
    assert_eq!(house.get(&format!("{path}/wie.csv"), &owner).await.status, StatusCode::NOT_FOUND, "there is no report");
    let form = fields(&house.get(&path, &owner).await.body, &path);
    let page = house.post(&path, &with(&form, &[]), &owner).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text());
    let page = ended(&house, &path, &owner).await;
    assert!(page.text().contains("er was niets dat haar laat beginnen"), "{}", page.text());
    let list = house.get(&format!("{path}/wie.csv"), &owner).await;
    assert_eq!((list.status, list.body.lines().count()), (StatusCode::OK, 1), "its columns alone");
}

#[tokio::test]
async fn who_may_only_look_starts_and_stops_nothing() {
    let (house, owner) = House::with_owner().await;
    let path = format!("{}/concept/proefdraaien", repair(&house, &owner).await);
    let viewer = house.with_colleague(&owner, "kijker@rijnoever.example", "viewer").await;
    let page = house.get(&path, &viewer).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.body.contains("<button class=\"button primary\">Draai proef"), "no form");
    let typed = [("way", "recorded"), ("days", "3")];
    assert_eq!(house.post(&path, &typed, &viewer).await.status, StatusCode::FORBIDDEN);
    assert_eq!(house.post(&format!("{path}/stop"), &[], &viewer).await.status, StatusCode::FORBIDDEN);
    let page = house.post(&format!("{path}/stop"), &[], &owner).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "stopping what is not there is no mistake");
    let nowhere = house.get("/klantreizen/bestaat-niet/concept/proefdraaien", &owner).await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
}
