use jiff::civil::Time;
use serde::{Deserialize, Serialize};

use super::Cursor;

/// Where a source stands and how often it is fetched. Without the secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "kind")]
pub enum Settings {
    /// An API that answers in JSON and is asked again and again.
    Api {
        /// Where.
        at: Address,
        /// Minutes between two times.
        every_minutes: u32,
        /// How it is asked for what is new.
        cursor: Cursor,
    },
    /// A table that is read every night.
    Table {
        /// Where.
        from: From,
        /// At what time of the day, in the organisation's zone.
        time: Time,
        /// What a row is.
        rows: Rows,
    },
    /// A mailbox that is looked into every few minutes.
    Mailbox(MailboxAt),
}

/// Where a mailbox stands (IMAP, encrypted from the first byte). The password is the secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailboxAt {
    /// Name of the server; empty: nobody said yet.
    pub host: String,
    /// Port.
    pub port: u16,
    /// User name.
    pub user: String,
    /// Folder.
    pub folder: String,
    /// A certificate authority to trust besides the public ones, in PEM.
    #[serde(default)]
    pub trusted_pem: Option<String>,
}

impl Default for MailboxAt {
    fn default() -> Self {
        Self { host: String::new(), port: 993, user: String::new(), folder: "INBOX".into(), trusted_pem: None }
    }
}

/// An address, and how one is let in there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// As it was typed.
    pub url: String,
    /// The header that lets us in; what it says is the secret.
    pub header: Option<String>,
}

/// Where a table comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum From {
    /// From an address.
    Address(Address),
    /// From the organisation's folder on the host: files of this name, in which `*` is anything.
    Folder(String),
}

/// What a row of a table is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Rows {
    /// An event.
    #[default]
    Events,
    /// A customer.
    Customers,
}

impl Settings {
    /// How often an API may be asked, in minutes.
    pub const EVERY_MINUTES: std::ops::RangeInclusive<u32> = 1..=1_440;

    /// The address, when it is one.
    pub fn address(&self) -> Option<&Address> {
        match self {
            Self::Api { at, .. } | Self::Table { from: From::Address(at), .. } => Some(at),
            Self::Table { from: From::Folder(_), .. } | Self::Mailbox(_) => None,
        }
    }

    /// Whether what was read under `self` and what is read under `other` follow on one another.
    pub fn goes_on_with(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Api { at, cursor, .. }, Self::Api { at: other, cursor: next, .. }) => {
                at.url == other.url && cursor == next
            }
            (Self::Table { from, rows, .. }, Self::Table { from: other, rows: next, .. }) => {
                rows == next
                    && match (from, other) {
                        (From::Address(from), From::Address(other)) => from.url == other.url,
                        (from, other) => from == other,
                    }
            }
            (Self::Mailbox(at), Self::Mailbox(other)) => {
                (&at.host, &at.user, &at.folder) == (&other.host, &other.user, &other.folder)
            }
            _ => false,
        }
    }
}
