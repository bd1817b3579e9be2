use async_trait::async_trait;
use jiff::Timestamp;
use words::{Channel, OrganisationId};

use crate::{Lane, Listed, Paging, Result};

/// How an organisation sends by a channel.
#[derive(Clone, Debug, PartialEq)]
pub struct Sender {
    /// Of which organisation.
    pub organisation: OrganisationId,
    /// By which channel; one sender per channel.
    pub channel: Channel,
    /// `smtp`, `twilio`, `whatsapp`, `file` or `memory`.
    pub transport: String,
    /// What the transport needs: host, port, user.
    pub config: serde_json::Value,
    /// Name that the customer sees.
    pub from_name: String,
    /// Address that the customer sees.
    pub from_address: String,
    /// Where answers go.
    pub reply_to: Option<String>,
    /// When a test message was received; without it nothing is sent.
    pub tested: Option<Timestamp>,
    /// Messages per minute that go at most; `None`: as many as there are.
    pub per_minute: Option<u32>,
    /// Messages per minute that go at most of what is behind after a pause or an outage; `None`: 60.
    pub catch_up: Option<u32>,
}

/// Why nothing goes by a sender for the moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// Since when.
    pub since: Timestamp,
    /// When it is tried again.
    pub until: Timestamp,
    /// What went wrong last, in the organisation's language.
    pub reason: String,
}

/// An address that a journey in [`crate::Mode::Proof`] may send to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffAddress {
    /// Of which organisation.
    pub organisation: OrganisationId,
    /// By which channel.
    pub channel: Channel,
    /// Normalised: lower case for e-mail, E.164 for numbers.
    pub address: String,
    /// Whose.
    pub name: String,
}

/// An address that nothing is sent to any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppression {
    /// Of which organisation.
    pub organisation: OrganisationId,
    /// By which channel.
    pub channel: Channel,
    /// Normalised: lower case for e-mail, E.164 for numbers.
    pub address: String,
    /// Why: `bounced`, `complained`, `by_hand`, `unsubscribed`, `misaddressed`.
    pub reason: String,
    /// Since when.
    pub since: Timestamp,
}

/// How, and to which addresses, an organisation sends.
#[async_trait]
pub trait Senders {
    /// All, by channel.
    async fn senders(&self, organisation: &OrganisationId) -> Result<Vec<Sender>>;
    /// Adds or replaces.
    async fn save_sender(&self, sender: Sender) -> Result<()>;
    /// Removes.
    async fn delete_sender(&self, organisation: &OrganisationId, channel: &Channel) -> Result<bool>;
    /// Notes why nothing goes by a sender, or that it goes again. Saving the sender takes it away too.
    async fn note_trouble(&self, lane: &Lane, trouble: Option<Trouble>) -> Result<()>;
    /// The senders by which nothing goes for the moment, by channel.
    async fn troubles(&self, organisation: &OrganisationId) -> Result<Vec<(Channel, Trouble)>>;

    /// All, by name.
    async fn staff_addresses(&self, organisation: &OrganisationId) -> Result<Vec<StaffAddress>>;
    /// Adds or replaces.
    async fn save_staff_address(&self, address: StaffAddress) -> Result<()>;
    /// Removes.
    async fn delete_staff_address(
        &self,
        organisation: &OrganisationId,
        channel: &Channel,
        address: &str,
    ) -> Result<bool>;

    /// Which of these addresses are suppressed.
    async fn suppressed(
        &self,
        organisation: &OrganisationId,
        addresses: &[(Channel, String)],
    ) -> Result<Vec<Suppression>>;
    /// Newest first.
    async fn suppressions(&self, organisation: &OrganisationId, paging: Paging) -> Result<Listed<Suppression>>;
    /// Adds; the first reason stays.
    async fn suppress(&self, suppression: Suppression) -> Result<()>;
    /// Takes off the list.
    async fn unsuppress(&self, organisation: &OrganisationId, channel: &Channel, address: &str) -> Result<bool>;
}
