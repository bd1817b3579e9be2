//! What a definition says is judged here, once its form is right: names that name something, moments that can come, things
//! that are told and seen, messages that go out. And the gate: what publishing needs beyond that.

mod coming;
mod conditions;
mod gate;
mod journey;
mod moments;
mod names;
mod promises;
mod said;
mod sending;

use words::{EventName, TouchpointId};

use crate::finding::Severity;
use crate::folder::Folder;
use crate::model::{Definition, Organisation};
use crate::near::nearest;
use crate::problem::{Named, Problem, Reference};
use crate::read::Stated;

pub use gate::gate;

/// What stands around a definition.
pub(crate) struct Surroundings<'a> {
    pub(crate) organisation: &'a Organisation,
    pub(crate) folder: &'a Folder,
}

/// Something found, and its field.
pub(crate) type Found = (Severity, Problem, String);

/// Checks everything that a definition says.
pub(crate) fn check(definition: &Definition, around: &Surroundings<'_>, stated: &[Stated]) -> Vec<Found> {
    let mut checking = Checking { definition, around, events: definition.events(), found: Vec::new() };
    checking.names();
    checking.journey();
    checking.moments();
    checking.promises();
    checking.sending();
    checking.conditions(stated);
    checking.said();
    checking.found
}

struct Checking<'a> {
    definition: &'a Definition,
    around: &'a Surroundings<'a>,
    /// The events that the definition names anywhere but as an anchor.
    events: Vec<&'a EventName>,
    found: Vec<Found>,
}

impl<'a> Checking<'a> {
    fn error(&mut self, problem: impl Into<Problem>, field: impl Into<String>) {
        self.found.push((Severity::Error, problem.into(), field.into()));
    }

    fn warn(&mut self, problem: impl Into<Problem>, field: impl Into<String>) {
        self.found.push((Severity::Warning, problem.into(), field.into()));
    }

    /// Every id of a touchpoint, in the order of the text.
    fn touchpoint_ids(&self) -> Vec<&'a TouchpointId> {
        let touchpoints = &self.definition.touchpoints;
        touchpoints.iter().map(|touchpoint| &touchpoint.id).collect()
    }

    /// A name of a touchpoint must be one. Tells whether it is.
    fn touchpoint(&mut self, id: &TouchpointId, field: &str) -> bool {
        let known = self.touchpoint_ids();
        let exists = known.contains(&id);
        if !exists {
            let known = known.iter().map(|id| id.as_str());
            self.error(reference(Named::Touchpoint, id.as_str(), known), field);
        }
        exists
    }
}

/// A name that names nothing, beside those that would.
fn reference<'a>(what: Named, name: &str, known: impl Iterator<Item = &'a str> + Clone) -> Reference {
    let near = nearest(name, known.clone());
    let mut all: Vec<String> = Vec::new();
    for other in known {
        if !all.iter().any(|had| had == other) {
            all.push(other.to_owned());
        }
    }
    Reference { what, name: name.to_owned(), near, known: all }
}
