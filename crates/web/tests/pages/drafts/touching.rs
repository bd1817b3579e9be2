//! Before publishing one sees whom it touches.

use axum::http::StatusCode;

use super::super::lives::with_journey;
use super::fill;

const JOURNEY: &str = "woning-reparatie";

#[tokio::test]
async fn before_publishing_one_sees_whom_it_touches() {
    let (house, _) = with_journey(JOURNEY).await;
    let owner = house.live_through(JOURNEY, "2027-10-26T12:00:00Z").await;
    let row = house.app.store.journeys(&house.organisation()).await.unwrap().remove(0);
    let path = format!("/klantreizen/{}", row.id);
    house.post(&format!("{path}/versies/1"), &[], &owner).await;
    fill(&house, &format!("{path}/concept/moment/melding"), &[("title", "Ik bel")], &owner).await;
    let page = house.get(&format!("{path}/concept/live"), &owner).await;
    assert!(page.text().contains("Wie het raakt, per contactmoment"), "{}", page.text());
    let file = house.get(&format!("{path}/concept/live/wie.csv"), &owner).await;
    assert_eq!(file.status, StatusCode::OK);
    assert!(file.header("content-disposition").contains("wie.csv"));
    let lines: Vec<&str> = file.body.lines().collect();
    assert!(lines[0].contains("Kenmerk;Naam;E-mail;Klantreis;Contactmoment;Wat er gebeurt"), "{lines:?}");
    assert!(lines.len() > 1 && lines.iter().any(|line| line.ends_with(";wacht hier")), "{lines:?}");
    let numbers = lines.iter().filter(|line| line.ends_with(";gaat nu door") || line.ends_with(";vervalt")).count();
    assert_eq!(numbers, 0, "other words touch nobody: {lines:?}");
    assert_eq!(house.get(&format!("{path}/concept/live/wie.csv"), "").await.status, StatusCode::SEE_OTHER);
}
