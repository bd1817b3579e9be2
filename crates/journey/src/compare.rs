use std::collections::BTreeSet;

use words::{Language, PhaseId, TouchpointId};

use crate::folder::Folder;
use crate::model::{Definition, Touchpoint, When};
use crate::sentence::Saying;

/// What changed between two versions of a journey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// At which touchpoint (its id in the new version, or in the old one when it is gone); `None`: the journey itself.
    pub touchpoint: Option<TouchpointId>,
    /// What.
    pub what: What,
    dutch: String,
    english: String,
}

/// The kinds of changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// A touchpoint is new.
    Added,
    /// A touchpoint is gone.
    Removed,
    /// A touchpoint has another id; its contacts come along.
    Renamed,
    /// A touchpoint stands in another phase.
    Moved,
    /// The touchpoints or phases stand in another order.
    Order,
    /// What makes it happen.
    Trigger,
    /// Any other field.
    Field,
    /// The text of a message.
    Text,
}

impl Change {
    /// The change as a sentence.
    pub fn sentence(&self, language: Language) -> &str {
        language.pick(&self.dutch, &self.english)
    }

    fn of(touchpoint: Option<&Touchpoint>, what: What, dutch: String, english: String) -> Self {
        let (dutch, english) = match touchpoint {
            Some(touchpoint) => {
                (format!("‘{}’ {dutch}", touchpoint.title), format!("‘{}’ {english}", touchpoint.title))
            }
            None => (dutch, english),
        };
        Self { touchpoint: touchpoint.map(|touchpoint| touchpoint.id.clone()), what, dutch, english }
    }
}

/// What changed from one definition to another: the journey first, then touchpoint by touchpoint in the new order, then what
/// is gone.
pub fn compare(old: &Definition, new: &Definition) -> Vec<Change> {
    let mut changes = Vec::new();
    of_journey(old, new, &mut changes);
    for touchpoint in &new.touchpoints {
        match before(old, touchpoint) {
            Some(was) => of_touchpoint((old, was), (new, touchpoint), &mut changes),
            None => changes.push(Change::of(
                Some(touchpoint),
                What::Added,
                format!("is nieuw, in de fase {}.", phase_title(new, &touchpoint.phase)),
                format!("is new, in the phase {}.", phase_title(new, &touchpoint.phase)),
            )),
        }
    }
    for gone in old.touchpoints.iter().filter(|was| after(new, was).is_none()) {
        changes.push(Change::of(Some(gone), What::Removed, "is vervallen.".to_owned(), "is gone.".to_owned()));
    }
    changes
}

/// Which texts changed from one folder to another.
pub fn compare_messages(old: &Folder, new: &Folder) -> Vec<Change> {
    let names: BTreeSet<&str> =
        old.files().chain(new.files()).map(|(name, _)| name).filter(|name| Folder::is_message(name)).collect();
    names
        .into_iter()
        .filter_map(|name| {
            let (dutch, english) = match (old.get(name), new.get(name)) {
                (Some(a), Some(b)) if a == b => return None,
                (Some(_), Some(_)) => ("is veranderd", "changed"),
                (None, _) => ("is nieuw", "is new"),
                (Some(_), None) => ("is vervallen", "is gone"),
            };
            let (dutch, english) = (format!("De tekst {name} {dutch}."), format!("The text {name} {english}."));
            Some(Change::of(None, What::Text, dutch, english))
        })
        .collect()
}

fn before<'a>(old: &'a Definition, touchpoint: &Touchpoint) -> Option<&'a Touchpoint> {
    let by = |id: &TouchpointId| old.touchpoints.iter().find(|was| was.id == *id);
    by(&touchpoint.id).or_else(|| by(touchpoint.was.as_ref()?))
}

fn after<'a>(new: &'a Definition, was: &Touchpoint) -> Option<&'a Touchpoint> {
    new.touchpoint(&was.id)
}

fn phase_title<'a>(definition: &'a Definition, id: &'a PhaseId) -> &'a str {
    definition.phase(id).map_or(id.as_str(), |phase| phase.title.as_str())
}

fn of_journey(old: &Definition, new: &Definition, changes: &mut Vec<Change>) {
    let fields = [
        (old.title != new.title, "De titel", "The title"),
        (old.language != new.language, "De taal", "The language"),
        (old.owner != new.owner, "De eigenaar", "The owner"),
        (old.personas != new.personas, "De persona's", "The personas"),
        (old.address != new.address, "De aanspreekvorm", "The form of address"),
        (
            old.run_per != new.run_per || old.again != new.again,
            "Wanneer een nieuwe reis begint",
            "When a new run opens",
        ),
        (old.parts != new.parts, "De delen van de reis", "The parts"),
        (old.starts != new.starts, "Waarmee de reis begint", "What the journey begins with"),
        (old.ends != new.ends, "Waarmee de reis eindigt", "What ends the journey"),
        (old.goal != new.goal, "Het doel", "The goal"),
        (old.human != new.human, "Bij wie men een mens spreekt", "The exit to a person"),
        ((&old.facts, &old.examples) != (&new.facts, &new.examples), "De gegevens", "The facts"),
        (old.names != new.names, "Hoe gebeurtenissen en gegevens heten", "What events and facts are called"),
        (old.pin != new.pin, "Of lopende reizen op hun versie blijven", "Whether open runs stay on their version"),
        (old.phases != new.phases, "De indeling in fasen", "The division into phases"),
        (old.funnels != new.funnels, "De trechters", "The funnels"),
    ];
    for (_, dutch, english) in fields.into_iter().filter(|(changed, ..)| *changed) {
        let (dutch, english) = (format!("{dutch} is veranderd."), format!("{english} changed."));
        changes.push(Change::of(None, What::Field, dutch, english));
    }
    let kept = |of: &Definition, other: &Definition| -> Vec<TouchpointId> {
        let both = |id: &&TouchpointId| other.touchpoints.iter().any(|t| t.id == **id);
        of.touchpoints.iter().map(|t| &t.id).filter(both).cloned().collect()
    };
    if kept(old, new) != kept(new, old) {
        let dutch = "De contactmomenten staan in een andere volgorde.".to_owned();
        changes.push(Change::of(None, What::Order, dutch, "The touchpoints stand in another order.".to_owned()));
    }
}

fn of_touchpoint(old: (&Definition, &Touchpoint), new: (&Definition, &Touchpoint), changes: &mut Vec<Change>) {
    let ((old_journey, was), (new_journey, now)) = (old, new);
    let mut add = |what, dutch: String, english: String| changes.push(Change::of(Some(now), what, dutch, english));
    if was.id != now.id {
        add(
            What::Renamed,
            format!("heette {} en heet nu {}.", was.id, now.id),
            format!("was {} and is now {}.", was.id, now.id),
        );
    }
    if was.phase != now.phase {
        let from = phase_title(old_journey, &was.phase);
        let to = phase_title(new_journey, &now.phase);
        add(What::Moved, format!("gaat van {from} naar {to}."), format!("moves from {from} to {to}."));
    }
    if was.when != now.when {
        let words = |when: &Option<When>, journey: &Definition, language: Language| match when {
            Some(when) => Saying::of(journey, language).when(when),
            None => language.pick("niet vanzelf", "not by itself").to_owned(),
        };
        let text = |language| (words(&was.when, old_journey, language), words(&now.when, new_journey, language));
        let ((nl_was, nl_now), (en_was, en_now)) = (text(Language::Nl), text(Language::En));
        add(What::Trigger, format!("gebeurde {nl_was}. Nu: {nl_now}."), format!("happened {en_was}. Now: {en_now}."));
    }
    for (_, dutch, english) in fields(was, now).into_iter().filter(|(changed, ..)| *changed) {
        add(What::Field, format!("heeft {dutch}."), format!("has {english}."));
    }
}

/// Every field but those that have a sentence of their own.
fn fields(was: &Touchpoint, now: &Touchpoint) -> [(bool, &'static str, &'static str); 22] {
    let numbers = |of: &Touchpoint| [of.expected, of.assumed, of.asked, of.desired];
    [
        (was.title != now.title, "een andere titel", "another title"),
        (was.channels != now.channels, "andere kanalen", "other channels"),
        (was.category != now.category || was.reach != now.reach, "een andere soort", "another kind"),
        (was.from != now.from || was.by != now.by, "een andere uitvoerder", "another performer"),
        (was.attention != now.attention, "een andere omgang met aandacht", "another treatment of attention"),
        (was.sent_by != now.sent_by, "een andere verzender", "another sender"),
        (
            was.class != now.class || was.urgent != now.urgent || was.quiet != now.quiet,
            "andere regels voor versturen",
            "other rules for sending",
        ),
        (was.need != now.need || was.quote != now.quote, "een andere informatiebehoefte", "another need"),
        (
            was.quality != now.quality || was.reasons != now.reasons,
            "andere eisen of redenen",
            "other criteria or reasons",
        ),
        (numbers(was) != numbers(now), "een andere beleving", "another experience"),
        (
            was.moment_of_truth != now.moment_of_truth,
            "een ander belang (beslissend moment)",
            "another weight (moment of truth)",
        ),
        (
            was.backstage != now.backstage || was.cost != now.cost,
            "iets anders achter de schermen",
            "something else backstage",
        ),
        (was.seen != now.seen, "een andere manier om te zien dat het gebeurt", "another way to see that it happens"),
        (was.only_if != now.only_if, "een andere voorwaarde", "another condition"),
        (was.send != now.send || was.variants != now.variants, "een ander bericht", "another message"),
        (
            was.holdout.to_bits() != now.holdout.to_bits(),
            "een andere vergelijkingsgroep",
            "another group to compare with",
        ),
        (was.task != now.task, "een andere taak", "another task"),
        (was.ask != now.ask, "andere vragen", "other questions"),
        (was.promise != now.promise, "een andere toezegging", "another promise"),
        (was.next_within != now.next_within, "een andere grens voor afhaken", "another limit for dropping off"),
        (
            was.back_to != now.back_to || was.counted != now.counted,
            "een andere plaats in de stroom",
            "another place in the flow",
        ),
        (was.human != now.human, "een andere uitgang naar een mens", "another exit to a person"),
    ]
}
