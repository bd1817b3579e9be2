//! What mostly follows, as the journey's own `simulate.yaml` says. Only suggestions: whatever cannot be read is left out.

use std::collections::BTreeMap;

use journey::Folder;
use serde_json::{Value, json};
use words::{EventName, Properties};

/// What follows on an event or a touchpoint, by its name: an event, its chance, its properties.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Likely {
    start: Option<(EventName, Properties)>,
    then: BTreeMap<String, Vec<(EventName, f64, Properties)>>,
}

impl Likely {
    /// Reads the folder's behaviour; nothing when it has none.
    pub(super) fn read(folder: &Folder) -> Self {
        let text = folder.get(Folder::SIMULATION);
        let value = text.and_then(|text| journey::yaml_value(Folder::SIMULATION, text).ok()).unwrap_or_default();
        let arrivals = &value["arrivals"];
        let start = event(&arrivals["event"]).map(|name| (name, properties(&arrivals["set"])));
        let then = value["then"].as_object().into_iter().flatten().map(|(heading, rules)| {
            let rules = rules.as_array().into_iter().flatten().filter_map(|rule| {
                let chance = rule["chance"].as_f64().unwrap_or(1.0);
                Some((event(&rule["do"])?, chance, properties(&rule["set"])))
            });
            (heading.clone(), rules.collect())
        });
        Self { start, then: then.collect() }
    }

    /// How likely an event is after what happened last, with its properties; `None`: nothing says that it follows.
    pub(super) fn after(&self, last: Option<&EventName>, event: &EventName) -> Option<(f64, Properties)> {
        match last {
            None => self.start.as_ref().filter(|(name, _)| name == event).map(|(_, set)| (1.0, set.clone())),
            Some(last) => {
                let rules = self.then.get(last.as_str()).into_iter().flatten();
                let mut fits = rules.filter(|(name, _, _)| name == event);
                fits.next().map(|(_, chance, set)| (*chance, set.clone()))
            }
        }
    }
}

fn event(value: &Value) -> Option<EventName> {
    value.as_str().and_then(EventName::parse)
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
                    then:\n  repair.reported:\n    - { chance: .9, do: appointment.booked, set: { status: booked, end: start + 2h } }\n";
        folder.put(Folder::SIMULATION, text);
        let likely = Likely::read(&folder);
        let name = |text| EventName::parse(text).unwrap();
        let (_, set) = likely.after(None, &name("repair.reported")).unwrap();
        assert_eq!(set["kind"], "lekkage");
        let (chance, set) = likely.after(Some(&name("repair.reported")), &name("appointment.booked")).unwrap();
        assert_eq!((chance, set.len()), (0.9, 1));
        assert_eq!(likely.after(Some(&name("repair.reported")), &name("visit.started")), None);
    }

    #[test]
    fn a_journey_without_behaviour_suggests_nothing() {
        assert_eq!(Likely::read(&Folder::of_definition("journey: x")), Likely::default());
    }
}
