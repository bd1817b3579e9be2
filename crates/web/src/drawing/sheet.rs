use jiff::Timestamp;
use journey::{Definition, Organisation, Saying};
use map::{Edition, Sheet, State};
use measure::Summary;
use words::Language;

use super::{Audiences, measured::measured, notes, persona};

/// Everything that a map is made of.
#[derive(Clone, Copy)]
pub struct Drawing<'a> {
    /// The journey.
    pub definition: &'a Definition,
    /// Whose it is: personas, channels, zone.
    pub organisation: &'a Organisation,
    /// What was measured; none for a draft.
    pub summary: Option<&'a Summary>,
    /// The running number of the version.
    pub version: Option<u32>,
    /// When that was published.
    pub published: Option<Timestamp>,
    /// Not published.
    pub draft: bool,
    /// The persona asked for; the journey's first when none.
    pub persona: Option<&'a str>,
    /// Counts without identity, in the same window.
    pub audiences: &'a Audiences,
    /// The reader's: of everything that the journey does not say itself.
    pub language: Language,
}

/// The map's view model. Without a single run in the window nothing counts as measured: lanes then say what will stand there.
pub fn sheet(drawing: &Drawing<'_>) -> Sheet {
    let Drawing { definition, organisation, .. } = *drawing;
    let figures = drawing.summary.filter(|summary| summary.started.n > 0);
    let measured =
        figures.map(|summary| measured(definition, organisation, summary, drawing.audiences, drawing.language));
    let edition = Edition {
        version: drawing.version,
        published: drawing.published.map(|moment| moment.to_zoned(organisation.zone.clone()).date()),
        draft: drawing.draft,
        state: State::Current,
        language: Some(drawing.language),
    };
    let mut sheet = map::from(definition, organisation, edition, measured.as_ref());
    if drawing.persona.is_some() {
        sheet.header.persona = persona(definition, organisation, drawing.persona);
    }
    if let Some(summary) = figures {
        notes::add(&mut sheet, summary, Saying::of(definition, drawing.language));
    }
    sheet
}
