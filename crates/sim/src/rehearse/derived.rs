//! A behaviour made from what a journey listens to, for a journey without a `simulate.yaml`.

use std::collections::BTreeMap;

use jiff::civil::time;
use jiff::{Timestamp, tz::TimeZone};
use journey::{Definition, FactType, FieldKind, Mentions, NeededEvent, NeededField};
use serde_json::Value;
use words::EventName;

use super::{Habit, Habits};
use crate::Behaviour;
use crate::behaviour::{
    Arrivals, Deed, Delay, Happening, Hours, Moment, Open, People, Reply, Rule, Score, Spread, Template, When, Work,
};

const HOUR: f64 = 3_600.0;
const DAY: f64 = 24.0 * HOUR;
/// Customers are awake, staff at work.
const AWAKE: Hours = Hours { from: time(8, 0, 0, 0), until: time(22, 0, 0, 0) };
const AT_WORK: Hours = Hours { from: time(9, 0, 0, 0), until: time(17, 0, 0, 0) };

/// Every event that customers or systems cause and that a journey listens to, in the order of its text.
pub(super) fn heard(definition: &Definition) -> Vec<EventName> {
    let epoch = Timestamp::UNIX_EPOCH.to_zoned(TimeZone::UTC);
    let needs = journey::needs(definition, &Mentions::new(), &epoch);
    needs.events.into_iter().filter(|event| !event.optional && !event.counted).map(|event| event.name).collect()
}

/// How customers with these habits behave.
pub(super) fn behaviour(
    definition: &Definition,
    habits: &Habits,
    seed: u64,
    now: Timestamp,
    zone: &TimeZone,
) -> Behaviour {
    let needs = journey::needs(definition, &Mentions::new(), &now.to_zoned(zone.clone()));
    let set = |name: &EventName| {
        let needed = needs.events.iter().find(|event| event.name == *name);
        needed.map(properties).unwrap_or_default()
    };
    let rules = habits.then.iter().filter(|habit| habit.share > 0.0).map(|habit| rule(habit, set(&habit.event)));
    let then = BTreeMap::from([(habits.first.as_str().to_owned(), rules.collect())]);
    Behaviour {
        journey: definition.id.clone(),
        seed,
        arrivals: Arrivals {
            event: habits.first.clone(),
            per_day: 1.0,
            hours: AWAKE,
            weekend: 0.5,
            anonymous: Default::default(),
            set: set(&habits.first),
        },
        people: people(&needs.customer, habits),
        sources: BTreeMap::new(),
        then,
        answers: answers(definition),
        staff: staff(definition),
        receipts: BTreeMap::new(),
        scores: scores(definition),
        shifts: Vec::new(),
        counted: BTreeMap::new(),
    }
}

fn spread(median: f64) -> Delay {
    let median = median.max(1.0);
    match Spread::new(median / 3.0, median, median * 3.0) {
        Some(spread) => Delay::Drawn(spread),
        None => Delay::Fixed(median as i64),
    }
}

fn rule(habit: &Habit, set: BTreeMap<String, Template>) -> Rule {
    let happening = Happening {
        event: habit.event.clone(),
        when: When::Delay(spread(f64::from(habit.after_minutes) * 60.0)),
        open: Open { hours: Some(AWAKE), weekend: true },
        new: None,
        set,
    };
    Rule { chance: habit.share, only: None, deed: Deed::Event(happening), own_draw: true }
}

/// Every field with a value that rules wait for, or one that could be true; a moment lies some days ahead in working hours.
fn properties(needed: &NeededEvent) -> BTreeMap<String, Template> {
    let has = |name: &str| needed.fields.iter().any(|field| field.name == name);
    let fields = needed.fields.iter().filter_map(|field| Some((field.name.clone(), template(field, &has)?)));
    fields.collect()
}

fn template(field: &NeededField, has: &impl Fn(&str) -> bool) -> Option<Template> {
    let kind = match field.kind {
        FieldKind::Fact(kind) => kind,
        FieldKind::Id | FieldKind::Consents => return None,
    };
    let open = Open { hours: Some(AT_WORK), weekend: false };
    Some(match kind {
        FactType::Time if field.name == "end" && has("start") => {
            Template::Moment(Moment { object: None, property: "start".into(), seconds: 2 * 3_600 })
        }
        FactType::Time => Template::Ahead { delay: spread(3.0 * DAY), open, round_minutes: 30 },
        FactType::Date => Template::Ahead { delay: spread(7.0 * DAY), open, round_minutes: 0 },
        FactType::Text | FactType::Number | FactType::Bool if field.values.len() > 1 => {
            let each = 1.0 / field.values.len() as f64;
            Template::Choice(field.values.iter().map(|value| (value.clone(), each)).collect())
        }
        FactType::Text | FactType::Number | FactType::Bool => Template::Constant(field.example.clone()),
    })
}

fn people(needed: &NeededEvent, habits: &Habits) -> People {
    let consents = needed.fields.iter().find(|field| field.name == "consents").map(|field| &field.example);
    let named = consents.and_then(Value::as_object).into_iter().flat_map(|named| named.keys().cloned());
    let asked = |name: &str| f64::from(u8::from(needed.fields.iter().any(|field| field.name == name)));
    People {
        first_name: 1.0,
        last_name: 1.0,
        salutation: asked("salutation"),
        email: habits.reached.email,
        mobile: habits.reached.mobile,
        address: asked("street"),
        zone: None,
        consents: named.map(|name| (name, habits.reached.consent)).collect(),
    }
}

fn answers(definition: &Definition) -> BTreeMap<words::TouchpointId, Reply> {
    let asking = definition.touchpoints.iter().filter(|touchpoint| !touchpoint.ask.is_empty());
    asking.map(|touchpoint| (touchpoint.id.clone(), Reply { chance: 0.3, delay: spread(3.0 * HOUR) })).collect()
}

fn scores(definition: &Definition) -> BTreeMap<words::TouchpointId, Score> {
    let about = definition.touchpoints.iter().flat_map(|touchpoint| &touchpoint.ask).flat_map(|ask| &ask.about);
    about.map(|about| (about.clone(), Score { mean: 0.7, spread: 0.8 })).collect()
}

/// Nine in ten tasks are ticked within hours, the rest the next days.
fn staff(definition: &Definition) -> BTreeMap<String, Work> {
    let teams = definition.touchpoints.iter().filter_map(|touchpoint| touchpoint.task.as_ref());
    let work = Work {
        chance: 0.9,
        delay: spread(2.0 * HOUR),
        late: Some(spread(2.0 * DAY)),
        open: Open { hours: Some(AT_WORK), weekend: false },
        does: None,
        set: BTreeMap::new(),
    };
    teams.map(|task| (task.team.clone(), work.clone())).collect()
}
