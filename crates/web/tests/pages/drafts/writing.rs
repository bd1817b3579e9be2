//! Messages and the text itself.

use axum::http::StatusCode;

use super::{fill, repair, text};
use crate::house::House;

#[tokio::test]
async fn a_message_is_written_beside_what_customers_will_see() {
    let (house, owner) = House::with_owner().await;
    let path = format!("{}/concept/bericht/herinnering", repair(&house, &owner).await);
    let page = house.get(&path, &owner).await;
    for said in ["E-mail", "Sms", "WhatsApp", "vrijdag 27 november, tussen 10 en 12 uur", "aanhef"] {
        assert!(page.text().contains(said), "{said}: {}", page.text());
    }
    let bare = house.get(&format!("{path}?als=niets"), &owner).await;
    assert!(bare.text().contains("„repair.kind” is niet bekend"), "what would be missing is told: {}", bare.text());

    let page = fill(&house, &path, &[("subject", "Tot morgen"), ("sms", "")], &owner).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text());
    let draft = house.app.store.draft(&house.organisation(), &words::JourneyId::new("reparatie-aan-huis")).await;
    let file = draft.unwrap().unwrap().files["messages/herinnering.nl.md"].clone();
    assert!(file.starts_with("---\nsubject: \"Tot morgen\"\nwhatsapp: "), "{file}");

    let page = fill(&house, &path, &[("body", "Dag {{ appointment.strat }}, kom je?")], &owner).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "a message with faults may be kept in a draft");
    let page = house.get(&path, &owner).await;
    for said in ["2 punten", "appointment.start", "Deze klantreis spreekt aan met u"] {
        assert!(page.text().contains(said), "{said}: {}", page.text());
    }
    let typed = [("body", "Dag <script>alert(1)</script> {{ salutation }}"), ("do", "bekijk")];
    let looked = fill(&house, &path, &typed, &owner).await;
    assert!(!looked.body.contains("<script>alert"), "what is typed is text");
    assert_eq!(house.get(&format!("{path}x"), &owner).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_new_message_is_named_after_its_moment_and_is_still_to_be_written() {
    let (house, owner) = House::with_owner().await;
    let concept = format!("{}/concept", repair(&house, &owner).await);
    fill(&house, &format!("{concept}/moment/melding"), &[("send", "+"), ("class", "service")], &owner).await;
    let page = house.get(&concept, &owner).await;
    assert!(page.text().contains("nog te schrijven"), "{}", page.text());
    assert!(page.body.contains(&format!("{concept}/bericht/melding")), "the to-do leads to the form");
    let typed = [("subject", "Wij hebben uw melding"), ("body", "{{ salutation }},\n\nDank u wel.")];
    let page = fill(&house, &format!("{concept}/bericht/melding"), &typed, &owner).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text());
    assert!(!house.get(&concept, &owner).await.text().contains("nog te schrijven"));
}

#[tokio::test]
async fn the_text_is_saved_even_when_it_is_wrong() {
    let (house, owner) = House::with_owner().await;
    let concept = format!("{}/concept", repair(&house, &owner).await);
    let path = format!("{concept}/tekst");
    let broken =
        "journey: reparatie-aan-huis\ntitle: Stuk\nphases:\n  - { id: a, title: A, band: nooit }\ntouchpoints: []\n";
    let page = fill(&house, &path, &[("text", broken)], &owner).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text());
    assert_eq!(text(&house, "reparatie-aan-huis").await, broken);
    let page = house.get(&path, &owner).await;
    assert!(page.text().contains("Regel 4") && page.body.contains("id=\"r4\" class=\"noted\""), "{}", page.text());

    fill(&house, &path, &[("text", "journey: [")], &owner).await;
    let page = house.get(&concept, &owner).await;
    assert!(page.text().contains("De tekst van deze klantreis is niet te lezen"), "{}", page.text());
    assert_eq!(house.get(&format!("{concept}/gegevens"), &owner).await.status, StatusCode::NOT_FOUND);
    let long = "a".repeat(600 * 1024);
    assert_eq!(fill(&house, &path, &[("text", &long)], &owner).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn facts_and_ends_are_filled_in_without_yaml() {
    let (house, owner) = House::with_owner().await;
    house.post("/klantreizen/nieuw", &[("title", "Leeg"), ("from", "")], &owner).await;
    let path = "/klantreizen/leeg/concept/gegevens";
    let typed = [
        ("owner", "klantenservice"),
        ("starts.1.event", "hold.placed"),
        ("goal.on.1.event", "hold.collected"),
        ("goal.within.number", "3"),
        ("goal.within.unit", "w"),
        ("human.team", "klantenservice"),
        ("human.phone", "030 123 45 67"),
        ("facts.0.object", "hold"),
        ("facts.0.property", "until"),
        ("facts.0.type", "date"),
    ];
    let page = fill(&house, path, &typed, &owner).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text());
    let page = fill(&house, path, &[("ends.0.event", "hold.collected"), ("ends.0.listen.number", "14")], &owner).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text());
    insta::assert_snapshot!("draft_filled_in", text(&house, "leeg").await);
}

#[tokio::test]
async fn names_are_given_in_a_table_and_read_on_other_pages() {
    let (house, owner) = House::with_owner().await;
    let path = repair(&house, &owner).await;
    let settings = format!("{path}/concept/gegevens");
    let typed = [("names.0.said", ""), ("names.60.name", "booked"), ("names.60.said", "afgesproken")];
    let before = text(&house, "reparatie-aan-huis").await;
    assert!(before.contains("access: er kon niemand binnen") && !before.contains("booked: afgesproken"), "{before}");
    let page = fill(&house, &settings, &typed, &owner).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text());
    let after = text(&house, "reparatie-aan-huis").await;
    assert!(after.contains("\n  booked: afgesproken\n") && !after.contains("access: er kon"), "{after}");
    assert!(after.contains("# zoals medewerkers het lezen"), "remarks stay");
    let moment = house.get(&format!("{path}/concept/moment/herinnering"), &owner).await.text();
    assert!(moment.contains("alleen als de status van de afspraak ‘afgesproken’ is"), "{moment}");
}
