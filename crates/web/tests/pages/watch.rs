use axum::body::Body;
use axum::http::{Request, StatusCode};

use super::lives::with_journey;
use crate::house::House;

#[tokio::test]
async fn it_says_whether_it_lives_and_can_work() {
    let (house, _) = House::with_owner().await;
    let live = house.get("/health", "").await;
    assert_eq!((live.status, live.body.as_str()), (StatusCode::OK, "ok\n"));
    let ready = house.get("/health/ready", "").await;
    assert_eq!((ready.status, ready.body.as_str()), (StatusCode::OK, r#"{"ready":true,"reasons":[]}"#));
    store::Health::close(house.app.store.as_ref()).await;
    assert_eq!(house.get("/health/ready", "").await.status, StatusCode::OK, "told again for a moment");
    house.pass(3);
    let ready = house.get("/health/ready", "").await;
    assert_eq!(ready.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(ready.header("retry-after"), "5");
    assert!(ready.body.contains("the store cannot be written"), "{}", ready.body);
    assert_eq!(house.get("/health", "").await.status, StatusCode::OK, "it lives all the same");
}

#[tokio::test]
async fn who_shows_the_token_reads_what_is_counted() {
    const JOURNEY: &str = "woning-reparatie";
    let (mut house, _) = with_journey(JOURNEY).await;
    house.live_through(JOURNEY, "2027-10-28T12:00:00+02:00").await;
    assert_eq!(house.get("/metrics", "").await.status, StatusCode::NOT_FOUND);
    house.with_metrics_token("een lang geheim");
    let ask = async |token: &str| {
        let request = Request::get("/metrics").header("authorization", format!("Bearer {token}"));
        house.send(request.body(Body::empty()).unwrap()).await
    };
    assert_eq!(ask("iets anders").await.status, StatusCode::NOT_FOUND);
    assert_eq!(house.get("/metrics", "").await.status, StatusCode::NOT_FOUND);
    house.get("/klanten/0190a5f0-0000-7000-8000-000000000000", "").await;
    let page = ask("een lang geheim").await;
    assert_eq!(
        (page.status, page.header("content-type")),
        (StatusCode::OK, "text/plain; version=0.0.4; charset=utf-8")
    );
    for series in [
        "klantreis_lag_seconds 0\n",
        "klantreis_due ",
        "klantreis_outbox{state=\"ready\"} 0\n",
        "klantreis_sends_total{channel=\"email\",outcome=\"sent\"} ",
        "klantreis_events_total{source=\"",
        "klantreis_store_commit_seconds_count ",
        "klantreis_http_seconds_bucket{method=\"GET\",route=\"/klanten/{id}\",status=\"303\",le=\"0.25\"}",
        "process_resident_memory_bytes ",
    ] {
        assert!(page.body.contains(series), "{series} in {}", page.body);
    }
    assert!(!page.body.contains("0190a5f0"), "an address is told by its template");
}

#[tokio::test]
async fn an_owner_sees_how_it_goes() {
    let (house, owner) = House::with_owner().await;
    let page = house.get("/instellingen/toestand", &owner).await;
    assert_eq!(page.status, StatusCode::OK);
    let text = page.text();
    for said in
        ["Niemand werkt voor deze opslag", "Start klantreis serve", "Er worden geen reservekopieën gemaakt", "Gaaf"]
    {
        assert!(text.contains(said), "{said} in {text}");
    }
}

#[tokio::test]
async fn the_log_book_is_filtered_and_taken_along() {
    let (house, owner) = House::with_owner().await;
    house.with_colleague(&owner, "joost@rijnoever.example", "editor").await;
    house.post("/instellingen/sleutels", &[("name", "=Kassa"), ("role", "viewer")], &owner).await;
    let all = house.get("/instellingen/logboek.csv", &owner).await;
    assert_eq!((all.status, all.header("content-type")), (StatusCode::OK, "text/csv; charset=utf-8"));
    assert!(
        all.body.starts_with("time,who,what,subject,detail\n")
            && all.body.contains("key.")
            && all.body.contains("member.")
    );
    let keys = house.get("/instellingen/logboek.csv?soort=key", &owner).await;
    assert_eq!(keys.body.lines().count(), 2, "{}", keys.body);
    assert!(!keys.body.contains(",=Kassa"), "no cell is a formula: {}", keys.body);
    let past = house.get("/instellingen/logboek?tot=2026-11-23", &owner).await;
    assert!(past.text().contains("Geen regels met deze keuze."), "{}", past.text());
    let today = house.get("/instellingen/logboek?van=2026-11-24&tot=2026-11-24&soort=key", &owner).await;
    assert!(today.text().contains("Fatima Amrani"), "{}", today.text());
}
