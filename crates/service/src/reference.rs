//! The reference journeys that come with the product: to copy, to try, to learn from.

use std::collections::BTreeMap;

use journey::Folder;

/// The folder `journeys/`.
#[derive(rust_embed::RustEmbed)]
#[folder = "../../journeys"]
struct Shipped;

/// Their organisation: `organisation.yaml`.
pub fn organisation() -> String {
    text("organisation.yaml").unwrap_or_default()
}

/// Every reference journey by its id, in alphabetical order.
pub fn journeys() -> BTreeMap<String, Folder> {
    let mut journeys: BTreeMap<String, Folder> = BTreeMap::new();
    for path in Shipped::iter() {
        let Some((journey, file)) = path.split_once('/').filter(|(_, file)| Folder::is_part(file)) else { continue };
        if let Some(text) = text(&path) {
            journeys.entry(journey.to_owned()).or_default().put(file, text);
        }
    }
    // A folder without a definition is not a journey yet.
    journeys.retain(|_, folder| folder.get(Folder::DEFINITION).is_some());
    journeys
}

/// An empty journey with the five usual phases: it can be drawn and tells what it still needs.
pub fn empty(id: &str, title: &str) -> Folder {
    let title = serde_json::Value::from(title);
    let phases = [
        ("bewustzijn", "Bewustzijn", "before"),
        ("overweging", "Overweging", "before"),
        ("aankoop", "Aankoop", "during"),
        ("service", "Service", "after"),
        ("loyaliteit", "Loyaliteit", "after"),
    ];
    let phases: String =
        phases.iter().map(|(id, title, band)| format!("  - {{ id: {id}, title: {title}, band: {band} }}\n")).collect();
    Folder::of_definition(format!(
        "journey: {id}\ntitle: {title}\nlanguage: nl\n\nphases:\n{phases}\ntouchpoints: []\n"
    ))
}

fn text(path: &str) -> Option<String> {
    let file = Shipped::get(path)?;
    String::from_utf8(file.data.into_owned()).ok()
}

#[cfg(test)]
mod tests {
    use journey::{Organisation, Severity};

    use super::*;
    use crate::workbench;

    #[test]
    fn an_empty_journey_can_be_drawn_and_not_published() {
        let reading = workbench::read(&empty("nieuw", "Mijn \"eigen\": reis"), &Organisation::named("x"));
        assert!(reading.sound(), "{:?}", reading.found);
        assert!(!reading.publishable());
        let definition = reading.definition.unwrap();
        assert_eq!((definition.title.as_str(), definition.phases.len()), ("Mijn \"eigen\": reis", 5));
    }

    #[test]
    fn every_reference_journey_may_go_live() {
        let (organisation, findings) = Organisation::parse(&organisation());
        assert!(findings.is_empty(), "{findings:?}");
        let journeys = journeys();
        assert!(journeys.len() >= 4, "{:?}", journeys.keys());
        for (id, folder) in journeys {
            let reading = workbench::read(&folder, &organisation);
            // The journeys of real logs belong to other organisations, with teams of their own.
            let at_home = folder.get(Folder::SIMULATION).is_some();
            let found = reading.found.iter().filter(|found| at_home || found.severity() != Severity::Warning);
            let found: Vec<_> = found.map(|found| found.line_for_terminal(organisation.language)).collect();
            assert!(found.is_empty(), "{id}: {found:#?}");
            assert!(reading.publishable());
        }
    }
}
