//! The journey that a sheet is about: as it runs, else as its draft says.

use std::sync::Arc;

use journey::{Definition, Folder, Mentions, Needs};
use store::JourneyRow;
use words::JourneyId;

use crate::{
    App,
    language::{Speech, Text},
    problem::Problem,
    session::Staff,
};

/// A journey with what it needs.
pub(super) struct Subject {
    pub(super) row: JourneyRow,
    pub(super) definition: Arc<Definition>,
    pub(super) needs: Needs,
}

impl Subject {
    pub(super) async fn of(staff: &Staff, app: &App, id: &str) -> Result<Self, Problem> {
        let row = app.store.journey(&staff.house.id, &JourneyId::new(id)).await?.ok_or(Problem::NotFound)?;
        Self::of_row(staff, app, row).await
    }

    /// Reads a journey; one whose text cannot be read needs nothing yet.
    pub(super) async fn of_row(staff: &Staff, app: &App, row: JourneyRow) -> Result<Self, Problem> {
        let (definition, folder) = read(staff, app, &row).await?;
        let needs = needs(&definition, &folder, &staff.speech);
        Ok(Self { row, definition, needs })
    }
}

async fn read(staff: &Staff, app: &App, row: &JourneyRow) -> Result<(Arc<Definition>, Folder), Problem> {
    let house = &staff.house.id;
    if let Some(live) = &row.live {
        let published = app.service.catalog.version(house, &row.id, live).await?.ok_or(Problem::NotFound)?;
        return Ok((published.definition.clone(), published.folder.clone()));
    }
    let organisation = app.service.catalog.organisation(house).await?.ok_or(Problem::NotFound)?;
    let files = app.store.draft(house, &row.id).await?.map(|draft| draft.files).unwrap_or_default();
    let folder = Folder::new(files);
    let unreadable = || Problem::Invalid(Text::new("journey-unreadable"));
    let definition = journey::parse(&folder, &organisation).definition.ok_or_else(unreadable)?;
    Ok((Arc::new(definition), folder))
}

/// What a journey needs, with what its messages say.
fn needs(definition: &Definition, folder: &Folder, speech: &Speech) -> Needs {
    let mut mentions = Mentions::new();
    for ((name, _), message) in service::messages(folder) {
        mentions.entry(name).or_default().extend(message.needed());
    }
    journey::needs(definition, &mentions, &speech.now.to_zoned(speech.zone.clone()))
}
