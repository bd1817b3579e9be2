//! The page of a message.

use axum::http::StatusCode;
use store::{OutboxFilter, OutboxRow, Paging, SendState};

use super::asks::link;
use super::lives::with_journey;
use crate::house::House;

const JOURNEY: &str = "woning-reparatie";

async fn sent() -> (House, String, String) {
    let (house, _) = with_journey(JOURNEY).await;
    let owner = house.live_through(JOURNEY, "2027-10-28T11:30:00+02:00").await;
    let page = link(&house, "/bericht/");
    (house, owner, page)
}

async fn messages(house: &House) -> Vec<OutboxRow> {
    let rows = house.app.store.messages(&house.organisation(), &OutboxFilter::default(), Paging::first(500)).await;
    rows.unwrap().rows
}

#[tokio::test]
async fn a_message_has_a_page_that_says_who_sent_it_and_changes_nothing_by_itself() {
    let (house, owner, page) = sent().await;
    let before = messages(&house).await.len();
    let seen = house.get(&page, "").await;
    insta::assert_snapshot!("about", seen.told());
    assert!(!seen.body.contains("<script"));
    house.app.service.settle().await.unwrap();
    assert_eq!(messages(&house).await.len(), before);
    let tasks = house.get("/vandaag?team=alle&meer=1", &owner).await;
    assert!(!tasks.text().contains("Zoek uit wat het goede adres is"), "reading told nothing");
    let choices = page.replace("/bericht/", "/voorkeuren/");
    assert_eq!(house.get(&choices, "").await.status, StatusCode::OK, "one link opens both");
    assert_eq!(house.get("/bericht/zomaar", "").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn who_it_is_not_for_says_so_with_one_press() {
    let (house, owner, page) = sent().await;
    let wrong = format!("{page}/verkeerd");
    assert_eq!(house.post(&wrong, &[("wrong", "x")], "").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let long = "a".repeat(2_001);
    let refused = house.post(&wrong, &[("wrong", "not_me"), ("words", &long)], "").await;
    assert!(
        refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.body.contains(&long),
        "nothing typed is lost"
    );
    let form = [("wrong", "not_me"), ("words", "<b>Ik woon hier pas</b>")];
    let told = house.post(&wrong, &form, "").await;
    assert_eq!(told.status, StatusCode::SEE_OTHER);
    house.post(&wrong, &form, "").await;
    let thanks = house.get(told.location(), "").await;
    assert!(thanks.text().contains("Wij schrijven niet meer naar dit adres"), "{}", thanks.text());
    let tasks = house.get("/vandaag?team=alle&meer=1", &owner).await;
    let said = tasks.text().matches("Zoek uit wat het goede adres is").count();
    assert_eq!(said, 2, "one task, with its button: {}", tasks.text());
    let at = tasks.body.split("href=\"").find(|part| part.starts_with("/taken/") && part.contains("reply")).unwrap();
    let task = house.get(at.split('"').next().unwrap().split('?').next().unwrap(), &owner).await;
    assert!(task.text().contains("Ik woon hier pas") && !task.body.contains("<b>Ik woon"), "{}", task.text());
    assert!(task.text().contains("wordt niet meer geschreven"), "{}", task.text());
    let list = house.get("/instellingen/niet-benaderen", &owner).await;
    assert!(list.text().contains("kwam op het verkeerde adres"), "{}", list.text());
}

#[tokio::test]
async fn who_asks_is_answered_in_writing_or_called_back() {
    let (house, owner, page) = sent().await;
    let ask = format!("{page}/vraag");
    let call = [("question", "Mag mijn zus erbij zijn?"), ("how", "bel"), ("number", "geen")];
    let refused = house.post(&ask, &call, "").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("Mag mijn zus erbij zijn?"), "nothing typed is lost");
    let call = [call[0], call[1], ("number", "06 1234 56 70")];
    assert_eq!(house.post(&ask, &call, "").await.status, StatusCode::SEE_OTHER);
    let tasks = house.get("/vandaag?team=alle&meer=1", &owner).await;
    let at = tasks.body.split("href=\"").find(|part| part.starts_with("/taken/") && part.contains("reply")).unwrap();
    let task = at.split('"').next().unwrap().split('?').next().unwrap().to_owned();
    let shown = house.get(&task, &owner).await;
    assert!(shown.body.contains("tel:+31612345670") && !shown.body.contains("/antwoord"), "{}", shown.text());
    assert_eq!(house.post(&format!("{task}/antwoord"), &[("text", "Ja")], &owner).await.status, StatusCode::NOT_FOUND);
    house.pass(60);
    let written = [("question", "En op dinsdag?"), ("how", "antwoord")];
    assert_eq!(house.post(&ask, &written, "").await.status, StatusCode::SEE_OTHER);
    let shown = house.get(&task, &owner).await;
    assert!(
        shown.text().contains("En op dinsdag?") && shown.body.contains("/antwoord"),
        "one thread: {}",
        shown.text()
    );
}

#[tokio::test]
async fn an_old_link_says_whose_it_was() {
    let (house, _, page) = sent().await;
    let kept = messages(&house).await.into_iter().any(|row| matches!(row.state, SendState::Sent { .. }));
    assert!(kept);
    house.pass(366 * 86_400);
    let old = house.get(&page, "").await;
    assert_eq!(old.status, StatusCode::GONE);
    assert!(old.text().contains("Dat bericht was echt"), "{}", old.text());
    assert!(!old.body.contains('@') && !old.body.contains("<form"), "{}", old.text());
    assert_eq!(house.post(&format!("{page}/verkeerd"), &[("wrong", "moved")], "").await.status, StatusCode::GONE);
}
