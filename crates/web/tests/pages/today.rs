use axum::http::StatusCode;

use super::lives::with_journey;

const JOURNEY: &str = "woning-reparatie";

#[tokio::test]
async fn a_task_is_finished_with_what_came_of_it() {
    let (house, _) = with_journey(JOURNEY).await;
    let owner = house.live_through(JOURNEY, "2027-10-28T11:30:00+02:00").await;
    let page = house.get("/vandaag?team=alle", &owner).await;
    assert!(page.text().contains("Bel de huurder voor een nieuwe afspraak"), "{}", page.text());
    let task = page.link("/taken/");
    let shown = house.get(&task, &owner).await;
    insta::assert_snapshot!("task", shown.told());
    let long = "a".repeat(2_001);
    assert_eq!(house.post(&task, &[("note", &long)], &owner).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(house.post(&task, &[("channel", "vlag")], &owner).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let form = [("channel", "phone"), ("outcome", "nieuwe afspraak"), ("note", "belt morgen terug")];
    let done = house.post(&task, &form, &owner).await;
    assert_eq!(done.location(), "/vandaag", "{}", done.text());
    let page = house.get("/vandaag?team=alle", &owner).await;
    assert!(!page.body.contains(&task), "it is gone from the list");
    let story = house.get(&house.customer("jansen"), &owner).await;
    assert!(story.text().contains("belt morgen terug"), "{}", story.text());
    let again = house.post(&task, &[("team", "planning"), ("note", "belt")], &owner).await;
    assert_eq!(again.location(), "/vandaag?team=planning", "twice is once, and one is back at the list one came from");
}

#[tokio::test]
async fn an_empty_day_says_that_all_is_well() {
    let (house, owner) = crate::house::House::with_owner().await;
    let page = house.get("/vandaag", &owner).await;
    insta::assert_snapshot!("today_empty", page.told());
    assert_eq!(house.get("/taken/onbekend", &owner).await.status, StatusCode::NOT_FOUND);
}
