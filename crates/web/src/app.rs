use std::sync::Arc;

use async_trait::async_trait;
use service::{Clock, Random};
use store::{Sender, Store};
use words::OrganisationId;

use crate::guard::Limits;

/// What every page works with. Cheap to clone.
#[derive(Clone)]
pub struct App {
    /// What is remembered.
    pub store: Arc<dyn Store>,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Makes secrets.
    pub random: Arc<dyn Random>,
    /// Carries the product's own letters: invitations, new passwords, test messages.
    pub courier: Arc<dyn Courier>,
    /// Where and how the pages are reached.
    pub settings: Arc<Settings>,
    pub(crate) limits: Arc<Limits>,
}

impl App {
    /// Joins the parts.
    pub fn new(
        store: Arc<dyn Store>,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
        courier: Arc<dyn Courier>,
        settings: Settings,
    ) -> Self {
        Self { store, clock, random, courier, settings: Arc::new(settings), limits: Arc::new(Limits::default()) }
    }

    /// The whole address of a path, for links in letters.
    pub fn link_to(&self, path: &str) -> String {
        format!("{}{path}", self.settings.public_url.trim_end_matches('/'))
    }
}

/// Where and how the pages are reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// As people type it, without a slash at the end: `https://klantreis.example`.
    pub public_url: String,
    /// Whether a proxy of our own stands in front and writes `X-Forwarded-For`.
    pub behind_proxy: bool,
}

impl Settings {
    /// Whether cookies travel over https alone.
    pub fn is_secure(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

/// A letter of the product itself, to staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// To which address, of the sender's channel.
    pub to: String,
    /// For channels that have one.
    pub subject: String,
    /// Plain text.
    pub body: String,
}

/// Carries letters of the product itself. These pass no journey and no outbox: a sender can be tested before it may send.
#[async_trait]
pub trait Courier: Send + Sync + 'static {
    /// Hands the letter to the sender's transport. The error says in plain words what the other side answered.
    async fn carry(&self, organisation: &OrganisationId, sender: &Sender, letter: Letter) -> Result<(), String>;
}
