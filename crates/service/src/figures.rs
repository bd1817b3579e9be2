use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use journey::Definition;
use measure::{Builder, Columns, Row, RunRow, Selection, Summary};
use store::{Cursor, FactsAfter, Store};
use words::{CustomerId, JourneyId, OrganisationId, RunId};

use crate::{Error, Result};

/// Rows of each kind read at one time.
const ROWS_AT_ONCE: u32 = 5_000;
/// Figures may be this old: a page that is opened ten times in a second reads the store once.
const FRESH_SECONDS: i64 = 2;

/// The columns of a journey and how far they were read.
#[derive(Default)]
struct Kept {
    columns: Arc<Columns>,
    cursor: Cursor,
    read: Option<Timestamp>,
}

type Shelf = BTreeMap<(OrganisationId, JourneyId), Arc<tokio::sync::Mutex<Kept>>>;

/// Everything measured. Keeps the columns of each journey and adds what came since.
pub struct Figures {
    store: Arc<dyn Store>,
    kept: Mutex<Shelf>,
}

impl Figures {
    /// Reads from this store.
    pub fn new(store: Arc<dyn Store>) -> Self {
        Self { store, kept: Mutex::default() }
    }

    /// Reads everything of an organisation anew the next time: what is kept still names runs by ids that are no more.
    pub fn forget(&self, organisation: &OrganisationId) {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).retain(|(of, _), _| of != organisation);
    }

    /// The columns of a journey, with everything up to about now.
    pub async fn columns(
        &self,
        organisation: &OrganisationId,
        journey: &JourneyId,
        now: Timestamp,
    ) -> Result<Arc<Columns>> {
        let shelf = {
            let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
            kept.entry((organisation.clone(), journey.clone())).or_default().clone()
        };
        let mut kept = shelf.lock().await;
        let fresh = SignedDuration::from_secs(FRESH_SECONDS);
        if kept.read.is_some_and(|read| now.duration_since(read) < fresh && now >= read) {
            return Ok(kept.columns.clone());
        }
        let (mut cursor, mut growing) = (kept.cursor.clone(), None);
        loop {
            let facts = self.store.facts_after(organisation, journey, &cursor, ROWS_AT_ONCE).await?;
            let (complete, next) = (facts.complete, facts.next.clone());
            if !is_nothing(&facts) {
                growing = Some(self.with(organisation, &kept.columns, growing, facts).await?);
            }
            cursor = next;
            if complete {
                break;
            }
        }
        if let Some(builder) = growing {
            kept.columns = Arc::new(builder.finish()?);
        }
        // Only now: what was read and then lost to an error is read again.
        kept.cursor = cursor;
        kept.read = Some(now);
        Ok(kept.columns.clone())
    }

    /// All figures of a journey over a selection.
    pub async fn summary(
        &self,
        organisation: &OrganisationId,
        definition: &Definition,
        selection: &Selection,
        now: Timestamp,
    ) -> Result<Summary> {
        let columns = self.columns(organisation, &definition.id, now).await?;
        Ok(measure::summary(&columns, definition, selection)?)
    }

    /// The columns with these rows, still growing. A run that is removed may have come a moment ago.
    async fn with(
        &self,
        organisation: &OrganisationId,
        old: &Columns,
        growing: Option<Builder>,
        facts: FactsAfter,
    ) -> Result<Builder> {
        let personas = self.personas(organisation, &facts).await?;
        let removed: BTreeSet<RunId> = facts.removed.iter().copied().collect();
        let none = BTreeSet::new();
        let mut builder = match growing {
            None => Builder::reopen_without(old, &removed)?,
            Some(builder) if removed.is_empty() => builder,
            Some(builder) => Builder::reopen_without(&builder.finish()?, &removed)?,
        };
        for run in &facts.runs {
            builder.run(&RunRow::of(run, personas.get(&run.customer).unwrap_or(&none)))?;
        }
        for contact in &facts.contacts {
            builder.contact(&Row::from(contact))?;
        }
        for learnt in &facts.learnt {
            builder.learnt(learnt)?;
        }
        Ok(builder)
    }

    async fn personas(
        &self,
        organisation: &OrganisationId,
        facts: &FactsAfter,
    ) -> Result<BTreeMap<CustomerId, BTreeSet<String>>> {
        let wanted: BTreeSet<CustomerId> = facts.runs.iter().map(|run| run.customer).collect();
        let mut personas = BTreeMap::new();
        for some in wanted.into_iter().collect::<Vec<_>>().chunks(store::limits::ROWS_MAX as usize) {
            let found = self.store.customers_by_id(organisation, some).await?;
            personas.extend(found.into_iter().map(|found| (found.customer.id, found.customer.personas)));
        }
        Ok(personas)
    }
}

fn is_nothing(facts: &FactsAfter) -> bool {
    facts.runs.is_empty() && facts.contacts.is_empty() && facts.learnt.is_empty() && facts.removed.is_empty()
}

impl From<measure::MeasureError> for Error {
    fn from(error: measure::MeasureError) -> Self {
        Self::Measure(error.to_string())
    }
}
