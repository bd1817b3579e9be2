//! What mostly follows, and how much later, as the journey's own `simulate.yaml` says. Only suggestions: whatever cannot be
//! read is left out.

use std::collections::BTreeMap;

use jiff::civil::Time;
use journey::{Folder, Span};
use serde_json::{Value, json};
use words::{EventName, Properties, TouchpointId};

/// What follows on an event or a touchpoint, by its name.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Likely {
    start: Option<(EventName, Properties)>,
    then: BTreeMap<String, Vec<Follows>>,
}

/// An event that follows, most likely first under its heading.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Follows {
    pub(super) event: EventName,
    /// 0..=1.
    chance: f64,
    set: Properties,
    pub(super) when: Later,
    /// From (inclusive) until (exclusive), in local time; none: around the clock.
    pub(super) hours: Option<(Time, Time)>,
    pub(super) weekend: bool,
}

/// How much later.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Later {
    /// So many seconds; of a spread its middle.
    After(i64),
    /// So many seconds from a moment in the facts.
    At { object: String, property: String, seconds: i64 },
}

impl Likely {
    /// Reads the folder's behaviour; nothing when it has none.
    pub(super) fn read(folder: &Folder) -> Self {
        let text = folder.get(Folder::SIMULATION);
        let value = text.and_then(|text| journey::yaml_value(Folder::SIMULATION, text).ok()).unwrap_or_default();
        let arrivals = &value["arrivals"];
        let start = event(&arrivals["event"]).map(|name| (name, properties(&arrivals["set"])));
        let then = value["then"].as_object().into_iter().flatten().map(|(heading, rules)| {
            let mut rules: Vec<Follows> = rules.as_array().into_iter().flatten().filter_map(follows).collect();
            rules.sort_by(|a, b| b.chance.total_cmp(&a.chance));
            (heading.clone(), rules)
        });
        Self { start, then: then.collect() }
    }

    /// How likely an event is after what happened last, with its properties; `None`: nothing says that it follows.
    pub(super) fn after(&self, last: Option<&EventName>, event: &EventName) -> Option<(f64, Properties)> {
        match last {
            None => self.start.as_ref().filter(|(name, _)| name == event).map(|(_, set)| (1.0, set.clone())),
            Some(last) => {
                let mut fits = self.follow(last.as_str()).iter().filter(|rule| rule.event == *event);
                fits.next().map(|rule| (rule.chance, rule.set.clone()))
            }
        }
    }

    /// The same after several: what happened last, and the messages that came of it.
    pub(super) fn after_any(
        &self,
        last: Option<&EventName>,
        also: &[TouchpointId],
        event: &EventName,
    ) -> Option<(f64, Properties)> {
        let mut rules = also.iter().flat_map(|id| self.follow(id.as_str())).filter(|rule| rule.event == *event);
        self.after(last, event).or_else(|| rules.next().map(|rule| (rule.chance, rule.set.clone())))
    }

    /// What follows under a heading.
    pub(super) fn follow(&self, heading: &str) -> &[Follows] {
        self.then.get(heading).map_or(&[], Vec::as_slice)
    }
}

fn follows(rule: &Value) -> Option<Follows> {
    let when = match rule["at"].as_str() {
        Some(at) => moment(at)?,
        None => Later::After(middle(&rule["delay"]).unwrap_or_default()),
    };
    let hours = rule["hours"].as_str().and_then(|text| text.split_once('-'));
    Some(Follows {
        event: event(&rule["do"])?,
        chance: rule["chance"].as_f64().unwrap_or(1.0),
        set: properties(&rule["set"]),
        when,
        hours: hours.and_then(|(from, until)| Some((from.parse().ok()?, until.parse().ok()?))),
        weekend: rule["weekend"].as_bool().unwrap_or(true),
    })
}

fn event(value: &Value) -> Option<EventName> {
    value.as_str().and_then(EventName::parse)
}

/// `2h`, or the middle one of `[10m, 2h, 1d]`, in seconds.
fn middle(delay: &Value) -> Option<i64> {
    let text = delay.as_array().map_or(delay.as_str(), |points| points.get(points.len() / 2)?.as_str());
    seconds(text?)
}

fn seconds(text: &str) -> Option<i64> {
    i64::try_from(Span::parse(text)?.seconds_about()).ok()
}

/// `appointment.start - 30m`.
fn moment(text: &str) -> Option<Later> {
    let mut words = text.split_whitespace();
    let (object, property) = words.next()?.split_once('.')?;
    let distance = match (words.next(), words.next()) {
        (Some("-"), Some(span)) => -seconds(span)?,
        (Some("+"), Some(span)) => seconds(span)?,
        _ => 0,
    };
    Some(Later::At { object: object.to_owned(), property: property.to_owned(), seconds: distance })
}

/// A constant is itself; of several with chances the likeliest; of a spread its middle. A moment is left to the sample.
fn properties(set: &Value) -> Properties {
    let each = set.as_object().into_iter().flatten().filter_map(|(name, value)| {
        let value = match value {
            Value::Object(chances) => {
                let chance = |value: &Value| value.as_f64().unwrap_or_default();
                let (choice, _) = chances.iter().max_by(|a, b| chance(a.1).total_cmp(&chance(b.1)))?;
                choice.parse::<bool>().map_or_else(|_| json!(choice), |yes| json!(yes))
            }
            Value::Array(spread) => spread.get(spread.len() / 2)?.as_f64().map(|middle| json!(middle))?,
            Value::String(text) if text.contains(['+', '.']) => return None,
            constant => constant.clone(),
        };
        Some((name.clone(), value))
    });
    each.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_behaviour_of_a_journey_tells_what_follows() {
        let mut folder = Folder::of_definition("");
        let text = "arrivals: { event: repair.reported, set: { kind: { lekkage: .6, slot: .4 } } }\n\
                    then:\n  repair.reported:\n    - { chance: .9, do: appointment.booked, delay: [3m, 8m, 20h], hours: \"07:30-22:00\", set: { status: booked, end: start + 2h } }\n\
                    \x20 appointment.booked:\n    - { chance: .9, do: visit.started, at: appointment.start - 30m }\n";
        folder.put(Folder::SIMULATION, text);
        let likely = Likely::read(&folder);
        let name = |text| EventName::parse(text).unwrap();
        let (_, set) = likely.after(None, &name("repair.reported")).unwrap();
        assert_eq!(set["kind"], "lekkage");
        let (chance, set) = likely.after(Some(&name("repair.reported")), &name("appointment.booked")).unwrap();
        assert_eq!((chance, set.len()), (0.9, 1));
        assert_eq!(likely.after(Some(&name("repair.reported")), &name("visit.started")), None);
        let booked = likely.after_any(None, &["repair.reported".into()], &name("appointment.booked"));
        assert_eq!(booked.unwrap().0, 0.9, "after a touchpoint as well");
        assert_eq!(likely.follow("repair.reported")[0].when, Later::After(480));
        let at = Later::At { object: "appointment".into(), property: "start".into(), seconds: -1800 };
        assert_eq!(likely.follow("appointment.booked")[0].when, at);
    }

    #[test]
    fn a_journey_without_behaviour_suggests_nothing() {
        assert_eq!(Likely::read(&Folder::of_definition("journey: x")), Likely::default());
    }
}
