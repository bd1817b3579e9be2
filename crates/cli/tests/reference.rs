//! The golden figures and maps of the reference journeys: thirty days of simulated customers, at a fixed seed and a fixed time, in
//! a store in memory. `GOLDEN=write` writes them anew: then look at what changed, the maps too.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use journey::{Definition, Folder};
use map::Options;
use measure::{Selection, Summary};
use service::sending::Transports;
use service::{Publication, Service, reference};
use sim::{Plan, Scene};
use store::{JourneyRow, Mode, OrganisationRow, Sender, Sqlite, Store};
use web::drawing::{Audiences, Drawing, sheet};
use words::{Channel, OrganisationId, Window};

const FROM: &str = "2026-10-31T08:00:00Z";
const UNTIL: &str = "2026-11-30T08:00:00Z";

fn window() -> Window {
    Window { from: FROM.parse().unwrap(), until: UNTIL.parse().unwrap() }
}

/// An organisation with every journey in which somebody behaves, live, and every sender tested.
async fn furnished() -> (Service, OrganisationId) {
    let store: Arc<dyn Store> = Arc::new(Sqlite::in_memory().await.unwrap());
    let Window { from, until } = window();
    let transports = Transports::new(std::env::temp_dir());
    let clock = Arc::new(service::drive::VirtualClock::at(until));
    let service =
        Service::new(store.clone(), clock, Arc::new(service::drive::SameBytes(7)), transports, "https://reis.example");
    let id = OrganisationId::new("rijnoever");
    let row = OrganisationRow { id: id.clone(), text: reference::organisation(), created: from };
    store.save_organisation(row).await.unwrap();
    for channel in Channel::SENDING {
        let sender = Sender {
            organisation: id.clone(),
            channel: Channel::new(*channel),
            principal: words::PrincipalId::own(),
            transport: "file".to_owned(),
            config: serde_json::json!({}),
            from_name: "Rijnoever".to_owned(),
            from_address: "post@rijnoever.example".to_owned(),
            reply_to: None,
            tested: Some(from),
            per_minute: None,
            catch_up: None,
        };
        store.save_sender(sender).await.unwrap();
    }
    let behaved = reference::journeys();
    for folder in behaved.values().filter(|folder| folder.get(Folder::SIMULATION).is_some()) {
        let published = service.publisher.publish(&id, folder, None, "", from).await.unwrap();
        assert!(matches!(published, Publication::Live { .. }), "{published:?}");
    }
    for row in store.journeys(&id).await.unwrap() {
        store.save_journey(JourneyRow { mode: Mode::Live, ..row }).await.unwrap();
    }
    (service, id)
}

async fn summary(service: &Service, id: &OrganisationId, definition: &Definition) -> Summary {
    let Window { until, .. } = window();
    service.figures.summary(id, definition, &Selection::all(window(), until), until).await.unwrap()
}

/// Every sheet of the printed map with its file's name, without the embedded fonts: they are the same in each.
fn drawn(drawing: &Drawing<'_>) -> Vec<(String, String)> {
    let pages = map::svg(&sheet(drawing), &Options::print()).into_iter().enumerate();
    let bare = pages.map(|(nth, page)| {
        let name = if nth == 0 { "map.golden.svg".to_owned() } else { format!("map-{}.golden.svg", nth + 1) };
        match (page.find("<style"), page.find("</style>")) {
            (Some(from), Some(until)) => (name, format!("{}{}", &page[..from], &page[until + "</style>".len()..])),
            _ => (name, page),
        }
    });
    bare.collect()
}

fn journeys() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../journeys")
}

/// The path of a golden file that says something else.
fn differs(journey: &str, name: &str, text: &str) -> Option<PathBuf> {
    let path = journeys().join(journey).join(name);
    if std::env::var_os("GOLDEN").is_some_and(|what| what == "write") {
        std::fs::write(&path, text).unwrap();
    }
    let golden = std::fs::read_to_string(&path).unwrap_or_default();
    (golden != text).then_some(path)
}

#[tokio::test(flavor = "multi_thread")]
async fn thirty_days_of_customers_give_the_golden_figures_and_maps() {
    let (service, id) = furnished().await;
    let scene = Scene::load(service.store.as_ref(), &service.catalog, &id, "https://reis.example").await.unwrap();
    let plan = Plan { window: window(), scale: 1.0, threads: 2 };
    sim::fill(service.store.as_ref(), Arc::new(scene), plan, |_| {}).await.unwrap();
    let organisation = service.catalog.organisation(&id).await.unwrap().unwrap();
    let Window { from, until } = window();
    let days = [from, until].map(|moment| moment.to_zoned(organisation.zone.clone()).date());
    let mut stale = Vec::new();
    for live in service.catalog.live(&id).await.unwrap() {
        let definition = &live.published.definition;
        let summary = summary(&service, &id, definition).await;
        assert!(summary.started.n > 100, "{}: {} runs", definition.id, summary.started.n);
        let counted = service.store.day_counts(&id, &definition.id, days[0], days[1]).await.unwrap();
        let drawing = Drawing {
            published: None,
            language: definition.language,
            definition,
            organisation: &organisation,
            summary: Some(&summary),
            version: Some(1),
            draft: false,
            persona: None,
            audiences: &Audiences::of(&counted),
        };
        let figures = serde_json::to_string_pretty(&summary).unwrap() + "\n";
        stale.extend(differs(definition.id.as_str(), "figures.golden.json", &figures));
        for (name, page) in drawn(&drawing) {
            stale.extend(differs(definition.id.as_str(), &name, &page));
        }
    }
    assert!(stale.is_empty(), "run this test with GOLDEN=write and look at what changed in {stale:#?}");
}
