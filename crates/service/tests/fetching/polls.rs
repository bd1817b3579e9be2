use service::Chosen;
use service::fetching::{Address, Counts, Cursor, Settings, Trouble};
use service::intake::correction::Correction;
use service::intake::webhook::{Mapping, Named};
use service::intake::{Path, Reading};

use super::world::{World, at, rijnoever, world};

fn path(text: &str) -> Path {
    Path::parse(text).unwrap()
}

fn mapping() -> Reading {
    Reading::Json(Mapping {
        list: Some(path("rows")),
        name: Named::At(path("rows.*.what")),
        names: Default::default(),
        time: Some(path("rows.*.at")),
        customer: Some(path("rows.*.who")),
        id: Some(path("rows.*.id")),
        properties: None,
    })
}

fn api(world: &World, cursor: Cursor) -> Settings {
    let url = format!("{}/orders?size=2", world.base);
    Settings::Api { at: Address { url, header: Some("authorization".into()) }, every_minutes: 15, cursor }
}

fn token() -> Cursor {
    Cursor::Token { at: path("next"), parameter: "after".into() }
}

fn row(id: u32, what: &str) -> String {
    format!(r#"{{"id":{id},"what":"{what}","who":"K-{id}","at":"2027-02-01T10:00:00Z"}}"#)
}

fn page(rows: &[String], next: &str) -> String {
    format!(r#"{{"rows":[{}],"next":"{next}"}}"#, rows.join(","))
}

#[tokio::test]
async fn an_api_is_read_to_its_end_and_goes_on_from_there() {
    let world = world().await;
    world.connect(api(&world, token()), mapping()).await;
    world.other.says("/orders?size=2", page(&[row(1, "Order Paid"), row(2, "Order Paid")], "t2"));
    world.other.says("/orders?size=2&after=t2", page(&[row(3, "Order Sent")], "t3"));
    world.other.says("/orders?size=2&after=t3", page(&[], "t3"));
    let kept = world.fetch_at("2027-03-01T00:00:00Z").await;
    assert_eq!(world.names().await, ["order.paid", "order.paid", "order.sent"]);
    assert_eq!((kept.place.as_deref(), kept.progress.trouble), (Some("t3"), None));
    assert_eq!(kept.progress.last, Counts { received: 3, known: 0, refused: 0 });
    assert_eq!(kept.due, Some(at("2027-03-01T00:15:00Z")));
    assert!(world.events().await.iter().all(|one| one.event.imported), "what was there before is history");
    let asked = world.other.asked();
    assert!(asked.len() == 3 && asked.iter().all(|one| one.contains("authorization: Bearer geheim")));

    assert_eq!(world.service.fetching.fetch_due(at("2027-03-01T00:14:59Z")).await.unwrap(), 0, "not before its time");
    world.other.says("/orders?size=2&after=t3", page(&[row(3, "Order Sent"), row(4, "Order Sent")], "t4"));
    world.other.says("/orders?size=2&after=t4", page(&[], "t4"));
    let kept = world.fetch_at("2027-03-01T00:15:00Z").await;
    assert_eq!(world.other.paths(), ["/orders?size=2&after=t3", "/orders?size=2&after=t4"]);
    assert_eq!(kept.progress.last, Counts { received: 1, known: 1, refused: 0 });
    assert!(!world.events().await.last().unwrap().event.imported, "what comes from now on is alive");
}

#[tokio::test]
async fn a_bad_event_harms_no_other_and_is_told_once() {
    let world = world().await;
    world.connect(api(&world, Cursor::None), mapping()).await;
    world.other.says("/orders?size=2", page(&[row(1, "Order Paid"), row(2, "paid"), "7".into()], ""));
    for moment in ["2027-03-01T00:00:00Z", "2027-03-01T00:15:00Z"] {
        let kept = world.fetch_at(moment).await;
        assert_eq!((kept.progress.last.refused, kept.progress.trouble), (2, None));
    }
    assert_eq!((world.names().await.len(), world.refused().await.len()), (1, 2));
    let correction = Correction::Replace { field: path("rows.0.what"), from: "paid".into(), to: "order.paid".into() };
    let chosen = Chosen::All { source: None, reason: "bad_name".into() };
    let intake = &world.service.intake;
    let offered = intake.offer_again(&rijnoever(), &chosen, &correction, at("2027-03-01T00:20:00Z")).await.unwrap();
    assert_eq!((offered.sent, offered.stayed), (1, 0), "{offered:?}");
    world.fetch_at("2027-03-01T00:30:00Z").await;
    assert_eq!(
        (world.names().await.len(), world.refused().await.len()),
        (2, 1),
        "what was corrected does not come back"
    );
    let source = world.service.store.source(&rijnoever(), "planpakket").await.unwrap().unwrap();
    assert_eq!(source.refused, 2);
    assert_eq!(source.last_received, Some(at("2027-03-01T00:00:00Z")), "to say the same again is to be silent");
}

#[tokio::test]
async fn what_goes_wrong_is_told_and_tried_again_from_the_same_place() {
    let world = world().await;
    world.connect(api(&world, token()), mapping()).await;
    world.other.says("/orders?size=2", page(&[row(1, "Order Paid")], "t1"));
    world.other.answers("/orders?size=2&after=t1", "HTTP/1.1 500 Oops\r\ncontent-length: 0\r\n\r\n");
    let kept = world.fetch_at("2027-03-01T00:00:00Z").await;
    assert_eq!((kept.progress.trouble, kept.progress.failures), (Some(Trouble::Status(500)), 1));
    assert_eq!((kept.place.as_deref(), world.names().await.len()), (Some("t1"), 1), "what came before it is kept");
    assert_eq!((kept.due, kept.progress.went_well), (Some(at("2027-03-01T00:15:00Z")), None));

    let unlike = [("nee", "not_json"), (r#"{"rows":5}"#, "no_list"), (r#"{"rows":[],"next":"x"}"#, "")];
    let mut moment = at("2027-03-01T00:15:00Z");
    for (answer, code) in unlike {
        world.other.says("/orders?size=2&after=t1", answer);
        let kept = world.fetch_at(&moment.to_string()).await;
        let told = serde_json::to_string(&kept.progress.trouble).unwrap();
        assert!(if code.is_empty() { told == "null" } else { told.contains(code) }, "{answer}: {told}");
        moment = kept.due.unwrap();
    }
    let kept = world.kept().await;
    assert_eq!((kept.progress.failures, kept.progress.went_well.is_some()), (0, true));
    assert!(world.refused().await.is_empty(), "an answer of another shape is no event");
}

#[tokio::test]
async fn an_api_that_never_ends_is_read_in_parts() {
    let world = world().await;
    world.connect(api(&world, token()), mapping()).await;
    let mut asked = String::from("/orders?size=2");
    for number in 0..120 {
        world.other.says(&asked, page(&[row(number, "Order Paid")], &format!("t{number}")));
        asked = format!("/orders?size=2&after=t{number}");
    }
    let kept = world.fetch_at("2027-03-01T00:00:00Z").await;
    assert_eq!((kept.progress.last.received, kept.place.as_deref()), (50, Some("t49")));
    assert_eq!((kept.due, kept.progress.has_caught_up), (Some(at("2027-03-01T00:01:00Z")), false));
    let kept = world.fetch_at("2027-03-01T00:01:00Z").await;
    assert_eq!(kept.place.as_deref(), Some("t99"));
    assert!(world.events().await.iter().all(|one| one.event.imported), "it is still catching up");
}

#[tokio::test]
async fn one_of_two_processes_fetches() {
    let world = world().await;
    world.connect(api(&world, Cursor::None), mapping()).await;
    world.other.says("/orders?size=2", page(&[row(1, "Order Paid")], ""));
    let (now, fetching) = (at("2027-03-01T00:00:00Z"), &world.service.fetching);
    let (one, two) = tokio::join!(fetching.fetch_due(now), fetching.fetch_due(now));
    assert_eq!((one.unwrap() + two.unwrap(), world.other.paths().len()), (1, 1));
}

#[tokio::test]
async fn nothing_of_the_own_network_is_asked() {
    let world = world().await;
    let Settings::Api { every_minutes, cursor, .. } = api(&world, Cursor::None) else { panic!("an api") };
    // The same address, as a name that is not trusted, and a host on which nothing may be asked.
    let port = world.base.rsplit(':').next().unwrap();
    for (url, trouble) in [
        (format!("https://localhost:{port}/orders"), Trouble::Private("localhost".into())),
        (format!("http://localhost:{port}/orders"), Trouble::NotHttps),
        ("https://169.254.169.254/latest".into(), Trouble::Private("169.254.169.254".into())),
        ("file:///etc/passwd".into(), Trouble::BadAddress),
    ] {
        let at = Address { url, header: None };
        world.connect(Settings::Api { at, every_minutes, cursor: cursor.clone() }, mapping()).await;
        assert_eq!(world.fetch_at("2027-03-01T00:00:00Z").await.progress.trouble, Some(trouble));
    }
    assert!(world.other.asked().is_empty());
}
