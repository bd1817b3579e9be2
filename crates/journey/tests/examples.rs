//! The reference journeys, as they are published.

use std::fs;
use std::path::{Path, PathBuf};

use journey::{Folder, Organisation, parse};

fn journeys() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../journeys")
}

/// The folder of a reference journey.
fn folder(id: &str) -> Folder {
    let root = journeys().join(id);
    let mut folder = Folder::default();
    for name in ["journey.yaml", "simulate.yaml"] {
        folder.put(name, fs::read_to_string(root.join(name)).unwrap());
    }
    for entry in fs::read_dir(root.join("messages")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        folder.put(format!("messages/{name}"), fs::read_to_string(&path).unwrap());
    }
    folder
}

const REFERENCE: [&str; 4] = ["bibliotheek-reserveren", "hulp-bij-inloggen", "winkel-webshop", "woning-reparatie"];

#[test]
fn reference_journeys_parse_without_findings() {
    let organisation = Organisation::named("Rijnoever");
    for id in REFERENCE {
        let parsed = parse(&folder(id), &organisation);
        assert_eq!(parsed.findings, [], "{id}");
        let definition = parsed.definition.unwrap();
        assert_eq!(definition.id.as_str(), id);
    }
}
