use std::collections::BTreeMap;

use jiff::civil::time;
use service::Chosen;
use service::fetching::{Address, Counts, From, Rows, Settings, Trouble};
use service::import::customers::CustomersMapping;
use service::import::events::{EventsMapping, NameFrom};
use service::importing::Mapping;
use service::intake::correction::Correction;
use service::intake::{Path, Reading};

use super::world::{World, at, rijnoever, world};

fn events() -> Reading {
    let properties = BTreeMap::from([("Bedrag".to_owned(), "bedrag".to_owned())]);
    Reading::Table(Mapping::Events(EventsMapping {
        customer: Some("Klant".into()),
        anonymous: None,
        case: Some("Zaak".into()),
        object: "repair".into(),
        name: NameFrom::Column("Stap".into()),
        time: "Tijd".into(),
        time_format: None,
        zone: "Europe/Amsterdam".into(),
        id: None,
        properties: Some(properties),
    }))
}

fn nightly(from: From, rows: Rows) -> Settings {
    Settings::Table { from, time: time(3, 0, 0, 0), rows }
}

fn address(world: &World) -> From {
    From::Address(Address { url: format!("{}/export.csv", world.base), header: None })
}

const FIRST: &str = "Klant;Zaak;Stap;Tijd;Bedrag\n\
    1;R-1;Gemeld;01-02-2027 09:30;5\n1;R-1;Gebeld;01-02-2027 09:30;\n2;R-2;Gemeld;gisteren;\n";

#[tokio::test]
async fn a_second_night_tells_only_what_is_new() {
    let world = world().await;
    world.connect(nightly(address(&world), Rows::Events), events()).await;
    world.other.says("/export.csv", FIRST);
    let kept = world.fetch_at("2027-03-01T02:00:00Z").await;
    assert_eq!(kept.progress.last, Counts { received: 2, known: 0, refused: 1 });
    assert_eq!((kept.due, kept.progress.trouble), (Some(at("2027-03-02T02:00:00Z")), None));
    // The same rows in another order, a column more and one row that is new.
    let second = "Zaak;Klant;Stap;Extra;Tijd;Bedrag\n\
        R-1;1;Gebeld;x;01-02-2027 09:30;\nR-1;1;Gemeld;y;01-02-2027 09:30;5\nR-3;3;Gemeld;z;01-03-2027 20:00;\n";
    world.other.says("/export.csv", second);
    let kept = world.fetch_at("2027-03-02T02:00:00Z").await;
    assert_eq!(kept.progress.last, Counts { received: 1, known: 2, refused: 0 });
    let told: Vec<_> =
        world.events().await.into_iter().map(|one| (one.event.name.to_string(), one.event.imported)).collect();
    let names = ["repair.gemeld", "repair.gebeld", "repair.gemeld"].map(str::to_owned);
    assert_eq!(told, names.into_iter().zip([true, true, false]).collect::<Vec<_>>(), "only the first night is history");
}

#[tokio::test]
async fn a_bad_row_waits_in_quarantine_and_is_read_again_when_corrected() {
    let world = world().await;
    world.connect(nightly(address(&world), Rows::Events), events()).await;
    world.other.says("/export.csv", FIRST);
    world.fetch_at("2027-03-01T02:00:00Z").await;
    world.fetch_at("2027-03-02T02:00:00Z").await;
    let refused = world.refused().await;
    assert_eq!(refused.len(), 1, "the second night does not tell it again");
    assert_eq!((refused[0].reason.as_str(), refused[0].detail.as_str()), ("bad_time", "gisteren"));
    let correction = Correction::Replace {
        field: Path::parse("Tijd").unwrap(),
        from: "gisteren".into(),
        to: "28-02-2027 12:00".into(),
    };
    let chosen = Chosen::All { source: Some("planpakket".into()), reason: "bad_time".into() };
    let now = at("2027-03-02T09:00:00Z");
    let offered = world.service.intake.offer_again(&rijnoever(), &chosen, &correction, now).await.unwrap();
    assert_eq!((offered.sent, offered.stayed, world.refused().await.len()), (1, 0, 0));
    let newest = world.events().await.pop().unwrap().event;
    assert_eq!((newest.identity.customer.as_deref(), newest.time), (Some("2"), at("2027-02-28T11:00:00Z")));
}

#[tokio::test]
async fn a_night_that_failed_says_so_and_is_tried_again() {
    let world = world().await;
    world.connect(nightly(address(&world), Rows::Events), events()).await;
    let half = format!("HTTP/1.1 200 OK\r\ncontent-length: 10000\r\n\r\n{FIRST}3;R-3;Gem");
    world.other.answers("/export.csv", half);
    let kept = world.fetch_at("2027-03-01T02:00:00Z").await;
    assert!(matches!(kept.progress.trouble, Some(Trouble::Broken(_))), "{:?}", kept.progress);
    assert_eq!(kept.due, Some(at("2027-03-01T02:05:00Z")));
    world.other.says("/export.csv", FIRST.replace("Tijd", "Moment"));
    let kept = world.fetch_at("2027-03-01T02:05:00Z").await;
    let Some(Trouble::File { nl, en }) = kept.progress.trouble else { panic!("{:?}", kept.progress) };
    assert!(nl.contains("geen kolom \"Tijd\"") && en.contains("no column \"Tijd\""));
    assert_eq!((kept.due, kept.progress.failures), (Some(at("2027-03-01T02:15:00Z")), 2));
    world.other.says("/export.csv", FIRST);
    let kept = world.fetch_at("2027-03-01T02:15:00Z").await;
    assert_eq!((kept.progress.trouble, kept.progress.failures), (None, 0));
    assert_eq!(
        (world.names().await.len(), world.refused().await.len()),
        (2, 1),
        "what broke off left no half row behind"
    );
    assert!(world.events().await.iter().all(|one| one.event.imported), "the first whole night is history");
}

#[tokio::test]
async fn a_list_of_customers_tells_who_changed() {
    let world = world().await;
    let fields = [("id", "Lid"), ("email", "Mail")].map(|(field, column)| (field.to_owned(), column.to_owned()));
    let consents = BTreeMap::from([("marketing".to_owned(), "Nieuwsbrief".to_owned())]);
    let mapping = CustomersMapping { fields: fields.into(), consents, zone: "Europe/Amsterdam".into() };
    world.connect(nightly(address(&world), Rows::Customers), Reading::Table(Mapping::Customers(mapping))).await;
    let list = |mail: &str| format!("Lid;Mail;Nieuwsbrief\n1;{mail};01-02-2026\n2;b@example.org;nee\n;;\n");
    let mut told = Vec::new();
    for (night, mail) in [(1, "a@example.org"), (2, "a@example.org"), (3, "new@example.org"), (4, "a@example.org")] {
        world.other.says("/export.csv", list(mail));
        told.push(world.fetch_at(&format!("2027-03-{night:02}T02:00:00Z")).await.progress.last);
    }
    let counts = |received, known| Counts { received, known, refused: 1 };
    // A dated consent is an event of its own beside that of the customer.
    assert_eq!(told, [counts(3, 0), counts(0, 2), counts(2, 1), counts(2, 1)], "what changed back is told again");
    let last = world.events().await.pop().unwrap().event;
    assert_eq!(last.properties["email"], "a@example.org");
}

#[tokio::test]
async fn files_of_a_folder_are_read_once_when_they_are_whole() {
    let world = world().await;
    world.connect(nightly(From::Folder("export-*.csv".into()), Rows::Events), events()).await;
    let kept = world.fetch_at("2027-03-01T02:00:00Z").await;
    assert_eq!(kept.progress.trouble, Some(Trouble::NoFile("export-*.csv".into())));
    world.put("export-1.csv", FIRST, "2027-03-01T01:00:00Z");
    world.put("export-2.csv", "Klant;Zaak;Stap;Tijd;Bedrag\n3;R-3;Gemeld;01-02-2027 09:30;5\n", "2027-03-01T02:04:30Z");
    world.put("other.csv", "a;b\n", "2027-03-01T01:00:00Z");
    #[cfg(unix)]
    std::os::unix::fs::symlink("/etc/passwd", world.folder.join("rijnoever/export-3.csv")).unwrap();
    let kept = world.fetch_at("2027-03-01T02:05:00Z").await;
    assert_eq!(kept.progress.trouble, Some(Trouble::BeingWritten("export-2.csv".into())));
    assert!(world.names().await.is_empty());
    let kept = world.fetch_at("2027-03-01T02:15:00Z").await;
    assert_eq!((kept.progress.trouble, kept.progress.last.received), (None, 3));
    let kept = world.fetch_at("2027-03-02T02:00:00Z").await;
    assert_eq!(
        kept.progress.trouble,
        Some(Trouble::NoNewFile("export-*.csv".into())),
        "a night without a file is told"
    );
    world.put(
        "export-3b.csv",
        "Klant;Zaak;Stap;Tijd;Bedrag\n4;R-4;Gemeld;01-02-2027 09:30;5\n",
        "2027-03-02T02:01:00Z",
    );
    let kept = world.fetch_at("2027-03-02T02:05:00Z").await;
    assert_eq!((kept.progress.trouble, kept.progress.last), (None, Counts { received: 1, known: 0, refused: 0 }));
}
