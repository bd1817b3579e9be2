//! The whole product in memory, with simulated customers in it.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use service::Publication;
use service::drive::Drive;
use service::sending::Transports;
use sim::{Living, Plan, Scene, fill};
use store::{JourneyRow, Mode, OrganisationRow, Sender, SqlStore, Sqlite, Store};
use words::{EventName, JourneyId, OrganisationId, Window};

use crate::support::{JOURNEYS, at, folder, organisation_text};

pub(crate) const FROM: &str = "2026-11-01T00:00:00Z";
pub(crate) const NOW: &str = "2026-11-20T09:00:00Z";

pub(crate) fn plan(threads: usize) -> Plan {
    Plan { window: Window { from: at(FROM), until: at(NOW) }, scale: 0.1, threads }
}

/// The whole product on a clock of its own, with the simulated customers that live beside it.
pub(crate) struct House {
    pub(crate) drive: Drive,
    pub(crate) living: Living,
    pub(crate) scene: Arc<Scene>,
    /// The same store, by its own type.
    pub(crate) sql: SqlStore,
}

impl House {
    pub(crate) async fn filled() -> Self {
        let sql = Sqlite::in_memory().await.unwrap();
        let store: Arc<dyn Store> = Arc::new(sql.clone());
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
                principal: words::PrincipalId::own(),
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
        Self { drive, living: filled.living, scene, sql }
    }

    /// Ticks every ten minutes of the clock, and gives the ids of what was handed over.
    pub(crate) async fn live_on(&mut self, from: Timestamp, hours: i64) -> Vec<(String, EventName)> {
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
