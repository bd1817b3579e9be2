//! The reference journeys, as they are published.

mod reference;

use std::fs;

use journey::{Folder, Organisation, gate, parse};
use reference::{REFERENCE, journeys};

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

fn organisation() -> Organisation {
    let text = fs::read_to_string(journeys().join(Organisation::FILE)).unwrap();
    let (organisation, findings) = Organisation::parse(&text);
    assert_eq!(findings, []);
    organisation
}

#[test]
fn reference_journeys_parse_without_findings_and_may_be_published() {
    for id in REFERENCE {
        let folder = folder(id);
        let parsed = parse(&folder, &organisation());
        assert_eq!(parsed.findings, [], "{id}");
        let definition = parsed.sound().unwrap();
        assert_eq!(definition.id.as_str(), id);
        assert_eq!(gate(definition, &folder), [], "{id}");
    }
}
