use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};

use crate::house::{House, OWNER, PASSWORD};

#[tokio::test]
async fn every_answer_carries_the_policy() {
    let house = House::empty().await;
    for path in ["/welkom", "/no-such-page", "/koppelingen"] {
        let page = house.get(path, "").await;
        let policy = page.header("content-security-policy");
        assert!(policy.contains("script-src 'self';") && policy.contains("style-src 'self';"), "{path}: {policy}");
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        assert!(policy.contains("frame-ancestors 'none'"), "{path}");
        assert_eq!(page.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(page.header("referrer-policy"), "same-origin", "{path}");
        assert_eq!(page.header("cache-control"), "no-store", "{path}");
    }
}

#[tokio::test]
async fn another_site_cannot_act_in_ones_name() {
    let (house, cookie) = House::with_owner().await;
    let form = "name=Gekaapt&language=nl&team=";
    let post = |from: Option<(&str, &str)>| {
        let mut request = Request::post("/account")
            .header(header::HOST, "klantreis.example")
            .header(header::COOKIE, cookie.as_str())
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        if let Some((name, value)) = from {
            request = request.header(name, value);
        }
        request.body(Body::from(form)).unwrap()
    };
    let page = house.send(post(Some(("sec-fetch-site", "cross-site")))).await;
    insta::assert_snapshot!("forged", page.told());
    for from in [Some(("origin", "https://evil.example")), Some(("sec-fetch-site", "same-site")), None] {
        assert_eq!(house.send(post(from)).await.status, StatusCode::FORBIDDEN, "{from:?}");
    }
    assert!(house.get("/account", &cookie).await.body.contains("Fatima Amrani"), "nothing was changed");
    for from in [("origin", "https://klantreis.example"), ("sec-fetch-site", "same-origin")] {
        assert_eq!(house.send(post(Some(from))).await.status, StatusCode::SEE_OTHER, "{from:?}");
    }
}

#[tokio::test]
async fn errors_are_pages_that_say_what_to_do() {
    let (house, cookie) = House::with_owner().await;
    insta::assert_snapshot!("not_found", house.get("/no-such-page", &cookie).await.told());
    let english = Request::get("/no-such-page").header(header::ACCEPT_LANGUAGE, "en").body(Body::empty()).unwrap();
    insta::assert_snapshot!("not_found_english", house.send(english).await.told());
    let incomplete = house.post("/account", &[("name", "x")], &cookie).await;
    insta::assert_snapshot!("incomplete", incomplete.told());
    assert_eq!(house.post("/no-such-page", &[], &cookie).await.status, StatusCode::NOT_FOUND);
    assert_eq!(house.post("/koppelingen", &[], &cookie).await.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn a_form_has_a_limit() {
    let (house, cookie) = House::with_owner().await;
    let name = "x".repeat(web::FORM_BYTES_MAX + 1);
    let page = house.post("/account", &[("name", &name), ("language", "nl")], &cookie).await;
    insta::assert_snapshot!("too_large", page.told());
}

#[tokio::test]
async fn assets_are_kept_for_ever_under_their_hash_alone() {
    let (house, _) = House::with_owner().await;
    let page = house.get("/inloggen", "").await;
    let style = page.body.split('"').find(|part| part.ends_with("/app.css")).expect("a style sheet");
    let asset = house.get(style, "").await;
    assert_eq!(asset.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(asset.header("content-type"), "text/css; charset=utf-8");
    let old = house.get("/assets/000000000000/app.css", "").await;
    assert_eq!((old.status, old.header("cache-control")), (StatusCode::OK, "no-cache"));
    assert_eq!(house.get("/assets/x/../Cargo.toml", "").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_log_in_leads_back_to_where_one_was_and_never_elsewhere() {
    let (house, _) = House::with_owner().await;
    let page = house.get("/koppelingen?bron=planpakket", "").await;
    assert_eq!(page.location(), "/inloggen?verder=/koppelingen%3Fbron%3Dplanpakket");
    let form = [("email", OWNER), ("password", PASSWORD), ("verder", "//evil.example")];
    assert_eq!(house.post("/inloggen", &form, "").await.location(), "/");
}
