use axum::http::StatusCode;

use super::lives::with_journey;
use crate::house::House;

const SHOP: &str = "winkel-webshop";
const POSTERS: &str = "/vandaag/balie/posters";

/// A shop with a poster at its counter: who made it, its page for staff, and the page that its code opens.
async fn hung() -> (House, String, String, String) {
    let (house, _) = with_journey(SHOP).await;
    let owner = house.live_through(SHOP, "2027-03-26T13:00:00+01:00").await;
    let form =
        [("about", "winkel-webshop|winkeladvies"), ("question", "Hoe was het advies?"), ("place", "Dorpsstraat")];
    let made = house.post(POSTERS, &form, &owner).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER);
    let page = made.location().to_owned();
    let open = page.replace(POSTERS, "/p");
    (house, owner, page, open)
}

#[tokio::test]
async fn a_poster_opens_one_question_and_its_answer_is_a_contact_with_a_mark() {
    let (house, owner, page, open) = hung().await;
    let poster = house.get(&page, &owner).await;
    assert!(poster.body.contains("<svg class=\"poster-code\"") && poster.text().contains("Hoe was het advies?"));
    let asked = house.get(&open, "").await;
    insta::assert_snapshot!("poster", asked.told());
    assert!(!asked.body.contains("<script"));
    let once = asked.body.split("name=\"once\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let nothing = house.post(&open, &[("text", "Fijn!"), ("once", once)], "").await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nothing.body.contains("Fijn!"), "what was typed stays");
    assert_eq!(house.post(&open, &[("mark", "9"), ("once", once)], "").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    for _ in 0..2 {
        let thanks = house.post(&open, &[("mark", "5"), ("text", "Fijn!"), ("once", once)], "").await;
        assert!(thanks.text().contains("Dank voor het antwoord"), "{}", thanks.text());
    }
    house.app.service.settle().await.unwrap();
    let newest =
        house.app.store.customers(&house.organisation(), store::Paging::first(1)).await.unwrap().rows.remove(0);
    let (contacts, _) = house.app.store.story_of(&house.organisation(), newest.customer.id).await.unwrap();
    let told = contacts.iter().map(|contact| {
        (contact.touchpoint.as_str(), contact.place.as_deref(), contact.score.map(|score| score.value()))
    });
    assert_eq!(told.collect::<Vec<_>>(), [("winkeladvies", Some("Dorpsstraat"), Some(2.0))]);
}

#[tokio::test]
async fn a_poster_that_is_taken_down_says_so_and_another_house_sees_none_of_it() {
    let (house, owner, page, open) = hung().await;
    assert!(house.get(POSTERS, &owner).await.text().contains("Hoe was het advies?"));
    assert_eq!(house.post(&page, &[], &owner).await.status, StatusCode::SEE_OTHER);
    assert_eq!(house.get(&open, "").await.status, StatusCode::GONE);
    assert_eq!(house.post(&open, &[("mark", "5")], "").await.status, StatusCode::GONE);
    assert!(!house.get(POSTERS, &owner).await.text().contains("Hoe was het advies?"));
    assert_eq!(house.get(&page, &owner).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_poster_needs_a_question_and_a_touchpoint_that_may_have_one() {
    let (house, owner, ..) = hung().await;
    for form in [
        [("about", "winkel-webshop|winkeladvies"), ("question", " ")],
        [("about", "winkel-webshop|advertentie"), ("question", "Hoe was het?")],
    ] {
        let page = house.post(POSTERS, &form, &owner).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{form:?}");
    }
    let reader = house.with_colleague(&owner, "balie@example.org", "viewer").await;
    let form = [("about", "winkel-webshop|winkeladvies"), ("question", "Hoe was het?")];
    assert_eq!(house.post(POSTERS, &form, &reader).await.status, StatusCode::FORBIDDEN);
}
