use axum::http::StatusCode;

use super::lives::with_journey;
use crate::house::House;

const JOURNEY: &str = "bibliotheek-reserveren";

/// A reader of the library, and the link to choose by that staff gave.
async fn given() -> (House, String, String, String) {
    let (house, _) = with_journey(JOURNEY).await;
    let owner = house.live_through(JOURNEY, "2027-03-20T13:00:00+01:00").await;
    let customer = house.customer("sanne");
    let page = house.post(&format!("{customer}/voorkeuren"), &[], &owner).await;
    assert_eq!(page.status, StatusCode::OK);
    let at = page.body.find("/voorkeuren/").unwrap();
    let link: String = page.body[at..].chars().take_while(|c| !"\"<".contains(*c)).collect();
    (house, owner, customer, link)
}

#[tokio::test]
async fn a_customer_chooses_how_when_and_about_what_without_a_log_in() {
    let (house, owner, customer, link) = given().await;
    insta::assert_snapshot!("preferences", house.get(&link, "").await.told());
    let choice = [
        ("channel-email", "1"),
        ("channel-whatsapp", "2"),
        ("channel-sms", "0"),
        ("p-marketing", "ja"),
        ("p-leestips", "nee"),
        ("quiet", "zelf"),
        ("quiet-from", "20:00"),
        ("quiet-until", "10:00"),
        ("language", "en"),
    ];
    assert_eq!(house.post(&link, &choice, "").await.status, StatusCode::SEE_OTHER);
    let after = house.get(&format!("{link}?bewaard=1"), "").await;
    insta::assert_snapshot!("preferences-kept", after.told());
    let story = house.get(&customer, &owner).await.text();
    assert!(story.contains("20:00") && story.contains("(voorkeuren)"), "staff see what was said and where:\n{story}");
    let said = async || {
        let events =
            house.app.store.events_of(&house.organisation(), customer[9..].parse().unwrap(), 500).await.unwrap();
        events.iter().filter(|stored| stored.event.source == "voorkeuren").count()
    };
    assert_eq!(said().await, 1);
    house.post(&link, &choice, "").await;
    assert_eq!(said().await, 1, "the same once more says nothing new");
}

#[tokio::test]
async fn hours_that_are_none_keep_the_page_as_it_was_filled() {
    let (house, _, _, link) = given().await;
    let choice = [("quiet", "zelf"), ("quiet-from", "22:00"), ("quiet-until", "22:00"), ("p-leestips", "ja")];
    let page = house.post(&link, &choice, "").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text().contains("Vul twee verschillende tijden in"));
    assert!(page.body.contains("value=\"22:00\""));
}

#[tokio::test]
async fn a_link_to_choose_by_ends() {
    let (house, _, _, link) = given().await;
    house.pass(31 * 86_400);
    assert_eq!(house.get(&link, "").await.status, StatusCode::GONE);
    assert_eq!(house.post(&link, &[("p-marketing", "ja")], "").await.status, StatusCode::GONE);
    assert_eq!(house.get("/voorkeuren/zomaar", "").await.status, StatusCode::NOT_FOUND);
}
