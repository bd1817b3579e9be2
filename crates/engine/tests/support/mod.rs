//! A small shell around the engine: a virtual clock that follows receipt, everything in memory, a transport that accepts
//! at once.

mod golden;
mod shell;
mod story;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use journey::{Definition, Folder, Organisation};
use serde::Deserialize;
use words::{Event, EventId, EventName, Identity, Properties};

pub(crate) use golden::assert_golden;
pub(crate) use shell::Shell;

/// The folder of the reference journeys.
pub(crate) fn journeys() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../journeys")
}

/// The organisation that the reference journeys belong to, with the quiet hours that every trace assumes.
pub(crate) fn organisation() -> Organisation {
    let text = std::fs::read_to_string(journeys().join("organisation.yaml")).unwrap();
    Organisation::parse(&text).0
}

/// A reference journey.
pub(crate) fn definition(id: &str) -> Definition {
    changed(id, |text| text)
}

/// A reference journey with its text changed before reading.
pub(crate) fn changed(id: &str, change: impl Fn(String) -> String) -> Definition {
    let folder = journeys().join(id);
    let text = change(std::fs::read_to_string(folder.join("journey.yaml")).unwrap());
    let mut files = BTreeMap::from([("journey.yaml".to_owned(), text)]);
    for message in std::fs::read_dir(folder.join("messages")).unwrap() {
        let message = message.unwrap();
        let name = format!("messages/{}", message.file_name().into_string().unwrap());
        files.insert(name, std::fs::read_to_string(message.path()).unwrap());
    }
    let parsed = journey::parse(&Folder::new(files), &organisation());
    let wrong: Vec<String> = parsed.findings.iter().map(|finding| finding.line(words::Language::En)).collect();
    parsed.sound().unwrap_or_else(|| panic!("{id} is not sound:\n{}", wrong.join("\n"))).clone()
}

/// A definition written in a test; it needs no messages beyond `bericht`.
pub(crate) fn written(text: &str) -> Definition {
    let message =
        "---\nsubject: \"Bericht\"\nsms: \"Bericht\"\nquestions:\n  vraag: \"Hoe ging het?\"\n---\nBericht.\n";
    let files = [("journey.yaml", text), ("messages/bericht.nl.md", message)];
    let files = files.map(|(name, text)| (name.to_owned(), text.to_owned()));
    let parsed = journey::parse(&Folder::new(files), &organisation());
    let wrong: Vec<String> = parsed.findings.iter().map(|finding| finding.line(words::Language::En)).collect();
    parsed.sound().unwrap_or_else(|| panic!("not sound:\n{}", wrong.join("\n"))).clone()
}

#[derive(Deserialize)]
struct Line {
    id: String,
    time: Timestamp,
    received: Option<Timestamp>,
    customer: Option<String>,
    anonymous: Option<String>,
    name: String,
    #[serde(default)]
    properties: Properties,
    source: String,
}

/// The events of a reference journey's trace, in the order of receipt.
pub(crate) fn trace(id: &str) -> Vec<Event> {
    let text = std::fs::read_to_string(journeys().join(id).join("trace.jsonl")).unwrap();
    text.lines().map(|line| event_of(serde_json::from_str(line).unwrap())).collect()
}

/// An event written as in a trace.
pub(crate) fn event(json: serde_json::Value) -> Event {
    event_of(serde_json::from_value(json).unwrap())
}

fn event_of(line: Line) -> Event {
    Event {
        id: EventId::new(line.id),
        source: line.source,
        name: EventName::parse(&line.name).unwrap(),
        time: line.time,
        received: line.received.unwrap_or(line.time),
        identity: Identity { customer: line.customer, anonymous: line.anonymous },
        properties: line.properties,
        imported: false,
    }
}

/// A moment in RFC 3339.
pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}
