use axum::http::StatusCode;
use jiff::SignedDuration;
use store::{Change, OutboxFilter, OutboxRow, Paging, SendState};
use words::{EffectKey, SendEffect};

use super::lives::with_journey;
use crate::house::Page;

const JOURNEY: &str = "woning-reparatie";
const SHOP: &str = "winkel-webshop";

/// The address of the first message of a list.
fn first_of(list: &Page) -> String {
    let (_, rows) = list.body.split_once("<tbody>").expect("a list with rows");
    rows.split("href=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a message").to_owned()
}

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
    let path = first_of(&sent);
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
    let path = first_of(&house.get("/berichten?stand=sent", &owner).await);
    let again = house.post(&format!("{path}/opnieuw"), &[], &owner).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_journey_says_why_messages_went_or_did_not() {
    let (house, _) = with_journey(SHOP).await;
    let owner = house.live_through(SHOP, "2027-03-01T12:00:00+01:00").await;
    let why = format!("/klantreizen/{SHOP}/verstuurd");
    assert!(house.get(&format!("/klantreizen/{SHOP}/kaart"), &owner).await.body.contains(&why));
    assert!(house.get(&format!("/berichten?klantreis={SHOP}"), &owner).await.body.contains(&why));
    let page = house.get(&format!("{why}?dagen=90"), &owner).await;
    insta::assert_snapshot!("why_sent_or_not", page.told());
    // Each count leads to just as many messages.
    let mut looked_at = 0;
    for (at, _) in page.body.match_indices("href=\"/berichten?stand=") {
        let href = page.body[at + 6..].split('"').next().unwrap().replace("&amp;", "&");
        let count = page.body[at..].split_once('>').unwrap().1.trim_start_matches("<b>");
        let count: String = count.chars().take_while(|sign| sign.is_ascii_digit()).collect();
        let list = house.get(&href, &owner).await;
        let listed = list.body.matches("<a class=\"name\" href=\"/berichten/").count();
        assert_eq!(listed.to_string(), count, "{href}");
        looked_at += 1;
    }
    assert!(looked_at > 3, "{looked_at}");
    let short = house.get(&format!("{why}?dagen=7"), &owner).await;
    assert!(short.body.contains("href=\"?dagen=7\" aria-current=\"page\""));
    assert_eq!(house.get("/klantreizen/onbekend/verstuurd", &owner).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn before_anything_was_sent_the_page_teaches() {
    let (house, owner) = with_journey(JOURNEY).await;
    let page = house.get(&format!("/klantreizen/{JOURNEY}/verstuurd"), &owner).await.text();
    assert!(page.contains("In deze tijd vroeg de klantreis om geen enkel bericht."), "{page}");
    assert!(page.contains("hoogstens 6 berichten in 7 dagen"), "{page}");
}

#[tokio::test]
async fn after_a_pause_what_stayed_behind_goes_slowly() {
    let (house, _) = with_journey(JOURNEY).await;
    let owner = house.live_through(JOURNEY, "2027-10-26T12:00:00+02:00").await;
    let (store, id, now) = (&house.app.store, house.organisation(), house.app.clock.now());
    let pause = format!("/klantreizen/{JOURNEY}/pauze");
    house.post(&pause, &[("paused", "true")], &owner).await;
    let filter = OutboxFilter { state: Some("sent".into()), ..OutboxFilter::default() };
    let sent = store.messages(&id, &filter, Paging::first(1)).await.unwrap();
    let copies = (1..=5).map(|number| OutboxRow {
        key: EffectKey::stored(format!("{}:{number}", sent.rows[0].key)),
        state: SendState::Ready,
        decided: now - SignedDuration::from_hours(1),
        send: SendEffect { until: None, ..sent.rows[0].send.clone() },
        attempts: 0,
        ..sent.rows[0].clone()
    });
    let customer = sent.rows[0].customer;
    let revision = store.load(&id, &[customer]).await.unwrap()[0].revision;
    let change = Change { outbox: copies.collect(), ..Change::new(id.clone(), customer, revision, now) };
    store.commit(vec![change]).await.unwrap().remove(0).expect("no conflict");

    let resumed = house.post(&pause, &[("paused", "false")], &owner).await;
    let said = format!("{owner}; {}", resumed.cookie("klantreis-melding").unwrap());
    let page = house.get(resumed.location(), &said).await.text();
    assert!(page.contains("Wat is blijven liggen gaat rustig alsnog, wat te laat is niet."), "{page}");
    house.app.service.settle().await.unwrap();
    let gone = store.messages(&id, &filter, Paging::first(1)).await.unwrap().total - sent.total;
    assert_eq!(gone, 2, "of sixty a minute, what two seconds save up");
}
