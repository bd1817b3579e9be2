//! Simulated customers in a store: the past written at once, and living on.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use service::Publication;
use service::drive::Drive;
use service::sending::Transports;
use sim::{Living, Plan, Scene, fill};
use store::{Customers, Facts, JourneyRow, Mode, OrganisationRow, Paging, Sender, Sources, SqlStore, Sqlite, Store};
use words::{EventName, JourneyId, OrganisationId, Window};

use crate::support::{JOURNEYS, at, folder, organisation_text, scene};

const FROM: &str = "2026-11-01T00:00:00Z";
const NOW: &str = "2026-11-20T09:00:00Z";

fn plan(threads: usize) -> Plan {
    Plan { window: Window { from: at(FROM), until: at(NOW) }, scale: 0.1, threads }
}

async fn filled(threads: usize) -> (SqlStore, Living, Arc<Scene>) {
    let store = Sqlite::in_memory().await.unwrap();
    let scene = Arc::new(scene());
    let filled = fill(&store, scene.clone(), plan(threads), |_| {}).await.unwrap();
    assert!(filled.customers > 50 && filled.contacts > filled.customers, "{filled:?}");
    (store, filled.living, scene)
}

async fn contacts(store: &SqlStore) -> Vec<String> {
    let organisation = OrganisationId::new("rijnoever");
    let mut all = Vec::new();
    for id in JOURNEYS {
        let mut cursor = store::Cursor::start();
        loop {
            let after = store.facts_after(&organisation, &JourneyId::new(id), &cursor, 1_000).await.unwrap();
            all.extend(after.contacts.iter().map(|c| format!("{} {} {} {}", c.run, c.sequence, c.touchpoint, c.time)));
            cursor = after.next;
            if after.complete {
                break;
            }
        }
    }
    all
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_past_is_the_same_with_one_thread_or_three() {
    let (one, ..) = filled(1).await;
    let (three, ..) = filled(3).await;
    assert_eq!(contacts(&one).await, contacts(&three).await);
    let organisation = OrganisationId::new("rijnoever");
    let customers = one.customers(&organisation, Paging::first(20)).await.unwrap();
    assert!(customers.total > 50);
    let events = one.events_of(&organisation, customers.rows[0].customer.id, 100).await.unwrap();
    assert!(!events.is_empty() && events.iter().all(|event| event.state == store::EventState::Applied));
    let sources = one.sources(&organisation).await.unwrap();
    let received: u64 = sources.iter().map(|source| source.received).sum();
    assert!(sources.len() > 5 && received > 500, "what came in is counted at its source: {sources:?}");
    assert!(sources.iter().all(|source| source.id != "klantreis" && source.last_received < Some(at(NOW))));
    let counts = one
        .day_counts(
            &organisation,
            &JourneyId::new("winkel-webshop"),
            "2026-11-01".parse().unwrap(),
            "2026-11-20".parse().unwrap(),
        )
        .await
        .unwrap();
    assert_eq!(counts.len(), 19, "an advertisement is counted every day");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_in_which_they_live_already_is_not_filled_again() {
    let (store, _, scene) = filled(2).await;
    let again = fill(&store, scene, plan(2), |_| {}).await;
    assert!(matches!(again, Err(sim::Error::Exists(_))), "{again:?}");
}

/// The whole product on a clock of its own, with the simulated customers that live beside it.
struct House {
    drive: Drive,
    living: Living,
    scene: Arc<Scene>,
}

impl House {
    async fn filled() -> Self {
        let store: Arc<dyn Store> = Arc::new(Sqlite::in_memory().await.unwrap());
        let transports = Transports::only(Arc::new(channels::MemoryTransport::new()));
        let drive = Drive::new(
            store.clone(),
            Arc::new(service::drive::SameBytes(0)),
            transports,
            "https://rijnoever.example",
            at(FROM),
        );
        let id = OrganisationId::new("rijnoever");
        let row = OrganisationRow { id: id.clone(), text: organisation_text(), created: at(FROM) };
        store.save_organisation(row).await.unwrap();
        for journey in JOURNEYS {
            let published = drive.service.publisher.publish(&id, &folder(journey), None, "", at(FROM)).await.unwrap();
            assert!(matches!(published, Publication::Live { .. }), "{published:?}");
            let row = store.journey(&id, &JourneyId::new(journey)).await.unwrap().unwrap();
            store.save_journey(JourneyRow { mode: Mode::Live, ..row }).await.unwrap();
        }
        for channel in words::Channel::SENDING {
            let sender = Sender {
                organisation: id.clone(),
                channel: words::Channel::new(*channel),
                transport: "memory".into(),
                config: serde_json::json!({}),
                from_name: "Rijnoever".into(),
                from_address: "post@rijnoever.example".into(),
                reply_to: None,
                tested: Some(at(FROM)),
                per_minute: None,
                catch_up: None,
            };
            store.save_sender(sender).await.unwrap();
        }
        let base = "https://rijnoever.example";
        let scene = Scene::load(store.as_ref(), &drive.service.catalog, &id, base).await.unwrap();
        let scene = Arc::new(scene);
        let filled = fill(store.as_ref(), scene.clone(), plan(2), |_| {}).await.unwrap();
        Self { drive, living: filled.living, scene }
    }

    /// Ticks every ten minutes of the clock, and gives the ids of what was handed over.
    async fn live_on(&mut self, from: Timestamp, hours: i64) -> Vec<(String, EventName)> {
        let store = self.drive.service.store.clone();
        let mut handed = Vec::new();
        for step in 1..=hours * 6 {
            let now = from + SignedDuration::from_mins(10 * step);
            self.drive.until(now).await.unwrap();
            let lived = self.living.tick(store.as_ref(), now).await.unwrap();
            let news = lived.events.iter().chain(lived.ticks.iter().map(|tick| &tick.event));
            for new in news {
                assert!(new.event.time <= now);
                handed.push((format!("{} {}", new.event.source, new.event.id), new.event.name.clone()));
            }
            lived.hand_over(store.as_ref()).await.unwrap();
            self.drive.settle().await.unwrap();
        }
        handed
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn they_live_on_in_the_product_and_over_a_new_start() {
    let mut house = House::filled().await;
    let people = house.living.people();
    assert!(people > 10, "{people} are under way");
    let first = house.live_on(at(NOW), 30).await;
    let did = |name: &str| first.iter().filter(|(_, event)| event.as_str() == name).count();
    assert!(did("title.viewed") > 0 && did("ad.clicked") > 0, "new people come: {first:?}");
    assert!(did("order.placed") > 0, "and do what follows: {first:?}");
    let under_way =
        ["hold.collected", "loan.returned", "parcel.delivered", "visit.completed", "answer.given", "task.done"];
    assert!(under_way.iter().filter(|name| did(name) > 0).count() >= 4, "those under way go on: {first:?}");

    let store = house.drive.service.store.clone();
    let organisation = OrganisationId::new("rijnoever");
    let events = store.recent_events(&organisation, None, 1_000).await.unwrap();
    let untaken = events.iter().filter(|event| event.state != store::EventState::Applied);
    assert_eq!(untaken.count(), 0, "the product takes in everything");
    let later = at(NOW) + SignedDuration::from_hours(30);
    let since: Vec<_> = events.iter().filter(|event| event.event.name.as_str() == "message.sent").collect();
    assert!(since.iter().any(|event| event.event.time > at(NOW)), "and sends messages itself");

    let saved = house.living.save();
    house.living = Living::restore(house.scene.clone(), &saved, later).unwrap();
    let second = house.live_on(later, 6).await;
    assert!(!second.is_empty() && second.iter().all(|(id, _)| first.iter().all(|(other, _)| other != id)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_world_stands_still_while_nobody_simulates_it() {
    let (_, living, scene) = filled(2).await;
    let first = |living: &Living, of_staff: bool| {
        let saved: serde_json::Value = serde_json::from_slice(&living.save()).unwrap();
        let people = saved["people"].as_object().unwrap().values();
        let all = people.flat_map(|person| person["pending"].as_array().unwrap());
        let apart = |what: &serde_json::Value| what.get("Work").or_else(|| what.get("Receipt")).is_some();
        let times = all.filter(|pending| apart(&pending["what"]) == of_staff);
        times.map(|pending| pending["time"].as_str().unwrap().parse::<Timestamp>().unwrap()).min().unwrap()
    };
    let week = SignedDuration::from_hours(7 * 24);
    let later = Living::restore(scene, &living.save(), at(NOW) + week).unwrap();
    assert_eq!(first(&later, false), first(&living, false) + week, "customers do everything a week later");
    assert_eq!(first(&later, true), first(&living, true), "staff did their work in the meantime");
    assert!(Living::restore(Arc::new(crate::support::scene()), b"{", at(NOW)).is_err());
}
