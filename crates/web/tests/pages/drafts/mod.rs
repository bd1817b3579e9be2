//! One's own journey, from the first title to the live version.

mod form;
mod living;
mod own;
mod rehearsing;
mod touching;
mod writing;

use axum::http::StatusCode;
use words::JourneyId;

use crate::house::{House, Page};
use form::{fields, with};

/// A copy of the reference journey of repairs, and its address.
async fn repair(house: &House, cookie: &str) -> &'static str {
    let form = [("title", "Reparatie aan huis"), ("from", "woning-reparatie")];
    let page = house.post("/klantreizen/nieuw", &form, cookie).await;
    assert_eq!(page.location(), "/klantreizen/reparatie-aan-huis/concept", "{}", page.text());
    "/klantreizen/reparatie-aan-huis"
}

async fn text(house: &House, journey: &str) -> String {
    let draft = house.app.store.draft(&house.organisation(), &JourneyId::new(journey)).await.unwrap();
    draft.expect("there is a draft").files["journey.yaml"].clone()
}

/// Sends a form back with some fields filled in otherwise.
async fn fill(house: &House, path: &str, typed: &[(&str, &str)], cookie: &str) -> Page {
    let page = house.get(path, cookie).await;
    assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.text());
    let form = fields(&page.body, path.split(['?', '#']).next().unwrap());
    house.post(path.split('?').next().unwrap(), &with(&form, typed), cookie).await
}

#[tokio::test]
async fn a_journey_begins_as_a_copy_or_empty() {
    let (house, owner) = House::with_owner().await;
    let page = house.get("/klantreizen/nieuw", &owner).await;
    assert!(page.text().contains("Van melding tot oordeel"), "a card says what it is for: {}", page.text());
    let path = repair(&house, &owner).await;
    let copy = text(&house, "reparatie-aan-huis").await;
    assert!(copy.starts_with("# Van melding tot oordeel"), "its remarks come along");
    assert!(copy.contains("journey: reparatie-aan-huis\ntitle: Reparatie aan huis\n"), "{copy}");
    let page = house.get(&format!("{path}/concept"), &owner).await;
    assert!(page.text().contains("Ik word herinnerd") || page.body.contains("Ik word herinnerd"));

    let form = [("title", "Reparatie aan huis"), ("from", "")];
    let page = house.post("/klantreizen/nieuw", &form, &owner).await;
    assert_eq!(page.location(), "/klantreizen/reparatie-aan-huis-2/concept", "an id is used once");
    let page = house.get("/klantreizen/reparatie-aan-huis-2/concept", &owner).await;
    for asked in
        ["Wie zorgt voor deze klantreis?", "Wanneer is de reis geslaagd?", "Voeg ten minste één contactmoment toe"]
    {
        assert!(page.text().contains(asked), "{asked}: {}", page.text());
    }
    let nothing = house.post("/klantreizen/nieuw", &[("title", " "), ("from", "bestaat-niet")], &owner).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_form_that_is_sent_back_as_it_came_changes_nothing() {
    let (house, owner) = House::with_owner().await;
    for reference in ["woning-reparatie", "bibliotheek-reserveren", "winkel-webshop", "hulp-bij-inloggen"] {
        let form = [("title", reference), ("from", reference)];
        let page = house.post("/klantreizen/nieuw", &form, &owner).await;
        let concept = page.location().to_owned();
        let journey = concept.split('/').nth(2).unwrap().to_owned();
        let before = text(&house, &journey).await;
        let page = house.get(&concept, &owner).await;
        let moments: Vec<String> = page
            .body
            .match_indices(&format!("href=\"{concept}/moment/"))
            .map(|(at, _)| page.body[at + 6..].split(['"', '#']).next().unwrap().to_owned())
            .collect();
        assert!(moments.len() > 5, "{reference}");
        let forms = moments.iter().cloned().chain([concept.clone(), format!("{concept}/gegevens")]);
        for path in forms {
            let page = fill(&house, &path, &[], &owner).await;
            assert_eq!(page.status, StatusCode::SEE_OTHER, "{path}: {}", page.text());
            assert_eq!(text(&house, &journey).await, before, "{path}");
        }
    }
}

#[tokio::test]
async fn the_table_edits_everything_and_leaves_the_rest_of_the_text_alone() {
    let (house, owner) = House::with_owner().await;
    let path = format!("{}/concept", repair(&house, &owner).await);
    let before = text(&house, "reparatie-aan-huis").await;
    let typed = [("m.melding.need", "Weten wie er komt"), ("m.melding.expected", "-2"), ("p.melden.title", "Ik meld")];
    let page = fill(&house, &path, &typed, &owner).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text());
    let after = text(&house, "reparatie-aan-huis").await;
    let changed: Vec<&str> = after.lines().filter(|line| !before.lines().any(|other| other == *line)).collect();
    assert_eq!(
        changed,
        ["  - { id: melden,  title: Ik meld,  band: before }", "    need: Weten wie er komt"],
        "only these lines are new"
    );
    assert!(after.contains("expected: -2\n    quality"), "{after}");
    assert_eq!(before.lines().count(), after.lines().count());
    assert_eq!(before.matches('#').count(), after.matches('#').count(), "every remark stays");

    fill(&house, &path, &[("do", "omlaag:melding")], &owner).await;
    let moved = text(&house, "reparatie-aan-huis").await;
    assert!(moved.contains("id: melding\n    phase: plannen"), "past the last of a phase it goes to the next: {moved}");
    let page = fill(&house, &path, &[("do", "erbij:nazorg"), ("new.nazorg", "Ik krijg een bedankje")], &owner).await;
    assert_eq!(page.location(), format!("{path}#p-nazorg"));
    assert!(text(&house, "reparatie-aan-huis").await.contains("id: ik-krijg-een-bedankje"));
    fill(&house, &path, &[("do", "weg:ik-krijg-een-bedankje")], &owner).await;
    assert!(!text(&house, "reparatie-aan-huis").await.contains("bedankje"));

    let earlier = house.get(&format!("{path}/eerder"), &owner).await;
    let undo = fields(&earlier.body, &format!("{path}/eerder"));
    house.post(&format!("{path}/eerder"), &with(&undo, &[]), &owner).await;
    assert!(
        text(&house, "reparatie-aan-huis").await.contains("id: ik-krijg-een-bedankje"),
        "an edit can be taken back"
    );

    let page = fill(&house, &path, &[("do", "fase-weg:nazorg")], &owner).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text().contains("In deze fase staan nog contactmomenten"));
    let page = fill(&house, &path, &[("m.melding.title", "")], &owner).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "a moment has a title");
}

#[tokio::test]
async fn a_trigger_is_a_sentence_that_one_fills_in() {
    let (house, owner) = House::with_owner().await;
    let path = format!("{}/concept/moment/herinnering", repair(&house, &owner).await);
    let page = house.get(&path, &owner).await;
    assert!(page.text().contains("wordt dit donderdag 26 november om 10:00 uur"), "{}", page.text());
    let typed = [("when.by.number", "2"), ("when.at", "9:30"), ("when.late", "send"), ("only_if.kind", "")];
    let page = fill(&house, &path, &typed, &owner).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text());
    let after = text(&house, "reparatie-aan-huis").await;
    assert!(after.contains("when: { before: appointment.start, by: 2d, at: \"09:30\", late: send }"), "{after}");
    assert!(!after.contains("only_if: \"appointment.status == 'booked'\"\n    send: herinnering"));
    let page = house.get(&path, &owner).await;
    assert!(page.text().contains("woensdag 25 november om 09:30 uur"), "{}", page.text());

    let typed = [("when.kind", "every"), ("when.day", "friday"), ("when.every_at", "10:00")];
    fill(&house, &path, &typed, &owner).await;
    assert!(text(&house, "reparatie-aan-huis").await.contains("when: { every: friday, at: \"10:00\" }"));
    let typed = [
        ("when.kind", "events"),
        ("when.events.0.event", "appointment.booked"),
        ("when.events.1.event", "appointment.moved"),
    ];
    fill(&house, &path, &typed, &owner).await;
    assert!(
        text(&house, "reparatie-aan-huis")
            .await
            .contains("when: [appointment.booked, appointment.moved]\n    send: herinnering")
    );
    let typed = [
        ("only_if.kind", "choices"),
        ("only_if.0.subject", "appointment.status"),
        ("only_if.0.operator", "is"),
        ("only_if.0.value", "booked"),
        ("only_if.1.subject", "happened:enquete"),
        ("only_if.1.operator", "false"),
    ];
    fill(&house, &path, &typed, &owner).await;
    let after = text(&house, "reparatie-aan-huis").await;
    assert!(after.contains("only_if: \"appointment.status == 'booked' && !happened('enquete')\""), "{after}");

    let page = fill(&house, &path, &[("when.kind", "moment"), ("when.by.number", "veel")], &owner).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.body.contains("value=\"veel\""), "what was typed stays");
    let looked = fill(&house, &path, &[("when.kind", "every"), ("do", "bekijk")], &owner).await;
    assert!(looked.text().contains("De eerstvolgende keer is"), "{}", looked.text());
    assert!(
        text(&house, "reparatie-aan-huis").await.contains("[appointment.booked, appointment.moved]"),
        "looking saves nothing"
    );
}

#[tokio::test]
async fn of_two_who_edit_the_same_nothing_typed_is_lost() {
    let (house, owner) = House::with_owner().await;
    let editor = house.with_colleague(&owner, "joost@rijnoever.example", "editor").await;
    let concept = format!("{}/concept", repair(&house, &owner).await);
    let path = format!("{concept}/moment/herinnering");
    let mine = fields(&house.get(&path, &owner).await.body, &path);
    let other = format!("{concept}/moment/melding");
    fill(&house, &other, &[("need", "Iets heel anders")], &editor).await;
    fill(&house, &path, &[("need", "Van Joost")], &editor).await;

    let page = house.post(&path, &with(&mine, &[("need", "Van Fatima")]), &owner).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert!(page.text().contains("Joost Verhagen bewaarde dit"), "{}", page.text());
    assert!(page.text().contains("Van Joost") && page.text().contains("Van Fatima"), "both are in sight");
    let again = fields(&page.body, &path);
    let page = house.post(&path, &with(&again, &[]), &owner).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text());
    let text = text(&house, "reparatie-aan-huis").await;
    assert!(text.contains("need: Van Fatima") && text.contains("need: Iets heel anders"), "the other edit stays");

    let mine = fields(&house.get(&concept, &owner).await.body, &concept);
    fill(&house, &path, &[("title", "Van Joost")], &editor).await;
    let page = house.post(&concept, &with(&mine, &[("m.herinnering.title", "Van Fatima")]), &owner).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.body.contains("value=\"Van Fatima\"") && page.text().contains("intussen"), "{}", page.text());
    let page = house.post(&concept, &with(&mine, &[("m.melding.need", "Van Fatima")]), &owner).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "another row may be saved from an older page: {}", page.text());
}

#[tokio::test]
async fn the_pages_speak_english_too() {
    let (house, owner) = House::with_owner().await;
    let path = repair(&house, &owner).await;
    house.post("/account", &[("name", "Fatima"), ("language", "en")], &owner).await;
    for (end, said) in [
        ("/concept", "Touchpoints"),
        ("/concept/gegevens", "The journey begins"),
        ("/concept/moment/herinnering", "For a sample this will be Thursday 26 November at 10:00"),
        ("/concept/bericht/herinnering", "Look as"),
        ("/concept/tekst", "Nothing is wrong with it."),
        ("/concept/eerder", "With each change"),
        ("/concept/proefdraaien", "With simulated customers"),
        ("/concept/live", "This will be the first version."),
        ("/versies", "None was published yet."),
        ("/bereik", "reaches nobody"),
    ] {
        let page = house.get(&format!("{path}{end}"), &owner).await;
        assert!(page.text().contains(said), "{end}: {}", page.text());
    }
}
