use axum::http::StatusCode;
use journey::Folder;
use words::JourneyId;

use super::lives::with_journey;
use crate::house::House;

const LIBRARY: &str = "bibliotheek-reserveren";
const LETTER: &str = "/berichten/los/nieuwsbrief-december";

/// A library with a newsletter that is written, looked over and live for everybody.
async fn written() -> (House, String) {
    let (house, _) = with_journey(LIBRARY).await;
    let owner = house.live_through(LIBRARY, "2027-03-26T13:00:00+01:00").await;
    let form = [
        ("title", "Nieuwsbrief december"),
        ("class", "marketing"),
        ("c-email", "ja"),
        ("subject", "Nieuws uit de bieb"),
        ("text", "{{ salutation }},\n\nEr is nieuws. Bel {{ human.phone }}.\n\nGroet,\n{{ organisation.name }}"),
        ("team", "klantenservice"),
        ("phone", "020 765 43 21"),
    ];
    let made = house.post("/berichten/los/nieuw", &form, &owner).await;
    assert_eq!(made.location(), "/klantreizen/nieuwsbrief-december/concept/bericht/bericht");
    assert!(house.get("/berichten/los", &owner).await.text().contains("In concept"));
    let id = JourneyId::new("nieuwsbrief-december");
    let draft = house.app.store.draft(&house.organisation(), &id).await.unwrap().unwrap();
    house.put_live(id.as_str(), &Folder::new(draft.files)).await;
    assert!(house.get("/berichten/los", &owner).await.text().contains("Klaar om te versturen"));
    (house, owner)
}

fn news(house: &House) -> Vec<String> {
    let taken = house.mail.taken();
    let mut to: Vec<String> =
        taken.iter().filter(|sent| sent.subject == "Nieuws uit de bieb").map(|sent| sent.to.clone()).collect();
    to.sort();
    to
}

async fn settled(house: &House, owner: &str) {
    while house.get(LETTER, owner).await.body.contains("kr-progress") {
        tokio::task::yield_now().await;
    }
    house.app.service.settle().await.unwrap();
}

#[tokio::test]
async fn a_newsletter_goes_to_a_group_once_and_to_nobody_without_consent() {
    let (house, owner) = written().await;
    let page = house.get(LETTER, &owner).await;
    insta::assert_snapshot!("mailing", page.told());
    for _ in 0..2 {
        assert_eq!(house.post(LETTER, &[("persona", "")], &owner).await.status, StatusCode::SEE_OTHER);
        settled(&house, &owner).await;
        assert_eq!(news(&house), ["fatma@example.org", "sanne@example.org"], "who said yes, once");
    }
}
