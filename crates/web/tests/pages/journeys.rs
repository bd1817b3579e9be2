//! The list of journeys, one journey in four views, and the customers behind its numbers.

use axum::http::StatusCode;
use jiff::SignedDuration;
use serde_json::{Value, json};
use service::{
    Publication,
    intake::{Receipt, segment},
};
use store::OrganisationRow;

use crate::house::{House, OWNER, PASSWORD};

const JOURNEY: &str = "/klantreizen/woning-reparatie";
/// Customers who came to the end, and those who waited in vain after reporting.
const FIXED: usize = 14;
const WAITING: usize = 3;

/// With the reference journey live, and nobody in it.
async fn published() -> (House, String) {
    let (house, owner) = House::with_owner().await;
    let (store, organisation, now) = (&house.app.store, house.organisation(), house.app.clock.now());
    let text = service::reference::organisation();
    store.save_organisation(OrganisationRow { id: organisation.clone(), text, created: now }).await.unwrap();
    let folder = service::reference::journeys().remove("woning-reparatie").expect("it is a reference journey");
    let publisher = &house.app.service.publisher;
    let done = publisher.publish(&organisation, &folder, None, "", now).await.unwrap();
    assert!(matches!(done, Publication::Live { number: 1, .. }), "{done:?}");
    (house, owner)
}

/// With repairs of the days before: fourteen that came to the end, of which twelve did not go well at once.
async fn lived() -> (House, String) {
    let (house, owner) = published().await;
    for number in 0..FIXED {
        repair(&house, number, true).await;
    }
    for number in FIXED..FIXED + WAITING {
        repair(&house, number, false).await;
    }
    house.app.service.settle().await.unwrap();
    (house, owner)
}

async fn repair(house: &House, number: usize, whole: bool) {
    let hours = 24 * 12 - i64::try_from(number).unwrap();
    let at = |after: i64| (house.app.clock.now() - SignedDuration::from_hours(hours - after)).to_string();
    let mut said: Vec<Value> = Vec::new();
    let mut say = |event: &str, after: i64, properties: Value| {
        said.push(json!({ "type": "track", "event": event, "userId": format!("u{number:02}"), "timestamp": at(after),
            "messageId": format!("{number}-{event}-{after}"), "properties": properties }));
    };
    let id = |kind: &str| format!("{kind}-{number}");
    say(
        "repair.reported",
        0,
        json!({ "id": id("R"), "channel": if number.is_multiple_of(2) { "phone" } else { "web" } }),
    );
    if whole {
        let visit = json!({ "id": id("A"), "repair_id": id("R"), "channel": "web", "status": "booked",
            "start": at(60), "end": at(62) });
        say("appointment.booked", 1, visit);
        let about = |more: Value| {
            let mut all = json!({ "id": id("V"), "appointment_id": id("A"), "repair_id": id("R"), "channel": "visit" });
            all.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            all
        };
        if number < 12 {
            say("visit.failed", 60, about(json!({ "reason": "material", "score": -1.0 })));
        }
        say("visit.completed", 90, about(json!({ "outcome": "fixed", "score": 1.5 })));
    }
    let batch = json!({ "batch": said }).to_string();
    let now = house.app.clock.now();
    let body = segment::Body::parse(segment::Call::Batch, batch.as_bytes()).unwrap();
    let taken = body.events(&Receipt::new("planpakket", now));
    let done = house.app.service.intake.accept(&house.organisation(), "planpakket", taken, now).await.unwrap();
    assert_eq!((done.refused.len(), done.duplicate), (0, 0), "{:?}", done.refused);
}

#[tokio::test]
async fn without_journeys_the_list_says_what_will_stand_there() {
    let (house, owner) = House::with_owner().await;
    insta::assert_snapshot!("journeys_none", house.get("/klantreizen", &owner).await.told());
    assert_eq!(house.get("/klantreizen", "").await.status, StatusCode::SEE_OTHER);
    assert_eq!(house.get("/klantreizen/niets/kaart", &owner).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_journey_that_nobody_took_is_drawn_as_it_was_described() {
    let (house, owner) = published().await;
    insta::assert_snapshot!("journeys_unmeasured", house.get("/klantreizen", &owner).await.told());
    let page = house.get(&format!("{JOURNEY}/kaart"), &owner).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("nog geen klant aan deze reis begonnen"));
    assert!(page.body.contains("class=\"map-touchpoint\""), "the map is there all the same");
    for view in ["stroom", "cijfers"] {
        let page = house.get(&format!("{JOURNEY}/{view}"), &owner).await;
        assert!(page.text().contains("Hier staan straks de cijfers."), "{view}");
    }
    assert!(house.get(&format!("{JOURNEY}/tabel"), &owner).await.text().contains("Ik meld een reparatie"));
}

#[tokio::test]
async fn the_list_shows_curve_goal_and_worst_pain() {
    let (house, owner) = lived().await;
    let page = house.get("/klantreizen", &owner).await;
    insta::assert_snapshot!("journeys", page.told());
    assert!(page.body.contains("class=\"spark\""), "two moments with ten answers make a curve");
}

#[tokio::test]
async fn old_history_is_shown_over_its_own_days() {
    let (house, _) = lived().await;
    house.pass(400 * 24 * 3_600);
    let owner = house.log_in(OWNER, PASSWORD).await;
    let page = house.get(&format!("{JOURNEY}/cijfers"), &owner).await;
    assert!(page.text().contains("17 reizen"), "the days of the last run, not the last ninety");
    assert!(page.text().contains("12 nov – 13 nov 2026"), "{}", page.text());
    let asked = house.get(&format!("{JOURNEY}/cijfers?dagen=90"), &owner).await;
    assert!(asked.text().contains("Hier staan straks de cijfers."), "who asks for ninety days gets ninety days");
    assert!(asked.body.contains("van=2026-11-12&amp;tot=2026-11-13"), "and the way to everything");
}

#[tokio::test]
async fn each_way_out_is_a_count_with_its_customers() {
    let (house, owner) = lived().await;
    for (what, runs) in [("afgerond", 0), ("weggegaan", 0), ("gestopt", 0), ("stilgevallen", WAITING)] {
        let page = house.get(&format!("{JOURNEY}/klanten?wat={what}"), &owner).await;
        assert_eq!(page.status, StatusCode::OK, "{what}");
        assert_eq!(page.text().matches("Op de kaart").count(), runs, "{what}: {}", page.text());
    }
}

#[tokio::test]
async fn four_views_keep_one_selection() {
    let (house, owner) = lived().await;
    let chosen = "?dagen=30&persona=huurder&moment=niet-gelukt";
    let page = house.get(&format!("{JOURNEY}{chosen}"), &owner).await;
    assert_eq!(page.location(), format!("{JOURNEY}/kaart{chosen}"));
    for view in ["kaart", "stroom", "tabel", "cijfers"] {
        let page = house.get(&format!("{JOURNEY}/{view}?dagen=30&kanaal=web&moment=niet-gelukt"), &owner).await;
        assert_eq!(page.status, StatusCode::OK);
        for other in ["kaart", "stroom", "tabel", "cijfers"] {
            let link = format!("{JOURNEY}/{other}?dagen=30&amp;kanaal=web&amp;moment=niet-gelukt");
            assert!(page.body.contains(&link), "{view} has no link to {other}");
        }
    }
    let nobody = house.get(&format!("{JOURNEY}/cijfers?persona=huurder"), &owner).await;
    assert!(nobody.text().contains("Hier staan straks de cijfers."), "none of these customers is of that persona");
}

#[tokio::test]
async fn the_map_shows_the_selected_moment_with_its_customers() {
    let (house, owner) = lived().await;
    let page = house.get(&format!("{JOURNEY}/kaart?moment=niet-gelukt"), &owner).await;
    insta::assert_snapshot!("journey_moment", aside(&page.body));
    assert!(page.body.contains("aria-current=\"true\""));
    let reader = house.with_colleague(&owner, "joost@rijnoever.example", "viewer").await;
    let page = house.get(&format!("{JOURNEY}/kaart?moment=niet-gelukt"), &reader).await;
    assert!(!page.body.contains("/concept"), "who may not edit is not invited to");
    let strange = house.get(&format!("{JOURNEY}/kaart?moment=%22%3E%3Cscript%3E"), &owner).await;
    assert!(strange.status == StatusCode::OK && !strange.body.contains("\"><script>"));
}

/// What the aside says.
fn aside(body: &str) -> String {
    let start = body.find("<aside").expect("an aside");
    let end = body[start..].find("</aside>").expect("that ends") + start;
    let part = crate::house::Page {
        status: StatusCode::OK,
        headers: Default::default(),
        body: format!("<main>{}</main>", &body[start..end]),
    };
    part.text()
}

#[tokio::test]
async fn behind_a_number_stand_its_customers_and_behind_a_customer_the_path() {
    let (house, owner) = lived().await;
    let page = house.get(&format!("{JOURNEY}/klanten?wat=geweest&moment=niet-gelukt"), &owner).await;
    assert!(page.text().contains("Hadden “Het lukt niet in één keer”"), "{}", page.text());
    assert_eq!(page.body.matches("Op de kaart").count(), 12);
    let path = page.link(&format!("{JOURNEY}/kaart?moment=niet-gelukt&amp;klant=")[..40]);
    assert!(path.starts_with(JOURNEY));
    let customer = attribute(&page.body, "klant=");
    let run = attribute(&page.body, "run=");
    let page = house.get(&format!("{JOURNEY}/kaart?klant={customer}&run={run}"), &owner).await;
    assert!(page.text().contains("De reis van"), "{}", page.text());
    assert!(page.body.contains(&format!("/klanten/{customer}")));
    assert!(page.body.contains("#A3477F"), "the path is drawn");
    let page =
        house.get(&format!("{JOURNEY}/kaart?klant={customer}&run=00000000-0000-0000-0000-000000000000"), &owner).await;
    assert!(!page.text().contains("De reis van"));
}

/// The id behind `name=` in the first address that has it.
fn attribute(body: &str, name: &str) -> String {
    let at = body.find(name).unwrap_or_else(|| panic!("no {name}")) + name.len();
    body[at..].chars().take_while(|c| c.is_ascii_hexdigit() || *c == '-').collect()
}

#[tokio::test]
async fn every_number_that_is_a_link_has_as_many_customers() {
    let (house, owner) = lived().await;
    for (what, count) in [
        ("begonnen", FIXED + WAITING),
        ("geweest&moment=melding", FIXED + WAITING),
        ("doel", FIXED),
        ("geen-doel", WAITING),
        ("afgehaakt&moment=melding", WAITING),
        ("hier&moment=melding", 0),
        ("afgehaakt", WAITING),
    ] {
        let page = house.get(&format!("{JOURNEY}/klanten?wat={what}"), &owner).await;
        assert_eq!(page.body.matches("Op de kaart").count(), count, "{what}: {}", page.text());
    }
    for nonsense in
        ["wat=onzin", "wat=geweest&moment=onzin", "wat=trechter&trechter=geen&stap=0", "wat=terug&moment=melding"]
    {
        let page = house.get(&format!("{JOURNEY}/klanten?{nonsense}"), &owner).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{nonsense}");
    }
}

#[tokio::test]
async fn the_figures_say_what_they_rest_on_and_mean() {
    let (house, owner) = lived().await;
    insta::assert_snapshot!("journey_figures", house.get(&format!("{JOURNEY}/cijfers"), &owner).await.told());
}

#[tokio::test]
async fn the_flow_says_what_followed_what() {
    let (house, owner) = lived().await;
    insta::assert_snapshot!("journey_flow", house.get(&format!("{JOURNEY}/stroom"), &owner).await.told());
}

#[tokio::test]
async fn the_table_is_sorted_as_asked_and_goes_along_as_a_file() {
    let (house, owner) = lived().await;
    let first = async |order: &str| {
        let page = house.get(&format!("{JOURNEY}/tabel?op={order}"), &owner).await;
        let text = page.text();
        let rows = text.split("Afhakers\n").nth(1).unwrap_or_default().to_owned();
        rows.lines().nth(2).unwrap_or_default().to_owned()
    };
    assert_eq!(first("-gemeten").await, "Het is in één keer gemaakt");
    assert_eq!(first("gemeten").await, "Het lukt niet in één keer");
    assert_eq!(first("onzin").await, "Ik meld een reparatie");
    let page = house.get(&format!("{JOURNEY}/tabel.csv?op=nr"), &owner).await;
    assert!(page.header("content-type").starts_with("text/csv"));
    assert!(page.header("content-disposition").contains("woning_reparatie.csv"));
    insta::assert_snapshot!("journey_table_file", page.body.trim_start_matches('\u{feff}'));
}

#[tokio::test]
async fn the_map_prints_on_sheets_that_stand_alone() {
    let (house, owner) = lived().await;
    let page = house.get(&format!("{JOURNEY}/kaart/druk"), &owner).await;
    assert!(page.body.contains(&format!("src=\"{JOURNEY}/kaart/1.svg\"")), "{}", page.body);
    let sheet = house.get(&format!("{JOURNEY}/kaart/1.svg"), &owner).await;
    assert_eq!(sheet.header("content-type"), "image/svg+xml");
    assert!(sheet.header("content-security-policy").contains("font-src data:"));
    assert!(sheet.body.starts_with("<svg") && sheet.body.contains("420mm"));
    for missing in ["0.svg", "9.svg", "1.pdf", "x.svg"] {
        let page = house.get(&format!("{JOURNEY}/kaart/{missing}"), &owner).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{missing}");
    }
}

#[tokio::test]
async fn an_english_reader_gets_english_around_a_dutch_map() {
    let (house, owner) = lived().await;
    let form = [("name", "Fatima Amrani"), ("language", "en"), ("team", "")];
    house.post("/account", &form, &owner).await;
    let page = house.get(&format!("{JOURNEY}/cijfers"), &owner).await;
    let text = page.text();
    assert!(text.contains("Experience per touchpoint") && text.contains("mean of the touchpoints"), "{text}");
    assert!(house.get(&format!("{JOURNEY}/kaart"), &owner).await.body.contains("lang=\"en\" role=\"group\""));
}
