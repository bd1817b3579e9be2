//! A journey's draft, read. A journey that is live and has no draft is shown as one that starts from its live version; the
//! first edit makes it.

use std::sync::Arc;

use journey::{Definition, Folder, Organisation};
use service::workbench::{self, Reading};
use store::{Draft, JourneyRow};
use words::{JourneyId, Language, OrganisationId};

use super::beside::{self, Other};
use crate::{App, Problem, session::Staff};

/// What every page of a draft works with.
pub(super) struct Opened {
    pub(super) row: JourneyRow,
    pub(super) draft: Draft,
    pub(super) folder: Folder,
    pub(super) organisation: Arc<Organisation>,
    pub(super) reading: Reading,
    /// The other journeys that are live.
    pub(super) others: Vec<Other>,
}

impl Opened {
    pub(super) async fn of(staff: &Staff, id: &str) -> Result<Self, Problem> {
        let row = row(&staff.app, &staff.house.id, id).await?;
        let draft = draft(&staff.app, &row).await?;
        let organisation = shared(&staff.app, &staff.house.id).await?;
        let others = beside::others(staff, &row).await?;
        Ok(Self::read(row, draft, organisation, others))
    }

    fn read(row: JourneyRow, draft: Draft, organisation: Arc<Organisation>, others: Vec<Other>) -> Self {
        let folder = Folder::new(draft.files.clone());
        let reading = workbench::read(&folder, &organisation);
        Self { row, draft, folder, organisation, reading, others }
    }

    /// The same draft, as if its folder said this.
    pub(super) fn with(self, folder: &Folder) -> Self {
        let draft = Draft { files: files(folder), ..self.draft };
        Self::read(self.row, draft, self.organisation, self.others)
    }

    pub(super) fn id(&self) -> &str {
        self.row.id.as_str()
    }

    /// The definition; without one only the text can be mended.
    pub(super) fn definition(&self) -> Result<&Definition, Problem> {
        self.reading.definition.as_ref().ok_or(Problem::NotFound)
    }

    /// As the newest text says, else as it was last called.
    pub(super) fn title(&self) -> &str {
        match &self.reading.definition {
            Some(definition) if !definition.title.is_empty() => &definition.title,
            _ => &self.row.title,
        }
    }

    /// The language that the journey is written in.
    pub(super) fn language(&self) -> Language {
        self.reading.definition.as_ref().map_or(self.organisation.language, |definition| definition.language)
    }
}

/// The journey.
pub(super) async fn row(app: &App, organisation: &OrganisationId, id: &str) -> Result<JourneyRow, Problem> {
    app.store.journey(organisation, &JourneyId::new(id)).await?.ok_or(Problem::NotFound)
}

pub(super) async fn shared(app: &App, organisation: &OrganisationId) -> Result<Arc<Organisation>, Problem> {
    app.service.catalog.organisation(organisation).await?.ok_or(Problem::NotFound)
}

/// What a journey's folder says newest: the draft, else the live version; `None` when it has neither.
pub(crate) async fn newest(app: &App, row: &JourneyRow) -> Result<Option<Folder>, Problem> {
    match draft(app, row).await {
        Ok(draft) => Ok(Some(Folder::new(draft.files))),
        Err(Problem::NotFound) => Ok(None),
        Err(problem) => Err(problem),
    }
}

/// The draft, or the one that the first edit makes.
pub(super) async fn draft(app: &App, row: &JourneyRow) -> Result<Draft, Problem> {
    if let Some(draft) = app.store.draft(&row.organisation, &row.id).await? {
        return Ok(draft);
    }
    let live = row.live.as_ref().ok_or(Problem::NotFound)?;
    let version = app.store.version(&row.organisation, &row.id, live).await?.ok_or(Problem::NotFound)?;
    Ok(Draft {
        organisation: row.organisation.clone(),
        journey: row.id.clone(),
        files: version.files,
        base: Some(version.hash),
        revision: 0,
        updated: version.published,
        updated_by: version.published_by,
    })
}

pub(super) fn files(folder: &Folder) -> store::Files {
    folder.files().map(|(name, text)| (name.to_owned(), text.to_owned())).collect()
}
