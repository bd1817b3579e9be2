use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::tz::TimeZone;
use journey::{Definition, Folder, Organisation};
use store::{JourneyRow, Store};
use voice::Message;
use words::{JourneyId, Language, OrganisationId, PrincipalId, VersionHash};

use crate::principals::Faces;
use crate::{Error, Result};

/// Versions kept read at one time. More than an office with dozens of organisations has live; beyond it the cache starts over.
const VERSIONS_MAX: usize = 1_000;

/// A version that was published, read once.
#[derive(Debug)]
pub struct Published {
    /// What it says.
    pub definition: Arc<Definition>,
    /// Its files.
    pub folder: Folder,
    messages: BTreeMap<(String, Language), Message>,
}

impl Published {
    /// Reads a folder. Messages that cannot be read are left out; the publish gate has refused them before.
    pub fn read(folder: Folder, organisation: &Organisation) -> std::result::Result<Self, Vec<journey::Finding>> {
        let parsed = journey::parse(&folder, organisation);
        let definition = parsed.sound().cloned();
        let Some(definition) = definition else { return Err(parsed.findings) };
        let messages = messages(&folder);
        Ok(Self { definition: Arc::new(definition), folder, messages })
    }

    /// A message in the customer's language, else in the journey's.
    pub fn message(&self, name: &str, language: Option<Language>) -> Option<&Message> {
        let own = self.definition.language;
        let wanted = language.and_then(|language| self.messages.get(&(name.to_owned(), language)));
        wanted.or_else(|| self.messages.get(&(name.to_owned(), own)))
    }
}

/// Every message of a folder that can be read.
pub fn messages(folder: &Folder) -> BTreeMap<(String, Language), Message> {
    let names = folder.messages().into_iter().map(str::to_owned).collect::<Vec<_>>();
    let each = names.iter().flat_map(|name| Language::ALL.map(|language| (name, language)));
    each.filter_map(|(name, language)| {
        let message = Message::parse(folder.message(name, language)?, language).ok()?;
        Some(((name.clone(), language), message))
    })
    .collect()
}

/// What runs: the live version of a journey with its row.
#[derive(Clone, Debug)]
pub struct Live {
    /// Mode and pause.
    pub row: JourneyRow,
    /// The version.
    pub published: Arc<Published>,
}

type Read = BTreeMap<(OrganisationId, JourneyId, VersionHash), Arc<Published>>;

/// Definitions and organisations, read once per text.
pub struct Catalog {
    store: Arc<dyn Store>,
    read: Mutex<Read>,
    organisations: Mutex<BTreeMap<OrganisationId, (String, Arc<Organisation>)>>,
}

impl Catalog {
    /// Reads from this store.
    pub fn new(store: Arc<dyn Store>) -> Self {
        Self { store, read: Mutex::default(), organisations: Mutex::default() }
    }

    /// Takes over what another has read: a text is read the same by everybody.
    pub fn learn_from(&self, other: &Self) {
        let read = other.read.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let organisations = other.organisations.lock().unwrap_or_else(PoisonError::into_inner).clone();
        self.read.lock().unwrap_or_else(PoisonError::into_inner).extend(read);
        self.organisations.lock().unwrap_or_else(PoisonError::into_inner).extend(organisations);
    }

    /// What an organisation shares among its journeys; `None` when there is none of that name.
    pub async fn organisation(&self, id: &OrganisationId) -> Result<Option<Arc<Organisation>>> {
        let Some(row) = self.store.organisation(id).await? else { return Ok(None) };
        let mut known = self.organisations.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((text, organisation)) = known.get(id)
            && *text == row.text
        {
            return Ok(Some(organisation.clone()));
        }
        let organisation = Arc::new(Organisation::parse(&row.text).0);
        known.insert(id.clone(), (row.text, organisation.clone()));
        // A version was read with the organisation as it was: its channels and form of address may differ now.
        self.read.lock().unwrap_or_else(PoisonError::into_inner).retain(|(of, _, _), _| of != id);
        Ok(Some(organisation))
    }

    /// What customers see of those in whose name an organisation writes, and which of them a message with these facts is of.
    pub async fn whose(
        &self,
        id: &OrganisationId,
        published: &Published,
        facts: &serde_json::Value,
    ) -> Result<(Faces, PrincipalId)> {
        let organisation = self.organisation(id).await?.unwrap_or_else(|| Arc::new(Organisation::named("")));
        let faces = Faces::load(self.store.as_ref(), id, &organisation).await?;
        let principal = faces.whose(Some(&published.definition), facts).id();
        Ok((faces, principal))
    }

    /// The zone of an organisation; of one that is not known the usual one.
    pub async fn zone(&self, id: &OrganisationId) -> Result<TimeZone> {
        let shared = self.organisation(id).await?;
        Ok(shared.map_or_else(|| Organisation::named("").zone, |organisation| organisation.zone.clone()))
    }

    /// One version; `None` when it was never published.
    pub async fn version(
        &self,
        organisation: &OrganisationId,
        journey: &JourneyId,
        hash: &VersionHash,
    ) -> Result<Option<Arc<Published>>> {
        let key = (organisation.clone(), journey.clone(), hash.clone());
        if let Some(found) = self.read.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Ok(Some(found.clone()));
        }
        let Some(shared) = self.organisation(organisation).await? else { return Ok(None) };
        let Some(version) = self.store.version(organisation, journey, hash).await? else { return Ok(None) };
        let read = Published::read(Folder::new(version.files), &shared).map_err(|findings| Error::Definition {
            journey: journey.to_string(),
            version: hash.short().to_owned(),
            detail: findings.first().map(|finding| finding.message(Language::En)).unwrap_or_default(),
        })?;
        let read = Arc::new(read);
        let mut known = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= VERSIONS_MAX {
            known.clear();
        }
        known.insert(key, read.clone());
        Ok(Some(read))
    }

    /// One version, unless it cannot be read any more: then it has nothing to say.
    pub async fn readable(
        &self,
        organisation: &OrganisationId,
        journey: &JourneyId,
        hash: &VersionHash,
    ) -> Result<Option<Arc<Published>>> {
        match self.version(organisation, journey, hash).await {
            Err(Error::Definition { .. }) => Ok(None),
            found => found,
        }
    }

    /// Every journey of an organisation that has a live version.
    pub async fn live(&self, organisation: &OrganisationId) -> Result<Vec<Live>> {
        let mut live = Vec::new();
        for row in self.store.journeys(organisation).await? {
            let Some(hash) = &row.live else { continue };
            if let Some(published) = self.version(organisation, &row.id, hash).await? {
                live.push(Live { row, published });
            }
        }
        Ok(live)
    }
}
