use std::collections::BTreeSet;

use jiff::Zoned;
use journey::{
    Definition, Examples, FactPath, FactType, Facts, Organisation, Voice,
    language::lists::{MESSAGE_LINKS, MESSAGE_VARIABLES, OWN_MESSAGES},
    nearest,
};
use words::{Channel, FormOfAddress};

use crate::checker::Setting;

/// What a journey says of one message: against this it is checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declared {
    /// The facts with their types. Every object has an `id` too.
    pub facts: Facts,
    /// What a preview shows of them; a fact without one shows what its type makes believable.
    pub examples: Examples,
    /// The organisation's own links.
    pub links: BTreeSet<String>,
    /// How customers are addressed.
    pub address: FormOfAddress,
    /// How the organisation sounds towards them.
    pub voice: Voice,
    /// What it is called.
    pub organisation: String,
    /// The channels of the touchpoints that send it or use it as a script.
    pub channels: BTreeSet<Channel>,
    /// The questions that these touchpoints ask.
    pub asks: BTreeSet<String>,
}

impl Declared {
    /// What holds for a message of an organisation that belongs to no journey.
    pub fn of_organisation(organisation: &Organisation) -> Self {
        Self {
            facts: Facts::default(),
            examples: Examples::default(),
            links: BTreeSet::new(),
            address: organisation.address,
            voice: organisation.voice.clone(),
            organisation: organisation.name.clone(),
            channels: BTreeSet::new(),
            asks: BTreeSet::new(),
        }
    }

    /// Reads from a definition what holds for a message of it.
    pub fn of(definition: &Definition, organisation: &Organisation, message: &str) -> Self {
        let uses = |touchpoint: &&journey::Touchpoint| {
            touchpoint.send.as_deref() == Some(message) || touchpoint.variants.iter().any(|variant| variant == message)
        };
        let touchpoints: Vec<_> = definition.touchpoints.iter().filter(uses).collect();
        let mut facts = definition.facts.clone();
        if OWN_MESSAGES.contains(&message) {
            let complaint = facts.entry("complaint".to_owned()).or_default();
            let own = [("made", FactType::Time), ("due", FactType::Time), ("team", FactType::Text)];
            complaint.extend(own.map(|(name, kind)| (name.to_owned(), kind)));
        }
        Self {
            facts,
            examples: examples(definition),
            links: organisation.links.keys().cloned().collect(),
            address: definition.address.unwrap_or(organisation.address),
            voice: organisation.voice_towards(&definition.personas),
            organisation: organisation.name.clone(),
            channels: touchpoints.iter().flat_map(|touchpoint| touchpoint.channels.clone()).collect(),
            asks: touchpoints.iter().flat_map(|touchpoint| &touchpoint.ask).map(|ask| ask.question.clone()).collect(),
        }
    }

    /// Against what a part of a message is judged that is no whole message.
    pub(crate) fn setting(&self) -> Setting<'_> {
        Setting {
            voice: &self.voice,
            address: self.address,
            organisation: &self.organisation,
            whole: false,
            template: true,
        }
    }

    /// Everything that may stand between `{{` and `}}`, in the order in which a page offers it.
    pub fn variables(&self) -> Vec<String> {
        let facts = self.facts.iter().flat_map(|(object, properties)| {
            let id = (!properties.contains_key("id")).then(|| format!("{object}.id"));
            let named = properties.keys().map(move |property| format!("{object}.{property}"));
            named.chain(id)
        });
        MESSAGE_VARIABLES.iter().map(|name| (*name).to_owned()).chain(facts).collect()
    }

    /// Every link by name.
    pub fn all_links(&self) -> BTreeSet<String> {
        let objects = self.facts.keys().cloned();
        MESSAGE_LINKS.iter().map(|name| (*name).to_owned()).chain(objects).chain(self.links.iter().cloned()).collect()
    }

    /// Whether a template may name this: a variable, or a whole object (for `window` and `if`).
    pub(crate) fn knows(&self, name: &str) -> bool {
        self.facts.contains_key(name) || self.variables().iter().any(|known| known == name)
    }

    /// The known variable that a name is probably meant to be.
    pub(crate) fn near(&self, name: &str) -> Option<String> {
        let variables = self.variables();
        nearest(name, variables.iter().chain(self.facts.keys()).map(String::as_str))
    }
}

/// The example of every fact, with moments that lie ahead of the sample's own now.
fn examples(definition: &Definition) -> Examples {
    let now: Zoned = crate::sample::today();
    let facts = definition.facts.iter().flat_map(|(object, properties)| {
        properties
            .iter()
            .map(|(property, kind)| (FactPath { object: object.clone(), property: property.clone() }, *kind))
    });
    let one = |(fact, kind)| {
        let value = definition.example(&fact, kind, &now);
        (fact, value)
    };
    facts.map(one).collect()
}
