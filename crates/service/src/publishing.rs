use std::sync::Arc;

use jiff::Timestamp;
use journey::Folder;
use store::{JourneyRow, Mode, Store, Version};
use uuid::Uuid;
use words::{JourneyId, OrganisationId, VersionHash};

use crate::workbench::{Reading, read};
use crate::{Catalog, Result};

/// Runs that are told of a new version at one time.
const TOLD_AT_ONCE: u32 = 1_000;

/// What came of publishing.
#[derive(Debug)]
pub enum Publication {
    /// It is live, under this number.
    Live {
        /// For people.
        number: u32,
        /// For machines.
        hash: VersionHash,
        /// Open runs that now follow it.
        told: u64,
    },
    /// Something stands in the way; nothing changed.
    Refused(Box<Reading>),
    /// No such organisation.
    NoOrganisation,
}

/// Puts versions live.
pub struct Publisher {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) catalog: Arc<Catalog>,
}

impl Publisher {
    /// Publishes a folder if the gate lets it through. A journey that is new begins in proof: it reaches staff only.
    pub async fn publish(
        &self,
        organisation: &OrganisationId,
        folder: &Folder,
        by: Option<Uuid>,
        note: &str,
        now: Timestamp,
    ) -> Result<Publication> {
        let Some(shared) = self.catalog.organisation(organisation).await? else {
            return Ok(Publication::NoOrganisation);
        };
        let reading = read(folder, &shared);
        let definition = match &reading.definition {
            Some(definition) if reading.publishable() => definition,
            _ => return Ok(Publication::Refused(Box::new(reading))),
        };
        let row = self.store.journey(organisation, &definition.id).await?;
        let stays = definition.pin && self.live_pins(organisation, row.as_ref()).await?;
        let row = JourneyRow {
            title: definition.title.clone(),
            ..row.unwrap_or_else(|| new_row(organisation, &definition.id, now))
        };
        self.store.save_journey(row).await?;
        let version = Version {
            organisation: organisation.clone(),
            journey: definition.id.clone(),
            number: 0,
            hash: definition.hash.clone(),
            files: folder.files().map(|(name, text)| (name.to_owned(), text.to_owned())).collect(),
            published: now,
            published_by: by,
            note: note.to_owned(),
        };
        let Some(number) = self.store.publish(version).await? else {
            return Ok(Publication::Refused(Box::new(reading)));
        };
        let told = if stays { 0 } else { self.tell(organisation, &definition.id, &definition.hash, now).await? };
        Ok(Publication::Live { number, hash: definition.hash.clone(), told })
    }

    /// Whether the live version pins.
    async fn live_pins(&self, organisation: &OrganisationId, row: Option<&JourneyRow>) -> Result<bool> {
        let Some((row, hash)) = row.and_then(|row| Some((row, row.live.as_ref()?))) else { return Ok(false) };
        let live = self.catalog.readable(organisation, &row.id, hash).await?;
        Ok(live.is_some_and(|live| live.definition.pin))
    }

    /// Makes the runs under way due, so that the runner steps them with the version they now follow.
    async fn tell(
        &self,
        organisation: &OrganisationId,
        journey: &JourneyId,
        hash: &VersionHash,
        now: Timestamp,
    ) -> Result<u64> {
        let mut told = 0;
        loop {
            let some = self.store.mark_due(organisation, journey, hash, now, TOLD_AT_ONCE).await?;
            told += some;
            if some == 0 {
                return Ok(told);
            }
        }
    }
}

/// A journey of which nothing is live yet.
pub fn new_row(organisation: &OrganisationId, id: &JourneyId, now: Timestamp) -> JourneyRow {
    JourneyRow {
        organisation: organisation.clone(),
        id: id.clone(),
        title: id.to_string(),
        created: now,
        live: None,
        mode: Mode::Proof,
        paused: false,
    }
}
