//! The reference journeys from their folders.

use std::fs;
use std::path::{Path, PathBuf};

/// Every reference journey.
pub(crate) const REFERENCE: [&str; 4] =
    ["bibliotheek-reserveren", "hulp-bij-inloggen", "winkel-webshop", "woning-reparatie"];

/// The folder that holds them.
pub(crate) fn journeys() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../journeys")
}

/// The text of one of them.
pub(crate) fn definition(index: usize) -> String {
    fs::read_to_string(journeys().join(REFERENCE[index]).join("journey.yaml")).unwrap()
}
