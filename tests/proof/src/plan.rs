//! What a seed draws: a world, who works in it, what goes wrong, and everything that happens.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use service::working::Sharing;
use sim::Draws;
use words::{Event, Identity};

use crate::fate::Chances;
use crate::happening::{Happening, Happens};
use crate::outside::Moods;
use crate::stories::{JOURNEYS, event, name, named, story};

/// What a world is to prove.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Everything goes wrong and everything is done: the checker alone judges.
    Wild,
    /// Calls fail, answers are lost, processes die, providers are busy or silent: it ends as if nothing had happened.
    Faults,
    /// Events come double, late and in another order: it ends as in order, where the definition says that order is no matter.
    Order,
}

/// One world.
pub(crate) struct Plan {
    pub(crate) seed: u64,
    pub(crate) kind: Kind,
    pub(crate) start: Timestamp,
    pub(crate) workers: usize,
    pub(crate) sharing: Sharing,
    pub(crate) chances: Chances,
    pub(crate) moods: Moods,
    pub(crate) happenings: Vec<Happening>,
    /// Time goes on so long after the last of them.
    pub(crate) afterwards: SignedDuration,
}

/// Beginnings: ordinary days, both days on which the clock is changed, and the day that most years do not have.
const STARTS: [&str; 4] =
    ["2027-06-01T07:00:00Z", "2027-03-24T07:00:00Z", "2027-10-27T06:00:00Z", "2028-02-24T08:00:00Z"];
/// Customers of a world at most.
const CUSTOMERS: usize = 2;
/// Share of deliveries that come twice.
const TWICE: f64 = 0.3;

impl Plan {
    /// What this seed draws.
    pub(crate) fn of(seed: u64) -> Self {
        let mut draws = Draws::of(&["plan", &seed.to_string()]);
        let kind = match seed % 4 {
            0 | 1 => Kind::Wild,
            2 => Kind::Faults,
            _ => Kind::Order,
        };
        let start: Timestamp = STARTS[draws.below(STARTS.len())].parse().expect("a moment");
        let stories = stories(start, &mut draws);
        let mut happenings = match kind {
            Kind::Faults => stories.into_iter().map(|event| Happening::deliver(event.time, event)).collect(),
            Kind::Order => disordered(stories, SignedDuration::from_hours(40), &mut draws),
            Kind::Wild => wild(stories, start, &mut draws),
        };
        happenings.sort_by_key(|happening| happening.time);
        let workers = [1, 1, 1, 2, 2, 3][draws.below(6)];
        let sharing = if workers == 1 && draws.happens(0.5) { Sharing::Alone } else { Sharing::Shared };
        let chances = [
            Chances { dies: 0.004, fails: 0.01, is_unanswered: 0.02 },
            Chances { dies: 0.02, fails: 0.01, is_unanswered: 0.01 },
            Chances { dies: 0.001, fails: 0.05, is_unanswered: 0.05 },
        ][draws.below(3)];
        let moods = match kind {
            Kind::Wild => {
                Moods { busy: 0.15, silent_after: 0.06, silent_before: 0.05, refuses: 0.06, only_mail: false }
            }
            _ => Moods { busy: 0.15, silent_after: 0.08, silent_before: 0.05, refuses: 0.0, only_mail: true },
        };
        // Long enough for everything that hangs on something, now and then.
        let afterwards = SignedDuration::from_hours(if draws.happens(0.08) { 24 * 45 } else { 16 });
        Self { seed, kind, start, workers, sharing, chances, moods, happenings, afterwards }
    }

    /// The same customers without any fault: each event once, in order, one process.
    pub(crate) fn in_order(&self) -> Self {
        let mut seen = std::collections::BTreeSet::new();
        let mut happenings: Vec<Happening> = self.happenings.clone();
        for happening in &mut happenings {
            if self.kind == Kind::Order
                && let Happens::Delivery(event) = &happening.what
            {
                happening.time = event.time;
            }
        }
        happenings.sort_by_key(|happening| happening.time);
        happenings.retain(|happening| match &happening.what {
            Happens::Delivery(event) => seen.insert(event.id.clone()),
            _ => true,
        });
        Self {
            seed: self.seed,
            kind: self.kind,
            start: self.start,
            workers: 1,
            sharing: Sharing::Alone,
            chances: Chances::default(),
            moods: Moods::default(),
            happenings,
            afterwards: self.afterwards,
        }
    }
}

fn stories(start: Timestamp, draws: &mut Draws) -> Vec<Event> {
    let mut events = Vec::new();
    let customers = [1, 1, CUSTOMERS][draws.below(3)];
    for number in 1..=customers {
        let begins = start + SignedDuration::from_mins(draws.below(2_000) as i64);
        events.extend(story(JOURNEYS[draws.below(JOURNEYS.len())], number, begins, draws));
    }
    events
}

/// Late by up to `late`, in another order, some twice.
fn disordered(events: Vec<Event>, late: SignedDuration, draws: &mut Draws) -> Vec<Happening> {
    let mut happenings = Vec::new();
    for event in events {
        let lateness = |draws: &mut Draws| match draws.below(3) {
            0 => SignedDuration::ZERO,
            1 => SignedDuration::from_mins(draws.below(30) as i64),
            _ => SignedDuration::from_mins(draws.below(late.as_mins() as usize) as i64),
        };
        let arrives = event.time + lateness(draws);
        if draws.happens(TWICE) {
            let again = arrives + lateness(draws);
            happenings.push(Happening::deliver(again, event.clone()));
        }
        happenings.push(Happening::deliver(arrives, event));
    }
    happenings
}

fn wild(events: Vec<Event>, start: Timestamp, draws: &mut Draws) -> Vec<Happening> {
    let last = events.iter().map(|event| event.time).max().unwrap_or(start);
    let span = last.duration_since(start).as_mins().max(1) as usize;
    let late = SignedDuration::from_hours(48);
    let mut happenings = if draws.happens(0.7) {
        disordered(events, late, draws)
    } else {
        events.into_iter().map(|event| Happening::deliver(event.time, event)).collect()
    };
    let arrivals: Vec<Timestamp> = happenings.iter().map(|happening| happening.time).collect();
    for number in 0..(1 + draws.below(6)) {
        // At any moment, or with workers in the middle of what came in.
        let time = if draws.happens(0.5) {
            start + SignedDuration::from_mins(draws.below(span) as i64)
        } else {
            arrivals[draws.below(arrivals.len())]
        };
        let later = time + SignedDuration::from_mins(1 + draws.below(span) as i64);
        let who = 1 + draws.below(CUSTOMERS);
        let journey = JOURNEYS[draws.below(JOURNEYS.len())].to_owned();
        let id = format!("x{number}");
        let identified = |properties| event(id.clone(), "customer.identified", time, named(who), properties);
        match draws.below(12) {
            0 => happenings.push(Happening::deliver(time, identified(json!({ "consents": { "marketing": false } })))),
            1 => happenings.push(Happening::deliver(time, identified(json!({ "consents": [] })))),
            2 => {
                let other = 1 + draws.below(CUSTOMERS);
                let previous = json!({ "previous_id": name(other) });
                happenings.push(Happening::deliver(time, identified(previous)));
            }
            3 => happenings.push(Happening { time, what: Happens::Erasure(who) }),
            10 | 11 => happenings.extend(standing_still(time, who, draws)),
            4 => {
                happenings.push(Happening { time, what: Happens::Pause(journey.clone(), true) });
                happenings.push(Happening { time: later, what: Happens::Pause(journey, false) });
            }
            5 => {
                let number = number as u128 + 1;
                happenings.push(Happening { time, what: Happens::Halt { number, until: later, over: false } });
                if draws.happens(0.5) {
                    let ended = time + later.duration_since(time) / 2;
                    happenings
                        .push(Happening { time: ended, what: Happens::Halt { number, until: later, over: true } });
                }
            }
            6 => {
                happenings.push(Happening { time, what: Happens::Publish(journey.clone(), true) });
                happenings.push(Happening { time: later, what: Happens::Publish(journey, false) });
            }
            7 => {
                let off =
                    [SignedDuration::from_hours(1), SignedDuration::from_hours(-1), SignedDuration::from_hours(-720)];
                happenings.push(Happening { time, what: Happens::ClockOff(off[draws.below(3)]) });
                happenings.push(Happening { time: later, what: Happens::ClockOff(SignedDuration::ZERO) });
            }
            8 => happenings.push(Happening { time, what: Happens::PowerCut }),
            _ => {
                let count = json!({ "campaign": "winter", "date": "2027-06-01", "count": 7 });
                let nobody = event(id.clone(), "ad.shown", time, Identity::default(), count);
                happenings.push(Happening::deliver(time, nobody));
                let unknown = json!({ "id": format!("V-{number}"), "outcome": "fixed" });
                let unknown = event(format!("{id}-u"), "visit.completed", time, Identity::default(), unknown);
                happenings.push(Happening::deliver(time, unknown));
            }
        }
    }
    happenings
}

/// For less than a lease, for longer, for very much longer; somebody may be erased meanwhile.
fn standing_still(time: Timestamp, who: usize, draws: &mut Draws) -> Vec<Happening> {
    let long = SignedDuration::from_secs([4, 20, 3 * 3_600][draws.below(3)]);
    let mut happenings = vec![Happening { time, what: Happens::StandStill(long) }];
    if draws.happens(0.5) {
        happenings.push(Happening { time, what: Happens::Erasure(who) });
    }
    happenings
}
