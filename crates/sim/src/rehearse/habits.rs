use std::collections::BTreeMap;
use std::ops::ControlFlow;

use jiff::Timestamp;
use journey::Definition;
use serde::{Deserialize, Serialize};
use store::Store;
use words::{Customer, Event, EventName, OrganisationId};

use super::derived;
use super::recorded::choose;
use crate::Result;

/// What simulated customers of a journey do when nobody wrote down how they behave: everything follows on the first event, each
/// thing for a share of the customers and after so long. Rough on purpose: one can look through it, and change it on a form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Habits {
    /// With what everything begins.
    pub first: EventName,
    /// What follows.
    pub then: Vec<Habit>,
    /// Who can be reached.
    pub reached: Reached,
    /// From how many recorded customers this was measured; 0: it was assumed.
    pub measured_from: u32,
}

/// Something that customers do, or that happens to them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Habit {
    /// What.
    pub event: EventName,
    /// For this share of the customers, 0..=1.
    pub share: f64,
    /// So many minutes after the first event, in the middle: one in ten takes less than a third, one in ten more than three times
    /// as long.
    pub after_minutes: u32,
}

/// Shares (0..=1) of customers of whom something is known.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reached {
    /// An e-mail address.
    pub email: f64,
    /// A mobile number.
    pub mobile: f64,
    /// A consent, for each consent that matters.
    pub consent: f64,
}

/// What is assumed of something of which nothing was recorded: half of the customers, a day later for each thing before it.
const SHARE: f64 = 0.5;
const DAY_MINUTES: u32 = 24 * 60;
/// Minutes that something may take.
const MINUTES_MAX: u32 = 90 * DAY_MINUTES;
/// Recorded customers below which a measurement says less than an assumption.
const FEW: usize = 5;

impl Habits {
    /// What is assumed; `None` of a journey that nothing begins.
    pub fn assumed(definition: &Definition) -> Option<Self> {
        let first = definition.starts.first()?.event.clone();
        let heard = derived::heard(definition).into_iter().filter(|event| *event != first);
        let then = heard.zip(1..).map(|(event, days): (_, u32)| Habit {
            event,
            share: SHARE,
            after_minutes: (days * DAY_MINUTES).min(MINUTES_MAX),
        });
        let then = then.collect();
        let reached = Reached { email: 0.9, mobile: 0.8, consent: 0.6 };
        Some(Self { first, then, reached, measured_from: 0 })
    }

    /// What was recorded of these customers, each with its events in time; as assumed where that is too little. How long
    /// something takes is the median.
    pub fn measured(definition: &Definition, recorded: &[Vec<Event>], reached: Option<Reached>) -> Option<Self> {
        let assumed = Self::assumed(definition)?;
        let first = most_frequent(definition, recorded).unwrap_or_else(|| assumed.first.clone());
        let begins = |events: &&Vec<Event>| events.iter().any(|event| event.name == first);
        let began: Vec<&Vec<Event>> = recorded.iter().filter(begins).collect();
        if began.len() < FEW {
            return Some(Self { reached: reached.unwrap_or(assumed.reached), ..assumed });
        }
        let heard = derived::heard(definition).into_iter().filter(|event| *event != first);
        let then = heard.map(|event| {
            let mut delays: Vec<u32> = began.iter().filter_map(|events| delay(events, &first, &event)).collect();
            delays.sort_unstable();
            let after_minutes = delays.get(delays.len() / 2).copied().unwrap_or(DAY_MINUTES);
            Habit { event, share: delays.len() as f64 / began.len() as f64, after_minutes }
        });
        let then = then.collect();
        Some(Self {
            then,
            reached: reached.unwrap_or(assumed.reached),
            measured_from: u32::try_from(began.len()).unwrap_or(u32::MAX),
            first,
        })
    }

    /// With every share and delay inside of its limits.
    #[must_use]
    pub(super) fn within_limits(mut self) -> Self {
        let share = |share: f64| if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
        for habit in &mut self.then {
            habit.share = share(habit.share);
            habit.after_minutes = habit.after_minutes.min(MINUTES_MAX);
        }
        self.then.truncate(crate::behaviour::ENTRIES_MAX);
        let Reached { email, mobile, consent } = self.reached;
        self.reached = Reached { email: share(email), mobile: share(mobile), consent: share(consent) };
        self
    }
}

fn most_frequent(definition: &Definition, recorded: &[Vec<Event>]) -> Option<EventName> {
    let mut counts: BTreeMap<&EventName, usize> = BTreeMap::new();
    for events in recorded {
        let begins = |start: &&journey::EventMatch| events.iter().any(|event| event.name == start.event);
        for start in definition.starts.iter().filter(begins) {
            *counts.entry(&start.event).or_default() += 1;
        }
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(event, _)| event.clone())
}

/// Minutes from the first event of one name to the first of another after it.
fn delay(events: &[Event], from: &EventName, to: &EventName) -> Option<u32> {
    let time = |event: &&Event| event.time;
    let start: Timestamp = events.iter().filter(|event| event.name == *from).map(|event| event.time).min()?;
    let after = events.iter().filter(|event| event.name == *to && event.time >= start).min_by_key(time)?;
    u32::try_from(after.time.duration_since(start).as_mins()).ok()
}

/// Customers whose records are looked at for a measurement.
const LOOKED_AT: u32 = 400;
/// Events of one of them that are looked at.
const EVENTS: u32 = 200;

/// Habits as recorded of an organisation's customers since a moment; what was not recorded is assumed. `None` of a journey that
/// nothing begins.
pub async fn recorded_habits(
    store: &dyn Store,
    organisation: &OrganisationId,
    definition: &Definition,
    since: Timestamp,
) -> Result<Option<Habits>> {
    let go_on = |_| ControlFlow::Continue(());
    let chosen = choose(store, organisation, since, LOOKED_AT, &go_on).await?.unwrap_or_default();
    let starts = |event: &Event| definition.starts.iter().any(|start| start.event == event.name);
    let (mut recorded, mut began) = (Vec::new(), Vec::new());
    for id in chosen.customers {
        let newest_first = store.events_of(organisation, id, EVENTS).await?;
        let events: Vec<Event> = newest_first.into_iter().rev().map(|stored| stored.event).collect();
        if events.iter().any(starts) {
            recorded.push(events);
            began.push(id);
        }
    }
    let known = store.customers_by_id(organisation, &began).await?;
    let share = |has: fn(&Customer) -> bool| {
        known.iter().filter(|stored| has(&stored.customer)).count() as f64 / known.len() as f64
    };
    let reached = (known.len() >= FEW).then(|| Reached {
        email: share(|customer| customer.email.is_some()),
        mobile: share(|customer| customer.mobile.is_some()),
        consent: share(|customer| customer.consents.values().any(|consent| consent.given)),
    });
    Ok(Habits::measured(definition, &recorded, reached))
}
