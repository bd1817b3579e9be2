//! What events, facts, objects and values are called.

use words::{EventName, TouchpointId};

use super::Saying;
use super::clause::behind;
use super::vocabulary::{ACTIONS, OBJECTS, PROPERTIES, VALUES, find};
use crate::language::lists::CONTACT_PROPERTIES;
use crate::model::{Definition, FactPath, FactType};

impl<'a> Saying<'a> {
    /// An event as a clause: "de afspraak is gemaakt"; for one without words "‹permit.granted› gebeurt".
    pub fn event(&self, event: &EventName) -> String {
        let known = || {
            let action = find(ACTIONS, event.action(), self.language)?;
            Some(format!("{} {action}", self.known_object(event.object())?))
        };
        let title = || self.title_of(event).map(|title| format!("‘{title}’ {}", self.pick("gebeurt", "happens")));
        let said = self.either(event.as_str(), known).or_else(title);
        said.unwrap_or_else(|| format!("‹{event}› {}", self.pick("gebeurt", "happens")))
    }

    /// A fact: "het begin van de afspraak", or of one that is true or false "of de titel is uitgeleend".
    pub fn fact(&self, fact: &FactPath) -> String {
        match self.statement(fact) {
            Some(statement) => format!("{} {}", self.pick("of", "whether"), behind(statement)),
            None => self.phrase(fact),
        }
    }

    /// A fact as the label of a field: "het begin van de afspraak", "de titel is uitgeleend".
    pub fn label(&self, fact: &FactPath) -> String {
        self.statement(fact).unwrap_or_else(|| self.phrase(fact))
    }

    /// An object: "de afspraak".
    pub fn object(&self, object: &str) -> String {
        self.known_object(object).unwrap_or_else(|| format!("‹{object}›"))
    }

    /// A value that came in with an event: a status, a reason, an outcome.
    pub fn value(&self, value: &str) -> String {
        let known = || find(VALUES, value, self.language).map(str::to_owned);
        self.either(value, known).unwrap_or_else(|| readable(value))
    }

    /// A value of this journey as it stands in a field of a form: in words when [`Saying::value_typed`] knows the way back.
    pub fn typed(&self, value: &str) -> String {
        let said = self.value(value);
        if self.value_typed(&said) == value { said } else { value.to_owned() }
    }

    /// The value that is meant by words in a field of a form, of those that the journey knows; else the words themselves.
    pub fn value_typed(&self, typed: &str) -> String {
        let known = self.definition.map(Definition::values).unwrap_or_default();
        if known.contains(typed) {
            return typed.to_owned();
        }
        let mut meant = known.into_iter().filter(|value| self.value(value).eq_ignore_ascii_case(typed));
        match (meant.next(), meant.next()) {
            (Some(one), None) => one,
            _ => typed.to_owned(),
        }
    }

    /// A touchpoint by its title: "‘Ik word herinnerd’".
    pub fn touchpoint(&self, id: &TouchpointId) -> String {
        match self.definition.and_then(|definition| definition.touchpoint(id)) {
            Some(touchpoint) => format!("‘{}’", touchpoint.title),
            None => format!("‹{id}›"),
        }
    }

    /// The journey's own name goes first for who reads the journey's language; for others the vocabulary does.
    fn either(&self, name: &str, known: impl FnOnce() -> Option<String>) -> Option<String> {
        let own = || self.definition?.names.get(name).cloned();
        if self.definition.is_some_and(|definition| definition.language == self.language) {
            own().or_else(known)
        } else {
            known().or_else(own)
        }
    }

    fn known_object(&self, object: &str) -> Option<String> {
        if object == "customer" {
            return Some(self.the_customer());
        }
        self.either(object, || find(OBJECTS, object, self.language).map(str::to_owned))
    }

    pub(super) fn phrase(&self, fact: &FactPath) -> String {
        let of = self.pick("van", "of");
        let known = || Some(format!("{} {of} {}", self.property(&fact.property)?, self.known_object(&fact.object)?));
        self.either(&fact.to_string(), known).unwrap_or_else(|| {
            match (self.property(&fact.property), self.known_object(&fact.object)) {
                (None, None) => format!("‹{fact}›"),
                (property, object) => {
                    let property = property.unwrap_or_else(|| format!("‹{}›", fact.property));
                    format!("{property} {of} {}", object.unwrap_or_else(|| format!("‹{}›", fact.object)))
                }
            }
        })
    }

    /// A property in front of "van …": "het begin", "het nummer van de reservering".
    pub(super) fn property(&self, property: &str) -> Option<String> {
        if let Some(other) = property.strip_suffix("_id") {
            return Some(format!("{} {}", self.pick("het nummer van", "the number of"), self.known_object(other)?));
        }
        find(PROPERTIES, property, self.language).map(str::to_owned)
    }

    /// What a fact that is true or false says when it is true, where the journey names it.
    pub(super) fn statement(&self, fact: &FactPath) -> Option<String> {
        let definition = self.definition?;
        let kind = definition.facts.get(&fact.object)?.get(&fact.property)?;
        (*kind == FactType::Bool).then(|| definition.names.get(&fact.to_string()).cloned()).flatten()
    }

    /// The end of a statement denied, in the language that the journey's names are in.
    pub(super) fn not(&self, rest: &str) -> String {
        let language = self.definition.map_or(self.language, |definition| definition.language);
        match rest.strip_prefix(language.pick("een ", "a ")) {
            Some(rest) => format!("{} {rest}", language.pick("geen", "no")),
            None => format!("{} {rest}", language.pick("niet", "not")),
        }
    }

    /// The title of the touchpoint that sees an event, whatever comes with it.
    fn title_of(&self, event: &EventName) -> Option<&'a str> {
        let mut touchpoints = self.definition?.touchpoints.iter();
        let sees = touchpoints
            .find(|touchpoint| touchpoint.seen.iter().any(|seen| seen.event == *event && seen.only.is_none()));
        sees.map(|touchpoint| touchpoint.title.as_str())
    }

    /// The type of a fact, where it is known.
    pub(super) fn kind(&self, fact: &FactPath) -> Option<FactType> {
        let declared = self.definition.and_then(|definition| definition.facts.get(&fact.object)?.get(&fact.property));
        let contact = || CONTACT_PROPERTIES.iter().find(|(name, _)| *name == fact.property).map(|(_, kind)| kind);
        declared.or_else(contact).copied()
    }
}

/// A value without the marks of code: `not_home` is "not home".
fn readable(value: &str) -> String {
    let is_code = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if value.chars().all(is_code) { value.replace('_', " ") } else { value.to_owned() }
}
