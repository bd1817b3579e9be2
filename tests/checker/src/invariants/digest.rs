//! How tombstones name what they stand for: SHA-256 over the parts, each led by its length in eight bytes.

use sha2::{Digest, Sha256};

pub(super) fn hexadecimal(parts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
