use axum::http::StatusCode;

use crate::house::{House, OWNER, PASSWORD};

#[tokio::test]
async fn the_first_run_makes_the_first_account_and_only_that() {
    let house = House::empty().await;
    assert_eq!(house.get("/inloggen", "").await.location(), "/welkom");
    insta::assert_snapshot!("first_run", house.get("/welkom", "").await.told());
    let form = [
        ("organisation", "Bibliotheek Zuid"),
        ("name", "Fatima Amrani"),
        ("email", OWNER),
        ("password", PASSWORD),
        ("language", "nl"),
    ];
    let short: Vec<_> =
        form.iter().map(|pair| if pair.0 == "password" { ("password", "kort") } else { *pair }).collect();
    let refused = house.post("/welkom", &short, "").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("Kies een wachtwoord van minstens 10 tekens"));
    assert!(refused.body.contains("Bibliotheek Zuid"), "what was filled in stays");
    assert!(!refused.body.contains("kort\""), "but never a password");

    let made = house.post("/welkom", &form, "").await;
    assert_eq!((made.status, made.location()), (StatusCode::SEE_OTHER, "/vandaag"));
    let session = made.cookie("klantreis").expect("logged in at once");
    assert_eq!(house.get("/account", &session).await.status, StatusCode::OK);
    assert_eq!(house.get("/welkom", "").await.location(), "/inloggen");
    assert_eq!(house.post("/welkom", &form, "").await.location(), "/inloggen", "a second first account is refused");
    let organisations = house.app.store.organisations().await.unwrap();
    assert_eq!(organisations.len(), 1);
}

#[tokio::test]
async fn who_comes_first_finds_what_was_brought_in_before() {
    let house = House::empty().await;
    let (id, created) = (words::OrganisationId::new("import"), house.app.clock.now());
    let row = store::OrganisationRow { id: id.clone(), text: "name: \"import\"\n".into(), created };
    house.app.store.save_organisation(row).await.unwrap();
    let form = [
        ("organisation", "Bank Zuid"),
        ("name", "Fatima Amrani"),
        ("email", OWNER),
        ("password", PASSWORD),
        ("language", "nl"),
    ];
    assert_eq!(house.post("/welkom", &form, "").await.status, StatusCode::SEE_OTHER);
    let organisations = house.app.store.organisations().await.unwrap();
    assert_eq!(organisations.len(), 1, "no second one beside it");
    assert_eq!((&organisations[0].id, organisations[0].text.contains("Bank Zuid")), (&id, true));
    assert_eq!(house.app.store.accounts(&id).await.unwrap().len(), 1);
}

#[tokio::test]
async fn logging_in_and_out() {
    let (house, _) = House::with_owner().await;
    insta::assert_snapshot!("log_in", house.get("/inloggen", "").await.told());
    let wrong = house.post("/inloggen", &[("email", OWNER), ("password", "fiets en regenpak")], "").await;
    insta::assert_snapshot!("log_in_wrong", wrong.told());
    assert_eq!(wrong.cookie("klantreis"), None);

    let form = [("email", " FATIMA@rijnoever.example"), ("password", PASSWORD), ("verder", "/koppelingen?x=1")];
    let right = house.post("/inloggen", &form, "").await;
    assert_eq!(right.location(), "/koppelingen?x=1");
    let cookie = right.headers.get("set-cookie").unwrap().to_str().unwrap();
    for attribute in ["HttpOnly", "SameSite=Lax", "Secure", "Path=/", "Max-Age=2592000"] {
        assert!(cookie.contains(attribute), "{attribute} is missing in {cookie}");
    }
    let session = right.cookie("klantreis").unwrap();
    assert_eq!(house.get("/account", &session).await.status, StatusCode::OK);

    let out = house.post("/uitloggen", &[], &session).await;
    assert_eq!(out.location(), "/inloggen");
    let gone = house.get("/account", &session).await;
    assert_eq!(gone.location(), "/inloggen?verder=/account", "the session is gone, not only its cookie");
}

#[tokio::test]
async fn a_session_ends_after_thirty_days() {
    let (house, cookie) = House::with_owner().await;
    house.pass(29 * 86_400);
    assert_eq!(house.get("/account", &cookie).await.status, StatusCode::OK);
    house.pass(2 * 86_400);
    assert_eq!(house.get("/account", &cookie).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn guessing_a_password_is_slowed_down() {
    let (house, _) = House::with_owner().await;
    let guess = [("email", OWNER), ("password", "niet het wachtwoord")];
    for _ in 0..5 {
        let page = house.post("/inloggen", &guess, "").await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let page = house.post("/inloggen", &guess, "").await;
    insta::assert_snapshot!("log_in_too_often", page.told());
    let page = house.post("/inloggen", &[("email", OWNER), ("password", PASSWORD)], "").await;
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS, "the right one waits as well");
    house.pass(60);
    house.log_in(OWNER, PASSWORD).await;
}

#[tokio::test]
async fn a_forgotten_password_is_replaced_by_a_link_that_works_once() {
    let (house, old) = House::with_owner().await;
    let link = house.post("/instellingen/leden/00000000-0000-0000-0000-000000000001/link", &[], &old).await;
    let path = link.link("/wachtwoord/");
    assert_eq!(house.get(&path, "").await.status, StatusCode::OK);
    let changed = house.post(&path, &[("password", "een heel nieuwe zin")], "").await;
    assert_eq!(changed.location(), "/inloggen");
    assert_eq!(house.get("/account", &old).await.status, StatusCode::SEE_OTHER, "every device logs in again");
    house.log_in(OWNER, "een heel nieuwe zin").await;
    let again = house.post(&path, &[("password", "nog een andere zin")], "").await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
    assert_eq!(house.get("/wachtwoord/onzin", "").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_link_to_a_new_password_works_two_hours() {
    let (house, owner) = House::with_owner().await;
    let link = house.post("/instellingen/leden/00000000-0000-0000-0000-000000000001/link", &[], &owner).await;
    house.pass(2 * 3_600);
    assert_eq!(house.get(&link.link("/wachtwoord/"), "").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn asking_for_a_link_tells_nobody_who_has_an_account() {
    let (house, _) = House::with_owner().await;
    let known = house.post("/wachtwoord", &[("email", OWNER)], "").await;
    let unknown = house.post("/wachtwoord", &[("email", "nobody@rijnoever.example")], "").await;
    assert_eq!(known.told(), unknown.told());
    insta::assert_snapshot!("password_asked", known.told());
}

#[tokio::test]
async fn ones_own_account_speaks_ones_own_language() {
    let (house, cookie) = House::with_owner().await;
    insta::assert_snapshot!("account_dutch", house.get("/account", &cookie).await.told());
    let saved = house.post("/account", &[("name", "Fatima A."), ("language", "en"), ("team", "")], &cookie).await;
    let said = format!("{cookie}; {}", saved.cookie("klantreis-melding").unwrap());
    let page = house.get("/account", &said).await;
    insta::assert_snapshot!("account_english", page.told());
    assert!(page.body.contains("<html lang=\"en\">") && page.body.contains(">Connections</a>"));
    assert_eq!(page.cookie("klantreis-melding").as_deref(), Some("klantreis-melding="), "it is said once");
}

#[tokio::test]
async fn changing_the_password_needs_the_old_one_and_ends_other_sessions() {
    let (house, cookie) = House::with_owner().await;
    let other = house.log_in(OWNER, PASSWORD).await;
    let wrong = [("current", "onzin"), ("password", "een heel nieuwe zin")];
    let page = house.post("/account/wachtwoord", &wrong, &cookie).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text().contains("Dit is niet uw huidige wachtwoord."));
    let right = [("current", PASSWORD), ("password", "een heel nieuwe zin")];
    let page = house.post("/account/wachtwoord", &right, &cookie).await;
    let session = page.cookie("klantreis").unwrap();
    assert_eq!(house.get("/account", &session).await.status, StatusCode::OK);
    assert_eq!(house.get("/account", &other).await.status, StatusCode::SEE_OTHER);
}
