use std::collections::BTreeSet;
use std::sync::Arc;

use journey::Folder;
use service::running::Surroundings;
use service::{Live, Published};
use store::{JourneyRow, Mode};
use words::{Channel, EventName};

use super::{Plan, Way, derived};
use crate::arrivals;
use crate::behaviour::Behaviour;
use crate::scene::{Scene, Staged, prefix};
use crate::{Error, Person, Result};

/// One version of the rehearsed journey among the organisation's other journeys.
pub(super) struct Version {
    pub(super) scene: Scene,
    pub(super) published: Arc<Published>,
}

/// What a rehearsal plays on: the draft, and the live version when there is one.
pub(super) struct Stages {
    pub(super) draft: Version,
    pub(super) live: Option<Version>,
    /// Channels whose sender was never tested, or is not there.
    pub(super) untested: Vec<Channel>,
}

impl Stages {
    /// The rehearsed journey reaches customers and every sender is as good as tested, since nothing goes; nothing is held back
    /// by staff. The other journeys stand as they are; those that are paused send nothing.
    pub(super) fn new(surroundings: Surroundings, row: &JourneyRow, draft: Arc<Published>) -> Self {
        let sending = || Channel::SENDING.iter().map(|name| Channel::new(*name));
        let untested = sending().filter(|channel| !surroundings.tested.contains(channel)).collect();
        let live = surroundings.live.iter().find(|live| live.row.id == row.id).map(|live| live.published.clone());
        let with = |published: Arc<Published>| {
            let hash = Some(published.definition.hash.clone());
            // A draft may call itself otherwise until it is mended.
            let id = published.definition.id.clone();
            let is_other = |live: &&Live| live.row.id != row.id && live.row.id != id && !live.row.paused;
            let others = surroundings.live.iter().filter(is_other);
            let own = JourneyRow { id: id.clone(), mode: Mode::Live, paused: false, live: hash, ..row.clone() };
            let mut live: Vec<Live> = others.cloned().collect();
            live.push(Live { row: own, published: published.clone() });
            live.sort_by(|one, other| one.row.id.cmp(&other.row.id));
            let surroundings =
                Surroundings { live, tested: sending().collect(), halts: Vec::new(), ..surroundings.clone() };
            Version { scene: Scene { surroundings, staged: Vec::new(), base: String::new() }, published }
        };
        Self { draft: with(draft), live: live.map(&with), untested }
    }

    /// The versions: the draft, then the live one.
    pub(super) fn versions(&self) -> impl Iterator<Item = &Version> {
        [&self.draft].into_iter().chain(&self.live)
    }

    /// The events that either version listens to.
    pub(super) fn heard(&self) -> BTreeSet<EventName> {
        self.versions().flat_map(|version| derived::heard(&version.published.definition)).collect()
    }

    /// How simulated customers behave: the same in both versions.
    pub(super) fn behaviour(&self, plan: &Plan, from: jiff::Timestamp) -> Result<Behaviour> {
        let definition = &self.draft.published.definition;
        let Way::Simulated { seed, habits, .. } = &plan.way else { return Err(Error::NoBehaviour) };
        if let Some(habits) = habits {
            return Ok(derived::behaviour(definition, habits, *seed, from, self.draft.scene.zone()));
        }
        let text = self.draft.published.folder.get(Folder::SIMULATION).ok_or(Error::NoBehaviour)?;
        let behaviour = Behaviour::parse(text);
        let behaviour = behaviour.map_err(|faults| Error::Behaviour { journey: definition.id.clone(), faults })?;
        Ok(Behaviour { journey: definition.id.clone(), seed: *seed, ..behaviour })
    }

    /// A version in which people behave so.
    pub(super) fn staged(version: &Version, behaviour: &Behaviour) -> Staged {
        let prefix = prefix(&behaviour.journey);
        Staged { behaviour: behaviour.clone(), published: version.published.clone(), prefix, offset: 0 }
    }

    /// So many people who come within so many days, in the order of their numbers.
    pub(super) fn people(&self, staged: &Staged, count: u32, from: jiff::civil::Date, days: u16) -> Vec<Person> {
        let moments = arrivals::spread(staged, count, from, days, self.draft.scene.zone());
        let organisation = &self.draft.scene.surroundings.id;
        moments.into_iter().zip(1..).map(|(at, number)| Person::new(organisation, staged, number, at)).collect()
    }
}
