//! Everything that a map and a page of figures need, from one pass over the columns (and one per funnel).

mod fate;
mod figures;
mod make;
mod pass;
mod scores;
mod tally;

use journey::Definition;

use crate::{Columns, MeasureError, Selection, choose::for_definition, funnel};

pub use fate::Fate;
pub(crate) use fate::outcome;
pub use figures::{ExitFigures, FateFigures, LoopFigures, RailFigures, Summary, TouchpointFigures};
pub use tally::Tally;

/// Counts everything for a definition; tallies of other runs, with the same definition and selection, can be merged.
pub fn tally(columns: &Columns, definition: &Definition, selection: &Selection) -> Result<Tally, MeasureError> {
    let chosen = for_definition(columns, definition, selection);
    let mut tally = pass::count(&chosen, definition, selection);
    for described in &definition.funnels {
        tally.funnels.push(funnel(&chosen, described, selection.as_of)?);
    }
    Ok(tally)
}

/// All figures of a journey over one selection.
pub fn summary(columns: &Columns, definition: &Definition, selection: &Selection) -> Result<Summary, MeasureError> {
    Ok(tally(columns, definition, selection)?.figures(definition, selection))
}
