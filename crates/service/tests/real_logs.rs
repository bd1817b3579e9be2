//! Two real logs, brought in through the whole shell into a SQLite file and measured: every count is the one published with the
//! log. The logs are not part of the project; without them these tests say so and pass.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use journey::{Definition, Folder};
use measure::{Columns, Selection, Summary, follows, variants};
use service::import::Limits;
use service::import::xes::XesMapping;
use service::importing::{Imported, Mapping, import};
use service::sending::Transports;
use service::{Publication, Service, reference};
use store::{Durability, OpenMode, OrganisationRow, Sqlite, Store};
use words::{OrganisationId, TouchpointId, Window};

fn now() -> Timestamp {
    "2027-01-11T09:00:00Z".parse().unwrap()
}

/// A log of `KLANTREIS_DATA`, or of the folder beside the checkout; `None`, with a note, where it is absent.
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn log(name: &str) -> Option<PathBuf> {
    let beside = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data"));
    let path = std::env::var_os("KLANTREIS_DATA").map_or(beside, PathBuf::from).join("logs").join(name);
    if path.is_file() {
        return Some(path);
    }
    eprintln!("skipped: {name} is absent; set KLANTREIS_DATA to the folder that holds logs/{name}");
    None
}

/// A fresh file with one organisation and one live journey.
struct House {
    service: Service,
    organisation: OrganisationId,
    definition: Arc<Definition>,
    file: PathBuf,
}

impl House {
    async fn with(journey: &str) -> Self {
        let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{journey}.db"));
        forget(&file);
        let store = Sqlite::open(&file, OpenMode::Create, Durability::Full).await.unwrap();
        let store: Arc<dyn Store> = Arc::new(store);
        let transports = Transports::new(file.with_extension("sent"));
        let service = Service::new(
            store.clone(),
            Arc::new(service::drive::VirtualClock::at(now())),
            Arc::new(service::drive::SameBytes(7)),
            transports,
            "https://k.example",
        );
        let organisation = OrganisationId::new("rijnoever");
        let row = OrganisationRow { id: organisation.clone(), text: "name: Rijnoever\n".into(), created: now() };
        store.save_organisation(row).await.unwrap();
        let folder: Folder = reference::journeys().remove(journey).unwrap();
        let published = service.publisher.publish(&organisation, &folder, None, "", now()).await.unwrap();
        assert!(matches!(published, Publication::Live { .. }), "{published:?}");
        let live = service.catalog.live(&organisation).await.unwrap();
        let definition = live[0].published.definition.clone();
        Self { service, organisation, definition, file }
    }

    async fn bring_in(&self, log: &Path) -> Imported {
        let object = self.definition.run_per.as_ref().unwrap().object.as_str();
        let how = (Mapping::Xes(XesMapping::new(object)), Limits::default());
        let file = File::open(log).unwrap();
        let imported = import(&self.service, &self.organisation, "log", file, how, now(), |_, _| {}).await.unwrap();
        while !self.service.runner.round().await.unwrap().is_idle() {}
        imported
    }

    async fn measured(&self) -> (Arc<Columns>, Summary) {
        let window = Window { from: Timestamp::UNIX_EPOCH, until: now() };
        let columns = self.service.figures.columns(&self.organisation, &self.definition.id, now()).await.unwrap();
        let summary = measure::summary(&columns, &self.definition, &Selection::all(window, now())).unwrap();
        (columns, summary)
    }

    async fn gone(self) {
        self.service.store.close().await;
        forget(&self.file);
    }
}

fn forget(file: &Path) {
    for name in ["db", "db-wal", "db-shm"] {
        // There is nothing to remove the first time.
        let _ = std::fs::remove_file(file.with_extension(name));
    }
}

/// Runs, contacts, touchpoints that happened, variants, directly-follows pairs.
fn sizes(columns: &Columns, summary: &Summary) -> [u64; 5] {
    let happened = summary.touchpoints.iter().filter(|touchpoint| touchpoint.contacts.n > 0).count();
    let contacts = summary.touchpoints.iter().map(|touchpoint| touchpoint.contacts.n).sum();
    let pairs = follows(columns).pair_count();
    [summary.started.n, contacts, happened as u64, variants(columns).distinct() as u64, pairs as u64]
}

/// The most frequent pair.
fn top_pair(columns: &Columns, summary: &Summary) -> (String, String, u64) {
    let edge = follows(columns).edges(1, summary.window).remove(0);
    (edge.from.to_string(), edge.to.to_string(), edge.count.n)
}

/// Open, dropped off, done, left, stopped.
fn fates(summary: &Summary) -> [u64; 5] {
    [&summary.open, &summary.dropped, &summary.done, &summary.left, &summary.stopped].map(|figure| figure.n)
}

fn funnel(summary: &Summary) -> Vec<u64> {
    summary.funnels[0].steps.iter().map(|step| step.runs.n).collect()
}

/// Who went away after a touchpoint, by reason, most first.
fn exits<'a>(summary: &'a Summary, touchpoint: &str) -> Vec<(&'a str, u64)> {
    let id = TouchpointId::new(touchpoint);
    let found = summary.touchpoints.iter().find(|figures| figures.id == id).unwrap();
    found.exits.iter().map(|exit| (exit.reason.as_deref().unwrap_or("?"), exit.runs)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn thirteen_thousand_loans_go_through_their_journey() {
    // A minute and more without optimisation: part of `./test --long`.
    let Some(path) = log("bpic2012.xes.gz").filter(|_| std::env::var_os("KLANTREIS_LONG").is_some()) else { return };
    let house = House::with("kredietaanvraag").await;
    let imported = house.bring_in(&path).await;
    assert_eq!((imported.received, imported.duplicate, imported.report.skipped.len()), (262_200, 0, 0));
    let (columns, summary) = house.measured().await;
    assert_eq!(sizes(&columns, &summary), [13_087, 262_200, 24, 4_366, 125]);
    assert_eq!(top_pair(&columns, &summary), ("gebeld-stukken".into(), "gebeld-stukken".into(), 38_004));
    assert_eq!(funnel(&summary), [13_087, 7_366, 5_023, 4_932, 126]);
    assert_eq!(fates(&summary), [399, 0, 2_246, 2_807, 7_635]);
    assert_eq!(exits(&summary, "ontvangen"), [("afgewezen", 3_429)]);
    assert_eq!(exits(&summary, "gebeld-stukken"), [("stopgezet", 1_120), ("afgewezen", 1_088)]);
    assert_eq!(exits(&summary, "afgewezen"), [], "nobody goes away because of the letter");
    let loops: Vec<u64> = summary.loops.iter().map(|back| back.runs).collect();
    assert_eq!(loops, [946, 1_647]);
    house.gone().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn fourteen_hundred_permits_go_through_their_journey_and_once_is_enough() {
    let Some(path) = log("receipt.xes.gz") else { return };
    let house = House::with("ontvangst-aanvraag").await;
    let imported = house.bring_in(&path).await;
    assert_eq!((imported.received, imported.duplicate, imported.report.skipped.len()), (8_577, 0, 0));
    let (columns, summary) = house.measured().await;
    assert_eq!(sizes(&columns, &summary), [1_434, 8_577, 27, 116, 99]);
    assert_eq!(top_pair(&columns, &summary), ("vastgesteld".into(), "brief".into(), 1_177));
    assert_eq!(fates(&summary), [0, 156, 1_258, 0, 20]);
    assert_eq!(exits(&summary, "ontvangst"), [("?", 116)]);
    assert_eq!(exits(&summary, "wachten-vastgesteld").first(), Some(&("aangehouden", 20)));
    let again = house.bring_in(&path).await;
    assert_eq!((again.received, again.duplicate), (0, 8_577));
    assert_eq!(house.measured().await.1, summary, "importing twice changes nothing");
    house.gone().await;
}
