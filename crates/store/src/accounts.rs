use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;
use words::OrganisationId;

use crate::Result;

/// What a member of staff may do. Each may do what those before may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Look, and do own tasks.
    Viewer,
    /// Change and publish journeys.
    Editor,
    /// Manage accounts, senders, keys.
    Owner,
}

impl Role {
    /// As stored and shown to the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Editor => "editor",
            Self::Owner => "owner",
        }
    }

    /// Reads [`Role::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Viewer, Self::Editor, Self::Owner].into_iter().find(|role| role.as_str() == text)
    }
}

/// A member of staff who logs in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: Uuid,
    /// Of which organisation.
    pub organisation: OrganisationId,
    /// Address to log in with; compared without case, unique within the organisation.
    pub email: String,
    /// As shown to colleagues.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// Argon2 hash; none until the invitation was taken up.
    pub password_hash: Option<String>,
    /// Tag of the language of its pages.
    pub language: String,
    /// Whose tasks it sees first.
    pub team: Option<String>,
    /// Since when.
    pub created: Timestamp,
}

/// A log-in on one device. Only the hash of its token is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// SHA-256 of the token.
    pub token_hash: [u8; 32],
    /// Of which organisation.
    pub organisation: OrganisationId,
    /// Whose.
    pub account: Uuid,
    /// Since when.
    pub created: Timestamp,
    /// Until when at most.
    pub expires: Timestamp,
    /// Used last.
    pub last_seen: Timestamp,
}

/// Staff and their log-ins.
#[async_trait]
pub trait Accounts {
    /// All of an organisation, by name.
    async fn accounts(&self, organisation: &OrganisationId) -> Result<Vec<Account>>;
    /// One.
    async fn account(&self, organisation: &OrganisationId, id: Uuid) -> Result<Option<Account>>;
    /// Every account with this address: one per organisation at most.
    async fn accounts_by_email(&self, email: &str) -> Result<Vec<Account>>;
    /// Adds or replaces; `false` and nothing saved when another account of the organisation has the address.
    async fn save_account(&self, account: Account) -> Result<bool>;
    /// Removes it with its sessions.
    async fn delete_account(&self, organisation: &OrganisationId, id: Uuid) -> Result<bool>;

    /// Opens a session.
    async fn save_session(&self, session: Session) -> Result<()>;
    /// The session with this token, when it has not expired at `now`, with its account.
    async fn session(&self, token_hash: &[u8; 32], now: Timestamp) -> Result<Option<(Session, Account)>>;
    /// Notes that it was used.
    async fn touch_session(&self, token_hash: &[u8; 32], now: Timestamp) -> Result<()>;
    /// Ends one.
    async fn delete_session(&self, token_hash: &[u8; 32]) -> Result<bool>;
    /// Ends all of an account (a new password).
    async fn delete_sessions_of(&self, organisation: &OrganisationId, account: Uuid) -> Result<()>;
    /// Removes what expired before `now`; how many.
    async fn delete_expired_sessions(&self, now: Timestamp) -> Result<u64>;
}
