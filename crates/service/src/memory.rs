//! What the engine remembers of a customer beside profile and runs, as one blob in the store.

use std::collections::{BTreeMap, BTreeSet};

use engine::{Ledger, Profile, Waiting};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use words::{Customer, CustomerId, HaltId};

#[derive(Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Memory {
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    asked: BTreeMap<String, Timestamp>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    waiting: Vec<Waiting>,
    #[serde(skip_serializing_if = "Ledger::is_empty")]
    attention: Ledger,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    noticed: Vec<HaltId>,
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    apart: BTreeSet<CustomerId>,
}

/// The blob; empty when there is nothing to remember.
pub fn pack(profile: &Profile) -> Vec<u8> {
    let Profile { asked, waiting, attention, noticed, apart, .. } = profile.clone();
    let memory = Memory { asked, waiting, attention, noticed, apart };
    if memory == Memory::default() {
        return Vec::new();
    }
    serde_json::to_vec(&memory).expect("plain data becomes JSON")
}

/// The engine's profile of a customer.
pub fn unpack(customer: Customer, memory: &[u8]) -> Result<Profile, serde_json::Error> {
    let memory = if memory.is_empty() { Memory::default() } else { serde_json::from_slice(memory)? };
    let Memory { asked, waiting, attention, noticed, apart } = memory;
    Ok(Profile { customer, asked, waiting, attention, noticed, apart })
}
