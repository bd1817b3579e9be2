use axum::{
    body::Body,
    http::{Request, StatusCode},
};

use store::{Link, Purpose};
use words::CustomerId;

use super::lives::with_journey;
use crate::house::House;

const JOURNEY: &str = "woning-reparatie";

/// The first path of our own pages in the messages that went out.
pub(crate) fn link(house: &House, start: &str) -> String {
    let taken = house.mail.taken();
    let found = taken.iter().rev().find_map(|sent| {
        let at = sent.text.find(start)?;
        Some(sent.text[at..].split(|c: char| c.is_whitespace() || c == ')' || c == '>').next()?.to_owned())
    });
    found.unwrap_or_else(|| panic!("no {start} in any message"))
}

#[tokio::test]
async fn a_customer_answers_once_and_may_think_again() {
    let (house, _) = with_journey(JOURNEY).await;
    let owner = house.live_through(JOURNEY, "2027-10-29T13:00:00+02:00").await;
    let ask = link(&house, "/vraag/");
    let page = house.get(&ask, "").await;
    insta::assert_snapshot!("ask", page.told());
    assert!(!page.body.contains("<script"));
    assert!(house.get(&ask, "").await.text().contains("Welk cijfer"), "reading changes nothing");
    assert_eq!(house.post(&ask, &[("q-werk", "11")], "").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let answer = [("q-werk", "9"), ("q-communicatie", "8"), ("q-open", "Minder wachten")];
    let thanks = house.post(&ask, &answer, "").await;
    assert!(thanks.text().contains("Dank voor het antwoord"), "{}", thanks.text());
    house.post(&ask, &answer, "").await;
    house.app.service.settle().await.unwrap();
    let story = house.get(&house.customer("yilmaz"), &owner).await.text();
    assert_eq!(story.matches("Antwoord op “werk”").count(), 1, "twice is once:\n{story}");
    assert!(story.contains("Minder wachten"));
    assert!(house.get(&ask, "").await.text().contains("Dank voor het antwoord"));
    assert!(house.get(&format!("{ask}?wijzig=1"), "").await.text().contains("Welk cijfer"));
}

#[tokio::test]
async fn a_link_that_is_old_or_wrong_says_what_to_do() {
    let (house, _) = with_journey(JOURNEY).await;
    let _ = house.live_through(JOURNEY, "2027-10-29T13:00:00+02:00").await;
    let ask = link(&house, "/vraag/");
    house.pass(61 * 86_400);
    let old = house.get(&ask, "").await;
    assert_eq!((old.status, old.text().contains("werkt niet meer")), (StatusCode::GONE, true), "{}", old.text());
    assert_eq!(house.post(&ask, &[("q-werk", "9")], "").await.status, StatusCode::GONE);
    let wrong = house.get("/vraag/zomaar-iets", "").await;
    assert_eq!(wrong.status, StatusCode::NOT_FOUND);
    assert!(wrong.text().contains("Deze link klopt niet"), "{}", wrong.text());
    let english = Request::get("/vraag/zomaar-iets").header("accept-language", "en").body(Body::empty()).unwrap();
    assert!(house.send(english).await.text().contains("This link is not right"));
    let token = ask.trim_start_matches("/vraag/");
    assert_eq!(house.get(&format!("/mijn/{token}"), "").await.status, StatusCode::NOT_FOUND, "for one purpose");
}

#[tokio::test]
async fn one_click_stops_and_a_look_does_not() {
    let (house, _) = with_journey("woning-reparatie").await;
    house.live_through("woning-reparatie", "2027-10-28T11:30:00+02:00").await;
    let path = house.customer("jansen");
    let id: CustomerId = path.rsplit('/').next().unwrap().parse().unwrap();
    let now = house.app.clock.now();
    let about = ("k", serde_json::json!({ "customer": id, "channel": "email" }));
    let link = Link::new(service::token::hash("token"), Purpose::Unsubscribe, &house.organisation(), about, (now, 0));
    house.app.store.save_link(link).await.unwrap();
    let said = async || {
        let stored = house.app.store.customer(&house.organisation(), id).await.unwrap().unwrap();
        stored.customer.consents.get("marketing.email").map(|consent| consent.given)
    };
    let page = house.get("/afmelden/token", "").await;
    assert!(page.status.is_success() && page.text().contains("Stop per e-mail"), "{}", page.text());
    assert_eq!(said().await, None, "a mail scanner follows links too");
    let clicked = house.post("/afmelden/token", &[("List-Unsubscribe", "One-Click")], "").await;
    assert_eq!((clicked.status, clicked.body.as_str()), (StatusCode::NO_CONTENT, ""), "without a page");
    assert_eq!(said().await, Some(false));
    let pressed = house.post("/afmelden/token", &[("wat", "alles")], "").await;
    assert!(pressed.status.is_success() && pressed.text().contains("Dat is geregeld"), "{}", pressed.text());
    assert_eq!(house.get("/afmelden/another", "").await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        house.post("/afmelden/another", &[("List-Unsubscribe", "One-Click")], "").await.status,
        StatusCode::NOT_FOUND
    );
}
