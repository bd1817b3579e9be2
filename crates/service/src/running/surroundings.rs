use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use engine::Setting;
use jiff::Timestamp;
use journey::{Definition, Organisation};
use store::{Mode, SenderName, Store, StoredRun};
use words::{Channel, Halt, JourneyId, OrganisationId, PrincipalId, VersionHash};

use crate::catalog::{Live, Published};
use crate::principals::Faces;
use crate::telling::Listening;
use crate::{Catalog, Result};

/// What steps and decisions of one organisation look at, as it is at one moment.
#[derive(Clone, Debug)]
pub struct Surroundings {
    /// Which organisation.
    pub id: OrganisationId,
    /// What its journeys share.
    pub organisation: Arc<Organisation>,
    /// Its journeys.
    pub live: Vec<Live>,
    /// Older versions that pinned runs still follow.
    pub older: Vec<Arc<Published>>,
    /// Channels whose own sender received its test message.
    pub tested: BTreeSet<Channel>,
    /// The tested senders in the name of others.
    pub senders: Vec<SenderName>,
    /// What customers see of those in whose name it writes.
    pub faces: Faces,
    /// Addresses that a journey in proof may send to.
    pub staff: BTreeSet<String>,
    /// Times in which staff hold messages back, as far as they are not over; read by [`Surroundings::with_halts`].
    pub halts: Vec<Halt>,
    /// Which other systems are told what; read by [`Surroundings::with_listening`].
    pub listening: Listening,
}

impl Surroundings {
    /// Reads them; `None` when there is no such organisation.
    pub async fn load(store: &dyn Store, catalog: &Catalog, id: &OrganisationId) -> Result<Option<Self>> {
        let Some(organisation) = catalog.organisation(id).await? else { return Ok(None) };
        let senders = store.senders(id).await?.into_iter().filter(|sender| sender.tested.is_some());
        let (own, others): (Vec<_>, Vec<_>) =
            senders.map(|sender| sender.name()).partition(|name| name.principal.is_own());
        let faces = Faces::load(store, id, &organisation).await?;
        let staff = store.staff_addresses(id).await?.into_iter();
        Ok(Some(Self {
            id: id.clone(),
            organisation,
            live: catalog.live(id).await?,
            older: Vec::new(),
            tested: own.into_iter().map(|name| name.channel).collect(),
            senders: others,
            faces,
            staff: staff.map(|staff| staff.address).collect(),
            halts: Vec::new(),
            listening: Listening::default(),
        }))
    }

    /// Channels by which something goes in a name: its own senders, else those of the organisation.
    pub fn tested_for(&self, principal: &PrincipalId) -> Cow<'_, BTreeSet<Channel>> {
        let own = self.senders.iter().filter(|name| name.principal == *principal && !principal.is_own());
        let own: Vec<Channel> = own.map(|name| name.channel.clone()).collect();
        if own.is_empty() {
            return Cow::Borrowed(&self.tested);
        }
        Cow::Owned(self.tested.iter().cloned().chain(own).collect())
    }

    /// With what staff hold back now.
    pub async fn with_halts(mut self, store: &dyn Store, now: Timestamp) -> Result<Self> {
        self.halts = store.standing_halts(&self.id, now).await?;
        Ok(self)
    }

    /// With the other systems that are told what happens.
    pub async fn with_listening(mut self, store: &dyn Store) -> Result<Self> {
        self.listening = Listening::load(store, &self.id).await?;
        Ok(self)
    }

    /// Adds the versions that these runs are pinned to.
    pub async fn with_pinned<'a>(
        &mut self,
        catalog: &Catalog,
        runs: impl IntoIterator<Item = &'a StoredRun>,
    ) -> Result<()> {
        let pinning: BTreeMap<&JourneyId, &VersionHash> = self
            .live
            .iter()
            .filter(|live| live.published.definition.pin)
            .map(|live| (&live.row.id, &live.published.definition.hash))
            .collect();
        let wanted: BTreeSet<(JourneyId, VersionHash)> = runs
            .into_iter()
            .filter(|stored| pinning.get(&stored.run.journey).is_some_and(|hash| **hash != stored.run.version))
            .map(|stored| (stored.run.journey.clone(), stored.run.version.clone()))
            .collect();
        for (journey, hash) in wanted {
            if let Some(version) = catalog.version(&self.id, &journey, &hash).await? {
                self.older.push(version);
            }
        }
        Ok(())
    }

    /// The live definitions.
    pub fn live_definitions(&self) -> Vec<&Definition> {
        self.live.iter().map(|live| live.published.definition.as_ref()).collect()
    }

    /// The older definitions.
    pub fn older_definitions(&self) -> Vec<&Definition> {
        self.older.iter().map(|published| published.definition.as_ref()).collect()
    }

    /// What the engine wants to know of the organisation.
    pub fn setting(&self) -> Setting<'_> {
        Setting { organisation: &self.organisation, seed: self.id.as_str(), holdouts: true }
    }

    /// Whether a journey reaches customers.
    pub fn is_live(&self, journey: &JourneyId) -> bool {
        self.live.iter().any(|live| live.row.id == *journey && live.row.mode == Mode::Live)
    }
}
