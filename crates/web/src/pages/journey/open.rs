//! A journey opened for reading: which version, which selection, and what was measured of it.

use std::sync::Arc;

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use journey::{Definition, Folder, Organisation};
use map::{Complaints, Sheet};
use measure::{Columns, Selection, Summary, TouchpointFigures};
use store::{ComplaintCounts, JourneyRow, Version};
use words::{JourneyId, Language, VersionHash};

use super::choice::{Asked, Choice};
use crate::{
    App,
    drawing::{Audiences, Drawing, sheet},
    language::Text,
    problem::Problem,
    session::Staff,
};

/// A journey with everything that its views show.
pub(super) struct Opened {
    pub(super) row: JourneyRow,
    pub(super) definition: Arc<Definition>,
    pub(super) organisation: Arc<Organisation>,
    /// Newest first, without files.
    pub(super) versions: Vec<Version>,
    /// The version that is shown; none for a draft that was never published.
    pub(super) version: Option<Version>,
    /// Whether someone is working on a next version.
    pub(super) has_draft: bool,
    pub(super) choice: Choice,
    /// None for a draft that was never published.
    pub(super) measured: Option<Measured>,
    /// Open complaints by touchpoint.
    pub(super) complaints: Vec<ComplaintCounts>,
}

/// What was measured, with what it was measured from.
pub(super) struct Measured {
    pub(super) columns: Arc<Columns>,
    pub(super) selection: Selection,
    pub(super) summary: Summary,
    pub(super) audiences: Audiences,
}

impl Opened {
    /// Opens a journey of this person's organisation.
    pub(super) async fn of(staff: &Staff, app: &App, id: &str, asked: &Asked) -> Result<Self, Problem> {
        let id = JourneyId::new(id);
        let house = &staff.house.id;
        let row = app.store.journey(house, &id).await?.ok_or(Problem::NotFound)?;
        let organisation = app.service.catalog.organisation(house).await?.ok_or(Problem::NotFound)?;
        let choice = Choice::read(asked, staff.speech.today());
        let draft = app.store.draft(house, &id).await?;
        let has_draft = draft.is_some();
        let Some(live) = row.live.clone() else {
            let files = draft.map(|draft| draft.files).unwrap_or_default();
            let parsed = journey::parse(&Folder::new(files), &organisation);
            let unreadable = || Problem::Invalid(Text::new("journey-unreadable"));
            let definition = Arc::new(parsed.definition.ok_or_else(unreadable)?);
            let (versions, version, measured, complaints) = (Vec::new(), None, None, Vec::new());
            return Ok(Self {
                row,
                definition,
                organisation,
                versions,
                version,
                has_draft,
                choice,
                measured,
                complaints,
            });
        };
        let versions = app.store.versions(house, &id).await?;
        let wanted = choice.version.and_then(|number| versions.iter().find(|version| version.number == number));
        let choice = Choice { version: wanted.map(|version| version.number), ..choice };
        let hash = wanted.map_or(&live, |version| &version.hash);
        let version = versions.iter().find(|version| version.hash == *hash).cloned();
        let published = app.service.catalog.version(house, &id, hash).await?.ok_or(Problem::NotFound)?;
        let definition = published.definition.clone();
        let chosen = wanted.map(|version| version.hash.clone());
        let columns = app.service.figures.columns(house, &id, staff.speech.now).await?;
        let choice = match days(&columns, &organisation.zone) {
            // History ends long before today: the usual window would show an empty map.
            Some((first, last)) if !asked.names_a_window() && last < choice.from => choice.between((first, last)),
            _ => choice,
        };
        let measured = Some(measure(staff, app, columns, &definition, &organisation, &choice, chosen).await?);
        let complaints = app.store.complaint_counts(house, &id, staff.speech.now).await?;
        Ok(Self { row, definition, organisation, versions, version, has_draft, choice, measured, complaints })
    }

    /// The figures.
    pub(super) fn summary(&self) -> Option<&Summary> {
        self.measured.as_ref().map(|measured| &measured.summary)
    }

    /// The figures, when there is at least one run.
    pub(super) fn filled(&self) -> Option<&Measured> {
        self.measured.as_ref().filter(|measured| measured.summary.started.n > 0)
    }

    /// The same choice over everything that was ever measured.
    pub(super) fn ever(&self) -> Option<Choice> {
        let days = days(&self.measured.as_ref()?.columns, &self.organisation.zone)?;
        Some(self.choice.between(days))
    }

    /// The map's view model, for a reader of this language.
    pub(super) fn sheet(&self, language: Language) -> Sheet {
        let none = Audiences::default();
        let mut sheet = sheet(&Drawing {
            definition: &self.definition,
            organisation: &self.organisation,
            summary: self.summary(),
            version: self.version.as_ref().map(|version| version.number),
            published: self.version.as_ref().map(|version| version.published),
            draft: self.version.is_none(),
            persona: self.choice.persona.as_deref(),
            audiences: self.measured.as_ref().map_or(&none, |measured| &measured.audiences),
            language,
        });
        for touchpoint in &mut sheet.touchpoints {
            let about = self.complaints.iter().find(|about| about.touchpoint == touchpoint.id);
            touchpoint.complaints = about.map(|about| Complaints { open: about.open, overdue: about.overdue });
        }
        sheet
    }

    /// Whether customers are asked what they thought of a touchpoint, or said so anyway.
    pub(super) fn is_asked(&self, figures: &TouchpointFigures) -> bool {
        let asks = self.definition.touchpoints.iter().flat_map(|touchpoint| &touchpoint.ask);
        figures.experience.n > 0 || asks.flat_map(|ask| &ask.about).any(|about| *about == figures.id)
    }

    /// The address of one of its views, with the choice and these parameters beside or instead.
    pub(super) fn link(&self, view: &str, also: &[(&'static str, &str)]) -> String {
        self.choice.link(&self.row.id, view, also)
    }

    /// The address of the customers behind a number.
    pub(super) fn customers(&self, what: &str, also: &[(&'static str, &str)]) -> String {
        let mut parameters = vec![("wat", what)];
        parameters.extend_from_slice(also);
        self.choice.at(None).link(&self.row.id, "klanten", &parameters)
    }
}

/// The days on which the first and the last run started.
fn days(columns: &Columns, zone: &TimeZone) -> Option<(Date, Date)> {
    let day = |moment: Timestamp| moment.to_zoned(zone.clone()).date();
    columns.span().map(|(first, last)| (day(first), day(last)))
}

async fn measure(
    staff: &Staff,
    app: &App,
    columns: Arc<Columns>,
    definition: &Definition,
    organisation: &Organisation,
    choice: &Choice,
    version: Option<VersionHash>,
) -> Result<Measured, Problem> {
    let now = staff.speech.now;
    let house = &staff.house.id;
    let mut selection = Selection::all(choice.window(&organisation.zone), now);
    selection.version = version;
    selection.persona = choice.persona.clone();
    selection.channel = choice.channel.as_deref().map(words::Channel::new);
    selection.rails = organisation.channels.clone();
    let summary = measure::summary(&columns, definition, &selection).map_err(service::Error::from)?;
    let audiences = if definition.touchpoints.iter().any(|touchpoint| touchpoint.counted.is_some()) {
        let until = choice.until.tomorrow().unwrap_or(choice.until);
        Audiences::of(&app.store.day_counts(house, &definition.id, choice.from, until).await?)
    } else {
        Audiences::default()
    };
    Ok(Measured { columns, selection, summary, audiences })
}
