use std::fmt;

use async_trait::async_trait;
use jiff::Timestamp;
use words::{Channel, OrganisationId, PrincipalId};

use crate::{Lane, Listed, Paging, Result};

/// How an organisation sends by a channel.
#[derive(Clone, Debug, PartialEq)]
pub struct Sender {
    /// Of which organisation.
    pub organisation: OrganisationId,
    /// By which channel; one sender per channel and principal.
    pub channel: Channel,
    /// In whose name.
    pub principal: PrincipalId,
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

/// What a sender is called within its organisation: `email`, or `email@woonstede` for a principal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SenderName {
    /// By which channel.
    pub channel: Channel,
    /// In whose name.
    pub principal: PrincipalId,
}

impl SenderName {
    /// That of the organisation itself.
    pub fn own(channel: Channel) -> Self {
        Self { channel, principal: PrincipalId::own() }
    }

    /// Reads what [`fmt::Display`] writes.
    pub fn parse(text: &str) -> Self {
        let (channel, principal) = text.split_once('@').unwrap_or((text, ""));
        Self { channel: Channel::new(channel), principal: PrincipalId::new(principal) }
    }
}

impl fmt::Display for SenderName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.channel)?;
        if self.principal.is_own() { Ok(()) } else { write!(f, "@{}", self.principal) }
    }
}

impl Sender {
    /// What it is called.
    pub fn name(&self) -> SenderName {
        SenderName { channel: self.channel.clone(), principal: self.principal.clone() }
    }

    /// The one that carries what goes by a channel in somebody's name: its own once that received its test message, else the
    /// organisation's.
    pub fn carrying<'a>(all: &'a [Self], name: &SenderName) -> Option<&'a Self> {
        let of =
            |principal: &PrincipalId| all.iter().find(|one| one.channel == name.channel && one.principal == *principal);
        of(&name.principal).filter(|one| one.tested.is_some()).or_else(|| of(&PrincipalId::own()))
    }
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
    /// All, by name: the organisation's own of a channel first.
    async fn senders(&self, organisation: &OrganisationId) -> Result<Vec<Sender>>;
    /// Adds or replaces.
    async fn save_sender(&self, sender: Sender) -> Result<()>;
    /// Removes.
    async fn delete_sender(&self, organisation: &OrganisationId, name: &SenderName) -> Result<bool>;
    /// Notes at the sender that carries a lane why nothing goes, or that it goes again. Saving the sender takes it away too.
    async fn note_trouble(&self, lane: &Lane, trouble: Option<Trouble>) -> Result<()>;
    /// The senders by which nothing goes for the moment, by name.
    async fn troubles(&self, organisation: &OrganisationId) -> Result<Vec<(SenderName, Trouble)>>;

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
    /// Those with this in their address, a number also without its country; newest first. An empty text: all.
    async fn suppressions(
        &self,
        organisation: &OrganisationId,
        part: &str,
        paging: Paging,
    ) -> Result<Listed<Suppression>>;
    /// Adds; the first reason stays.
    async fn suppress(&self, suppression: Suppression) -> Result<()>;
    /// Adds many of one organisation at once, all or none; how many were not on the list.
    async fn suppress_all(&self, suppressions: Vec<Suppression>) -> Result<u64>;
    /// Takes off the list.
    async fn unsuppress(&self, organisation: &OrganisationId, channel: &Channel, address: &str) -> Result<bool>;
}
