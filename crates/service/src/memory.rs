//! What the engine remembers of a customer beside profile and runs, as one blob in the store.

use std::collections::{BTreeMap, BTreeSet};

use engine::{Profile, Waiting};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use words::{Customer, CustomerId};

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Memory {
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    asked: BTreeMap<String, Timestamp>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    waiting: Vec<Waiting>,
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    apart: BTreeSet<CustomerId>,
}

/// The blob; empty when there is nothing to remember.
pub fn pack(profile: &Profile) -> Vec<u8> {
    if profile.asked.is_empty() && profile.waiting.is_empty() && profile.apart.is_empty() {
        return Vec::new();
    }
    let Profile { asked, waiting, apart, .. } = profile.clone();
    let memory = Memory { asked, waiting, apart };
    serde_json::to_vec(&memory).expect("plain data becomes JSON")
}

/// The engine's profile of a customer.
pub fn unpack(customer: Customer, memory: &[u8]) -> Result<Profile, serde_json::Error> {
    let Memory { asked, waiting, apart } =
        if memory.is_empty() { Memory::default() } else { serde_json::from_slice(memory)? };
    Ok(Profile { customer, asked, waiting, apart })
}
