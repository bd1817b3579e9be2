//! The reference journeys, as they are published.

mod reference;

use std::fs;

use journey::{Folder, Organisation, gate, parse};
use reference::{REFERENCE, definition, journeys};

/// The folder of a reference journey.
fn folder(index: usize) -> Folder {
    let root = journeys().join(REFERENCE[index]);
    let mut folder = Folder::of_definition(definition(index));
    folder.put(Folder::SIMULATION, fs::read_to_string(root.join(Folder::SIMULATION)).unwrap());
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
    for (index, id) in REFERENCE.into_iter().enumerate() {
        let folder = folder(index);
        let parsed = parse(&folder, &organisation());
        assert_eq!(parsed.findings, [], "{id}");
        let definition = parsed.sound().unwrap();
        assert_eq!(definition.id.as_str(), id);
        assert_eq!(gate(definition, &folder), [], "{id}");
    }
}

#[test]
fn what_a_customer_does_in_another_system_is_no_message_of_it() {
    let by_other = |index: usize| -> Vec<String> {
        let parsed = parse(&folder(index), &organisation());
        let definition = parsed.sound().unwrap();
        let by_other = definition.touchpoints.iter().filter(|one| one.written_by_other().is_some());
        by_other.map(|one| one.id.to_string()).collect()
    };
    let named = |name: &str| REFERENCE.iter().position(|id| *id == name).unwrap();
    assert!(
        by_other(named("woning-reparatie")).is_empty(),
        "a tenant who moves an appointment gets no message by that"
    );
    assert!(by_other(named("winkel-webshop")).contains(&"bezorgbericht".to_owned()));
}
