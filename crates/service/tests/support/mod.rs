//! An organisation on a store of its own and a clock moved by hand.

use std::sync::{Arc, Mutex};

use jiff::Timestamp;
use journey::Folder;
use service::drive::Drive;
use service::sending::Transports;
use service::{Publication, Random};
use store::{JourneyRow, Mode, OrganisationRow, OutboxFilter, OutboxRow, Paging, Sender, SqlStore, Store};
use words::{Channel, OrganisationId};

/// Bytes that count up: every token differs.
#[derive(Default)]
struct Counting(Mutex<u64>);

impl Random for Counting {
    fn fill(&self, bytes: &mut [u8]) {
        let mut count = self.0.lock().unwrap();
        *count += 1;
        bytes.fill(0);
        bytes[..8].copy_from_slice(&count.to_be_bytes());
    }
}

/// The shell with one organisation.
pub(crate) struct World {
    pub(crate) drive: Drive,
    pub(crate) organisation: OrganisationId,
}

impl World {
    /// An organisation with this `organisation.yaml` and nothing else, on an empty store.
    pub(crate) async fn new(store: SqlStore, text: String, transports: Transports, start: Timestamp) -> Self {
        let store: Arc<dyn Store> = Arc::new(store);
        let drive = Drive::new(store, Arc::new(Counting::default()), transports, "https://k.example", start);
        let organisation = OrganisationId::new("rijnoever");
        let row = OrganisationRow { id: organisation.clone(), text, created: start };
        drive.service.store.save_organisation(row).await.unwrap();
        Self { drive, organisation }
    }

    pub(crate) fn store(&self) -> &dyn Store {
        self.drive.service.store.as_ref()
    }

    /// A sender that received its test message.
    pub(crate) async fn sender(&self, channel: &str, transport: &str, config: serde_json::Value) {
        let sender = Sender {
            organisation: self.organisation.clone(),
            channel: Channel::new(channel),
            principal: words::PrincipalId::own(),
            transport: transport.into(),
            config,
            from_name: "Rijnoever".into(),
            from_address: "post@rijnoever.example".into(),
            reply_to: None,
            tested: Some(self.drive.now()),
            per_minute: None,
            catch_up: None,
        };
        self.store().save_sender(sender).await.unwrap();
    }

    /// Puts a folder live, for customers.
    pub(crate) async fn live(&self, folder: &Folder) {
        let publisher = &self.drive.service.publisher;
        let published = publisher.publish(&self.organisation, folder, None, "", self.drive.now()).await.unwrap();
        assert!(matches!(published, Publication::Live { .. }), "{published:?}");
        for row in self.store().journeys(&self.organisation).await.unwrap() {
            self.store().save_journey(JourneyRow { mode: Mode::Live, ..row }).await.unwrap();
        }
    }

    /// Every message, newest first.
    pub(crate) async fn messages(&self) -> Vec<OutboxRow> {
        let filter = OutboxFilter::default();
        self.store().messages(&self.organisation, &filter, Paging::first(1000)).await.unwrap().rows
    }
}
