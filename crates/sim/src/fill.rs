use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use engine::World;
use jiff::{Timestamp, ToSpan, tz::TimeZone};
use serde_json::json;
use store::{DayCount, NewEvent, Store, limits::ACCEPT_EVENTS_MAX, limits::COMMIT_CHANGES_MAX};
use tokio::sync::mpsc;
use words::{Event, EventId, Identity, Properties, Window};

use crate::course::settled;
use crate::living::Living;
use crate::scene::{CUSTOMERS_MAX, Staged};
use crate::tally::Tallies;
use crate::{Draws, Error, Life, Person, Result, Scene, arrivals, live};

/// How much to simulate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plan {
    /// Customers come from here, until (exclusive) the moment at which it goes on in real time.
    pub window: Window,
    /// 1: as many as the behaviour says.
    pub scale: f64,
    /// Threads that live lives; one more writes.
    pub threads: usize,
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Customers written.
    pub done: usize,
    /// Customers in all.
    pub all: usize,
}

/// What was written.
#[derive(Debug)]
pub struct Filled {
    /// Customers.
    pub customers: usize,
    /// Events.
    pub events: usize,
    /// Contacts.
    pub contacts: usize,
    /// Messages, sent or not.
    pub messages: usize,
    /// Tasks.
    pub tasks: usize,
    /// Goes on with those who are under way.
    pub living: Living,
}

/// Lives that are lived and written together.
const AT_ONCE: usize = 250;

struct Arrival {
    time: Timestamp,
    journey: usize,
    number: u32,
}

/// Writes an organisation's simulated past into a store that holds none of it yet. The senders must be tested and the journeys
/// live before: what may not be sent is not sent here either.
pub async fn fill(
    store: &dyn Store,
    scene: Arc<Scene>,
    plan: Plan,
    mut progress: impl FnMut(Progress),
) -> Result<Filled> {
    let (arriving, numbers) = arriving(&scene, plan);
    let all = arriving.len();
    let mut living = Living::new(scene.clone(), plan.window.until, plan.scale, numbers);
    let mut lived = start(scene.clone(), Arc::new(arriving), plan);
    let mut filled = Filling { store, zone: scene.zone().clone(), tallies: Tallies::default(), filled: [0; 5] };
    let (mut next, mut early) = (0, BTreeMap::new());
    while let Some((place, lives)) = lived.recv().await {
        // Written in the order of arrival, whichever thread was first.
        early.insert(place, lives);
        while let Some(lives) = early.remove(&next) {
            next += 1;
            let lives: Vec<Life> = lives;
            living.take_over(&lives);
            filled.write(lives).await?;
            progress(Progress { done: filled.filled[0], all });
        }
    }
    if filled.filled[0] < all {
        return Err(Error::Stopped);
    }
    filled.count(&scene, plan).await?;
    store.tally(std::mem::take(&mut filled.tallies).into_vec()).await?;
    let [customers, events, contacts, messages, tasks] = filled.filled;
    Ok(Filled { customers, events, contacts, messages, tasks, living })
}

/// Everybody who comes in the window, in order; and how many per journey.
fn arriving(scene: &Scene, plan: Plan) -> (Vec<Arrival>, Vec<u32>) {
    let mut arriving = Vec::new();
    let mut numbers = Vec::new();
    for (journey, staged) in scene.staged.iter().enumerate() {
        let moments = arrivals::within(staged, plan.window, scene.zone(), plan.scale);
        let before = arriving.len();
        let numbered = moments.into_iter().zip(1..CUSTOMERS_MAX);
        arriving.extend(numbered.map(|(time, number)| Arrival { time, journey, number }));
        numbers.push(u32::try_from(arriving.len() - before).unwrap_or(CUSTOMERS_MAX));
    }
    arriving.sort_by_key(|arrival| (arrival.time, arrival.journey, arrival.number));
    (arriving, numbers)
}

/// Threads that live lives; they end when all is lived or nobody listens any more.
fn start(scene: Arc<Scene>, arriving: Arc<Vec<Arrival>>, plan: Plan) -> mpsc::Receiver<(usize, Vec<Life>)> {
    let threads = plan.threads.clamp(1, 64);
    let (give, take) = mpsc::channel(2 * threads);
    let place = Arc::new(AtomicUsize::new(0));
    for _ in 0..threads {
        let (scene, arriving, give, place) = (scene.clone(), arriving.clone(), give.clone(), place.clone());
        tokio::task::spawn_blocking(move || {
            let definitions = scene.surroundings.live_definitions();
            let world = World { live: &definitions, older: &[], setting: scene.surroundings.setting() };
            loop {
                let mine = place.fetch_add(1, Ordering::Relaxed);
                let Some(chunk) = arriving.chunks(AT_ONCE).nth(mine) else { return };
                let lives = chunk.iter().map(|arrival| {
                    let staged = &scene.staged[arrival.journey];
                    let person = Person::new(&scene.surroundings.id, staged, arrival.number, arrival.time);
                    live(&scene, &world, staged, person, plan.window.until)
                });
                if give.blocking_send((mine, lives.collect())).is_err() {
                    return;
                }
            }
        });
    }
    take
}

struct Filling<'a> {
    store: &'a dyn Store,
    zone: TimeZone,
    tallies: Tallies,
    /// Customers, events, contacts, messages, tasks.
    filled: [usize; 5],
}

impl Filling<'_> {
    async fn write(&mut self, lives: Vec<Life>) -> Result<()> {
        let (mut events, mut changes, mut links) = (Vec::new(), Vec::new(), Vec::new());
        for life in lives {
            let Life { change, events: own, links: kept, .. } = life;
            let of = [1, own.len(), change.contacts.len(), change.outbox.len(), change.tasks.len()];
            self.filled.iter_mut().zip(of).for_each(|(sum, more)| *sum += more);
            events.extend(own);
            changes.push(change);
            links.extend(kept);
        }
        events.sort_by_key(|new| new.event.received);
        self.accept(events).await?;
        self.store.save_links(links).await?;
        while !changes.is_empty() {
            let rest = changes.split_off(changes.len().min(COMMIT_CHANGES_MAX));
            let customers: Vec<_> = changes.iter().map(|change| change.customer).collect();
            let commits = self.store.commit(std::mem::replace(&mut changes, rest)).await?;
            if let Some((_, customer)) = commits.iter().zip(customers).find(|(commit, _)| commit.is_err()) {
                return Err(Error::Exists(customer));
            }
        }
        Ok(())
    }

    async fn accept(&mut self, mut events: Vec<NewEvent>) -> Result<()> {
        events.iter().for_each(|new| self.tallies.add(new, &self.zone));
        while !events.is_empty() {
            let rest = events.split_off(events.len().min(ACCEPT_EVENTS_MAX));
            self.store.accept(std::mem::replace(&mut events, rest)).await?;
        }
        Ok(())
    }

    /// Daily counts of audiences without identity.
    async fn count(&mut self, scene: &Scene, plan: Plan) -> Result<()> {
        let definitions = scene.surroundings.live_definitions();
        let (mut events, mut counts) = (Vec::new(), Vec::new());
        for staged in &scene.staged {
            for event in daily_counts(scene, staged, plan.window, plan.scale) {
                let organisation = scene.surroundings.id.clone();
                let found = engine::counted(&definitions, &event).and_then(std::result::Result::ok).unwrap_or_default();
                counts.extend(found.into_iter().map(|count| DayCount {
                    organisation: organisation.clone(),
                    journey: count.journey,
                    touchpoint: count.touchpoint,
                    day: count.date,
                    count: count.count,
                }));
                events.push(NewEvent::from_outside(organisation, event));
            }
        }
        self.filled[1] += events.len();
        let outcomes = events.iter().map(settled).collect();
        self.accept(events).await?;
        self.store.settle(outcomes, counts).await?;
        Ok(())
    }
}

/// The counts that systems report within a window: each early in the morning, about the day before.
pub(crate) fn daily_counts(scene: &Scene, staged: &Staged, window: Window, scale: f64) -> Vec<Event> {
    let mut day = window.from.to_zoned(scene.zone().clone()).date();
    let last = window.until.to_zoned(scene.zone().clone()).date();
    let mut events = Vec::new();
    while day <= last {
        let Ok(next) = day.checked_add(1.day()) else { break };
        let told = next.at(2, 10, 0, 0).to_zoned(scene.zone().clone()).map(|told| told.timestamp());
        let Ok(told) = told else { break };
        for (name, spread) in staged.behaviour.counted.iter().filter(|_| window.contains(told)) {
            let mut draws =
                Draws::of(&["counted", &staged.behaviour.seed.to_string(), name.as_str(), &day.to_string()]);
            let count = (draws.spread(*spread) * scale).round() as u64;
            let properties = [("date", json!(day.to_string())), ("count", json!(count))];
            events.push(Event {
                id: EventId::new(format!("{}-{name}-{day}", staged.prefix)),
                source: staged.source(name.object()).to_owned(),
                name: name.clone(),
                time: told,
                received: told,
                identity: Identity::default(),
                properties: Properties::from(properties.map(|(key, value)| (key.to_owned(), value))),
                imported: false,
            });
        }
        day = next;
    }
    events
}
