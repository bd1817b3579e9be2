use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;
use words::{OrganisationId, derived_id};

use crate::Result;

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// Take up an account.
    Invite,
    /// Choose a new password.
    Reset,
    /// Answer a question about a touchpoint.
    Ask,
    /// See a draft as a customer would.
    Preview,
    /// Withdraw consent for a class or purpose.
    Unsubscribe,
    /// Change one's own channels and consents.
    Preferences,
    /// Follow a run on one's own page.
    Follow,
    /// Prove that a sender works.
    SenderTest,
    /// Say how a touchpoint was, from a poster that hangs there.
    Poster,
    /// See what is behind a message, and everything that one opens from there.
    Message,
}

impl Purpose {
    const ALL: [(Self, &'static str); 10] = [
        (Self::Invite, "invite"),
        (Self::Reset, "reset"),
        (Self::Ask, "ask"),
        (Self::Preview, "preview"),
        (Self::Unsubscribe, "unsubscribe"),
        (Self::Preferences, "preferences"),
        (Self::Follow, "follow"),
        (Self::SenderTest, "sender_test"),
        (Self::Poster, "poster"),
        (Self::Message, "message"),
    ];

    /// As stored.
    pub fn as_str(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// Reads [`Purpose::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, name)| *name == text).map(|(purpose, _)| purpose)
    }
}

/// A link that was given out. Only the hash of its token is known.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// SHA-256 of the token.
    pub hash: [u8; 32],
    /// Of which organisation.
    pub organisation: OrganisationId,
    /// For what.
    pub purpose: Purpose,
    /// What it is about, as one text to revoke by: an account's id, an effect key.
    pub subject_key: String,
    /// What it is about, whole.
    pub subject: serde_json::Value,
    /// Given out when.
    pub created: Timestamp,
    /// Works until.
    pub expires: Timestamp,
    /// When it was used, for a link that works once.
    pub used: Option<Timestamp>,
}

impl Link {
    /// A link that nobody used yet and that works for so many hours: for what, of whom, and what it is about, as the text to revoke
    /// it by and whole.
    pub fn new(
        hash: [u8; 32],
        purpose: Purpose,
        organisation: &OrganisationId,
        (subject_key, subject): (impl Into<String>, serde_json::Value),
        (created, hours): (Timestamp, i64),
    ) -> Self {
        let expires = created.saturating_add(SignedDuration::from_hours(hours)).unwrap_or(created);
        let (organisation, subject_key) = (organisation.clone(), subject_key.into());
        Self { hash, organisation, purpose, subject_key, subject, created, expires, used: None }
    }

    /// Names what was done by it at a moment: the same pressed twice within a minute is one.
    pub fn pressed(&self, said: &[&str], now: Timestamp) -> Uuid {
        let hash: String = self.hash.iter().map(|byte| format!("{byte:02x}")).collect();
        let minute = (now.as_second() / 60).to_string();
        let parts: Vec<&str> =
            [hash.as_str()].into_iter().chain(said.iter().copied()).chain([minute.as_str()]).collect();
        derived_id(&parts)
    }
}

/// Links that were given out.
#[async_trait]
pub trait Links {
    /// Keeps a link.
    async fn save_link(&self, link: Link) -> Result<()>;
    /// Keeps many at once.
    async fn save_links(&self, links: Vec<Link>) -> Result<()>;
    /// Those of an organisation for a purpose, newest first; at most so many.
    async fn links_for(&self, organisation: &OrganisationId, purpose: Purpose, limit: u32) -> Result<Vec<Link>>;
    /// The link of this token and purpose, used or expired as it may be.
    async fn link(&self, hash: &[u8; 32], purpose: Purpose) -> Result<Option<Link>>;
    /// Marks it used; `false` when it was used already, expired at `now`, or is not there. Of two callers one gets `true`.
    async fn use_link(&self, hash: &[u8; 32], purpose: Purpose, now: Timestamp) -> Result<bool>;
    /// Makes every link of a purpose about a subject worthless; how many.
    async fn revoke_links(&self, organisation: &OrganisationId, purpose: Purpose, subject_key: &str) -> Result<u64>;
}
