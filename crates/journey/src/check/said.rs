use std::collections::BTreeSet;

use super::{Checking, reference};
use crate::language::lists::CONTACT_PROPERTIES;
use crate::model::Expression;
use crate::problem::Named;

impl Checking<'_> {
    /// A name with a dot is that of an event or a fact that the journey knows. Any value may come in, so those are not judged.
    pub(super) fn said(&mut self) {
        let known = self.sayable();
        for name in self.definition.names.keys() {
            if name.contains('.') && !name.contains([' ', '/']) && !known.contains(name) {
                let problem = reference(Named::Said, name, known.iter().map(String::as_str));
                self.warn(problem, format!("names.{name}"));
            }
        }
    }

    fn sayable(&self) -> BTreeSet<String> {
        let definition = self.definition;
        let events = || self.events.iter().copied().chain(definition.anchors());
        let objects: BTreeSet<&str> =
            events().map(|event| event.object()).chain(definition.facts.keys().map(String::as_str)).collect();
        // What a condition asks of an event is a property of the event's object.
        let asked = definition.conditions().flat_map(Expression::properties);
        let asked: Vec<String> = asked.filter(|asked| asked.object == "event").map(|asked| asked.property).collect();
        let general = CONTACT_PROPERTIES.iter().map(|(name, _)| *name).chain(["id"]);
        let properties: BTreeSet<&str> = general.chain(asked.iter().map(String::as_str)).collect();
        let of_objects =
            objects.iter().flat_map(|object| properties.iter().map(move |property| format!("{object}.{property}")));
        let facts = definition
            .facts
            .iter()
            .flat_map(|(object, all)| all.keys().map(move |property| format!("{object}.{property}")));
        events().map(ToString::to_string).chain(of_objects).chain(facts).collect()
    }
}
