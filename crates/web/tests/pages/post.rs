//! Letters and cards: printed, posted, put back.

use axum::http::StatusCode;
use store::{Change, OutboxFilter, OutboxRow, Paging, SendState};
use words::{Address, Channel, EffectKey, SendEffect};

use super::lives::with_journey;
use crate::house::House;

const JOURNEY: &str = "woning-reparatie";

/// A house in which `count` letters wait for a customer with an address, and one for somebody whose postcode is no postcode.
async fn with_letters(count: usize) -> (House, String) {
    let (house, _) = with_journey(JOURNEY).await;
    let owner = house.live_through(JOURNEY, "2027-10-26T12:00:00+02:00").await;
    let (store, id, now) = (&house.app.store, house.organisation(), house.app.clock.now());
    let filter = OutboxFilter { state: Some("sent".into()), ..OutboxFilter::default() };
    let sent = store.messages(&id, &filter, Paging::first(1)).await.unwrap().rows.remove(0);
    let letters = (0..count).map(|number| OutboxRow {
        key: EffectKey::stored(format!("{}:{number}", sent.key)),
        state: SendState::Ready,
        decided: now,
        channel: Some(Channel::new("post")),
        to: Some("Kade 1, 6821 AB Arnhem".into()),
        send: SendEffect { until: None, ..sent.send.clone() },
        attempts: 0,
        rendered: None,
        ..sent.clone()
    });
    let loaded = store.load(&id, &[sent.customer]).await.unwrap().remove(0);
    let mut customer = loaded.customer.clone();
    let part = |text: &str| Some(text.to_owned());
    customer.address = Address { street: part("Kade 1"), postcode: part("6821 AB"), town: part("Arnhem") };
    let change = Change {
        outbox: letters.collect(),
        profile: Some(customer),
        ..Change::new(id.clone(), sent.customer, loaded.revision, now)
    };
    store.commit(vec![change]).await.unwrap().remove(0).expect("no conflict");
    (house, owner)
}

async fn states(house: &House) -> Vec<&'static str> {
    let filter = OutboxFilter { channel: Some(Channel::new("post")), ..OutboxFilter::default() };
    let rows = house.app.store.messages(&house.organisation(), &filter, Paging::first(50)).await.unwrap().rows;
    rows.iter().map(|row| row.state.name()).collect()
}

#[tokio::test]
async fn letters_are_printed_and_posted() {
    let (house, owner) = with_letters(2).await;
    let page = house.get("/berichten/post", &owner).await;
    assert!(
        page.text().contains("Brieven die wachten") && page.text().contains("Kade 1, 6821 AB Arnhem"),
        "{}",
        page.text()
    );
    let preview = house.get(&page.link("/berichten/").replace("/berichten/post", ""), &owner).await;
    assert_ne!(preview.status, StatusCode::INTERNAL_SERVER_ERROR);

    let printed = house.post("/berichten/post/drukken", &[("kanaal", "post")], &owner).await;
    let pile = printed.location().to_owned();
    assert!(pile.starts_with("/berichten/post/stapel/pile-"), "{pile}");
    assert_eq!(states(&house).await, ["printed", "printed"]);
    let page = house.get(&pile, &owner).await.text();
    assert!(page.contains("Stapel van 2 brieven") && page.contains("De stapel is gepost"), "{page}");
    for file in ["brieven.pdf", "etiketten.pdf"] {
        let pdf = house.get(&format!("{pile}/{file}"), &owner).await;
        assert_eq!((pdf.status, pdf.header("content-type")), (StatusCode::OK, "application/pdf"));
        assert!(pdf.body.starts_with("%PDF-") && pdf.header("cache-control").contains("no-store"));
    }
    assert!(house.get("/berichten/post", &owner).await.text().contains("Geprint, nog niet gepost"));

    let posted = house.post(&format!("{pile}/gepost"), &[], &owner).await;
    assert_eq!(posted.location(), "/berichten/post");
    assert_eq!(states(&house).await, ["sent", "sent"]);
    assert!(house.get(&pile, &owner).await.text().contains("gepost"));
    let book = house.get("/instellingen/logboek", &owner).await.text();
    assert!(book.contains("meldde een stapel brieven als gepost"), "{book}");
    house.post(&format!("{pile}/terug"), &[], &owner).await;
    assert_eq!(states(&house).await, ["sent", "sent"], "what is in the post does not come back");
}

#[tokio::test]
async fn what_was_not_posted_is_put_back_whole_or_one_by_one() {
    let (house, owner) = with_letters(3).await;
    let pile = house.post("/berichten/post/drukken", &[("kanaal", "post")], &owner).await.location().to_owned();
    let page = house.get(&pile, &owner).await;
    let (_, key) = page.body.split_once("name=\"key\" value=\"").expect("a letter to put back");
    let key = key.split('"').next().unwrap().replace("&#x2f;", "/");
    let back = house.post(&format!("{pile}/terug"), &[("key", &key)], &owner).await;
    assert_eq!(back.location(), pile);
    assert_eq!(states(&house).await.iter().filter(|state| **state == "ready").count(), 1);
    house.post(&format!("{pile}/terug"), &[], &owner).await;
    assert_eq!(states(&house).await, ["ready"; 3]);
    assert_eq!(house.get(&pile, &owner).await.status, StatusCode::NOT_FOUND, "the pile is no more");
}

#[tokio::test]
async fn only_who_may_change_things_prints_and_nobody_else_sees_a_pile() {
    let (house, owner) = with_letters(1).await;
    let reader = house.with_colleague(&owner, "joost@rijnoever.example", "viewer").await;
    let page = house.get("/berichten/post", &reader).await;
    assert!(page.status == StatusCode::OK && !page.text().contains("Print alles"), "{}", page.text());
    assert_eq!(
        house.post("/berichten/post/drukken", &[("kanaal", "post")], &reader).await.status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(house.get("/berichten/post", "").await.status, StatusCode::SEE_OTHER);
    for path in
        ["/berichten/post/stapel/pile-x", "/berichten/post/stapel/x/brieven.pdf", "/berichten/onbekend/brief.pdf"]
    {
        assert_eq!(house.get(path, &owner).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(
        house.post("/berichten/post/drukken", &[("kanaal", "email")], &owner).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn a_sender_of_letters_is_proven_by_a_letter() {
    let (house, owner) = with_journey(JOURNEY).await;
    let form = [("transport", "print"), ("from_name", "Rijnoever"), ("from_address", "Postbus 12, 6800 AA Arnhem")];
    let wrong = house.post("/instellingen/afzenders/post", &[&form[..], &[("window", "up")]].concat(), &owner).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    house.post("/instellingen/afzenders/post", &[&form[..], &[("window", "right")]].concat(), &owner).await;
    let page = house.get("/instellingen/afzenders/post", &owner).await;
    assert!(
        page.text().contains("Venster van de envelop") && page.text().contains("nog niet getest"),
        "{}",
        page.text()
    );
    let pdf = house.post("/instellingen/afzenders/post/proef", &[], &owner).await;
    assert!(pdf.body.starts_with("%PDF-"), "{}", pdf.text());
    let code = house.post("/instellingen/afzenders/post/code", &[("code", "AAAA-AAAA")], &owner).await;
    assert_eq!(code.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn the_packing_list_teaches_when_it_is_empty() {
    let (house, owner) = with_journey(JOURNEY).await;
    let page = house.get("/berichten/post/paklijst", &owner).await.text();
    assert!(page.contains("Er hoeft niets bij een pakket."), "{page}");
    let empty = house.get("/berichten/post", &owner).await.text();
    assert!(empty.contains("Er wachten geen brieven."), "{empty}");
}
