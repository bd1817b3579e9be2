//! Whatever goes wrong, the log holds no personal data.

use std::io;
use std::sync::{Arc, Mutex};

use axum::body::Body;
use axum::http::{Request, StatusCode};
use channels::Reaction;
use serde_json::json;
use store::{Key, KeyKind};
use tracing_subscriber::fmt::MakeWriter;

use super::lives::with_journey;
use crate::house::House;

/// What was logged.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Lines {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

impl Lines {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

/// Everything, however small.
fn listen() -> (Lines, tracing::subscriber::DefaultGuard) {
    let lines = Lines::default();
    let subscriber =
        tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(lines.clone()).finish();
    (lines, tracing::subscriber::set_default(subscriber))
}

fn marker(number: usize) -> String {
    format!("merkteken{number:02}q")
}

async fn deliver(house: &House, body: String) -> StatusCode {
    let request =
        Request::post("/v1/events").header("x-write-key", "sleutel").header("content-type", "application/json");
    house.send(request.body(Body::from(body)).unwrap()).await.status
}

#[tokio::test]
async fn fifty_markers_pass_through_and_none_is_logged() {
    let (house, owner) = with_journey("woning-reparatie").await;
    let (lines, _listening) = listen();
    let key = Key {
        hash: service::token::hash("sleutel"),
        organisation: house.organisation(),
        kind: KeyKind::Write { source: "website".into() },
        name: "Website".into(),
        created: house.app.clock.now(),
        last_used: None,
        revoked: None,
    };
    house.app.store.save_key(key).await.unwrap();
    let mut numbers = 0..50;
    let mut next = || marker(numbers.next().expect("fifty are enough"));
    for number in 0..6 {
        let customer = next();
        let body = json!({
            "id": format!("e{number}"), "name": "customer.identified", "time": "2026-11-24T09:00:00Z", "customer": customer,
            "properties": { "first_name": next(), "last_name": next(), "email": format!("{}@post.example", next()), "phone": next() },
        });
        assert_eq!(deliver(&house, body.to_string()).await, StatusCode::OK);
        let reported = json!({
            "id": format!("r{number}"), "name": "repair.reported", "time": "2026-11-24T09:41:30Z", "customer": customer,
            "properties": { "id": format!("R-{number}"), "kind": "verwarming" },
        });
        deliver(&house, reported.to_string()).await;
        let booked = json!({
            "id": format!("b{number}"), "name": "appointment.booked", "time": "2026-11-24T09:41:40Z", "customer": customer,
            "properties": { "id": format!("A-{number}"), "repair_id": format!("R-{number}"), "start": "2026-11-27T08:00:00Z",
                "end": "2026-11-27T10:00:00Z", "status": "booked", "firm": next(), "channel": "phone" },
        });
        deliver(&house, booked.to_string()).await;
    }
    // Not an event, not JSON, no name, too odd.
    for body in [
        format!("{{\"customer\": \"{}\"", next()),
        json!({ "name": format!("{} bestaat niet", next()), "customer": next() }).to_string(),
        json!([{ "id": "x", "name": "repair.reported", "time": next(), "customer": next() }]).to_string(),
        json!({ "id": "y", "name": "repair.reported", "time": "2026-11-24T09:01:00Z", "properties": next() })
            .to_string(),
    ] {
        deliver(&house, body).await;
    }
    let refused = Reaction::Refuse { permanent: true, suppress: true };
    house.mail.script([
        refused,
        Reaction::DropBefore,
        Reaction::DropAfter,
        Reaction::Refuse { permanent: false, suppress: false },
    ]);
    house.app.service.settle().await.unwrap();
    assert!(!house.mail.calls().is_empty(), "something was sent");
    // Pages that find nothing, forms that do not fit, and a store that is gone.
    for path in ["/klanten?zoek=", "/klanten/", "/berichten/", "/antwoord/"] {
        house.get(&format!("{path}{}", next()), &owner).await;
    }
    house.post("/inloggen", &[("email", &format!("{}@post.example", next())), ("password", &next())], "").await;
    store::Health::close(house.app.store.as_ref()).await;
    let gone = json!({ "id": "z", "name": "repair.reported", "time": "2026-11-24T09:01:00Z", "customer": next() });
    assert_eq!(deliver(&house, gone.to_string()).await, StatusCode::SERVICE_UNAVAILABLE);
    house.get(&format!("/klanten/{}", next()), &owner).await;

    let log = lines.text();
    assert!(log.contains("request.id="), "something was logged, with the id of its request: {log}");
    let found: Vec<&str> = log.lines().filter(|line| line.contains("merkteken")).collect();
    assert_eq!(found, Vec::<&str>::new());
}

#[tokio::test]
async fn an_error_page_names_its_request() {
    let (house, owner) = House::with_owner().await;
    let page = house.get("/er-is-niets", &owner).await;
    let id = page.header("x-request-id").to_owned();
    assert_eq!((page.status, id.contains('-')), (StatusCode::NOT_FOUND, true));
    assert!(page.text().contains(&id), "{}", page.text());
}
