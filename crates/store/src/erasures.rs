use std::collections::{BTreeMap, BTreeSet};

use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;
use words::{CustomerId, JourneyId, OrganisationId};

use crate::Result;

/// How far an erasure came. Each step is written with what it did, so that it can be gone on with after a crash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ErasureStep {
    /// Asked: nothing new is taken in or decided, and what was to be sent is taken back.
    Asked,
    /// Nothing is on its way to the customer any more.
    Quiet,
    /// Files that were written for the customer are gone.
    Files,
    /// What names the customer outside the customer's own rows is gone.
    Shared,
    /// The facts are nobody's; every other row is gone.
    Moved,
    /// Logged, and the file swept.
    Done,
}

impl ErasureStep {
    const ALL: [(Self, &'static str); 6] = [
        (Self::Asked, "asked"),
        (Self::Quiet, "quiet"),
        (Self::Files, "files"),
        (Self::Shared, "shared"),
        (Self::Moved, "moved"),
        (Self::Done, "done"),
    ];

    /// As stored.
    pub fn as_str(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// Reads [`ErasureStep::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, name)| *name == text).map(|(step, _)| step)
    }
}

/// Someone who is being erased, or was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erasure {
    /// Made by the caller.
    pub id: Uuid,
    /// Of which organisation.
    pub organisation: OrganisationId,
    /// When it was asked.
    pub asked: Timestamp,
    /// When it was done.
    pub done: Option<Timestamp>,
    /// How far it came.
    pub step: ErasureStep,
    /// Who; `None` once the facts are nobody's.
    pub customer: Option<CustomerId>,
    /// The digest of the customer's id: [`Erased::Customer`].
    pub digest: [u8; 32],
}

/// An erasure to be begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewErasure {
    /// Its id.
    pub id: Uuid,
    /// Of which organisation.
    pub organisation: OrganisationId,
    /// Who; one who turned out to be another means that other.
    pub customer: CustomerId,
    /// When.
    pub asked: Timestamp,
    /// Becomes the organisation's salt when it has none.
    pub salt: [u8; 32],
    /// Whether later events about them are to be known; not of visitors whose time was over, who may come back.
    pub buried: bool,
}

/// What a tombstone stands for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Erased {
    /// An id in a sending system.
    User(String),
    /// An anonymous id.
    Anonymous(String),
    /// An e-mail address or a number.
    Address(String),
    /// An object: type, id.
    Object(String, String),
    /// Our own id.
    Customer(CustomerId),
}

impl Erased {
    /// The digest with an organisation's salt: SHA-256 over the salt in hexadecimal, the kind and the name.
    pub fn digest(&self, salt: &[u8; 32]) -> [u8; 32] {
        let salt: String = salt.iter().map(|byte| format!("{byte:02x}")).collect();
        match self {
            Self::User(name) => words::digest(&[&salt, "user", name]),
            Self::Anonymous(name) => words::digest(&[&salt, "anonymous", name]),
            Self::Address(address) => words::digest(&[&salt, "address", &address.trim().to_lowercase()]),
            Self::Object(kind, id) => words::digest(&[&salt, "object", kind, id]),
            Self::Customer(id) => words::digest(&[&salt, "customer", &id.to_string()]),
        }
    }
}

/// What may stay of the texts of facts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// The outcomes and reasons that each journey lists.
    pub texts: BTreeMap<JourneyId, BTreeSet<String>>,
}

/// Erasing customers. Who performs a step while another does the same changes nothing twice.
#[async_trait]
pub trait Erasures {
    /// Begins: sets the tombstones and takes back what was to be sent. `None`: no such customer, or nothing is left of them. One
    /// that began before is given as it stands.
    async fn begin_erasure(&self, new: NewErasure) -> Result<Option<Erasure>>;
    /// Those that are not done, oldest first.
    async fn open_erasures(&self, limit: u32) -> Result<Vec<Erasure>>;
    /// One.
    async fn erasure(&self, organisation: &OrganisationId, id: Uuid) -> Result<Option<Erasure>>;
    /// Those that were asked since a moment, oldest first, with all their digests.
    async fn erasures(
        &self,
        organisation: &OrganisationId,
        since: Timestamp,
        limit: u32,
    ) -> Result<Vec<(Erasure, Vec<[u8; 32]>)>>;
    /// Everyone whom an erasure is about: the customer and those who turned out to be this one.
    async fn erased_members(&self, erasure: &Erasure) -> Result<Vec<CustomerId>>;
    /// Takes back once more what may have come in between; how many messages are being carried at this moment.
    async fn quieten(&self, erasure: &Erasure) -> Result<u64>;
    /// Takes away what names the customer outside the customer's own rows: quarantine, suppressions,
    /// conversations, log book, reports of imports.
    async fn scrub_shared(&self, erasure: &Erasure) -> Result<()>;
    /// Makes the facts nobody's, with ids that only `secret` connects to the old ones, and removes every other row: in one
    /// transaction. `false`: a message is being carried, and nothing was done.
    async fn anonymise(&self, erasure: &Erasure, secret: [u8; 32], kept: Kept) -> Result<bool>;
    /// Notes that a step was taken; never back.
    async fn erasure_step(&self, erasure: &Erasure, step: ErasureStep, now: Timestamp) -> Result<()>;
    /// Sweeps what was written over out of the files of the database, as far as that is its own matter: SQLite writes its log
    /// back and empties it. `false`: somebody reads at this moment; to be tried again.
    async fn sweep(&self) -> Result<bool>;
    /// The salt of an organisation's digests; `None`: nobody was ever erased.
    async fn salt(&self, organisation: &OrganisationId) -> Result<Option<[u8; 32]>>;
    /// Keeps a salt where there is none; the one that holds.
    async fn keep_salt(&self, organisation: &OrganisationId, salt: [u8; 32]) -> Result<[u8; 32]>;
    /// Which of these digests have a tombstone.
    async fn tombstones(&self, organisation: &OrganisationId, digests: Vec<[u8; 32]>) -> Result<BTreeSet<[u8; 32]>>;
    /// Throws events away altogether, at most [`crate::limits::ROWS_MAX`].
    async fn forget_events(&self, events: Vec<crate::EventRef>) -> Result<()>;
    /// Ids of customers behind one, in an order of the store's own; for looking through all of them.
    async fn customers_behind(
        &self,
        organisation: &OrganisationId,
        behind: Option<CustomerId>,
        limit: u32,
    ) -> Result<Vec<CustomerId>>;
    /// In which tables any column of any row holds one of these texts, and how many rows: reads everything.
    async fn traces(&self, texts: &[String]) -> Result<Vec<(&'static str, u64)>>;
}
