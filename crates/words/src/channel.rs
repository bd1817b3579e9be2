use std::fmt;

use serde::{Deserialize, Serialize};

/// Which of the two rails of the map a channel runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Rail {
    /// Through a screen.
    Online,
    /// In the physical world, or by voice.
    Offline,
}

/// A way in which customer and organisation meet, in snake case. The list below is closed; an organisation may add its
/// own with a rail in `organisation.yaml`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Channel(String);

impl Channel {
    /// Every channel of the language with its rail.
    pub const KNOWN: &'static [(&'static str, Rail)] = &[
        ("email", Rail::Online),
        ("sms", Rail::Online),
        ("whatsapp", Rail::Online),
        ("push", Rail::Online),
        ("web", Rail::Online),
        ("app", Rail::Online),
        ("chat", Rail::Online),
        ("search", Rail::Online),
        ("social", Rail::Online),
        ("ad", Rail::Online),
        ("review", Rail::Online),
        ("phone", Rail::Offline),
        ("desk", Rail::Offline),
        ("visit", Rail::Offline),
        ("post", Rail::Offline),
        ("card", Rail::Offline),
        ("print", Rail::Offline),
        ("event", Rail::Offline),
        ("product", Rail::Offline),
        ("word_of_mouth", Rail::Offline),
    ];

    /// The channels by which we can send a message to an address of the customer.
    pub const SENDING: &'static [&'static str] = &["email", "sms", "whatsapp", "push", "post", "card"];

    /// Wraps a name; `check` has seen that it is known or the organisation's own.
    pub fn new(name: impl Into<String>) -> Self {
        Self(name.into())
    }

    /// E-mail.
    pub fn email() -> Self {
        Self::new("email")
    }

    /// The name in snake case.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The rail of a channel of the language; `None` for an organisation's own.
    pub fn known_rail(&self) -> Option<Rail> {
        Self::KNOWN.iter().find(|(name, _)| *name == self.0).map(|(_, rail)| *rail)
    }

    /// Whether it goes on paper, through a letter box: a person prints it, and posts it.
    pub fn is_paper(&self) -> bool {
        matches!(self.as_str(), "post" | "card")
    }

    /// Whether a person says it: what is written is what that person reads out or goes by.
    pub fn is_spoken(&self) -> bool {
        matches!(self.as_str(), "desk" | "phone" | "visit")
    }

    /// Whether we can send by it.
    pub fn sends(&self) -> bool {
        Self::SENDING.contains(&self.as_str())
    }
}

impl fmt::Display for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
