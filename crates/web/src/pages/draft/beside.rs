//! What a draft looks like beside others: beside the sample that it was copied from, and beside journeys that are live.

use std::sync::Arc;

use journey::{Definition, Edit, Folder};
use service::reference;
use store::JourneyRow;

use super::edit::patched;
use crate::{Problem, session::Staff};

/// A journey of the same organisation that is live.
pub(super) struct Other {
    pub(super) id: String,
    pub(super) title: String,
    definition: Arc<Definition>,
}

/// The live journeys but this one. One that cannot be read hides no others.
pub(super) async fn others(staff: &Staff, own: &JourneyRow) -> Result<Vec<Other>, Problem> {
    let mut others = Vec::new();
    for row in staff.app.store.journeys(&own.organisation).await? {
        let Some(hash) = row.live.as_ref().filter(|_| row.id != own.id && !row.paused) else { continue };
        let version = staff.app.service.catalog.version(&row.organisation, &row.id, hash).await;
        if let Ok(Some(version)) = version {
            others.push(Other { id: row.id.to_string(), title: row.title, definition: version.definition.clone() });
        }
    }
    Ok(others)
}

impl Other {
    /// The first event that starts both; conditions may still tell the customers apart, which nobody can see beforehand.
    pub(super) fn same_start<'a>(&self, own: &'a Definition) -> Option<&'a words::EventName> {
        let theirs = || self.definition.starts.iter().map(|start| &start.event);
        own.starts.iter().map(|start| &start.event).find(|event| theirs().any(|other| other == *event))
    }
}

/// The sample under its own name. Nothing that plays it with simulated customers comes along.
pub(super) fn copied(sample: &Folder, id: &str, title: &str) -> Result<Folder, Problem> {
    let mut folder = sample.clone();
    folder.remove(Folder::SIMULATION);
    patched(&folder, &[Edit::set("journey", id), Edit::set("title", title)]).map_err(|_| Problem::Broken)
}

/// The title of the sample that a draft still is, word for word but for its own title.
pub(super) fn sample_of(folder: &Folder, id: &str, title: &str) -> Option<String> {
    let messages = |folder: &Folder| -> Vec<(String, String)> {
        let files = folder.files().filter(|(name, _)| *name != Folder::DEFINITION && *name != Folder::SIMULATION);
        files.map(|(name, text)| (name.to_owned(), text.to_owned())).collect()
    };
    let own = messages(folder);
    let samples = reference::journeys();
    if samples.contains_key(id) {
        return None;
    }
    let is_it = |sample: &&Folder| {
        messages(sample) == own && copied(sample, id, title).is_ok_and(|copy| copy.hash() == folder.hash())
    };
    let sample = samples.values().find(is_it)?;
    let organisation = journey::Organisation::named("");
    journey::parse(sample, &organisation).definition.map(|definition| definition.title)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_the_sample_until_something_is_changed() {
        let sample = &reference::journeys()["woning-reparatie"];
        let copy = copied(sample, "lekkage", "Lekkage").unwrap();
        assert_eq!(sample_of(&copy, "lekkage", "Lekkage").as_deref(), Some("Reparatie aan mijn woning"));
        let edit = |field: &str, value: &str| patched(&copy, &[Edit::set(field, value)]).unwrap();
        assert!(
            sample_of(&edit("title", "Ook lekkage"), "lekkage", "Ook lekkage").is_some(),
            "a title makes it no other"
        );
        assert_eq!(sample_of(&edit("owner", "iemand anders"), "lekkage", "Lekkage"), None);
        let mut other = copy.clone();
        other.put("messages/bevestiging.nl.md", "Anders.".to_owned());
        assert_eq!(sample_of(&other, "lekkage", "Lekkage"), None);
        assert_eq!(sample_of(&reference::empty("leeg", "Leeg"), "leeg", "Leeg"), None);
    }
}
