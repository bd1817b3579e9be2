use journey::{Definition, Organisation};
use jiff::{SignedDuration, civil::Date};
use map::{Header, Phase, Sheet, State, Totals};
use measure::{LoopFigures, Summary};
use words::Window;

use super::{Audiences, goal, notes, persona::persona, touchpoint};

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
    /// Not published.
    pub draft: bool,
    /// The persona asked for; the journey's first when none.
    pub persona: Option<&'a str>,
    /// Counts without identity, in the same window.
    pub audiences: &'a Audiences,
}

/// The map's view model. Without a single run in the window nothing counts as measured: lanes then say what will stand there.
pub fn sheet(drawing: &Drawing<'_>) -> Sheet {
    let definition = drawing.definition;
    let summary = drawing.summary.filter(|summary| summary.started.n > 0);
    let mut sheet = Sheet {
        language: definition.language,
        header: header(drawing),
        phases: definition.phases.iter().map(phase).collect(),
        touchpoints: touchpoint::all(drawing, summary),
        loops: summary.map_or_else(Vec::new, |summary| summary.loops.iter().filter_map(way_back).collect()),
        goal: goal::of(definition, summary),
        totals: Totals {
            runs: summary.map(|summary| summary.started.n),
            answers: summary.map(|summary| summary.answers.n),
        },
    };
    if let Some(summary) = summary {
        notes::add(&mut sheet, summary);
    }
    sheet
}

fn header(drawing: &Drawing<'_>) -> Header {
    let definition = drawing.definition;
    Header {
        title: definition.title.clone(),
        persona: persona(definition, drawing.organisation, drawing.persona),
        state: State::Current,
        draft: drawing.draft,
        owner: definition.owner.clone(),
        version: drawing.version,
        hash: Some(definition.hash.short().to_owned()),
        window: drawing.summary.map(|summary| days(summary.window, drawing.organisation)),
        estimated_by: None,
    }
}

/// First and last civil day of a window in the organisation's zone.
fn days(window: Window, organisation: &Organisation) -> (Date, Date) {
    let date = |moment: jiff::Timestamp| moment.to_zoned(organisation.zone.clone()).date();
    let last = window.until.saturating_sub(SignedDuration::from_micros(1)).unwrap_or(window.until);
    (date(window.from), date(last))
}

fn phase(phase: &journey::Phase) -> Phase {
    Phase { id: phase.id.clone(), title: phase.title.clone(), band: phase.band }
}

/// A way back that nobody took is not drawn.
fn way_back(figures: &LoopFigures) -> Option<map::Loop> {
    Some(map::Loop {
        from: figures.from.clone(),
        to: figures.to.clone(),
        count: (figures.runs > 0).then_some(figures.runs)?,
        share: figures.share.value?,
        label: None,
    })
}
