//! What a form offers to choose from: events, facts, moments, messages, teams.

use std::collections::BTreeSet;

use journey::{FactPath, FactType};
use serde::Serialize;
use words::{Channel, EventName};

use super::{opened::Opened, own};
use crate::{Problem, pages::naming, session::Staff};

/// Events that came in lately, looked at for their names.
const RECENT_EVENTS: u32 = 300;

/// Fewer events than this get the usual ones beside them.
const FEW: usize = 8;

/// A value with its words.
pub(super) type Option2 = (String, String);

/// The pickers of a page.
#[derive(Serialize)]
pub(super) struct Known {
    pub(super) events: Vec<Option2>,
    /// Usual events, while the journey and its sources name few.
    pub(super) usual: Vec<Option2>,
    /// Facts that are a time or a date.
    pub(super) times: Vec<Option2>,
    /// Every declared fact, with its type.
    pub(super) facts: Vec<(String, String, &'static str)>,
    /// Objects of the facts.
    pub(super) objects: Vec<Option2>,
    pub(super) moments: Vec<Option2>,
    pub(super) phases: Vec<Option2>,
    pub(super) messages: Vec<String>,
    /// The values that the journey knows of its facts.
    pub(super) values: Vec<Option2>,
    pub(super) teams: Vec<String>,
    pub(super) channels: Vec<Option2>,
}

impl Known {
    pub(super) async fn of(staff: &Staff, opened: &Opened) -> Result<Self, Problem> {
        let definition = opened.definition()?;
        let saying = naming::saying(definition, &staff.speech);
        let mut names: BTreeSet<EventName> = definition.events().into_iter().cloned().collect();
        let recent = staff.app.store.recent_events(&staff.house.id, None, RECENT_EVENTS).await?;
        names.extend(recent.into_iter().map(|stored| stored.event.name));
        names.extend(own::named(definition));
        let usual = own::usual().filter(|event| names.len() < FEW && !names.contains(event));
        let usual = usual.map(|event| (event.to_string(), naming::capital(&saying.event(&event)))).collect();
        let fact = |object: &String, property: &String| FactPath { object: object.clone(), property: property.clone() };
        let all = || {
            let each = definition.facts.iter();
            each.flat_map(|(object, properties)| {
                properties.iter().map(move |(property, kind)| (fact(object, property), *kind))
            })
        };
        let messages: BTreeSet<&str> = opened.folder.messages().into_iter().collect();
        let of_house = opened.organisation.channels.keys().map(String::as_str);
        let channels = Channel::KNOWN.iter().map(|(name, _)| *name).chain(of_house);
        Ok(Self {
            events: in_words(&names, |name| saying.event(name)),
            times: all()
                .filter(|(_, kind)| matches!(kind, FactType::Time | FactType::Date))
                .map(|(fact, _)| (fact.to_string(), saying.fact(&fact)))
                .collect(),
            facts: all().map(|(fact, kind)| (fact.to_string(), saying.label(&fact), kind.as_str())).collect(),
            usual,
            objects: definition.facts.keys().map(|object| (object.clone(), saying.object(object))).collect(),
            moments: definition.touchpoints.iter().map(|t| (t.id.to_string(), t.title.clone())).collect(),
            phases: definition.phases.iter().map(|phase| (phase.id.to_string(), phase.title.clone())).collect(),
            messages: messages.into_iter().map(str::to_owned).collect(),
            values: definition.values().into_iter().map(|value| (value.clone(), saying.value(&value))).collect(),
            teams: staff.house.teams.clone(),
            channels: channels.map(|name| (name.to_owned(), naming::channel(&staff.speech, name))).collect(),
        })
    }
}

/// Events in words; two that are called the same have their name behind it.
fn in_words(names: &BTreeSet<EventName>, said: impl Fn(&EventName) -> String) -> Vec<Option2> {
    let all: Vec<(String, String)> = names.iter().map(|name| (name.to_string(), said(name))).collect();
    let alike = |words: &str| all.iter().filter(|(_, other)| other == words).count() > 1;
    let named = |(name, words): &(String, String)| {
        let words = if alike(words) { format!("{words} ({name})") } else { words.clone() };
        (name.clone(), words)
    };
    all.iter().map(named).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_offered_in_words_and_told_apart_by_name_only_where_they_must() {
        let names = ["loan.begun", "loan.made", "visit.failed"].map(|name| EventName::parse(name).unwrap());
        let said = |name: &EventName| if name.object() == "loan" { "Geleend".into() } else { "Mislukt".into() };
        let texts: Vec<String> = in_words(&names.into(), said).into_iter().map(|(_, text)| text).collect();
        assert_eq!(texts, ["Geleend (loan.begun)", "Geleend (loan.made)", "Mislukt"]);
    }
}
