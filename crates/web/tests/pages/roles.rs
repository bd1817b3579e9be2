use axum::http::StatusCode;

use crate::house::House;

const VIEWER: &[&str] = &["/koppelingen", "/koppelingen/niet-verwerkt", "/account"];
const EDITOR: &[&str] = &["/instellingen/organisatie", "/instellingen/collegas", "/instellingen/niet-benaderen"];
const OWNER: &[&str] = &[
    "/instellingen/leden",
    "/instellingen/afzenders",
    "/instellingen/afzenders/email",
    "/instellingen/sleutels",
    "/instellingen/logboek",
    "/instellingen/logboek.csv",
    "/instellingen/toestand",
    "/koppelingen/nieuw",
    "/koppelingen/uit/nieuw",
];

#[tokio::test]
async fn a_stranger_has_to_log_in_everywhere() {
    let (house, _) = House::with_owner().await;
    for path in [VIEWER, EDITOR, OWNER].concat() {
        let page = house.get(path, "").await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{path}");
        assert!(page.location().starts_with("/inloggen?verder="), "{path}");
    }
}

#[tokio::test]
async fn each_role_opens_what_it_may_and_nothing_more() {
    let (house, owner) = House::with_owner().await;
    let viewer = house.with_colleague(&owner, "kijker@rijnoever.example", "viewer").await;
    let editor = house.with_colleague(&owner, "redacteur@rijnoever.example", "editor").await;
    for (cookie, may, may_not) in
        [(&viewer, VIEWER.to_vec(), [EDITOR, OWNER].concat()), (&editor, [VIEWER, EDITOR].concat(), OWNER.to_vec())]
    {
        for path in may {
            assert_eq!(house.get(path, cookie).await.status, StatusCode::OK, "{path}");
        }
        for path in may_not {
            assert_eq!(house.get(path, cookie).await.status, StatusCode::FORBIDDEN, "{path}");
        }
    }
    for path in [VIEWER, EDITOR, OWNER].concat() {
        assert_eq!(house.get(path, &owner).await.status, StatusCode::OK, "{path}");
    }
    insta::assert_snapshot!("forbidden", house.get("/instellingen/leden", &viewer).await.told());
}

#[tokio::test]
async fn the_menu_shows_what_one_may_open() {
    let (house, owner) = House::with_owner().await;
    let viewer = house.with_colleague(&owner, "kijker@rijnoever.example", "viewer").await;
    let menu = |body: &str| body.contains("href=\"/instellingen\"");
    assert!(menu(&house.get("/koppelingen", &owner).await.body));
    assert!(!menu(&house.get("/koppelingen", &viewer).await.body));
}

#[tokio::test]
async fn no_role_acts_beyond_it_by_posting() {
    let (house, owner) = House::with_owner().await;
    let editor = house.with_colleague(&owner, "redacteur@rijnoever.example", "editor").await;
    let viewer = house.with_colleague(&owner, "kijker@rijnoever.example", "viewer").await;
    let promote = "/instellingen/leden/00000000-0000-0000-0000-000000000001/rol";
    assert_eq!(house.post(promote, &[("role", "viewer")], &editor).await.status, StatusCode::FORBIDDEN);
    let key = [("name", "Sluiproute"), ("role", "owner")];
    assert_eq!(house.post("/instellingen/sleutels", &key, &editor).await.status, StatusCode::FORBIDDEN);
    let text = [("text", "name: Van mij")];
    assert_eq!(house.post("/instellingen/organisatie", &text, &viewer).await.status, StatusCode::FORBIDDEN);
}
