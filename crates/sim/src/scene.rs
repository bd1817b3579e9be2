use std::sync::Arc;

use jiff::tz::TimeZone;
use journey::{Definition, Folder};
use service::running::Surroundings;
use service::{Catalog, Published};
use store::Store;
use words::{JourneyId, OrganisationId};

use crate::{Behaviour, Error, Result};

/// What simulated customers live in: an organisation with its live journeys, and how people behave in them. Never changes.
#[derive(Clone, Debug)]
pub struct Scene {
    /// What steps and decisions look at.
    pub surroundings: Surroundings,
    /// The journeys in which somebody behaves, in the order of their ids.
    pub staged: Vec<Staged>,
    /// Where our own pages stand, for links in messages.
    pub base: String,
}

/// A journey with its behaviour.
#[derive(Clone, Debug)]
pub struct Staged {
    /// How people behave.
    pub behaviour: Behaviour,
    /// The live version.
    pub published: Arc<Published>,
    /// Leads the ids of its customers: the first letters of the words of the journey's id.
    pub prefix: String,
    /// Added to a customer's number for addresses, so that no two journeys share one.
    pub(crate) offset: u32,
}

/// Customers of one journey at most, over all time.
pub(crate) const CUSTOMERS_MAX: u32 = 500_000;

impl Scene {
    /// Reads it from the store: the behaviour lies in the folder of each live version. A journey without is left out.
    pub async fn load(store: &dyn Store, catalog: &Catalog, organisation: &OrganisationId, base: &str) -> Result<Self> {
        let surroundings = Surroundings::load(store, catalog, organisation).await?;
        Self::of(surroundings.ok_or_else(|| Error::NoOrganisation(organisation.clone()))?, base)
    }

    /// Of what was read already.
    pub fn of(surroundings: Surroundings, base: &str) -> Result<Self> {
        let mut staged = Vec::new();
        for live in &surroundings.live {
            let Some(text) = live.published.folder.get(Folder::SIMULATION) else { continue };
            let faults = |faults| Error::Behaviour { journey: live.row.id.clone(), faults };
            let behaviour = Behaviour::parse(text).map_err(faults)?;
            let wrong = behaviour.check(&live.published.definition);
            if !wrong.is_empty() {
                return Err(faults(wrong));
            }
            let prefix = prefix(&behaviour.journey);
            staged.push(Staged { behaviour, published: live.published.clone(), prefix, offset: 0 });
        }
        staged.sort_by(|a, b| a.behaviour.journey.cmp(&b.behaviour.journey));
        for (place, staged) in (0u32..).zip(&mut staged) {
            staged.offset = place.saturating_mul(CUSTOMERS_MAX);
        }
        Ok(Self { surroundings, staged, base: base.to_owned() })
    }

    /// The journey of this name, when somebody behaves in it.
    pub fn journey(&self, id: &JourneyId) -> Option<&Staged> {
        self.staged.iter().find(|staged| staged.behaviour.journey == *id)
    }

    /// The zone in which the organisation's days are counted.
    pub fn zone(&self) -> &TimeZone {
        &self.surroundings.organisation.zone
    }

    /// Every system that simulated events come from.
    pub fn sources(&self) -> Vec<&str> {
        let named = self.staged.iter().flat_map(|staged| staged.behaviour.sources.values().map(String::as_str));
        let mut sources: Vec<&str> = named.chain([Staged::SOURCE, Staged::PEOPLE]).collect();
        sources.sort_unstable();
        sources.dedup();
        sources
    }
}

impl Staged {
    /// The source of events that no other is named for.
    pub const SOURCE: &'static str = "simulatie";
    /// The source of who customers are.
    pub const PEOPLE: &'static str = "klantenbestand";

    /// The live version.
    pub fn definition(&self) -> &Definition {
        &self.published.definition
    }

    /// Which system sends events about an object.
    pub(crate) fn source(&self, object: &str) -> &str {
        self.behaviour.sources.get(object).map_or(Self::SOURCE, String::as_str)
    }

    /// Whether objects of this kind have ids: the journey's key and its parts.
    pub(crate) fn keeps_apart(&self, kind: &str) -> bool {
        self.is_key(kind) || self.definition().parts.iter().any(|part| part == kind)
    }

    /// Whether runs go by objects of this kind.
    pub(crate) fn is_key(&self, kind: &str) -> bool {
        self.definition().run_per.as_ref().is_some_and(|key| key.object == kind && key.property == "id")
    }
}

/// The first letters of the words of a journey's id.
pub(crate) fn prefix(journey: &JourneyId) -> String {
    let words = journey.as_str().split('-').filter_map(|word| word.chars().next());
    words.map(|first| first.to_ascii_uppercase()).collect()
}
