//! Four journeys with the people of their traces; one person of each says things that are found back wherever they stand.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use service::intake::native;
use service::reference;
use service::sending::Transports;
use store::{AliasKind, Identities, NewEvent, SqlStore};
use words::{Channel, CustomerId, Event, Identity, JourneyId};

use crate::support::World;

pub(crate) const JOURNEYS: [&str; 4] =
    ["bibliotheek-reserveren", "hulp-bij-inloggen", "winkel-webshop", "woning-reparatie"];
/// Before this moment of the last trace messages are queued and timers wait.
pub(crate) const END: &str = "2027-10-28T12:00:00Z";
/// In every text that is to go.
pub(crate) const MARK: &str = "zqmark";

/// Figures as text.
#[derive(PartialEq, Eq)]
pub(crate) struct Figures(Vec<String>);

impl Figures {
    /// They are the same to the last byte; else where the first difference is.
    pub(crate) fn stay(&self, after: &Self) {
        for (before, after) in self.0.iter().zip(&after.0) {
            let lines = before.lines().zip(after.lines()).enumerate();
            for (number, (before, after)) in lines {
                assert_eq!(before, after, "line {number}");
            }
            assert_eq!(before.len(), after.len());
        }
    }
}

/// A folder that is gone when the test is.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("klantreis-erasing-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).unwrap_or_default();
    }
}

/// A world in which all four journeys are live and messages are written into files below `folder`.
pub(crate) async fn world(store: SqlStore, folder: &Path) -> World {
    let transports = Transports::new(folder.join("sent"));
    let mut world =
        World::new(store, reference::organisation(), transports, "2026-12-01T00:00:00Z".parse().unwrap()).await;
    world.drive.service = world.drive.service.clone().noting_erasures_in(folder.join("erasures.log"));
    for channel in Channel::SENDING {
        world.sender(channel, "file", serde_json::Value::Null).await;
    }
    for journey in JOURNEYS {
        let mut folder = reference::journeys().remove(journey).unwrap();
        let text = folder.get("journey.yaml").unwrap().replace("holdout: 10%", "holdout: 0%");
        folder.put("journey.yaml", text);
        world.live(&folder).await;
    }
    world
}

/// The events of a trace. Of a reason in somebody's own words only that there was one stays, so such reasons are left out.
fn trace(journey: &str) -> Vec<Event> {
    let folder = reference::journeys().remove(journey).unwrap();
    let organisation = journey::Organisation::parse(&reference::organisation()).0;
    let listed = journey::parse(&folder, &organisation).sound().unwrap().values();
    let path = format!("{}/../../journeys/{journey}/trace.jsonl", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    let mut events: Vec<Event> = text.lines().map(|line| native::trace_line(line).unwrap()).collect();
    for event in &mut events {
        event
            .properties
            .retain(|name, value| name != "reason" || value.as_str().is_some_and(|text| listed.contains(text)));
    }
    events
}

/// The events of all traces in the order of their arrival. Who of each journey is marked, as its system calls them.
pub(crate) struct Past {
    pub(crate) events: Vec<Event>,
    pub(crate) marked: Vec<String>,
    pub(crate) markers: BTreeSet<String>,
}

impl Past {
    /// Numbers of customers of a marked journey get a mark wherever they stand; so does every text that a marked person says.
    pub(crate) fn marked() -> Self {
        let mut past = Self { events: Vec::new(), marked: Vec::new(), markers: BTreeSet::new() };
        for (number, journey) in (0..).zip(JOURNEYS) {
            past.mark(number, trace(journey));
        }
        past.events.sort_by_key(|event| event.received);
        past
    }

    /// The traces as they are, with ids that differ between journeys.
    pub(crate) fn plain() -> Self {
        let mut past = Self { events: Vec::new(), marked: Vec::new(), markers: BTreeSet::new() };
        for journey in JOURNEYS {
            past.events.extend(trace(journey).into_iter().map(|mut event| {
                event.identity.customer = event.identity.customer.map(|name| format!("{journey}-{name}"));
                event
            }));
        }
        past.events.sort_by_key(|event| event.received);
        past
    }

    fn mark(&mut self, number: usize, mut events: Vec<Event>) {
        let busiest = busiest(&events);
        let of_others: BTreeSet<String> = events
            .iter()
            .filter(|event| {
                event.identity.customer.as_deref() != Some(busiest.as_str()) && event.identity != Identity::default()
            })
            .filter_map(|event| event.text("id"))
            .collect();
        let own: BTreeSet<String> = events
            .iter()
            .filter(|event| event.identity.customer.as_deref() == Some(busiest.as_str()))
            .filter_map(|event| event.text("id"))
            .filter(|id| !of_others.contains(id))
            .collect();
        let name = format!("{MARK}-{number}-{busiest}");
        for event in &mut events {
            for value in event.properties.values_mut() {
                if let Some(id) = value.as_str().filter(|text| own.contains(*text)).map(str::to_owned) {
                    *value = format!("{MARK}-{number}-{id}").into();
                }
            }
            if event.identity.customer.as_deref() == Some(busiest.as_str()) {
                event.identity.customer = Some(name.clone());
                self.say(number, event);
            }
        }
        self.markers.insert(name.clone());
        self.marked.push(name);
        self.events.extend(events);
    }

    fn say(&mut self, number: usize, event: &mut Event) {
        let at = self.markers.len();
        let mut put = |name: &str, text: String| {
            self.markers.insert(text.clone());
            event.properties.insert(name.to_owned(), text.into());
        };
        if event.name.as_str() == "customer.identified" {
            put("first_name", format!("{MARK}first{number}"));
            put("last_name", format!("{MARK}last{number}"));
            put("street", format!("{MARK}street{number} 12"));
            put("postcode", format!("{}001 ZQ", number + 1));
            put("town", format!("{MARK}town{number}"));
            put("email", format!("{MARK}mail{number}@example.org"));
        }
        put("note", format!("{MARK}note{at}"));
        put("chat_text", format!("{MARK}chat{at} said in so many words"));
        put("custom_property", format!("{MARK}custom{at}"));
        put("comment", format!("{MARK}comment{at}"));
    }
}

fn busiest(events: &[Event]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for name in events.iter().filter_map(|event| event.identity.customer.as_deref()) {
        *counts.entry(name).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(_, count)| *count).unwrap().0.to_owned()
}

impl World {
    /// Lives through events until the end.
    pub(crate) async fn live_through(&self, events: &[Event]) {
        let end = END.parse().unwrap();
        for event in events.iter().filter(|event| event.received <= end) {
            self.drive.until(event.received).await.unwrap();
            let new = NewEvent::from_outside(self.organisation.clone(), event.clone());
            self.store().accept(vec![new]).await.unwrap();
        }
        self.drive.until(end).await.unwrap();
    }

    pub(crate) async fn who(&self, name: &str) -> Option<CustomerId> {
        let named = [(AliasKind::User, name.to_owned())];
        Identities::by_alias(self.store_of(), &self.organisation, &named).await.unwrap()[0]
    }

    fn store_of(&self) -> &dyn store::Store {
        self.drive.service.store.as_ref()
    }

    /// Every figure of every journey, as text.
    pub(crate) async fn figures(&self) -> Figures {
        self.figures_as_of(self.drive.now()).await
    }

    /// The same, as they were at a moment.
    pub(crate) async fn figures_as_of(&self, moment: Timestamp) -> Figures {
        let service = &self.drive.service;
        let mut all = Vec::new();
        for journey in JOURNEYS {
            let live = service.catalog.live(&self.organisation).await.unwrap();
            let live = live.into_iter().find(|live| live.row.id == JourneyId::new(journey)).unwrap();
            let window = words::Window {
                from: "2026-12-01T00:00:00Z".parse().unwrap(),
                until: "2028-12-01T00:00:00Z".parse().unwrap(),
            };
            let selection = measure::Selection::all(window, moment);
            let definition = &live.published.definition;
            let summary = service.figures.summary(&self.organisation, definition, &selection, self.drive.now()).await;
            all.push(format!("{:#?}", summary.unwrap()));
        }
        Figures(all)
    }

    /// Erases at once.
    pub(crate) async fn erase(&self, customer: CustomerId) {
        let (eraser, now) = (&self.drive.service.eraser, self.drive.now());
        let erasure = eraser.begin(&self.organisation, customer, now).await.unwrap().expect("somebody");
        assert!(eraser.go_on(&erasure, now).await.unwrap(), "nothing is being carried");
    }
}
