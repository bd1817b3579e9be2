use axum::http::StatusCode;

use crate::house::{House, PASSWORD};

const SELF: &str = "/instellingen/leden/00000000-0000-0000-0000-000000000001";

#[tokio::test]
async fn a_colleague_is_invited_by_a_link() {
    let (house, owner) = House::with_owner().await;
    let form = [("email", "joost@rijnoever.example"), ("role", "editor")];
    let page = house.post("/instellingen/leden", &form, &owner).await;
    let text = page.text();
    assert!(text.contains("Geef de link zelf door; hij staat hier één keer."), "{text}");
    let path = page.link("/uitnodiging/");
    insta::assert_snapshot!("invitation", house.get(&path, "").await.told());

    let form = [("name", "Joost Verhagen"), ("language", "en"), ("password", PASSWORD)];
    let taken = house.post(&path, &form, "").await;
    let joost = taken.cookie("klantreis").expect("logged in at once");
    assert!(house.get("/account", &joost).await.body.contains("My account"));
    assert_eq!(house.get(&path, "").await.status, StatusCode::NOT_FOUND, "it works once");
    insta::assert_snapshot!("members", house.get("/instellingen/leden", &owner).await.told());
}

#[tokio::test]
async fn an_invitation_works_two_weeks() {
    let (house, owner) = House::with_owner().await;
    let form = [("email", "joost@rijnoever.example"), ("role", "viewer")];
    let path = house.post("/instellingen/leden", &form, &owner).await.link("/uitnodiging/");
    house.pass(14 * 86_400);
    insta::assert_snapshot!("invitation_expired", house.get(&path, "").await.told());
}

#[tokio::test]
async fn an_address_is_invited_once() {
    let (house, owner) = House::with_owner().await;
    let form = [("email", "Joost@Rijnoever.example"), ("role", "viewer")];
    assert_eq!(house.post("/instellingen/leden", &form, &owner).await.status, StatusCode::OK);
    let page = house.post("/instellingen/leden", &form, &owner).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text().contains("Deze collega heeft al een account."));
}

#[tokio::test]
async fn the_last_owner_stays() {
    let (house, owner) = House::with_owner().await;
    let page = house.post(&format!("{SELF}/rol"), &[("role", "viewer")], &owner).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    insta::assert_snapshot!("last_owner", page.told());
    // Someone who was only invited cannot take over.
    let form = [("email", "joost@rijnoever.example"), ("role", "owner")];
    house.post("/instellingen/leden", &form, &owner).await;
    let page = house.post(&format!("{SELF}/verwijderen"), &[], &owner).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    house.with_colleague(&owner, "mila@rijnoever.example", "owner").await;
    let page = house.post(&format!("{SELF}/rol"), &[("role", "editor")], &owner).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    assert_eq!(house.get("/instellingen/leden", &owner).await.status, StatusCode::FORBIDDEN, "it holds at once");
}

#[tokio::test]
async fn who_is_removed_is_out_at_once() {
    let (house, owner) = House::with_owner().await;
    let joost = house.with_colleague(&owner, "joost@rijnoever.example", "viewer").await;
    let account = house.app.store.accounts_by_email("joost@rijnoever.example").await.unwrap().remove(0);
    let page = house.post(&format!("/instellingen/leden/{}/verwijderen", account.id), &[], &owner).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    assert_eq!(house.get("/account", &joost).await.status, StatusCode::SEE_OTHER);
    insta::assert_snapshot!("log_book", house.get("/instellingen/logboek", &owner).await.told());
}
