//! An event in one's own words, beside each list of events: the product makes the name, the journey's `names` keep the words.

use journey::{Definition, Edit, Names, Saying, USUAL_EVENTS, Written};
use words::EventName;

use super::{fields::Fields, naming::id_of};

/// What the field of the words is called: `seen.0.event.own` beside `seen.0.event`.
const OWN: &str = ".own";
/// Characters of the words, as the fields on the page have it too.
const CHARS_MAX: usize = 100;

/// Puts the names of events that were typed in words in their fields, and the words of new ones in rows of `names`.
pub(super) fn take(fields: &mut Fields, definition: &Definition) {
    let mut names = definition.names.clone();
    for field in fields.ending(OWN) {
        let typed: String = fields.get(&field).chars().take(CHARS_MAX).collect();
        let typed = typed.trim().trim_end_matches('.').split_whitespace().collect::<Vec<_>>().join(" ");
        fields.retain(|name| name != field);
        let Some(chosen) = field.strip_suffix(OWN).filter(|_| !typed.is_empty()) else { continue };
        let name = meant(&typed, &names, definition).unwrap_or_else(|| {
            let name = made(&typed, &names, definition);
            names.insert(name.clone(), typed.clone());
            let row = fields.rows("names").last().map_or(0, |row| row + 1);
            fields.put(format!("names.{row}.name"), name.as_str());
            fields.put(format!("names.{row}.said"), typed.as_str());
            name
        });
        fields.put(chosen, name);
    }
}

/// The event that the journey or the vocabulary already says so; a name stays as it is.
fn meant(typed: &str, names: &Names, definition: &Definition) -> Option<String> {
    if EventName::parse(typed).is_some() {
        return Some(typed.to_owned());
    }
    let same = |said: &str| said.to_lowercase() == typed.to_lowercase();
    let own =
        names.iter().find(|(name, said)| EventName::parse(name).is_some() && !is_fact(name, definition) && same(said));
    let saying = Saying::of(definition, definition.language);
    let known = || {
        let events = definition.events().into_iter().cloned().chain(usual());
        events.into_iter().find(|event| same(&saying.event(event))).map(|event| event.to_string())
    };
    own.map(|(name, _)| name.clone()).or_else(known)
}

/// `eigen.iemand_reserveert_een_boek`, with a number where another event has that name.
fn made(typed: &str, names: &Names, definition: &Definition) -> String {
    let (object, event) = (definition.language.pick("eigen", "own"), definition.language.pick("gebeurtenis", "event"));
    let name = |id: &str| format!("{object}.{}", id.replace('-', "_"));
    let events = definition.events();
    let taken = |id: &str| {
        let name = name(id);
        names.contains_key(&name) || events.iter().any(|event| event.as_str() == name)
    };
    name(&id_of(typed, event, taken))
}

/// The events that a journey has words for, whether or not it uses them yet.
pub(super) fn named(definition: &Definition) -> impl Iterator<Item = EventName> {
    definition.names.keys().filter(|name| !is_fact(name, definition)).filter_map(|name| EventName::parse(name))
}

/// Events that a form names and that are in no list yet, with their words.
pub(super) fn unsaved(fields: &Fields, known: &[(String, String)]) -> Vec<(String, String)> {
    let at = |row: usize, key: &str| fields.get(&format!("names.{row}.{key}")).to_owned();
    let all = fields.rows("names").into_iter().map(|row| (at(row, "name"), at(row, "said")));
    let in_use = |name: &str| fields.holding(name).iter().any(|field| field.ends_with(".event"));
    all.filter(|(name, _)| in_use(name) && !known.iter().any(|(other, _)| other == name)).collect()
}

/// The usual events of the vocabulary.
pub(super) fn usual() -> impl Iterator<Item = EventName> {
    USUAL_EVENTS.iter().filter_map(|name| EventName::parse(name))
}

/// A name of two words may be a fact's.
fn is_fact(name: &str, definition: &Definition) -> bool {
    let fact = name.split_once('.');
    fact.is_some_and(|(object, property)| definition.facts.get(object).is_some_and(|all| all.contains_key(property)))
}

/// The edits that keep the words of new events in the journey.
pub(super) fn edits(typed: &Fields, names: &Names) -> Vec<Edit> {
    let at = |row: usize, key: &str| typed.get(&format!("names.{row}.{key}")).to_owned();
    let new: Names = typed.rows("names").into_iter().map(|row| (at(row, "name"), at(row, "said"))).collect();
    if names.is_empty() && !new.is_empty() {
        let all = new.iter().map(|(name, said)| (name.as_str(), Some(said.as_str().into())));
        return vec![Edit::set("names", Written::map(all))];
    }
    let new = new.iter().filter(|(name, said)| names.get(*name) != Some(said));
    new.map(|(name, said)| Edit::set(format!("names.{name}"), said.as_str())).collect()
}

/// The words back in their fields, for a form that is shown again without having been saved.
pub(super) fn back(fields: &Fields) -> Fields {
    let mut shown = fields.clone();
    for row in fields.rows("names") {
        let (name, said) = (fields.get(&format!("names.{row}.name")), fields.get(&format!("names.{row}.said")));
        for field in fields.holding(name) {
            if field.ends_with(".event") || field.ends_with(".anchor") {
                shown.retain(|other| other != field);
                shown.put(format!("{field}{OWN}"), said);
            }
        }
    }
    shown.retain(|name| !name.starts_with("names."));
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn empty() -> Definition {
        let folder = service::reference::empty("leeg", "Leeg");
        journey::parse(&folder, &journey::Organisation::named("x")).definition.expect("an empty journey reads")
    }

    fn taken(typed: &str) -> Fields {
        let mut fields = Fields::default();
        fields.put("seen.0.event.own", typed);
        take(&mut fields, &empty());
        fields
    }

    #[test]
    fn words_have_a_limit_and_come_back_in_their_field() {
        let fields = taken(&"boek ".repeat(100));
        assert_eq!(fields.get("names.0.said").len(), "boek ".repeat(20).trim().len());
        let shown = back(&fields);
        assert_eq!(shown.get("seen.0.event.own"), fields.get("names.0.said"));
        assert!(!shown.has("seen.0.event") && !shown.has("names.0.said"));
    }

    #[test]
    fn a_usual_event_has_words_in_both_languages() {
        for language in words::Language::ALL {
            for event in usual() {
                let said = Saying::general(language).event(&event);
                assert!(!said.contains('‹'), "{said}");
            }
        }
        assert_eq!(usual().count(), USUAL_EVENTS.len());
    }

    proptest::proptest! {
        #[test]
        fn whatever_is_typed_gives_a_name_that_the_language_takes(typed in ".{1,120}") {
            let fields = taken(&typed);
            let name = fields.get("seen.0.event");
            proptest::prop_assert!(name.is_empty() || EventName::parse(name).is_some(), "{}", name);
            proptest::prop_assert!(!fields.has("seen.0.event.own"));
        }
    }
}
