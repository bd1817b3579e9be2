use axum::http::StatusCode;

use super::lives::with_journey;
use crate::house::{House, Page};

const LIBRARY: &str = "bibliotheek-reserveren";
const HERE: &str = "via=desk&plaats=Centrum";

/// The button of a touchpoint, and the page that it is on: what is sent when it is tapped.
fn tap<'a>(page: &'a Page, touchpoint: &'a str) -> Vec<(&'a str, &'a str)> {
    let form = page.body.split("<form ").find(|form| form.contains(&format!("value=\"{touchpoint}\"")));
    let form = form.unwrap_or_else(|| panic!("no {touchpoint} in:\n{}", page.text()));
    let value = |name: &'a str| {
        let rest = form.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_default();
        (name, rest.split('"').next().unwrap_or_default())
    };
    ["once", "journey", "run", "touchpoint"].map(value).to_vec()
}

async fn contacts(house: &House, path: &str) -> Vec<String> {
    let id = path.trim_start_matches("/klanten/").parse().unwrap();
    let (contacts, _) = house.app.store.story_of(&house.organisation(), id).await.unwrap();
    contacts.iter().map(|contact| format!("{} {:?} {:?}", contact.touchpoint, contact.channel, contact.place)).collect()
}

#[tokio::test]
async fn a_card_is_scanned_and_a_pick_up_is_noted_with_one_tap() {
    let (house, _) = with_journey(LIBRARY).await;
    let owner = house.live_through(LIBRARY, "2027-03-26T13:00:00+01:00").await;
    let desk = house.get(&format!("/vandaag/balie?{HERE}&code=pieter"), &owner).await;
    insta::assert_snapshot!("desk", desk.told());
    let id = house.customer("pieter");
    let before = contacts(&house, &id).await;
    let action = format!("/vandaag/balie?{HERE}&klant={}", id.trim_start_matches("/klanten/"));
    let tapped = tap(&desk, "ophalen");
    for _ in 0..2 {
        let done = house.post(&action, &tapped, &owner).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER);
        assert!(done.location().starts_with("/vandaag/balie?via=desk&plaats=Centrum"), "{}", done.location());
    }
    let after = contacts(&house, &id).await;
    assert_eq!(after.len(), before.len() + 1, "tapped twice is once: {after:#?}");
    let noted = after.iter().find(|contact| !before.contains(contact)).unwrap();
    assert_eq!(noted, "ophalen Some(Channel(\"desk\")) Some(\"Centrum\")");
}

#[tokio::test]
async fn what_is_scanned_may_be_a_thing_a_name_or_nothing_known() {
    let (house, _) = with_journey(LIBRARY).await;
    let owner = house.live_through(LIBRARY, "2027-03-26T13:00:00+01:00").await;
    let by = async |code: &str| house.get(&format!("/vandaag/balie?code={code}"), &owner).await.text();
    assert!(by("H-2").await.contains("De Boer"), "the number of a reservation");
    assert!(by("boer").await.contains("De Boer"));
    let unknown = by("9999999").await;
    assert!(unknown.contains("Niemand gevonden bij “9999999”"), "{unknown}");
    let reader = house.with_colleague(&owner, "balie@example.org", "viewer").await;
    assert_eq!(house.get("/vandaag/balie", &reader).await.status, StatusCode::OK);
    assert_ne!(house.get("/vandaag/balie", "").await.status, StatusCode::OK);
}

#[tokio::test]
async fn somebody_without_a_name_is_a_contact_too() {
    let (house, _) = with_journey("winkel-webshop").await;
    let owner = house.live_through("winkel-webshop", "2027-03-26T13:00:00+01:00").await;
    let count = async || house.app.store.customers(&house.organisation(), store::Paging::first(1)).await.unwrap().total;
    let before = count().await;
    let desk = house.get(&format!("/vandaag/balie?{HERE}"), &owner).await;
    let tapped = tap(&desk, "winkeladvies");
    let action = format!("/vandaag/balie?{HERE}");
    house.post(&action, &tapped, &owner).await;
    house.post(&action, &tapped, &owner).await;
    assert_eq!(count().await, before + 1);
    let gone = house.post(&action, &[("journey", "winkel-webshop"), ("touchpoint", "bestaat-niet")], &owner).await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER);
    assert_eq!(count().await, before + 1);
}
