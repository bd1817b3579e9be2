//! What is kept of systems outside, their secrets included. Nothing else reads or writes a secret of a source.

use serde::{Serialize, de::DeserializeOwned};
use store::Store;
use words::OrganisationId;

use crate::fetching::{Progress, Settings};
use crate::intake::Reading;
use crate::intake::webhook::{Mapping, Signing};
use crate::{Error, Result};

/// A source that posts JSON of a shape of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Webhook {
    /// How it proves that a delivery is its own.
    pub signing: Signing,
    /// Where an event stands in what it posts; `None`: nobody said yet.
    pub mapping: Option<Mapping>,
}

/// A source that we fetch from.
#[derive(Clone, PartialEq)]
pub struct Fetch {
    /// Of which organisation.
    pub organisation: OrganisationId,
    /// Which source.
    pub source: String,
    /// Where it stands and how often it is fetched.
    pub settings: Settings,
    /// What the header says that lets us in.
    pub secret: Option<String>,
    /// Where an event stands in what comes; `None`: nobody said yet.
    pub reading: Option<Reading>,
    /// When next; `None`: not before staff say so.
    pub due: Option<jiff::Timestamp>,
    /// From where it goes on.
    pub place: Option<String>,
    /// What came of it so far.
    pub progress: Progress,
}

impl std::fmt::Debug for Fetch {
    /// Without the secret.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut shown = f.debug_struct("Fetch");
        shown.field("source", &self.source).field("settings", &self.settings).field("progress", &self.progress);
        shown.finish_non_exhaustive()
    }
}

impl Webhook {
    /// Whether it can prove itself to us at all.
    pub fn is_open(&self, source: &str) -> Result<()> {
        is_open(source, &self.signing.secret)
    }
}

impl Fetch {
    /// Whether it can be asked.
    pub(crate) fn is_open(&self) -> Result<()> {
        is_open(&self.source, self.secret.as_deref().unwrap_or_default())
    }
}

/// What is sealed under a key that is not there is of no use to anybody, least of all to the system outside.
pub(crate) fn is_open(source: &str, secret: &str) -> Result<()> {
    if !store::is_sealed(secret) {
        return Ok(());
    }
    let detail = "its secret was sealed under another key: set KLANTREIS_SECRET as it was, or enter the secret anew";
    Err(Error::Connection { source_id: source.to_owned(), detail: detail.to_owned() })
}

pub(crate) fn read<T: DeserializeOwned>(source: &str, text: &str) -> Result<T> {
    serde_json::from_str(text)
        .map_err(|error| Error::Connection { source_id: source.to_owned(), detail: store::json_fault(&error) })
}

pub(crate) fn write<T: Serialize>(source: &str, value: &T) -> Result<String> {
    serde_json::to_string(value)
        .map_err(|error| Error::Connection { source_id: source.to_owned(), detail: error.to_string() })
}

/// How a source proves itself and is read, when it is a webhook.
pub async fn webhook(store: &dyn Store, organisation: &OrganisationId, source: &str) -> Result<Option<Webhook>> {
    let Some(kept) = store.webhook(organisation, source).await? else { return Ok(None) };
    let mapping = kept.mapping.as_deref().map(|text| read(source, text)).transpose()?;
    Ok(Some(Webhook { signing: read(source, &kept.signing)?, mapping }))
}

/// Keeps how a source proves itself and is read.
pub async fn save_webhook(
    store: &dyn Store,
    organisation: &OrganisationId,
    source: &str,
    webhook: &Webhook,
) -> Result<()> {
    let kept = store::Webhook {
        organisation: organisation.clone(),
        source: source.to_owned(),
        signing: write(source, &webhook.signing)?,
        mapping: webhook.mapping.as_ref().map(|mapping| write(source, mapping)).transpose()?,
    };
    Ok(store.save_webhook(kept).await?)
}

/// What is fetched of a source, when it is one that we fetch from.
pub async fn fetch(store: &dyn Store, organisation: &OrganisationId, source: &str) -> Result<Option<Fetch>> {
    store.fetch(organisation, source).await?.map(opened).transpose()
}

/// What is kept, opened.
pub(crate) fn opened(kept: store::Fetch) -> Result<Fetch> {
    let source = kept.source;
    Ok(Fetch {
        settings: read(&source, &kept.settings)?,
        reading: kept.mapping.as_deref().map(|text| read(&source, text)).transpose()?,
        progress: read(&source, &kept.state.progress)?,
        secret: kept.secret,
        due: kept.state.due,
        place: kept.state.place,
        organisation: kept.organisation,
        source,
    })
}

/// Keeps what is fetched of a source. A fetch of it that runs meanwhile stops at its next step.
pub async fn save_fetch(store: &dyn Store, fetch: &Fetch) -> Result<()> {
    let source = fetch.source.as_str();
    let kept = store::Fetch {
        organisation: fetch.organisation.clone(),
        source: source.to_owned(),
        settings: write(source, &fetch.settings)?,
        secret: fetch.secret.clone(),
        mapping: fetch.reading.as_ref().map(|reading| write(source, reading)).transpose()?,
        state: store::FetchState {
            due: fetch.due,
            place: fetch.place.clone(),
            progress: write(source, &fetch.progress)?,
        },
    };
    Ok(store.save_fetch(kept).await?)
}

/// How what a source gives is read, when staff said where everything stands in it.
pub async fn reading(store: &dyn Store, organisation: &OrganisationId, source: &str) -> Result<Option<Reading>> {
    if let Some(webhook) = webhook(store, organisation, source).await? {
        return Ok(webhook.mapping.map(Reading::Json));
    }
    Ok(fetch(store, organisation, source).await?.and_then(|fetch| fetch.reading))
}
