//! Which journeys use what the organisation shares: a link by a message, a persona by the head of a map.

use std::collections::{BTreeMap, BTreeSet};

use journey::{Folder, Organisation};
use serde::Serialize;
use voice::Message;
use words::Language;

use crate::{App, Problem, pages::encoded, session::Staff};

/// One place of use.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(super) struct Use {
    /// The journey's title.
    journey: String,
    /// The message, for a link.
    message: Option<String>,
    href: String,
}

/// Every use by name.
#[derive(Default)]
pub(super) struct Used {
    pub(super) links: BTreeMap<String, BTreeSet<Use>>,
    pub(super) personas: BTreeMap<String, BTreeSet<Use>>,
}

impl Used {
    /// Looks at the live version and the draft of every journey.
    pub(super) async fn of(app: &App, staff: &Staff, organisation: &Organisation) -> Result<Self, Problem> {
        let mut used = Self::default();
        for row in app.store.journeys(&staff.house.id).await? {
            let draft = app.store.draft(&row.organisation, &row.id).await?.map(|draft| draft.files);
            let live = match &row.live {
                Some(hash) => app.store.version(&row.organisation, &row.id, hash).await?.map(|version| version.files),
                None => None,
            };
            for files in draft.into_iter().chain(live) {
                used.take_in(&Folder::new(files), &row.title, row.id.as_str(), organisation);
            }
        }
        Ok(used)
    }

    fn take_in(&mut self, folder: &Folder, title: &str, id: &str, organisation: &Organisation) {
        let path = format!("/klantreizen/{}/concept", encoded(id));
        for name in folder.messages() {
            for link in links_of(folder, name) {
                let href = format!("{path}/bericht/{}", encoded(name));
                let place = Use { journey: title.to_owned(), message: Some(name.to_owned()), href };
                self.links.entry(link).or_default().insert(place);
            }
        }
        let definition = journey::parse(folder, organisation).definition;
        for persona in definition.into_iter().flat_map(|definition| definition.personas) {
            let place = Use { journey: title.to_owned(), message: None, href: format!("{path}/gegevens#personas") };
            self.personas.entry(persona).or_default().insert(place);
        }
    }
}

/// The links that a message names in any language.
pub(crate) fn links_of(folder: &Folder, message: &str) -> BTreeSet<String> {
    let texts = Language::ALL.into_iter().filter_map(|language| {
        let text = folder.message(message, language)?;
        Message::parse(text, language).ok()
    });
    texts.flat_map(|message| message.all_links()).collect()
}
