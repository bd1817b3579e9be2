use axum::http::StatusCode;

use super::lives::with_journey;

const JOURNEY: &str = "woning-reparatie";

#[tokio::test]
async fn messages_stand_by_state_and_each_shows_as_the_customer_sees_it() {
    let (house, _) = with_journey(JOURNEY).await;
    let owner = house.live_through(JOURNEY, "2027-10-28T12:00:00+02:00").await;
    let page = house.get("/berichten", &owner).await;
    assert!(page.text().contains("verzonden"), "{}", page.text());
    let sent = house.get("/berichten?stand=sent&klantreis=woning-reparatie&kanaal=email", &owner).await;
    assert!(sent.text().contains("Mijn afspraak is bevestigd"), "{}", sent.text());
    let none = house.get("/berichten?stand=failed", &owner).await;
    assert!(none.text().contains("Geen berichten met deze keuze."), "{}", none.text());
    let path = sent.link("/berichten/");
    let one = house.get(&path, &owner).await;
    assert_eq!(one.status, StatusCode::OK);
    assert!(one.text().contains("Nog gewenst") && one.text().contains("zo is het verstuurd"), "{}", one.text());
    assert!(one.body.contains("<iframe") && one.body.contains("sandbox="));
    let frame = house.get(&format!("{path}/inhoud/email"), &owner).await;
    assert!(frame.header("content-security-policy").contains("default-src 'none'"));
    assert!(!frame.header("content-security-policy").contains("script-src"));
    assert!(frame.body.contains("Rijnoever"));
    assert_eq!(house.get(&format!("{path}/inhoud/email"), "").await.status, StatusCode::SEE_OTHER);
    assert_eq!(house.get("/berichten/onbekend", &owner).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_went_is_not_sent_again() {
    let (house, _) = with_journey(JOURNEY).await;
    let owner = house.live_through(JOURNEY, "2027-10-26T12:00:00+02:00").await;
    let path = house.get("/berichten?stand=sent", &owner).await.link("/berichten/");
    let again = house.post(&format!("{path}/opnieuw"), &[], &owner).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
}
