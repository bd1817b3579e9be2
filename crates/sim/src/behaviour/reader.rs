use serde_json::{Map, Value};
use words::EventName;

use super::{Fault, Problem, Wanted};

/// Entries of one list or mapping at most.
pub(crate) const ENTRIES_MAX: usize = 200;

/// A place in the text with what stands there. Everything that is wrong is told to `faults`, and reading goes on.
pub(crate) struct Place<'a> {
    pub(crate) field: String,
    pub(crate) value: &'a Value,
}

pub(crate) type Faults = Vec<Fault>;

impl<'a> Place<'a> {
    pub(crate) fn wrong(&self, faults: &mut Faults, problem: Problem) {
        faults.push(Fault::new(self.field.clone(), problem));
    }

    pub(crate) fn wants<T>(&self, faults: &mut Faults, wanted: Wanted, found: Option<T>) -> Option<T> {
        if found.is_none() {
            self.wrong(faults, Problem::Wanted(wanted));
        }
        found
    }

    /// The entries of a mapping; with `known`, other keys are refused.
    pub(crate) fn map(&self, faults: &mut Faults, known: Option<&[&str]>) -> Option<Fields<'a>> {
        let entries = self.wants(faults, Wanted::Map, self.value.as_object())?;
        if entries.len() > ENTRIES_MAX {
            self.wrong(faults, Problem::TooMany(ENTRIES_MAX));
            return None;
        }
        if let Some(known) = known {
            for key in entries.keys().filter(|key| !known.contains(&key.as_str())) {
                let near = journey::nearest(key, known.iter().copied());
                faults.push(Fault::new(self.inside(key), Problem::Unknown(near)));
            }
        }
        Some(Fields { field: self.field.clone(), entries })
    }

    pub(crate) fn list(&self, faults: &mut Faults) -> Vec<Place<'a>> {
        let Some(items) = self.wants(faults, Wanted::List, self.value.as_array()) else { return Vec::new() };
        if items.len() > ENTRIES_MAX {
            self.wrong(faults, Problem::TooMany(ENTRIES_MAX));
            return Vec::new();
        }
        let place = |(index, value)| Place { field: format!("{}[{index}]", self.field), value };
        items.iter().enumerate().map(place).collect()
    }

    pub(crate) fn text(&self, faults: &mut Faults) -> Option<&'a str> {
        self.wants(faults, Wanted::Text, self.value.as_str().filter(|text| !text.is_empty()))
    }

    pub(crate) fn number(&self, faults: &mut Faults) -> Option<f64> {
        self.wants(faults, Wanted::Number, self.value.as_f64().filter(|number| *number >= 0.0))
    }

    pub(crate) fn chance(&self, faults: &mut Faults) -> Option<f64> {
        self.wants(faults, Wanted::Chance, self.value.as_f64().filter(|chance| (0.0..=1.0).contains(chance)))
    }

    pub(crate) fn truth(&self, faults: &mut Faults) -> Option<bool> {
        self.wants(faults, Wanted::Truth, self.value.as_bool())
    }

    pub(crate) fn event(&self, faults: &mut Faults) -> Option<EventName> {
        self.wants(faults, Wanted::Event, self.value.as_str().and_then(EventName::parse))
    }

    fn inside(&self, key: &str) -> String {
        if self.field.is_empty() { key.to_owned() } else { format!("{}.{key}", self.field) }
    }
}

/// The entries of a mapping.
pub(crate) struct Fields<'a> {
    field: String,
    entries: &'a Map<String, Value>,
}

impl<'a> Fields<'a> {
    fn at(&self, key: &str, value: &'a Value) -> Place<'a> {
        let field = if self.field.is_empty() { key.to_owned() } else { format!("{}.{key}", self.field) };
        Place { field, value }
    }

    pub(crate) fn get(&self, key: &str) -> Option<Place<'a>> {
        self.entries.get(key).map(|value| self.at(key, value))
    }

    /// What must be there.
    pub(crate) fn need(&self, faults: &mut Faults, key: &str, wanted: Wanted) -> Option<Place<'a>> {
        let found = self.get(key);
        if found.is_none() {
            let field = if self.field.is_empty() { key.to_owned() } else { format!("{}.{key}", self.field) };
            faults.push(Fault::new(field, Problem::Missing(wanted)));
        }
        found
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = (&'a str, Place<'a>)> {
        self.entries.iter().map(|(key, value)| (key.as_str(), self.at(key, value)))
    }
}
