//! What klantreis remembers: traits by noun, and the stores that keep them.
//!
//! Moments are kept to the microsecond. A caller that stops waiting for a write does not stop the write.
//!
//! Nothing of SQL leaves this crate. Time and ids are parameters of every call; "not there" is an `Option` or `false`.
//! Every row carries its organisation and every key is led by the [`words::Bucket`] it belongs to; rows of an organisation
//! that belong to no customer live in [`home`].

mod accounts;
mod audit;
mod backups;
mod between;
mod bookings;
mod bucket;
mod change;
mod complaints;
mod conversations;
mod customers;
mod definitions;
mod endpoints;
mod erasures;
mod error;
mod facts;
mod fetches;
mod gauges;
mod halts;
mod health;
mod identities;
mod imports;
mod inbox;
mod keys;
mod leases;
pub mod limits;
mod links;
mod merges;
pub mod meter;
mod organisations;
mod outbox;
mod page;
mod principals;
mod quarantine;
mod retaining;
mod secrets;
mod senders;
mod sources;
mod sql;
mod tasks;
mod travellers;
mod webhooks;

pub use accounts::{Account, Accounts, Role, Session};
pub use audit::{Audit, AuditFilter, AuditRow};
pub use backups::{Backups, CarriedBefore, Digest, Restored};
pub use between::{Between, Call};
pub use bookings::{Bookings, CaseRow, DayRow, ResourceRow};
pub use bucket::{customer_bucket, event_bucket, home};
pub use change::{Alias, AliasKind, Change, Commit, Conflict, Object, Withdrawn};
pub use complaints::{Complaint, ComplaintCounts, HeardBy};
pub use conversations::{Conversations, Heard};
pub use customers::{Customers, Found, Place, StoredCustomer, StoredDecision};
pub use definitions::{Definitions, Draft, Files, JourneyRow, Mode, Saved, Version};
pub use endpoints::{Delivery, DeliveryState, Endpoint, EndpointHealth, EndpointState, Endpoints};
pub use erasures::{Erased, Erasure, ErasureStep, Erasures, Kept, NewErasure};
pub use error::{Error, Result};
pub use facts::{Cursor, DayCount, Facts, FactsAfter};
pub use fetches::{Fetch, FetchState, Fetches, SaidRow};
pub use gauges::{Condition, Gauges, Gauging};
pub use halts::Halts;
pub use health::{Health, Stats};
pub use identities::{Identities, Owner};
pub use imports::{ImportJob, ImportState, Imports};
pub use inbox::{Accepted, EventOutcome, EventRef, EventState, Inbox, NewEvent, StoredEvent};
pub use keys::{Key, KeyKind, Keys};
pub use leases::{LeaseRow, Leases, NewLease, Share};
pub use links::{Link, Links, Purpose};
pub use merges::{Merge, Merges, MovedRun, UndoneMerge};
pub use organisations::{OrganisationRow, Organisations};
pub use outbox::{
    Doubt, Finished, Lane, MessageCount, Outbox, OutboxCounts, OutboxFilter, OutboxRow, Outcome, Rendered, SendState,
};
pub use page::{Listed, Paging};
pub use principals::{Face, Logo, Principal, Principals};
pub use quarantine::{Quarantine, QuarantineCount, QuarantineFilter, QuarantineId, Quarantined, Rejected};
pub use retaining::{Class, Retaining};
pub use secrets::{Secrets, SecretsSeen};
pub use senders::{Sender, SenderName, Senders, StaffAddress, Suppression, Trouble};
pub use sources::{Source, SourceDay, SourceTally, Sources};
pub use sql::{
    Backup, Copied, CopyProgress, Durability, OpenMode, PoolSize, Postgres, Sealing, SealingKey, SqlStore, Sqlite,
    backup_store, copy_store, is_sealed, json_fault,
};
pub use tasks::{TaskCounts, TaskFilter, TaskRow, TaskState, Tasks};
pub use travellers::{Due, StoredRun, Traveller, Travellers};
pub use webhooks::{Webhook, Webhooks};

/// The reason of what cannot be read any more and was put aside, as a code.
pub const UNREADABLE: &str = "unreadable";
/// The reason in quarantine of messages that were put aside, as a code: their rows cannot be read, or not be written.
pub const UNREADABLE_MESSAGE: &str = "unreadable_message";

/// Everything a store does.
pub trait Store:
    Organisations
    + Accounts
    + Audit
    + Backups
    + Links
    + Keys
    + Sources
    + Webhooks
    + Endpoints
    + Fetches
    + Quarantine
    + Definitions
    + Secrets
    + Principals
    + Senders
    + Conversations
    + Bookings
    + Halts
    + Inbox
    + Identities
    + Merges
    + Erasures
    + Retaining
    + Travellers
    + Outbox
    + Tasks
    + Customers
    + Facts
    + Imports
    + Leases
    + Gauging
    + Health
    + Send
    + Sync
    + 'static
{
}

impl<T> Store for T where
    T: Organisations
        + Accounts
        + Audit
        + Backups
        + Links
        + Keys
        + Sources
        + Webhooks
        + Endpoints
        + Fetches
        + Quarantine
        + Definitions
        + Secrets
        + Principals
        + Senders
        + Conversations
        + Bookings
        + Halts
        + Inbox
        + Identities
        + Merges
        + Retaining
        + Erasures
        + Travellers
        + Outbox
        + Tasks
        + Customers
        + Facts
        + Imports
        + Leases
        + Gauging
        + Health
        + Send
        + Sync
        + 'static
{
}
