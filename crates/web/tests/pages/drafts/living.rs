//! Publishing, pausing, reaching customers, and who may.

use axum::http::StatusCode;
use service::intake::{Receipt, segment};
use store::Mode;
use words::JourneyId;

use super::{
    fill,
    form::{fields, with},
    repair,
};
use crate::house::House;

async fn row(house: &House) -> Option<store::JourneyRow> {
    house.app.store.journey(&house.organisation(), &JourneyId::new("reparatie-aan-huis")).await.unwrap()
}

#[tokio::test]
async fn a_journey_goes_live_when_nothing_is_missing() {
    let (house, owner) = House::with_owner().await;
    let path = repair(&house, &owner).await;
    let live = format!("{path}/concept/live");
    fill(&house, &format!("{path}/concept/moment/melding"), &[("need", "")], &owner).await;
    let page = house.get(&format!("{path}/concept"), &owner).await;
    assert!(page.text().contains("wat wil de klant hier weten"), "{}", page.text());
    assert!(page.body.contains("aria-disabled=\"true\""), "the button says what is missing");
    let page = house.post(&live, &[("hash", "x"), ("note", "")], &owner).await;
    assert_eq!(page.status, StatusCode::CONFLICT, "and the server refuses");
    assert_eq!(row(&house).await.unwrap().live, None);

    fill(&house, &format!("{path}/concept/moment/melding"), &[("need", "Gehoord worden")], &owner).await;
    let page = fill(&house, &live, &[("note", "De eerste")], &owner).await;
    assert_eq!(page.location(), format!("{path}/bereik"), "whom it reaches is the next question: {}", page.text());
    let page = house.get(&format!("{path}/versies"), &owner).await;
    assert!(page.text().contains("Versie 1") && page.text().contains("De eerste"), "{}", page.text());
    let now = row(&house).await.unwrap();
    assert!(now.live.is_some() && now.mode == Mode::Proof, "it begins in proof");

    fill(&house, &format!("{path}/concept/moment/melding"), &[("title", "Ik bel")], &owner).await;
    let page = house.get(&live, &owner).await;
    assert!(page.text().contains("‘Ik bel’ heeft een andere titel."), "{}", page.text());
    let looked = fields(&page.body, &live);
    fill(&house, &format!("{path}/concept/moment/melding"), &[("title", "Ik mail")], &owner).await;
    let page = house.post(&live, &with(&looked, &[]), &owner).await;
    assert_eq!(page.status, StatusCode::CONFLICT, "what goes live is what was looked at");
    fill(&house, &live, &[], &owner).await;

    let page = house.post(&format!("{path}/versies/1"), &[], &owner).await;
    assert_eq!(page.location(), format!("{path}/concept"));
    let page = house.get(&live, &owner).await;
    assert!(page.text().contains("andere titel"), "the older version is in the draft: {}", page.text());
    let page = house.get(&format!("{path}/versies/1"), &owner).await;
    assert!(page.text().contains("Gehoord worden"), "{}", page.text());
    assert_eq!(house.get(&format!("{path}/versies/9"), &owner).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn owners_alone_let_a_journey_reach_customers() {
    let (house, owner) = House::with_owner().await;
    let path = repair(&house, &owner).await;
    let reach = format!("{path}/bereik");
    let early = house.post(&reach, &[("mode", "live")], &owner).await;
    assert_eq!(early.status, StatusCode::CONFLICT, "a journey without a version reaches nobody");
    fill(&house, &format!("{path}/concept/live"), &[], &owner).await;

    let editor = house.with_colleague(&owner, "joost@rijnoever.example", "editor").await;
    assert_eq!(house.post(&reach, &[("mode", "live")], &editor).await.status, StatusCode::FORBIDDEN);
    let page = house.get(&reach, &owner).await;
    assert!(page.text().contains("Er is nog geen afzender voor e-mail"), "{}", page.text());
    assert_eq!(house.post(&reach, &[("mode", "live")], &owner).await.status, StatusCode::SEE_OTHER);
    assert_eq!(row(&house).await.unwrap().mode, Mode::Live);
    assert_eq!(house.post(&reach, &[("mode", "alles")], &owner).await.status, StatusCode::UNPROCESSABLE_ENTITY);

    house.post(&format!("{path}/pauze"), &[("paused", "true")], &editor).await;
    let paused = row(&house).await.unwrap();
    assert!(paused.paused && paused.mode == Mode::Live);
    assert!(house.get(&reach, &editor).await.text().contains("gepauzeerd"));
    house.post(&format!("{path}/pauze"), &[("paused", "false")], &editor).await;
    assert!(!row(&house).await.unwrap().paused);
}

#[tokio::test]
async fn viewers_read_and_do_not_write() {
    let (house, owner) = House::with_owner().await;
    let path = repair(&house, &owner).await;
    let viewer = house.with_colleague(&owner, "joost@rijnoever.example", "viewer").await;
    for end in [
        "/concept",
        "/concept/gegevens",
        "/concept/moment/melding",
        "/concept/bericht/herinnering",
        "/concept/tekst",
        "/concept/live",
        "/bereik",
    ] {
        let page = house.get(&format!("{path}{end}"), &viewer).await;
        assert_eq!(page.status, StatusCode::OK, "{end}");
        assert!(!page.body.contains("button primary"), "{end} offers nothing to press");
    }
    for end in [
        "/concept",
        "/concept/gegevens",
        "/concept/moment/melding",
        "/concept/bericht/herinnering",
        "/concept/tekst",
        "/concept/live",
        "/concept/weg",
        "/pauze",
        "/bereik",
    ] {
        let page = house.post(&format!("{path}{end}"), &[("mode", "live"), ("paused", "true")], &viewer).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{end}");
    }
    assert_eq!(house.get("/klantreizen/nieuw", &viewer).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_journey_that_was_never_live_can_be_deleted() {
    let (house, owner) = House::with_owner().await;
    let path = repair(&house, &owner).await;
    let page = house.post(&format!("{path}/concept/weg"), &[], &owner).await;
    assert_eq!(page.location(), "/klantreizen");
    assert_eq!(row(&house).await, None);
    let path = repair(&house, &owner).await;
    fill(&house, &format!("{path}/concept/live"), &[], &owner).await;
    fill(&house, &format!("{path}/concept/moment/melding"), &[("title", "Anders")], &owner).await;
    house.post(&format!("{path}/concept/weg"), &[], &owner).await;
    assert!(row(&house).await.unwrap().live.is_some(), "only the draft goes");
    let page = house.get(&format!("{path}/concept"), &owner).await;
    assert!(
        !page.body.contains("value=\"Anders\"") && page.text().contains("er is nog geen concept"),
        "{}",
        page.text()
    );
    assert_eq!(house.get("/klantreizen/bestaat-niet/concept", &owner).await.status, StatusCode::NOT_FOUND);
}

/// Brings in that mevrouw De Vries reported a repair and has an appointment on Friday.
pub(super) async fn appointment(house: &House) {
    let now = house.app.clock.now();
    let batch = r#"{"batch":[
        {"type":"identify","userId":"1","messageId":"a","timestamp":"2026-11-24T08:00:00Z","traits":{"salutation":"mevrouw","first_name":"Sanne","last_name":"de Vries","email":"s.devries@voorbeeld.nl"}},
        {"type":"track","event":"repair.reported","userId":"1","messageId":"b","timestamp":"2026-11-24T08:01:00Z","properties":{"id":"R-1","kind":"lekkende kraan"}},
        {"type":"track","event":"appointment.booked","userId":"1","messageId":"c","timestamp":"2026-11-24T08:02:00Z","properties":{"id":"A-1","repair_id":"R-1","start":"2026-11-27T08:00:00+01:00","end":"2026-11-27T10:00:00+01:00","status":"booked"}}]}"#;
    let body = segment::Body::parse(segment::Call::Batch, batch.as_bytes()).unwrap();
    let taken = body.events(&Receipt::new("planpakket", now));
    house.app.service.intake.accept(&house.organisation(), "planpakket", taken, now).await.unwrap();
    house.app.service.settle().await.unwrap();
}

#[tokio::test]
async fn one_sees_what_it_comes_to_for_a_real_customer() {
    let (house, owner) = House::with_owner().await;
    let path = repair(&house, &owner).await;
    fill(&house, &format!("{path}/concept/live"), &[], &owner).await;
    appointment(&house).await;

    let page = house.get(&format!("{path}/concept/moment/herinnering"), &owner).await;
    let said =
        "wordt dit donderdag 26 november om 10:00 uur (het begin van de afspraak: vrijdag 27 november om 08:00 uur)";
    assert!(page.text().contains(said) && page.text().contains("Voor Sanne de Vries"), "{}", page.text());
    let page = house.get(&format!("{path}/concept/bericht/herinnering"), &owner).await;
    assert!(page.text().contains("tussen 8 en 10 uur") && page.text().contains("lekkende kraan"), "{}", page.text());
    fill(&house, &format!("{path}/concept"), &[("do", "weg:afspraak")], &owner).await;
    let page = house.get(&format!("{path}/concept/live"), &owner).await;
    for said in ["Eén lopende reis gaat met de nieuwe versie verder", "vervalt"] {
        assert!(page.text().contains(said), "{said}: {}", page.text());
    }
}
