//! What the engine remembers of a customer beside profile and runs, as one blob in the store.

use std::collections::{BTreeMap, BTreeSet};

use engine::{Ledger, Profile, Waiting};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use words::{Customer, CustomerId, HaltId};

/// Of what the engine remembers: its runs (`engine::State`) and what stands here. Raised with everything that an earlier
/// version could not read, or would lose when it writes it back; workers of an earlier format are then kept away from the store.
pub const FORMAT: u32 = 2;

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

#[cfg(test)]
mod tests {
    use super::FORMAT;

    /// Everything that is written back whole, field by field.
    const REMEMBERED: [&str; 7] = [
        include_str!("../../engine/src/state.rs"),
        include_str!("../../engine/src/object.rs"),
        include_str!("../../engine/src/note.rs"),
        include_str!("../../engine/src/traveller.rs"),
        include_str!("../../words/src/run.rs"),
        include_str!("../../words/src/customer.rs"),
        include_str!("memory.rs"),
    ];

    /// A field more is lost by a version that does not know it: raise [`FORMAT`], and this test writes down the new one.
    #[test]
    fn another_field_is_another_format() {
        let fields = REMEMBERED.iter().flat_map(|text| text.lines()).map(str::trim).filter(|line| {
            let field = line.strip_prefix("pub(crate) ").or_else(|| line.strip_prefix("pub ")).unwrap_or(line);
            let name = field.split(": ").next().unwrap_or_default();
            field.ends_with(',')
                && field.contains(": ")
                && name.chars().all(|one| one.is_ascii_lowercase() || one == '_')
        });
        insta::assert_snapshot!(format!("format_{FORMAT}"), fields.collect::<Vec<_>>().join("\n"));
    }
}
