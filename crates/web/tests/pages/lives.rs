//! A house in which a reference journey is live, with the customers of its hand-worked trace.

use jiff::{SignedDuration, Timestamp};
use journey::Folder;
use service::{intake::native::trace_line, reference};
use store::{Mode, OrganisationRow, Sender};
use words::{Channel, CustomerId, JourneyId};

use crate::house::{House, OWNER, PASSWORD};

/// Rijnoever with one live journey, whose senders were tested.
pub(crate) async fn with_journey(id: &str) -> (House, String) {
    let (house, owner) = House::with_owner().await;
    let (store, now) = (&house.app.store, house.app.clock.now());
    let text = reference::organisation();
    store.save_organisation(OrganisationRow { id: house.organisation(), text, created: now }).await.unwrap();
    for name in Channel::SENDING {
        let sender = Sender {
            organisation: house.organisation(),
            channel: Channel::new(*name),
            principal: words::PrincipalId::own(),
            transport: "memory".into(),
            config: serde_json::json!({}),
            from_name: "Rijnoever".into(),
            from_address: "post@rijnoever.example".into(),
            reply_to: None,
            tested: Some(now),
            per_minute: None,
            catch_up: None,
        };
        store.save_sender(sender).await.unwrap();
    }
    house.put_live(id, &reference::journeys().remove(id).unwrap()).await;
    (house, owner)
}

impl House {
    /// Publishes a journey for everybody.
    pub(crate) async fn put_live(&self, id: &str, folder: &Folder) {
        let (store, now) = (&self.app.store, self.app.clock.now());
        let publisher = &self.app.service.publisher;
        let made = publisher.publish(&self.organisation(), folder, None, "", now).await.unwrap();
        assert!(matches!(made, service::Publication::Live { .. }), "{made:?}");
        let row = store.journey(&self.organisation(), &JourneyId::new(id)).await.unwrap().unwrap();
        store.save_journey(store::JourneyRow { mode: Mode::Live, ..row }).await.unwrap();
    }

    /// Lives a trace through until a moment, as it came in; gives the owner's new session, for the old one is over by then.
    pub(crate) async fn live_through(&self, journey: &str, until: &str) -> String {
        let path = format!("{}/../../journeys/{journey}/trace.jsonl", env!("CARGO_MANIFEST_DIR"));
        let until: Timestamp = until.parse().unwrap();
        for line in std::fs::read_to_string(path).unwrap().lines() {
            let event = trace_line(line).unwrap();
            if event.received > until {
                break;
            }
            self.run_until(event.received).await;
            let now = self.app.clock.now();
            let source = event.source.clone();
            let intake = &self.app.service.intake;
            intake.accept(&self.organisation(), &source, vec![Ok(event)], now).await.unwrap();
            self.app.service.settle().await.unwrap();
        }
        self.run_until(until).await;
        self.log_in(OWNER, PASSWORD).await
    }

    /// Lets the clock run, doing what falls due on the way.
    pub(crate) async fn run_until(&self, until: Timestamp) {
        for _ in 0..1_000 {
            let next = self.app.store.next_due().await.unwrap();
            let Some(next) = next.filter(|next| *next <= until && *next > self.app.clock.now()) else { break };
            self.stand_at(next);
            self.app.service.settle().await.unwrap();
        }
        self.stand_at(until);
        self.app.service.settle().await.unwrap();
    }

    fn stand_at(&self, moment: Timestamp) {
        let ahead = moment.duration_since(self.app.clock.now());
        if ahead > SignedDuration::ZERO {
            self.pass(ahead.as_secs() + i64::from(ahead.subsec_nanos() > 0));
        }
    }

    /// The page of a customer of the trace.
    pub(crate) fn customer(&self, name: &str) -> String {
        let id = CustomerId::derived(&[self.organisation().as_str(), "customer", name]);
        format!("/klanten/{id}")
    }
}
