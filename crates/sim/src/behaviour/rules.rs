//! What follows on what, and what staff do.

use std::collections::BTreeMap;

use words::EventName;

use super::reader::{Faults, Fields, Place};
use super::{Deed, Happening, Problem, Rule, Template, Wanted, When, Work, scalar};

/// The rules under one heading.
pub(super) fn rules(place: &Place<'_>, faults: &mut Faults) -> Vec<Rule> {
    let mut rules = Vec::new();
    for item in place.list(faults) {
        rules.extend(rule(&item, faults));
    }
    let together = rules.iter().filter(|rule: &&Rule| !rule.own_draw && rule.only.is_none());
    if together.map(|rule| rule.chance).sum::<f64>() > 1.0 + 1e-9 {
        place.wrong(faults, Problem::OverOne);
    }
    rules
}

fn rule(place: &Place<'_>, faults: &mut Faults) -> Option<Rule> {
    const KEYS: &[&str] = &["chance", "if", "do", "delay", "at", "hours", "weekend", "new", "set", "own_draw", "leave"];
    let fields = place.map(faults, Some(KEYS))?;
    let chance = fields.need(faults, "chance", Wanted::Chance).and_then(|place| place.chance(faults));
    let only = fields.get("if").map(|place| scalar::condition(&place, faults));
    let own_draw = fields.get("own_draw").and_then(|place| place.truth(faults)).unwrap_or(false);
    let deed = match (fields.get("do"), fields.get("leave")) {
        (Some(event), None) => happening(event.event(faults), &fields, faults).map(Deed::Event),
        (None, Some(reasons)) => scalar::choice(&reasons, faults).map(|reasons| {
            let text = |value: words::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            Deed::Leave(reasons.into_iter().map(|(reason, chance)| (text(reason), chance)).collect())
        }),
        _ => {
            place.wrong(faults, Problem::Wanted(Wanted::Deed));
            None
        }
    };
    let only = match only {
        Some(None) => return None,
        Some(only) => only,
        None => None,
    };
    Some(Rule { chance: chance?, only, deed: deed?, own_draw })
}

fn happening(event: Option<EventName>, fields: &Fields<'_>, faults: &mut Faults) -> Option<Happening> {
    let when = match fields.get("at") {
        Some(at) => {
            let moment = at.value.as_str().and_then(scalar::moment_of).filter(|moment| moment.object.is_some());
            at.wants(faults, Wanted::Moment, moment).map(When::At)
        }
        None => {
            let delay = fields.need(faults, "delay", Wanted::Delay);
            delay.and_then(|place| scalar::delay(&place, faults)).map(When::Delay)
        }
    };
    let new = fields.get("new").and_then(|place| place.text(faults)).map(str::to_owned);
    let open = scalar::open(fields, faults);
    let set = set(fields.get("set"), faults);
    Some(Happening { event: event?, when: when?, open, new, set })
}

/// The properties of an event.
pub(super) fn set(place: Option<Place<'_>>, faults: &mut Faults) -> BTreeMap<String, Template> {
    let mut set = BTreeMap::new();
    let Some(fields) = place.and_then(|place| place.map(faults, None)) else { return set };
    for (property, place) in fields.all() {
        if let Some(template) = scalar::template(&place, faults) {
            set.insert(property.to_owned(), template);
        }
    }
    set
}

/// How staff do tasks.
pub(super) fn work(place: &Place<'_>, faults: &mut Faults) -> Option<Work> {
    let fields = place.map(faults, Some(&["chance", "delay", "late", "hours", "weekend", "do", "set"]))?;
    let chance = fields.need(faults, "chance", Wanted::Chance).and_then(|place| place.chance(faults));
    let delay = fields.need(faults, "delay", Wanted::Delay).and_then(|place| scalar::delay(&place, faults));
    let late = match fields.get("late") {
        Some(place) => Some(scalar::delay(&place, faults)?),
        None => None,
    };
    let does = match fields.get("do") {
        Some(place) => Some(place.event(faults)?),
        None => None,
    };
    let open = scalar::open(&fields, faults);
    let set = set(fields.get("set"), faults);
    Some(Work { chance: chance?, delay: delay?, late, open, does, set })
}
