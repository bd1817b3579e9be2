use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use store::{Cursor, NewEvent, SourceTally, Store};
use words::{CustomerId, Event, JourneyId};

use crate::person::Will;
use crate::{Error, Life, Person, Result, Scene};

/// Simulated customers in real time: those who were under way when the past was filled, and those who come since.
///
/// It lives outside of the product, as customers do: it sends events in, and sees what happens to it by the contacts that the
/// product keeps. It holds no clock: every [`Living::tick`] is told the moment.
#[derive(Debug)]
pub struct Living {
    pub(crate) scene: Arc<Scene>,
    pub(crate) kept: Kept,
}

/// What goes on after a new start.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Kept {
    /// Contacts of before this moment were lived through already.
    pub(crate) since: Timestamp,
    /// The moment of the last tick.
    pub(crate) last: Timestamp,
    /// Arrivals for one of the behaviour's.
    pub(crate) speed: f64,
    /// When staff last looked at their tasks.
    pub(crate) looked: Timestamp,
    /// Customers so far.
    pub(crate) numbers: BTreeMap<JourneyId, u32>,
    /// How far the contacts were read.
    pub(crate) cursors: BTreeMap<JourneyId, Cursor>,
    pub(crate) people: BTreeMap<CustomerId, Person>,
    /// Events that were sent in, until they are taken in and what follows on them is drawn.
    pub(crate) sent: Vec<Sent>,
}

/// An event that was sent in.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Sent {
    pub(crate) customer: CustomerId,
    pub(crate) strand: usize,
    /// From our own pages.
    pub(crate) ours: bool,
    pub(crate) event: Event,
}

/// What simulated customers and staff did in one tick, for the product's own doors.
#[derive(Debug, Default)]
pub struct Lived {
    /// To be accepted.
    pub events: Vec<NewEvent>,
    /// Tasks that staff ticked.
    pub ticks: Vec<Tick>,
    /// What the sources sent with that.
    pub(crate) tallies: Vec<SourceTally>,
}

/// A task that staff ticked.
#[derive(Debug)]
pub struct Tick {
    /// Which task.
    pub key: words::EffectKey,
    /// How it is kept.
    pub done: store::TaskState,
    /// The event that tells the engine.
    pub event: NewEvent,
}

/// The world stands still while nobody simulates it, when that is for longer than this.
const STANDS_STILL_AFTER: SignedDuration = SignedDuration::from_hours(1);

impl Living {
    /// Nobody yet, from this moment on. `numbers`: customers so far, by the order of the scene's journeys.
    pub fn new(scene: Arc<Scene>, now: Timestamp, speed: f64, numbers: Vec<u32>) -> Self {
        let ids = scene.staged.iter().map(|staged| staged.behaviour.journey.clone());
        let numbers = ids.zip(numbers).collect();
        let kept = Kept {
            since: now,
            last: now,
            speed,
            looked: now,
            numbers,
            cursors: BTreeMap::new(),
            people: BTreeMap::new(),
            sent: Vec::new(),
        };
        Self { scene, kept }
    }

    /// Takes over those who are under way.
    pub(crate) fn take_over(&mut self, lives: &[Life]) {
        let under_way = lives.iter().filter(|life| life.under_way);
        self.kept.people.extend(under_way.map(|life| (life.person.customer(), life.person.clone())));
    }

    /// Lets customers come at another pace: 1 is the behaviour's own. People under way keep theirs.
    pub fn set_speed(&mut self, speed: f64) {
        self.kept.speed = speed;
    }

    /// How many are under way.
    pub fn people(&self) -> usize {
        self.kept.people.len()
    }

    /// Everything that [`Living::restore`] needs.
    pub fn save(&self) -> Vec<u8> {
        serde_json::to_vec(&self.kept).expect("plain data becomes JSON")
    }

    /// Goes on after a new start. What customers would have done in a longer pause they do so much later: their world stood
    /// still. Staff did their tasks in time and letters arrived: what was due in the pause comes with the first tick.
    pub fn restore(scene: Arc<Scene>, saved: &[u8], now: Timestamp) -> Result<Self> {
        let mut kept: Kept = serde_json::from_slice(saved).map_err(|error| Error::Kept(error.to_string()))?;
        let pause = now.duration_since(kept.last);
        if pause > STANDS_STILL_AFTER {
            let pending = kept.people.values_mut().flat_map(|person| &mut person.pending);
            for pending in pending.filter(|pending| !matches!(pending.what, Will::Work { .. } | Will::Receipt { .. })) {
                pending.time = pending.time.saturating_add(pause).unwrap_or(pending.time);
            }
            kept.last = now;
        }
        Ok(Self { scene, kept })
    }
}

impl Lived {
    /// Whether nobody did anything.
    pub fn is_empty(&self) -> bool {
        self.events.is_empty() && self.ticks.is_empty()
    }

    /// Hands everything to the product: events are accepted, ticks finish their tasks.
    pub async fn hand_over(self, store: &dyn Store) -> Result<()> {
        for Tick { key, done, event } in self.ticks {
            store.finish_task(&event.organisation.clone(), &key, done, event).await?;
        }
        store.accept(self.events).await?;
        store.tally(self.tallies).await?;
        Ok(())
    }
}
