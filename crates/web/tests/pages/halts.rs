use axum::http::StatusCode;

use words::{Halt, HaltId, HaltScope};

use super::lives::with_journey;
use crate::house::{House, OWNER, PASSWORD};

const JOURNEY: &str = "woning-reparatie";
const NEW: &str = "/berichten/vasthouden/nieuw";
const LIST: &str = "/berichten/vasthouden";

/// A storm over a time in which the trace sends.
fn storm<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let fields = [("title", "Storm op zee"), ("until", "2027-10-27T12:00"), ("afterwards", "ja")];
    fields.into_iter().chain(more.iter().copied()).collect()
}

const TOLD: [(&str, &str); 3] =
    [("tell", "ja"), ("subject", "Alles komt later"), ("text", "{{ salutation }},\n\nDoor de storm komt alles later.")];

/// Makes what a form says: first it is looked at, then made.
async fn make(house: &House, owner: &str, form: &[(&str, &str)]) -> String {
    let looked = house.post(NEW, form, owner).await;
    assert_eq!(looked.status, StatusCode::OK, "{}", looked.text());
    let digest = looked.body.split("name=\"looked_at\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let made = [form, &[("do", "maak"), ("looked_at", digest.unwrap())]].concat();
    let made = house.post(NEW, &made, owner).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text());
    made.location().to_owned()
}

#[tokio::test]
async fn messages_are_held_back_with_a_notice_and_released() {
    let (house, _) = with_journey(JOURNEY).await;
    let owner = house.live_through(JOURNEY, "2027-10-24T12:00:00+02:00").await;
    let empty = house.get(LIST, &owner).await;
    assert!(empty.text().contains("Er wordt nu niets vastgehouden."), "{}", empty.text());
    let looked = house.post(NEW, &storm(&TOLD), &owner).await;
    let text = looked.text();
    assert!(
        text.contains("Alle berichten van alle klantreizen") && text.contains("Geen bericht dat nu wacht"),
        "{text}"
    );
    assert!(text.contains("Mevrouw De Vries,") || text.contains("mevrouw De Vries,"), "the notice as it reads: {text}");
    assert_eq!(make(&house, &owner, &storm(&TOLD)).await, LIST);

    let owner = house.live_through(JOURNEY, "2027-10-26T12:00:00+02:00").await;
    let held = house.get("/berichten?stand=held", &owner).await.text();
    assert!(held.contains("medewerkers houden deze berichten vast"), "{held}");
    assert!(held.contains("Berichten worden vastgehouden: Storm op zee"), "{held}");
    let today = house.get("/vandaag", &owner).await.text();
    assert!(today.contains("Berichten worden vastgehouden: Storm op zee"), "{today}");
    let sent = house.get("/berichten?stand=sent", &owner).await;
    assert!(sent.text().contains("Mededeling: Storm op zee"), "named by its halt: {}", sent.text());
    let list = house.get(LIST, &owner).await;
    assert!(list.text().contains("vast.") && list.text().contains("keer verstuurd"), "{}", list.text());
    let story = house.get(&house.customer("devries"), &owner).await.text();
    assert!(story.contains("Mededeling: Storm op zee"), "{story}");

    // Until later, and of an area in which nobody lives.
    let change = list.link("/berichten/vasthouden/0").trim_end_matches("/vrijgeven").to_owned();
    let form = house.get(&change, &owner).await;
    assert!(
        form.body.contains("value=\"2027-10-27T12:00\"") && form.text().contains("blijft zoals zij is"),
        "{}",
        form.text()
    );
    let fields =
        [("title", "Storm op zee"), ("until", "2027-10-28T12:00"), ("postcodes", "0000"), ("afterwards", "ja")];
    let looked = house.post(&change, &fields, &owner).await;
    assert!(looked.text().contains("Geen bericht dat nu wacht valt hieronder."), "{}", looked.text());
    let unseen = [&fields[..], &[("do", "maak"), ("looked_at", "iets anders")]].concat();
    assert_eq!(
        house.post(&change, &unseen, &owner).await.status,
        StatusCode::OK,
        "nobody changes what they did not look at"
    );
    let digest =
        looked.body.split("name=\"looked_at\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let made = [&fields[..], &[("do", "maak"), ("looked_at", digest)]].concat();
    assert_eq!(house.post(&change, &made, &owner).await.location(), LIST);
    house.app.service.settle().await.unwrap();
    let list = house.get(LIST, &owner).await;
    assert!(list.text().contains("Postcodes 0000") && list.text().contains("Houdt nu niets vast."), "{}", list.text());
    let wrong = house.post(&change, &[("title", "")], &owner).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);

    let release = format!("{change}/vrijgeven");
    assert_eq!(house.post(&release, &[], &owner).await.location(), LIST);
    let list = house.get(LIST, &owner).await.text();
    assert!(list.contains("Er wordt nu niets vastgehouden.") && list.contains("Eerder"), "{list}");
    house.app.service.settle().await.unwrap();
    let waits = house.get("/berichten?stand=held&reden=halt", &owner).await.text();
    assert!(waits.contains("Geen berichten met deze keuze."), "{waits}");
    let log = house.get("/instellingen/logboek", &owner).await.text();
    for line in ["hield berichten vast:", "gaf vastgehouden berichten vrij:", "wijzigde wat vastgehouden wordt:"] {
        assert!(log.contains(line), "{line}: {log}");
    }
}

#[tokio::test]
async fn a_form_with_mistakes_keeps_what_was_typed() {
    let (house, owner) = with_journey(JOURNEY).await;
    let wrong = [("title", "Storm"), ("until", "morgen"), ("postcodes", "3511-3512"), ("journey", JOURNEY)];
    let page = house.post(NEW, &wrong, &owner).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.body.contains("value=\"3511-3512\"") && page.body.contains("checked"), "{}", page.text());
    assert!(page.text().contains("Kies een moment dat nog komt"), "{}", page.text());
    let tomorrow = |text| {
        vec![("title", "Storm"), ("until", "2026-11-25T12:00"), ("tell", "ja"), ("subject", "Storm"), ("text", text)]
    };
    for text in [
        "{{ salutation }}, {{ onzin }}",
        "Beste {{ customer.first_name }}",
        "{{ link('ask') }}",
        "Hoe gaat het met je?",
    ] {
        let page = house.post(NEW, &tomorrow(text), &owner).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{text}: {}", page.text());
        assert!(page.text().contains("Zo kan de mededeling niet gaan."), "{text}: {}", page.text());
    }
    let other =
        [&tomorrow("{{ salutation }},\n\nLater.")[..], &[("do", "maak"), ("looked_at", "iets anders")]].concat();
    let page = house.post(NEW, &other, &owner).await;
    assert_eq!(page.status, StatusCode::OK, "nobody makes what they did not look at");
    let store = &house.app.store;
    assert!(store.halts(&house.organisation()).await.unwrap().is_empty());
    let now = house.app.clock.now();
    for number in 0..50 {
        let halt = Halt {
            id: HaltId::derived(&[&number.to_string()]),
            title: "Storm".into(),
            scope: HaltScope::default(),
            from: now,
            until: now + jiff::SignedDuration::from_hours(1),
            afterwards: true,
            notice: None,
        };
        store.save_halt(&house.organisation(), halt).await.unwrap();
    }
    let page = house.post(NEW, &tomorrow("{{ salutation }},\n\nLater."), &owner).await;
    assert!(page.text().contains("Er staan al 50 keer berichten vast."), "{}", page.text());
}

#[tokio::test]
async fn viewers_look_and_editors_hold() {
    let (house, owner) = House::with_owner().await;
    let viewer = house.with_colleague(&owner, "joost@rijnoever.example", "viewer").await;
    assert_eq!(house.get(LIST, &viewer).await.status, StatusCode::OK);
    assert_eq!(house.get(NEW, &viewer).await.status, StatusCode::FORBIDDEN);
    assert_eq!(house.post(NEW, &[("title", "Storm")], &viewer).await.status, StatusCode::FORBIDDEN);
    let owner = house.log_in(OWNER, PASSWORD).await;
    let unknown = format!("{LIST}/018f0000-0000-8000-8000-000000000001");
    assert_eq!(house.get(&unknown, &owner).await.status, StatusCode::NOT_FOUND);
    assert_eq!(house.get(&unknown, &viewer).await.status, StatusCode::FORBIDDEN);
    let unknown = format!("{LIST}/018f0000-0000-8000-8000-000000000001/vrijgeven");
    assert_eq!(house.post(&unknown, &[], &owner).await.status, StatusCode::NOT_FOUND);
}
