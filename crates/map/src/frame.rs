//! What every lane of one sheet looks at: the columns, the labels, the findings, and the measures of the page.

use words::Language;

use crate::canvas::{Canvas, Pen};
use crate::columns::Column;
use crate::options::Options;
use crate::rules::Found;
use crate::sheet::{Sheet, Touchpoint};
use crate::terms::Terms;
use crate::text::{Style, cut, wrap};

/// A3 landscape, millimetres.
pub(crate) const PAGE: (f64, f64) = (420.0, 297.0);
/// White on all sides.
pub(crate) const MARGIN: f64 = 10.0;
/// Where the columns begin; left of it is the rail with the names of the lanes.
pub(crate) const BODY: f64 = 46.0;
/// Where the names of rows end.
const ROW_NAMES: f64 = 44.4;
/// From a lane's top to the baseline of its name.
pub(crate) const NAME: f64 = 4.6;
/// From a column's left to its text.
const INSET: f64 = 1.4;
/// A wider measure than this does not read well.
const WIDEST: f64 = 62.0;

/// A lane's place on the sheet.
#[derive(Clone, Copy)]
pub(crate) struct Strip {
    pub(crate) top: f64,
    pub(crate) height: f64,
}

impl Strip {
    pub(crate) const fn bottom(self) -> f64 {
        self.top + self.height
    }
}

/// A column on this sheet.
#[derive(Clone, Copy)]
pub(crate) struct Slot<'a> {
    /// Index into the sheet's phases.
    pub(crate) phase: usize,
    /// What stands in it, with its index in the sheet; `None` in an empty phase.
    pub(crate) touchpoint: Option<(usize, &'a Touchpoint)>,
    /// Its left side.
    pub(crate) left: f64,
    /// Its width.
    pub(crate) width: f64,
}

impl<'a> Slot<'a> {
    pub(crate) fn centre(&self) -> f64 {
        self.left + self.width / 2.0
    }

    pub(crate) fn right(&self) -> f64 {
        self.left + self.width
    }

    /// Where its texts begin.
    pub(crate) fn text(&self) -> f64 {
        self.left + INSET
    }

    /// How wide its texts may be.
    pub(crate) fn measure(&self) -> f64 {
        (self.width - 2.0 * INSET).min(WIDEST)
    }

    pub(crate) fn get(&self) -> Option<&'a Touchpoint> {
        self.touchpoint.map(|(_, touchpoint)| touchpoint)
    }
}

/// What a sheet gives up, step by step, so that the curves keep their height.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Density {
    /// Nothing.
    Calm,
    /// Lanes about which nothing is known are low.
    LowLanes,
    /// Quotes also stand in one of two columns at most.
    FewQuotes,
    /// What happens behind the scenes is also cut short, to end in "…"; one sheet of a whole journey is worth more.
    ShortTexts,
    /// Shorter still.
    ShorterTexts,
}

impl Density {
    pub(crate) const ALL: [Self; 5] =
        [Self::Calm, Self::LowLanes, Self::FewQuotes, Self::ShortTexts, Self::ShorterTexts];
    pub(crate) const LAST: Self = Self::ShorterTexts;

    /// Lines that a text behind the scenes may have.
    const fn lines_max(self) -> usize {
        match self {
            Self::Calm | Self::LowLanes | Self::FewQuotes => usize::MAX,
            Self::ShortTexts => 3,
            Self::ShorterTexts => 2,
        }
    }
}

/// One sheet of a journey.
pub(crate) struct Frame<'a> {
    pub(crate) sheet: &'a Sheet,
    pub(crate) options: &'a Options,
    pub(crate) terms: Terms,
    /// Where the columns end.
    pub(crate) right: f64,
    /// The columns of this sheet.
    pub(crate) slots: Vec<Slot<'a>>,
    /// Of the whole journey.
    pub(crate) findings: &'a [Found],
    /// Which touchpoints of the whole journey are off the main line.
    pub(crate) branches: &'a [bool],
    /// All columns of the journey, over every sheet.
    pub(crate) columns: &'a [Column],
    /// This sheet's first column among all.
    pub(crate) first: usize,
    /// Which sheet this is, from 1, and of how many.
    pub(crate) number: (usize, usize),
    /// How much is given up before another sheet is taken.
    pub(crate) density: Density,
}

impl<'a> Frame<'a> {
    pub(crate) fn language(&self) -> Language {
        self.sheet.language
    }

    /// Breaks a text of the journey.
    pub(crate) fn wrap(&self, text: &str, style: Style, width: f64) -> Vec<String> {
        wrap(text, style, width, self.sheet.texts.unwrap_or(self.sheet.language))
    }

    /// Breaks a text of the map's own.
    pub(crate) fn wrap_label(&self, text: &str, style: Style, width: f64) -> Vec<String> {
        wrap(text, style, width, self.sheet.language)
    }

    /// Breaks a text that may be cut short when room is.
    pub(crate) fn wrap_short(&self, text: &str, style: Style, width: f64) -> Vec<String> {
        cut(self.wrap(text, style, width), self.density.lines_max(), style, width)
    }

    /// The touchpoints on this sheet, with their column here.
    pub(crate) fn touchpoints(&self) -> impl Iterator<Item = (usize, Slot<'a>, &'a Touchpoint)> + '_ {
        let slots = self.slots.iter().enumerate();
        slots.filter_map(|(nth, slot)| slot.get().map(|touchpoint| (nth, *slot, touchpoint)))
    }

    /// What was found at a column of this sheet.
    pub(crate) fn finding(&self, slot: &Slot<'_>) -> Option<Found> {
        let (index, _) = slot.touchpoint?;
        self.findings.iter().find(|found| found.touchpoint == index).copied()
    }

    /// The lines of a lane's name, for a lane with names of rows beside it or without.
    pub(crate) fn name_lines(&self, name: &str, with_rows: bool) -> Vec<String> {
        self.wrap_label(name, Style::STRONG, if with_rows { 16.0 } else { BODY - MARGIN - 2.0 })
    }

    /// Writes a lane's name in the rail; gives the baseline of its last line.
    pub(crate) fn name(&self, canvas: &mut Canvas, baseline: f64, name: &str, with_rows: bool) -> f64 {
        let lines = self.name_lines(name, with_rows);
        canvas.lines.write_lines(Pen::ink(Style::STRONG), (MARGIN, baseline), &lines);
        baseline + Style::STRONG.drop(lines.len())
    }

    /// Writes a remark in the rail.
    pub(crate) fn remark(&self, canvas: &mut Canvas, baseline: f64, text: &str, style: Style) -> f64 {
        let lines = self.wrap_label(text, style, BODY - MARGIN - 3.0);
        canvas.lines.write_lines(Pen::second(style), (MARGIN, baseline), &lines);
        baseline + style.drop(lines.len())
    }

    /// Writes the name of a row at the right of the rail.
    pub(crate) fn row_name(&self, canvas: &mut Canvas, baseline: f64, name: &str) {
        canvas.lines.write(Pen::second(Style::BODY).end(), (ROW_NAMES, baseline), name);
    }
}
