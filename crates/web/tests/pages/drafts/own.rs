//! Events that one names oneself, in an organisation whose systems have sent nothing yet.

use axum::http::StatusCode;

use super::{fill, text};
use crate::house::House;

const PATH: &str = "/klantreizen/boek-lenen";

async fn begun() -> (House, String) {
    let (house, owner) = House::with_owner().await;
    house.post("/klantreizen/nieuw", &[("title", "Boek lenen"), ("from", "")], &owner).await;
    (house, owner)
}

#[tokio::test]
async fn an_own_event_is_named_in_words_where_no_list_has_it() {
    let (house, owner) = begun().await;
    let form = format!("{PATH}/concept/gegevens");
    let page = house.get(&form, &owner).await;
    assert!(page.body.contains("De afspraak is gemaakt</option>"), "usual events are offered: {}", page.text());
    let typed = [
        ("starts.0.event.own", "iemand reserveert een boek"),
        ("goal.on.0.event.own", "Het boek is geleend."),
        ("ends.0.event.own", "het boek is geleend"),
        ("ends.0.as", "done"),
    ];
    let saved = fill(&house, &form, &typed, &owner).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    let now = text(&house, "boek-lenen").await;
    assert!(now.contains("starts: eigen.iemand_reserveert_een_boek"), "{now}");
    assert!(now.contains("eigen.iemand_reserveert_een_boek: iemand reserveert een boek"), "the words are kept: {now}");
    assert_eq!(now.matches("eigen.het_boek_is_geleend").count(), 3, "the same words are the same event: {now}");

    let page = house.get(&form, &owner).await;
    assert!(page.text().contains("iemand reserveert een boek"), "{}", page.text());
    let again = fill(&house, &form, &[("starts.1.event.own", "de afspraak is gemaakt")], &owner).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.text());
    assert!(text(&house, "boek-lenen").await.contains("appointment.booked"), "a usual event has its name already");
    fill(&house, &form, &[("starts.2.event.own", "hold.available")], &owner).await;
    let now = text(&house, "boek-lenen").await;
    assert!(now.contains("hold.available") && !now.contains("hold.available:"), "a name stays a name: {now}");
    fill(&house, &form, &[("starts.3.event.own", "iemand: reserveert een boek!")], &owner).await;
    let now = text(&house, "boek-lenen").await;
    assert!(now.contains("eigen.iemand_reserveert_een_boek_2"), "other words are another event: {now}");
}

#[tokio::test]
async fn a_moment_is_seen_and_follows_by_an_event_in_words() {
    let (house, owner) = begun().await;
    let concept = format!("{PATH}/concept");
    fill(&house, &concept, &[("new_phase", "Lenen")], &owner).await;
    let page = house.get(&concept, &owner).await;
    let phase = page.body.split("name=\"new.").nth(1).expect("there is a phase").split('"').next().unwrap().to_owned();
    fill(&house, &concept, &[(&format!("new.{phase}"), "Ik haal het op")], &owner).await;
    let moment = format!("{concept}/moment/ik-haal-het-op");
    let typed = [
        ("seen.0.event.own", "het boek is opgehaald"),
        ("when.kind", "moment"),
        ("when.side", "after"),
        ("when.anchor.own", "iemand reserveert een boek"),
    ];
    let refused = fill(&house, &moment, &typed, &owner).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("Vul een getal in, zoals 2."), "in words: {}", refused.text());
    let twod = [&typed[..], &[("when.by.number", "two")]].concat();
    let refused = fill(&house, &moment, &twod, &owner).await;
    assert!(refused.text().contains("‘two’ is geen getal."), "{}", refused.text());
    let nothing =
        fill(&house, &moment, &[("when.kind", "moment"), ("when.side", "after"), ("when.by.number", "1")], &owner)
            .await;
    assert!(nothing.text().contains("Kies waarna dit gebeurt, of noem het"), "{}", nothing.text());
    let long = [&typed[..], &[("when.by.number", "9999"), ("when.by.unit", "d")]].concat();
    let long = fill(&house, &moment, &long, &owner).await;
    assert!(long.text().contains("Vul een duur in van hooguit twee jaar"), "{}", long.text());
    let late = [("when.kind", "every"), ("when.day", "monday"), ("when.every_at", "half tien")];
    let late = fill(&house, &moment, &late, &owner).await;
    assert!(late.text().contains("Vul een tijd in, zoals 10:00."), "{}", late.text());
    let nothing = fill(&house, &moment, &[("when.kind", "events")], &owner).await;
    assert!(nothing.text().contains("Kies een gebeurtenis, of noem er een"), "{}", nothing.text());
    assert!(refused.body.contains("value=\"het boek is opgehaald\""), "what was typed stays: {}", refused.body);
    let typed = [&typed[..], &[("when.by.number", "2"), ("when.by.unit", "d")]].concat();
    let saved = fill(&house, &moment, &typed, &owner).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    let now = text(&house, "boek-lenen").await;
    assert!(now.contains("after: eigen.iemand_reserveert_een_boek"), "{now}");
    assert!(now.contains("seen: eigen.het_boek_is_opgehaald"), "{now}");
    let page = house.get(&moment, &owner).await;
    assert!(
        page.text().contains("2 dagen nadat iemand reserveert een boek")
            || page.text().contains("iemand een boek reserveert"),
        "{}",
        page.text()
    );
    assert!(now.contains("eigen.het_boek_is_opgehaald: het boek is opgehaald"), "{now}");
}

#[tokio::test]
async fn the_supplier_reads_the_name_and_the_words_of_an_own_event() {
    let (house, owner) = begun().await;
    let typed = [("starts.0.event.own", "iemand reserveert een boek")];
    fill(&house, &format!("{PATH}/concept/gegevens"), &typed, &owner).await;
    house.post("/koppelingen/nieuw", &[("name", "Planpakket")], &owner).await;
    let page = house.get("/koppelingen/blad/boek-lenen?bron=planpakket", &owner).await.text();
    assert!(page.contains("eigen.iemand_reserveert_een_boek"), "{page}");
    assert!(page.to_lowercase().contains("iemand reserveert een boek"), "{page}");
}

#[tokio::test]
async fn a_play_of_a_journey_without_further_events_says_so() {
    let (house, owner) = begun().await;
    let begin = format!("{PATH}/beleef");
    let begun = house.post(&begin, &[("tekst", "concept"), ("name", "Sanne")], &owner).await;
    let page = house.get(begun.location(), &owner).await.text();
    assert!(page.contains("heeft nog geen begin. Kies"), "{page}");
    let typed = [("starts.0.event.own", "iemand reserveert een boek")];
    fill(&house, &format!("{PATH}/concept/gegevens"), &typed, &owner).await;
    let begun = house.post(&begin, &[("tekst", "concept"), ("name", "Sanne")], &owner).await;
    let play = begun.location().to_owned();
    let page = house.get(&play, &owner).await;
    let form = super::form::fields(&page.body, &format!("{play}/gebeurt"));
    house.post(&format!("{play}/gebeurt"), &super::form::with(&form, &[]), &owner).await;
    let page = house.get(&play, &owner).await.text();
    assert!(
        page.contains("Er kan niets meer gebeuren") && page.contains("Geen gebeurtenis brengt hem verder"),
        "{page}"
    );
    assert!(!page.contains("nog geen begin"), "{page}");
}
