use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use words::{Channel, Rail, TouchpointId, VersionHash, Window};

/// Which runs and contacts a question is about, and as of when.
#[derive(Clone, Debug, PartialEq)]
pub struct Selection {
    /// Runs that started in it.
    pub window: Window,
    /// The moment at which the figures are true: what was not decided by then is still open.
    pub as_of: Timestamp,
    /// Only runs on this version.
    pub version: Option<VersionHash>,
    /// Only runs of customers with this persona.
    pub persona: Option<String>,
    /// Only runs with at least one contact by this channel.
    pub channel: Option<Channel>,
    /// Only these touchpoints: contacts of others are left out of the sequences.
    pub touchpoints: Option<BTreeSet<TouchpointId>>,
    /// The rails of the organisation's own channels.
    pub rails: BTreeMap<String, Rail>,
}

impl Selection {
    /// Every run that started in the window.
    pub fn all(window: Window, as_of: Timestamp) -> Self {
        Self { window, as_of, version: None, persona: None, channel: None, touchpoints: None, rails: BTreeMap::new() }
    }

    /// On which rail a channel runs, as far as known.
    pub(crate) fn rail(&self, channel: &str) -> Option<Rail> {
        self.rails.get(channel).copied().or_else(|| Channel::new(channel).known_rail())
    }
}
