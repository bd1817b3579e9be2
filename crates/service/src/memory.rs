//! What the engine remembers of a customer beside profile and runs, as one blob in the store.

use std::collections::BTreeMap;

use engine::{Profile, Waiting};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use words::Customer;

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Memory {
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    asked: BTreeMap<String, Timestamp>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    waiting: Vec<Waiting>,
}

/// The blob; empty when there is nothing to remember.
pub fn pack(profile: &Profile) -> Vec<u8> {
    if profile.asked.is_empty() && profile.waiting.is_empty() {
        return Vec::new();
    }
    let memory = Memory { asked: profile.asked.clone(), waiting: profile.waiting.clone() };
    serde_json::to_vec(&memory).expect("plain data becomes JSON")
}

/// The engine's profile of a customer.
pub fn unpack(customer: Customer, memory: &[u8]) -> Result<Profile, serde_json::Error> {
    let Memory { asked, waiting } = if memory.is_empty() { Memory::default() } else { serde_json::from_slice(memory)? };
    Ok(Profile { customer, asked, waiting })
}
