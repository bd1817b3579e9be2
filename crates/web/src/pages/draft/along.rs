//! What comes along with a copied sample: the links and personas that it uses and the organisation does not have yet. What
//! exists is never touched.

use journey::{Definition, Folder, Organisation};

use crate::{
    language::Text,
    pages::settings::{
        kept::{Person, with_link, with_persona},
        used::links_of,
    },
};

/// The organisation's text with what came along, and what that is, in words to say.
pub(super) struct Along {
    pub(super) text: String,
    pub(super) brought: Vec<Text>,
}

/// Takes over from the organisation of the samples. What the text does not take is left for the list of things to do.
pub(super) fn along(text: &str, of_samples: &Organisation, definition: &Definition, folder: &Folder) -> Along {
    let (own, _) = Organisation::parse(text);
    let mut along = Along { text: text.to_owned(), brought: Vec::new() };
    for name in folder.messages().into_iter().flat_map(|message| links_of(folder, message)) {
        // A link of an object's name leads to a page of our own, unless the organisation says otherwise.
        let known = own.links.contains_key(&name) || definition.facts.contains_key(&name);
        let Some(address) = of_samples.links.get(&name).filter(|_| !known) else { continue };
        let said = Text::new("start-along-link").with("name", name.replace('_', " "));
        if !along.brought.contains(&said) {
            along.take(with_link(&along.text, &name, address).ok(), said);
        }
    }
    for id in definition.personas.iter().filter(|id| own.persona(id).is_none()) {
        let Some(persona) = of_samples.persona(id) else { continue };
        let person = Person { id, name: &persona.name, about: persona.about.as_deref(), goal: persona.goal.as_deref() };
        let said = Text::new("start-along-persona").with("name", persona.name.as_str());
        along.take(with_persona(&along.text, &person).ok(), said);
    }
    along
}

impl Along {
    fn take(&mut self, text: Option<String>, said: Text) {
        if let Some(text) = text {
            self.text = text;
            self.brought.push(said);
        }
    }
}

#[cfg(test)]
mod tests {
    use service::reference;

    use super::*;

    #[test]
    fn what_is_missing_comes_along_and_what_exists_stays() {
        let samples = Organisation::parse(&reference::organisation()).0;
        let folder = &reference::journeys()["bibliotheek-reserveren"];
        let definition = journey::parse(folder, &samples).definition.unwrap();
        let bare = along("name: Zuid\n", &samples, &definition, folder);
        let (organisation, findings) = Organisation::parse(&bare.text);
        assert!(findings.is_empty(), "{findings:?}");
        assert_eq!(organisation.links.keys().collect::<Vec<_>>(), ["genre"], "our own page serves for a reservation");
        assert!(organisation.persona("spanningzoeker").is_some());
        assert_eq!(bare.brought.len(), 2);
        let own = "name: Zuid\nlinks: { genre: https://zuid.example/tips }\n\
                   personas: [{ id: spanningzoeker, name: Onze lezer }]\n";
        let kept = along(own, &samples, &definition, folder);
        assert_eq!((kept.text.as_str(), kept.brought.len()), (own, 0));
    }
}
