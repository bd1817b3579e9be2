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
