use std::sync::{Arc, Mutex};

use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use channels::inbound::limits::MAIL_BYTES_MAX;
use service::intake::{Receipt, segment};
use store::{Paging, QuarantineFilter};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

use crate::house::House;

/// Brings a batch of Segment calls in, as the API does.
async fn deliver(house: &House, source: &str, batch: &str) {
    let now = house.app.clock.now();
    let body = segment::Body::parse(segment::Call::Batch, batch.as_bytes()).unwrap();
    let taken = body.events(&Receipt::new(source, now));
    house.app.service.intake.accept(&house.organisation(), source, taken, now).await.unwrap();
}

#[tokio::test]
async fn a_source_gets_a_key_that_is_shown_once_with_a_call_that_works() {
    let (house, owner) = House::with_owner().await;
    insta::assert_snapshot!("connections_empty", house.get("/koppelingen", &owner).await.told());
    let made = house.post("/koppelingen/nieuw", &[("name", "Planpakket Süd")], &owner).await;
    let secret = made.link("kr_write_");
    insta::assert_snapshot!("source_made", made.told().replace(&secret, "kr_write_…"));
    assert!(!house.get("/koppelingen/bron/planpakket_sud", &owner).await.body.contains(&secret));
    let key = house.app.store.key(&service::token::hash(&secret)).await.unwrap().expect("it works");
    assert_eq!(key.kind, store::KeyKind::Write { source: "planpakket_sud".into() });
    let again = house.post("/koppelingen/nieuw", &[("name", "planpakket sud")], &owner).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(house.get("/koppelingen/bron/onbekend", &owner).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_was_refused_stands_there_with_the_reason_and_what_to_do() {
    let (house, owner) = House::with_owner().await;
    house.post("/koppelingen/nieuw", &[("name", "Planpakket")], &owner).await;
    let batch = r#"{"batch":[{"type":"track","event":"Order Completed","userId":"1","messageId":"a"},
                             {"type":"track","event":"clicked","userId":"1","messageId":"b"}]}"#;
    deliver(&house, "planpakket", batch).await;
    deliver(&house, "planpakket", batch).await;
    insta::assert_snapshot!("connections", house.get("/koppelingen", &owner).await.told());
    let page = house.get("/koppelingen/niet-verwerkt?bron=planpakket", &owner).await;
    insta::assert_snapshot!("quarantine", page.told());

    let still = house.post("/koppelingen/niet-verwerkt/opnieuw", &[("id", &id(&page.body))], &owner).await;
    let said = format!("{owner}; {}", still.cookie("klantreis-melding").unwrap());
    assert!(house.get("/koppelingen", &said).await.text().contains("nog steeds niet te lezen"));
    house.post("/koppelingen/niet-verwerkt/verwijderen", &[("id", &id(&page.body))], &owner).await;
    let left = house
        .app
        .store
        .quarantine(&house.organisation(), QuarantineFilter::default(), Paging::first(10))
        .await
        .unwrap();
    assert_eq!(left.total, page.body.matches("class=\"notice\"").count() as u64 - 1);
}

fn id(body: &str) -> String {
    let at = body.find("name=\"id\" value=\"").expect("a row") + "name=\"id\" value=\"".len();
    body[at..].split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_source_that_falls_silent_is_seen() {
    let (house, owner) = House::with_owner().await;
    house.post("/koppelingen/nieuw", &[("name", "Planpakket")], &owner).await;
    for number in 0..20 {
        deliver(
            &house,
            "planpakket",
            &format!(r#"{{"batch":[{{"type":"track","event":"Order Seen","userId":"1","messageId":"{number}"}}]}}"#),
        )
        .await;
        house.pass(300);
    }
    assert!(house.get("/koppelingen", &owner).await.text().contains("ontvangt"));
    house.pass(2 * 3_600);
    let text = house.get("/koppelingen", &owner).await.text();
    assert!(text.contains("stil sinds vandaag 12:17"), "{text}");
}

#[tokio::test]
async fn one_organisation_never_sees_anothers() {
    let (house, owner) = House::with_owner().await;
    let other = words::OrganisationId::new("elders");
    let source = store::Source {
        organisation: other,
        id: "geheim".into(),
        name: "Geheim".into(),
        kind: "segment".into(),
        created: house.app.clock.now(),
        last_received: None,
        usual_gap_seconds: None,
        received: 0,
        refused: 0,
        duplicate: 0,
    };
    house.app.store.save_source(source).await.unwrap();
    assert!(!house.get("/koppelingen", &owner).await.body.contains("Geheim"));
    assert_eq!(house.get("/koppelingen/bron/geheim", &owner).await.status, StatusCode::NOT_FOUND);
}

/// A batch of calls whose names say too little, and one without a name.
const UNCLEAR: &str = r#"{"batch":[
    {"type":"track","event":"clicked","userId":"1","messageId":"a","properties":{"id":"K-1"}},
    {"type":"track","event":"clicked","userId":"2","messageId":"b"},
    {"type":"track","event":"tapped","userId":"3","messageId":"c"},
    {"type":"track","userId":"4","messageId":"d"}]}"#;

#[tokio::test]
async fn what_was_refused_for_one_reason_is_corrected_together() {
    let (house, owner) = House::with_owner().await;
    house.post("/koppelingen/nieuw", &[("name", "Planpakket")], &owner).await;
    deliver(&house, "planpakket", UNCLEAR).await;
    let list = house.get("/koppelingen/niet-verwerkt", &owner).await;
    assert!(list.body.contains("verbeteren?bron=planpakket&amp;reden=bad_name"), "{}", list.body);
    let chosen = "/koppelingen/niet-verwerkt/verbeteren?bron=planpakket&reden=bad_name";
    insta::assert_snapshot!("correct_asked", house.get(chosen, &owner).await.told());

    let wrong = house.get(&format!("{chosen}&doe=vervang&veld=&naar="), &owner).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("id=\"remark-veld\"") && wrong.body.contains("id=\"remark-naar\""));

    let looked = house.get(&format!("{chosen}&doe=vervang&veld=event&van=clicked&naar=button.clicked"), &owner).await;
    insta::assert_snapshot!("correct_looked", looked.told());
    let organisation = house.organisation();
    let left = async || {
        let store = &house.app.store;
        store.quarantine(&organisation, QuarantineFilter::default(), Paging::first(10)).await.unwrap().total
    };
    assert_eq!(left().await, 4, "a look changes nothing");

    let form =
        [("bron", "planpakket"), ("reden", "bad_name"), ("doe", "vervang"), ("veld", "event"), ("van", "clicked")];
    let form: Vec<_> = form.into_iter().chain([("naar", "button.clicked")]).collect();
    let sent = house.post("/koppelingen/niet-verwerkt/verbeteren", &form, &owner).await;
    insta::assert_snapshot!("correct_sent", sent.told());
    assert_eq!(left().await, 2, "the third name and the one without a name stay");
    let events = house.app.store.recent_events(&organisation, Some("planpakket"), 10).await.unwrap();
    let mut names: Vec<_> = events.iter().map(|one| (one.event.id.as_str(), one.event.name.as_str())).collect();
    names.sort_unstable();
    assert_eq!(names, [("a", "button.clicked"), ("b", "button.clicked")]);
    let source = house.app.store.source(&organisation, "planpakket").await.unwrap().unwrap();
    assert_eq!(source.received, 0, "what staff send again is no word from the source");

    let reader = house.with_colleague(&owner, "lezer@rijnoever.example", "viewer").await;
    let refused = house.post("/koppelingen/niet-verwerkt/verbeteren", &form, &reader).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn some_are_chosen_and_nothing_is_chosen_twice() {
    let (house, owner) = House::with_owner().await;
    house.post("/koppelingen/nieuw", &[("name", "Planpakket")], &owner).await;
    deliver(&house, "planpakket", UNCLEAR).await;
    house.pass(1);
    deliver(&house, "planpakket", UNCLEAR).await;
    let rows = house.app.store.quarantine(&house.organisation(), QuarantineFilter::default(), Paging::first(10)).await;
    let ids: Vec<String> = rows
        .unwrap()
        .rows
        .iter()
        .filter(|row| row.raw.contains("\"a\""))
        .map(|row| match &row.id {
            store::QuarantineId::Rejected(id) => format!("r {id}"),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(ids.len(), 2);
    let mut form: Vec<(&str, &str)> = ids.iter().map(|id| ("id", id.as_str())).collect();
    form.extend([("doe", "vervang"), ("veld", "event"), ("van", "clicked"), ("naar", "button.clicked")]);
    let sent = house.post("/koppelingen/niet-verwerkt/verbeteren", &form, &owner).await;
    assert!(sent.text().contains("Eén gebeurtenis ging door"), "{}", sent.text());
    let again = house.post("/koppelingen/niet-verwerkt/verbeteren", &form, &owner).await;
    assert!(again.text().contains("Er ging niets door"), "{}", again.text());
    assert_eq!(house.app.store.recent_events(&house.organisation(), None, 10).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_webhook_has_its_address_and_a_secret_that_is_shown_once() {
    let (house, owner) = House::with_owner().await;
    let made = house.post("/koppelingen/nieuw", &[("name", "Kassa"), ("kind", "webhook")], &owner).await;
    let secret = made.link("whsec_");
    assert!(made.body.contains("https://klantreis.example/v1/webhooks/rijnoever-wonen/kassa"));
    let page = house.get("/koppelingen/bron/kassa/webhook", &owner).await;
    assert!(!page.body.contains(&secret));
    insta::assert_snapshot!("webhook", page.told());
    let sample = r#"{"klant": 7, "wat": "Order Paid", "id": "O-1"}"#;
    let form = [("sample", sample), ("list", "one"), ("name", "wat"), ("customer", "klant"), ("step", "bekijk")];
    insta::assert_snapshot!(
        "webhook_looked",
        house.post("/koppelingen/bron/kassa/webhook/plaats", &form, &owner).await.told()
    );
    assert_eq!(house.app.store.webhook(&house.organisation(), "kassa").await.unwrap().unwrap().mapping, None);
    let editor = house.with_colleague(&owner, "joost@rijnoever.example", "editor").await;
    assert_eq!(house.get("/koppelingen/bron/kassa/webhook", &editor).await.status, StatusCode::FORBIDDEN);
    house.post("/koppelingen/nieuw", &[("name", "Website")], &owner).await;
    assert_eq!(house.get("/koppelingen/bron/website/webhook", &owner).await.status, StatusCode::NOT_FOUND);
}

/// The other side: answers every request with what is said at that moment.
async fn other_side(answers: Arc<Mutex<String>>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let host = listener.local_addr().unwrap().to_string();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = [0; 4_096];
            let _ = stream.read(&mut request).await;
            let body = answers.lock().unwrap().clone();
            let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len());
            let _ = stream.write_all((head + &body).as_bytes()).await;
        }
    });
    host
}

#[tokio::test]
async fn an_api_is_pointed_at_and_then_asked() {
    let (mut house, owner) = House::with_owner().await;
    let answer =
        Arc::new(Mutex::new(r#"{"rows":[{"wat":"Order Paid","klant":7,"om":"2026-11-23T10:00:00Z"}]}"#.to_owned()));
    let host = other_side(answer.clone()).await;
    house.trust(&host);
    let made = house.post("/koppelingen/nieuw", &[("name", "Planpakket"), ("kind", "api")], &owner).await;
    assert_eq!(made.location(), "/koppelingen/bron/planpakket/ophalen");
    insta::assert_snapshot!("fetch_new", house.get(made.location(), &owner).await.told());
    let to = |path: &str| format!("/koppelingen/bron/planpakket/ophalen/{path}");
    let (url, secret) = (format!("http://{host}/orders"), "Bearer een-geheim");
    let mut place =
        vec![("url", "https://10.0.0.1:x/"), ("header", "authorization"), ("secret", secret), ("every", "15")];
    let wrong = house.post(&to("waar"), &place, &owner).await;
    assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.body.contains("id=\"remark-url\""));
    place[0].1 = &url;
    assert_eq!(house.post(&to("waar"), &place, &owner).await.status, StatusCode::SEE_OTHER);
    let seen = house.post(&to("plaats"), &[("list", "one"), ("step", "haal")], &owner).await;
    assert!(seen.body.contains("rows.*.wat (Order Paid)") && !seen.body.contains("een-geheim"), "{}", seen.body);
    let form = |cursor_at, step| {
        vec![
            ("sample", r#"{"rows":[{"wat":"Order Paid","klant":7,"om":"2026-11-23T10:00:00Z"}]}"#),
            ("list", "list:rows"),
            ("name", "rows.*.wat"),
            ("customer", "rows.*.klant"),
            ("time", "rows.*.om"),
            ("cursor", "newest"),
            ("cursor_at", cursor_at),
            ("parameter", "since"),
            ("step", step),
        ]
    };
    let wrong = house.post(&to("plaats"), &form("", "bewaar"), &owner).await;
    assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.body.contains("id=\"remark-cursor_at\""));
    let looked = house.post(&to("plaats"), &form("rows.*.om", "bekijk"), &owner).await;
    assert!(looked.text().contains("Wordt order.paid, over 7."), "{}", looked.text());
    assert_eq!(house.post(&to("plaats"), &form("rows.*.om", "bewaar"), &owner).await.status, StatusCode::SEE_OTHER);
    let fetching = house.app.service.fetching.clone();
    assert_eq!(fetching.fetch_due(house.app.clock.now()).await.unwrap(), 1);
    let told = house.get(&to("")[..to("").len() - 1], &owner).await.told().replace(&host, "host");
    insta::assert_snapshot!("fetch_api", told);

    *answer.lock().unwrap() = "nee".to_owned();
    house.pass(900);
    assert_eq!(fetching.fetch_due(house.app.clock.now()).await.unwrap(), 1);
    let failed = house.get("/koppelingen/bron/planpakket", &owner).await.text();
    assert!(failed.contains("ging het mis") && failed.contains("Het antwoord is geen JSON"), "{failed}");
    assert!(house.get("/koppelingen", &owner).await.text().contains("ophalen mislukt"));
    assert!(house.get("/vandaag", &owner).await.text().contains("Ophalen lukt niet bij Planpakket"));
    house.post(&to("stop"), &[], &owner).await;
    house.pass(90_000);
    assert_eq!(fetching.fetch_due(house.app.clock.now()).await.unwrap(), 0, "it was stopped");
    let editor = house.with_colleague(&owner, "joost@rijnoever.example", "editor").await;
    assert_eq!(house.get("/koppelingen/bron/planpakket/ophalen", &editor).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_table_is_looked_at_and_then_read_every_night() {
    let (mut house, owner) = House::with_owner().await;
    let table =
        Arc::new(Mutex::new("Zaak;Stap;Tijd;Bedrag\nR-1;Gemeld;01-11-2026 09:30;5\nR-2;Gemeld;morgen;\n".to_owned()));
    let host = other_side(table.clone()).await;
    house.trust(&host);
    house.post("/koppelingen/nieuw", &[("name", "Reparaties"), ("kind", "table")], &owner).await;
    let to = |path: &str| format!("/koppelingen/bron/reparaties/ophalen/{path}");
    let url = format!("http://{host}/export.csv");
    let place = [("from", "address"), ("url", url.as_str()), ("time", "03:00"), ("rows", "events")];
    assert_eq!(house.post(&to("waar"), &place, &owner).await.status, StatusCode::SEE_OTHER);
    let seen = house.post(&to("kolommen"), &[("step", "haal")], &owner).await;
    insta::assert_snapshot!("fetch_table_looked", seen.told().replace(&host, "host"));
    let at = seen.body.find("name=\"gezien\" value=\"").expect("what was seen") + "name=\"gezien\" value=\"".len();
    let carried = seen.body[at..].split('"').next().unwrap().replace("&quot;", "\"");
    let form = [
        ("gezien", carried.as_str()),
        ("case", "Zaak"),
        ("name", "Stap"),
        ("time", "Tijd"),
        ("object", "repair"),
        ("step", "bewaar"),
    ];
    let incomplete = house.post(&to("kolommen"), &form[..3], &owner).await;
    assert_eq!(incomplete.status, StatusCode::OK, "without a step it is looked at");
    let incomplete = house.post(&to("kolommen"), &[form[0], form[5]], &owner).await;
    assert_eq!(incomplete.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(house.post(&to("kolommen"), &form, &owner).await.status, StatusCode::SEE_OTHER);
    assert_eq!(house.app.service.fetching.fetch_due(house.app.clock.now()).await.unwrap(), 1);
    let page = house.get("/koppelingen/bron/reparaties/ophalen", &owner).await;
    insta::assert_snapshot!("fetch_table", page.told().replace(&host, "host"));
    let chosen = "/koppelingen/niet-verwerkt/verbeteren?bron=reparaties&reden=bad_time&doe=vervang&veld=Tijd&van=morgen&naar=02-11-2026";
    let looked = house.get(chosen, &owner).await.text();
    assert!(looked.contains("Wordt repair.gemeld"), "{looked}");
}

#[tokio::test]
async fn a_mailbox_is_kept_once_it_lets_us_in_and_nothing_typed_is_lost() {
    let (house, owner) = House::with_owner().await;
    let made = house.post("/koppelingen/nieuw", &[("name", "Antwoorden"), ("kind", "mailbox")], &owner).await;
    let page = made.location().to_owned();
    assert_eq!(page, "/koppelingen/bron/antwoorden/mailbox");
    assert!(house.get(&page, &owner).await.text().contains("IMAP-server"));
    let wrong = house.post(&page, &[("host", "a b"), ("port", "0"), ("user", ""), ("folder", "INBOX")], &owner).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text().contains("Vul het wachtwoord in") && wrong.body.contains("a b"), "{}", wrong.text());
    let away = [("host", "127.0.0.1"), ("port", "1"), ("user", "post"), ("folder", "INBOX"), ("password", "geheim")];
    let away = house.post(&page, &away, &owner).await;
    assert_eq!(away.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        away.text().contains("De verbinding lukte niet") && away.body.contains("value=\"post\""),
        "{}",
        away.text()
    );
    assert!(!away.body.contains("geheim"));
    assert_eq!(house.app.service.fetching.fetch_due(house.app.clock.now()).await.unwrap(), 0, "nothing is kept");
    assert!(house.get("/koppelingen/bron/antwoorden", &owner).await.status.is_success());
    assert_eq!(house.get("/koppelingen/bron/antwoorden/ophalen", &owner).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_mail_server_hands_mail_over_with_the_key_of_a_source() {
    let (house, owner) = House::with_owner().await;
    let made = house.post("/koppelingen/nieuw", &[("name", "Postfix"), ("kind", "segment")], &owner).await;
    let key =
        made.body.split("kr_write_").nth(1).unwrap().split(|c: char| !c.is_alphanumeric() && c != '-' && c != '_');
    let key = format!("kr_write_{}", key.into_iter().next().unwrap());
    let hand_over = async |key: &str, raw: String| {
        let request = Request::post("/api/v1/mail").header("authorization", format!("Bearer {key}"));
        house.send(request.body(Body::from(raw)).unwrap()).await
    };
    let mail = "From: Anna <anna@example.nl>\r\nTo: post@rijnoever.example\r\nSubject: Lekkage\r\nMessage-ID: <1@x>\r\n\r\nHet lekt.\r\n";
    assert_eq!(hand_over("kr_write_nobody", mail.into()).await.status, StatusCode::UNAUTHORIZED);
    let taken = hand_over(&key, mail.into()).await;
    assert_eq!((taken.status, taken.body.as_str()), (StatusCode::OK, r#"{"received":"reply"}"#));
    assert_eq!(hand_over(&key, mail.into()).await.body, r#"{"received":"again"}"#);
    assert_eq!(hand_over(&key, "hi".into()).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let bomb = format!("From: a@example.nl\r\n{}hi", "Content-Type: message/rfc822\r\n\r\n".repeat(1_000));
    assert_eq!(hand_over(&key, bomb).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(hand_over(&key, "a".repeat(MAIL_BYTES_MAX + 2_000)).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    let tasks = house.get("/vandaag?team=alle", &owner).await;
    assert!(tasks.text().contains("Beantwoord het bericht “Lekkage”"), "{}", tasks.text());
}
