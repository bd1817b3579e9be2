use axum::http::StatusCode;
use service::answering::Reply;
use store::{OutboxFilter, Paging};
use words::Channel;

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

/// The first customer who got a mail of the journey wrote back; the page of the task that came of it.
async fn replied(house: &crate::house::House, owner: &str, text: &str) -> String {
    let filter =
        OutboxFilter { state: Some("sent".into()), channel: Some(Channel::email()), ..OutboxFilter::default() };
    let sent = house.app.store.messages(&house.organisation(), &filter, Paging::first(1)).await.unwrap().rows.remove(0);
    let reply = Reply {
        organisation: house.organisation(),
        channel: Channel::email(),
        from: sent.to.clone().unwrap(),
        name: Some("Sanne".into()),
        answers: Some(sent.key),
        subject: Some("Re: Uw afspraak".into()),
        text: text.into(),
        id: "<1@example.nl>".into(),
        time: house.app.clock.now(),
        automatic: false,
        grievance: None,
    };
    house.app.service.answering.take(reply, house.app.clock.now()).await.unwrap();
    house.app.service.settle().await.unwrap();
    let tasks = house.get("/vandaag?team=alle&meer=1", owner).await;
    let at = tasks.body.split("href=\"").find(|part| part.contains("reply") && part.starts_with("/taken/")).unwrap();
    at.split('"').next().unwrap().split('?').next().unwrap().to_owned()
}

#[tokio::test]
async fn what_a_customer_writes_back_is_answered_on_the_page_of_its_task() {
    let (house, _) = with_journey(JOURNEY).await;
    let owner = house.live_through(JOURNEY, "2027-10-28T11:30:00+02:00").await;
    let task = replied(&house, &owner, "<b>Kan het ook later?</b>").await;
    let page = house.get(&task, &owner).await;
    assert!(page.text().contains("Kan het ook later?") && !page.body.contains("<b>Kan"), "{}", page.text());
    let nonce = page.body.split("name=\"nonce\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let to = format!("{task}/antwoord");
    let empty = house.post(&to, &[("text", " "), ("nonce", &nonce)], &owner).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.body.contains(&nonce), "the same form");
    // It sounds otherwise than was agreed: said, with what was typed, and not in the way.
    let form = [("text", "Dat kan, kom jij dan om tien uur?"), ("nonce", &*nonce)];
    let heard = house.post(&to, &form, &owner).await;
    assert_eq!(heard.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(heard.text().contains("Toch zo versturen") && heard.body.contains("kom jij dan"), "{}", heard.text());
    let form = [form[0], form[1], ("gezien", "true")];
    let sent = house.post(&to, &form, &owner).await;
    assert_eq!(sent.location(), "/vandaag", "{}", sent.text());
    house.app.service.settle().await.unwrap();
    let filter = OutboxFilter::default();
    let rows = house.app.store.messages(&house.organisation(), &filter, Paging::first(500)).await.unwrap().rows;
    let answers: Vec<_> = rows.iter().filter(|row| service::answering::is_answer(row)).collect();
    let [answer] = answers.as_slice() else { panic!("one answer: {}", answers.len()) };
    assert_eq!(answer.rendered.as_ref().unwrap().subject.as_deref(), Some("Re: Uw afspraak"));
    let again = house.post(&to, &form, &owner).await;
    assert_eq!(again.location(), "/vandaag");
    house.app.service.settle().await.unwrap();
    let rows = house.app.store.messages(&house.organisation(), &filter, Paging::first(500)).await.unwrap().rows;
    assert_eq!(rows.iter().filter(|row| service::answering::is_answer(row)).count(), 1, "sent twice is once");
    let story = house.get(&format!("/klanten/{}", answer.customer), &owner).await;
    assert!(story.text().contains("Sanne schreef terug") && story.text().contains("kom jij dan"), "{}", story.text());
    let shown = house.get(&format!("/berichten/{}", answer.key), &owner).await;
    assert!(shown.text().contains("Antwoord in een gesprek"), "{}", shown.text());
}
