//! Other systems that are told what happens: made, tested, changed, paused, removed.

use axum::http::StatusCode;
use provider_for_tests::{Answer, Called};
use store::{EndpointHealth, EndpointState};

use crate::house::House;

const MADE: [(&str, &str); 3] =
    [("name", "Kassa"), ("address", "https://kassa.example/hook"), ("kind", "message.sent")];

/// The path of the only endpoint.
async fn path(house: &House) -> String {
    let kept = house.app.store.endpoints(&house.organisation()).await.unwrap();
    format!("/koppelingen/uit/{}", kept[0].id)
}

#[tokio::test]
async fn an_endpoint_gets_a_secret_that_is_shown_once() {
    let (house, owner) = House::with_owner().await;
    assert!(house.get("/koppelingen", &owner).await.text().contains("Nog geen systeem krijgt bericht"));
    let made =
        house.post("/koppelingen/uit/nieuw", &[MADE.as_slice(), &[("kind", "task.done")]].concat(), &owner).await;
    let secret = made.link("whsec_");
    assert!(secret.len() > 40, "{}", made.text());
    let path = path(&house).await;
    let page = house.get(&path, &owner).await;
    assert!(!page.body.contains(&secret) && page.text().contains("Nog niets bezorgd"), "{}", page.text());
    assert_eq!(page.body.matches("name=\"kind\" value=").count(), 13);
    assert_eq!(page.body.matches(" checked").count(), 2);
    assert!(house.get("/koppelingen", &owner).await.text().contains("nog niets bezorgd"));

    let renewed = house.post(&format!("{path}/geheim"), &[], &owner).await;
    assert!(renewed.link("whsec_") != secret && renewed.text().contains("Het vorige geheim tekent nog mee"));
    let changed = [("name", "Kassa 2"), ("address", "https://kassa.example/b"), ("kind", "task.done")];
    assert_eq!(house.post(&path, &changed, &owner).await.status, StatusCode::SEE_OTHER);
    let kept = house.app.store.endpoints(&house.organisation()).await.unwrap().remove(0);
    assert_eq!((kept.name.as_str(), kept.kinds.len()), ("Kassa 2", 1));
    house.post(&format!("{path}/weg"), &[], &owner).await;
    assert_eq!(house.get(&path, &owner).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_cannot_be_is_remarked_and_nothing_typed_is_lost() {
    let (house, owner) = House::with_owner().await;
    for (name, address, kind, remark) in [
        ("", "https://a.example/", "task.done", "Geef de webhook een naam"),
        ("Kassa", "http://a.example/", "task.done", "begint niet met https"),
        ("Kassa", "geen adres", "task.done", "geen adres dat te bereiken is"),
        ("Kassa", "https://a.example/", "customer.erased", "Kies minstens één ding"),
    ] {
        let form = [("name", name), ("address", address), ("kind", kind)];
        let page = house.post("/koppelingen/uit/nieuw", &form, &owner).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.text().contains(remark), "{}", page.text());
        assert!(page.body.replace("&#x2f;", "/").contains(&format!("value=\"{address}\"")), "it is still there");
    }
    for number in 0..10 {
        let name = format!("Systeem {number}");
        let form = [("name", name.as_str()), MADE[1], MADE[2]];
        assert_eq!(house.post("/koppelingen/uit/nieuw", &form, &owner).await.status, StatusCode::OK);
    }
    let page = house.post("/koppelingen/uit/nieuw", &MADE, &owner).await;
    assert!(page.text().contains("Er zijn al 10 webhooks"), "{}", page.text());
}

#[tokio::test]
async fn a_test_shows_what_was_answered_and_can_be_delivered_again() {
    let system = Called::start(|_| Answer::of(204, "")).await.unwrap();
    let (mut house, owner) = House::with_owner().await;
    house.trust(&system.address.to_string());
    let address = format!("{}/hook", system.base());
    house.post("/koppelingen/uit/nieuw", &[MADE[0], ("address", &address), MADE[2]], &owner).await;
    let path = path(&house).await;
    let tested = house.post(&format!("{path}/proef"), &[], &owner).await;
    assert_eq!(tested.status, StatusCode::SEE_OTHER);
    let page = house.get(&path, &owner).await;
    assert!(page.text().contains("bezorgd (204)") && page.text().contains("Een proef"), "{}", page.text());
    let value = |name: &str| {
        let start = format!("name=\"{name}\" value=\"");
        page.body.split_once(&start).unwrap().1.split('"').next().unwrap().to_owned()
    };
    let which = [("bucket", value("bucket")), ("delivery", value("delivery"))];
    let which: Vec<_> = which.iter().map(|(name, value)| (*name, value.as_str())).collect();
    house.post(&format!("{path}/opnieuw"), &which, &owner).await;
    let ids: Vec<_> = system.called_ids();
    assert_eq!((ids.len(), &ids[0]), (2, &ids[1]), "under the same id");
    let unknown = [("bucket", "1"), ("delivery", "msg_x")];
    assert_eq!(house.post(&format!("{path}/opnieuw"), &unknown, &owner).await.status, StatusCode::NOT_FOUND);
    for _ in 0..4 {
        house.post(&format!("{path}/proef"), &[], &owner).await;
    }
    assert_eq!(house.post(&format!("{path}/proef"), &[], &owner).await.status, StatusCode::TOO_MANY_REQUESTS);
}

trait Ids {
    fn called_ids(&self) -> Vec<String>;
}

impl Ids for Called {
    fn called_ids(&self) -> Vec<String> {
        let id = |head: &str| head.lines().find_map(|line| line.strip_prefix("webhook-id: ").map(str::to_owned));
        self.asked().iter().filter_map(|one| id(&one.head)).collect()
    }
}

#[tokio::test]
async fn whoever_looks_sees_that_another_system_is_told_nothing() {
    let (house, owner) = House::with_owner().await;
    house.post("/koppelingen/uit/nieuw", &MADE, &owner).await;
    let path = path(&house).await;
    let id = path.rsplit('/').next().unwrap();
    let (organisation, now) = (house.organisation(), house.app.clock.now());
    let health = EndpointHealth {
        failures: 2,
        failing_since: Some(now),
        trouble: Some("\"timed_out\"".into()),
        ..EndpointHealth::default()
    };
    house.app.store.release_endpoint(&organisation, id, health.clone(), None).await.unwrap();
    assert!(!house.get("/vandaag", &owner).await.text().contains("Kassa"), "that may go by itself");
    house.pass(900);
    assert!(house.get("/vandaag", &owner).await.text().contains("Bezorgen lukt niet bij Kassa"));
    assert!(house.get(&path, &owner).await.text().contains("Bezorgen lukt nu niet"));
    let fell = Some((EndpointState::Failing, now));
    house.app.store.release_endpoint(&organisation, id, health, fell).await.unwrap();
    assert!(house.get("/vandaag", &owner).await.text().contains("Kassa hoort niets meer"));
    assert!(house.get(&path, &owner).await.text().contains("Drie dagen lukte geen enkele bezorging"));
    house.post(&format!("{path}/verder"), &[], &owner).await;
    assert!(!house.get("/vandaag", &owner).await.text().contains("Kassa"));
    house.post(&format!("{path}/pauze"), &[], &owner).await;
    assert!(house.get(&path, &owner).await.text().contains("De webhook staat stil"));

    let viewer = house.with_colleague(&owner, "kijker@rijnoever.example", "viewer").await;
    let seen = house.get(&path, &viewer).await;
    assert!(seen.status == StatusCode::OK && !seen.body.contains("/geheim"));
    for act in ["proef", "geheim", "pauze", "verder", "weg", "opnieuw"] {
        let refused = house.post(&format!("{path}/{act}"), &[("bucket", "1"), ("delivery", "x")], &viewer).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{act}");
    }
}
