use axum::http::StatusCode;

use super::lives::with_journey;

const JOURNEY: &str = "woning-reparatie";

#[tokio::test]
async fn a_journey_is_lived_through_without_a_trace() {
    let (house, owner) = with_journey(JOURNEY).await;
    let begin = format!("/klantreizen/{JOURNEY}/beleef");
    assert!(house.get(&begin, &owner).await.text().contains("Beleef Reparatie aan mijn woning"));
    let form = [("name", "Sanne de Vries"), ("email", "ja"), ("mobile", "ja")];
    let made = house.post(&begin, &form, &owner).await;
    let path = made.location().to_owned();
    assert!(path.starts_with(&begin), "{}", made.text());
    let page = house.get(&path, &owner).await;
    insta::assert_snapshot!("play_begins", page.text());
    for event in ["repair.reported|", "appointment.booked|"] {
        let done = house.post(&format!("{path}/gebeurt"), &[("event", event)], &owner).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{event}: {}", done.text());
    }
    let page = house.get(&path, &owner).await;
    insta::assert_snapshot!("play_booked", page.text());
    let frame = house.get(&page.link(&format!("{path}/bericht/")), &owner).await;
    assert!(frame.body.contains("Uw afspraak"), "{}", frame.body);
    assert!(frame.header("content-security-policy").contains("default-src 'none'"));
    house.post(&format!("{path}/tijd"), &[("sprong", "volgende")], &owner).await;
    let page = house.get(&path, &owner).await;
    assert!(page.text().contains("Ik word herinnerd"), "{}", page.text());
    let fixed = [("event", "visit.completed|event.outcome == 'fixed'")];
    let done = house.post(&format!("{path}/gebeurt"), &fixed, &owner).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    for _ in 0..3 {
        house.post(&format!("{path}/tijd"), &[("sprong", "uur")], &owner).await;
    }
    let page = house.get(&path, &owner).await;
    let ask = page.link(&format!("{path}/vraag/"));
    assert!(house.get(&ask, &owner).await.text().contains("Welk cijfer"), "the question opens in the play");
    house.post(&ask, &[("q-werk", "4")], &owner).await;
    let page = house.get(&path, &owner).await;
    assert!(page.text().contains("Bel terug over het lage cijfer"), "staff are to act:\n{}", page.text());
    assert!(house.app.store.customers(&house.organisation(), store::Paging::first(9)).await.unwrap().rows.is_empty());
    assert!(house.mail.taken().is_empty(), "nothing left");
}

#[tokio::test]
async fn a_play_is_its_players_own_and_ends() {
    let (house, owner) = with_journey(JOURNEY).await;
    let begin = format!("/klantreizen/{JOURNEY}/beleef");
    let path = house.post(&begin, &[("name", "X")], &owner).await.location().to_owned();
    let colleague = house.with_colleague(&owner, "joost@rijnoever.example", "viewer").await;
    assert_eq!(house.get(&path, &colleague).await.location(), begin, "somebody else's");
    assert_eq!(house.get(&path, &owner).await.status, StatusCode::OK);
    let unknown = house.post(&format!("{path}/gebeurt"), &[("event", "a.b|")], &owner).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    house.pass(2 * 3_600 + 1);
    assert_eq!(house.get(&path, &owner).await.location(), begin, "over");
    let mut paths = Vec::new();
    for _ in 0..4 {
        house.pass(60);
        paths.push(house.post(&begin, &[("name", "X")], &owner).await.location().to_owned());
    }
    assert_eq!(house.get(&paths[0], &owner).await.location(), begin, "three at a time");
    assert_eq!(house.get(&paths[3], &owner).await.status, StatusCode::OK);
}

#[tokio::test]
async fn every_reference_journey_can_be_begun() {
    for journey in service::reference::journeys().into_keys() {
        let (house, owner) = with_journey(&journey).await;
        let begin = format!("/klantreizen/{journey}/beleef");
        let path =
            house.post(&begin, &[("name", "X"), ("email", "ja"), ("mobile", "ja")], &owner).await.location().to_owned();
        let page = house.get(&path, &owner).await;
        let at = page.body.find("name=\"event\" value=\"").expect("a start") + 20;
        let event = page.body[at..]
            .split('"')
            .next()
            .unwrap()
            .replace("&#x27;", "'")
            .replace("&gt;", ">")
            .replace("&amp;", "&");
        let done = house.post(&format!("{path}/gebeurt"), &[("event", &event)], &owner).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{journey} {event}: {}", done.text());
        let page = house.get(&path, &owner).await;
        assert!(page.text().contains("Waarom kwam er niets?"), "{journey}: {}", page.text());
    }
}
