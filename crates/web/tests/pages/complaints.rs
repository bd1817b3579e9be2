//! Complaints, from the page of a message to whether it is all right afterwards.

use axum::http::StatusCode;

use super::asks::link;
use super::lives::with_journey;
use crate::house::{House, Page};

const JOURNEY: &str = "woning-reparatie";

async fn lived() -> (House, String) {
    let (house, _) = with_journey(JOURNEY).await;
    let owner = house.live_through(JOURNEY, "2027-10-28T11:30:00+02:00").await;
    (house, owner)
}

/// The one open complaint's task.
async fn task(house: &House, owner: &str) -> String {
    let list = house.get("/vandaag/klachten?stand=open", owner).await;
    list.link("/taken/")
}

fn shown(page: &Page, text: &str) {
    assert!(page.text().contains(text), "{text} is not in\n{}", page.text());
}

#[tokio::test]
async fn a_customer_complains_staff_resolve_it_and_the_customer_says_whether_it_is_right() {
    let (house, owner) = lived().await;
    let about = link(&house, "/bericht/");
    let page = about.replace("/bericht/", "/klacht/");
    insta::assert_snapshot!("complain", house.get(&page, "").await.told());
    assert_eq!(house.post(&page, &[("text", " ")], "").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let form = [("text", "<b>Niemand belt terug</b>"), ("mark", "1")];
    let made = house.post(&page, &form, "").await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text());
    house.post(&page, &form, "").await;
    shown(&house.get(made.location(), "").await, "Uw klacht is binnen");
    let today = house.get("/vandaag?team=alle&meer=1", &owner).await;
    assert_eq!(today.text().matches("Los de klacht op").count(), 2, "one task, with its button");
    let map = house.get("/klantreizen/woning-reparatie/kaart", &owner).await;
    assert!(map.body.contains("1 open klacht"), "{}", map.body.split("map-complaints").nth(1).unwrap_or("no badge"));
    assert!(map.body.contains("/vandaag/klachten?reis="), "{}", map.body.split("map-complaints").nth(1).unwrap());
    let task = task(&house, &owner).await;
    let work = house.get(&task, &owner).await;
    assert!(!work.body.contains("<b>Niemand"));
    shown(&work, "Niemand belt terug");
    shown(&work, "Op onze eigen pagina");
    let taken = house.post(&format!("{task}/oppakken"), &[], &owner).await;
    assert_eq!(taken.location(), task);
    let nothing = house.post(&task, &[("note", "")], &owner).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY, "what was done is told");
    assert_eq!(house.post(&task, &[("note", "Gebeld en gemaakt")], &owner).await.status, StatusCode::SEE_OTHER);
    house.app.service.settle().await.unwrap();
    let after = link(&house, "/klacht/");
    let asked = house.get(&after, "").await;
    insta::assert_snapshot!("complaint-resolved", asked.told());
    let rate = format!("{after}/oordeel");
    assert_eq!(house.post(&rate, &[("mark", "9")], "").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(house.post(&rate, &[("mark", "4")], "").await.status, StatusCode::SEE_OTHER);
    let list = house.get("/vandaag/klachten", &owner).await;
    shown(&list, "2\u{a0}→\u{a0}8");
    let file = house.get("/vandaag/klachten.csv", &owner).await;
    assert!(file.body.contains("Gebeld en gemaakt") && file.header("content-type").starts_with("text/csv"));
    assert!(
        !house.get("/klantreizen/woning-reparatie/kaart", &owner).await.body.contains("open klacht"),
        "off the map"
    );
    let story = house.get(&house.customer("devries"), &owner).await;
    shown(&story, "Klacht opgelost");
}

#[tokio::test]
async fn staff_note_a_complaint_that_they_hear() {
    let (house, owner) = lived().await;
    let path = format!("{}/klacht", house.customer("devries"));
    let form = house.get(&path, &owner).await;
    insta::assert_snapshot!("complaint-note", form.told());
    let nonce = form.body.split("name=\"nonce\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let wrong = house.post(&path, &[("text", "Te laat"), ("heard", "fax"), ("nonce", &nonce)], &owner).await;
    assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.body.contains("Te laat"));
    let right = [("text", "Te laat"), ("heard", "phone"), ("nonce", &*nonce)];
    for _ in 0..2 {
        assert_eq!(house.post(&path, &right, &owner).await.status, StatusCode::SEE_OTHER);
    }
    shown(&house.get(&task(&house, &owner).await, &owner).await, "Per telefoon");
    let list = house.get("/vandaag/klachten", &owner).await;
    assert_eq!(list.body.matches("href=\"/taken/").count(), 1, "sent twice is once: {}", list.text());
}

#[tokio::test]
async fn somebody_without_a_message_complains_on_the_page_of_the_organisation() {
    let (house, owner) = lived().await;
    let page = format!("/klacht/bij/{}", house.organisation());
    insta::assert_snapshot!("complaint-outside", house.get(&page, "").await.told());
    let bare = house.post(&page, &[("text", "Lawaai"), ("contact", "x")], "").await;
    assert!(bare.status == StatusCode::UNPROCESSABLE_ENTITY && bare.body.contains("Lawaai"));
    let form = [("text", "Lawaai"), ("contact", "Buur@example.nl"), ("name", "B. Uur")];
    let machine = [form[0], form[1], form[2], ("website", "http://x")];
    shown(&house.post(&page, &machine, "").await, "Uw klacht is binnen");
    shown(&house.get("/vandaag/klachten", &owner).await, "Er zijn nog geen klachten");
    shown(&house.post(&page, &form, "").await, "Uw klacht is binnen");
    house.app.service.settle().await.unwrap();
    shown(&house.get("/vandaag/klachten", &owner).await, "Lawaai");
    let told = house.mail.taken();
    assert!(told.iter().any(|sent| sent.to == "buur@example.nl" && sent.subject == "De klacht is ontvangen"));
    assert_eq!(house.get("/klacht/bij/nergens", "").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_low_mark_is_a_complaint_only_of_who_wants_to_be_heard() {
    let (house, _) = with_journey(JOURNEY).await;
    let owner = house.live_through(JOURNEY, "2027-10-29T13:00:00+02:00").await;
    let ask = link(&house, "/vraag/");
    house.post(&ask, &[("q-werk", "3"), ("q-communicatie", "8")], "").await;
    house.app.service.settle().await.unwrap();
    shown(&house.get("/vandaag/klachten", &owner).await, "Er zijn nog geen klachten");
    house.pass(60);
    house.post(&ask, &[("q-werk", "3"), ("q-open", "Slordig"), ("heard", "ja")], "").await;
    house.app.service.settle().await.unwrap();
    let list = house.get("/vandaag/klachten", &owner).await;
    shown(&list, "Slordig");
}
