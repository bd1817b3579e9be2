//! The ribbon: as thick as customers are many, with exits bending down and loops arching back.

mod exits;
mod loops;
mod ribbon;

use super::Lane;
use super::empty::{Empty, Hint};
use crate::canvas::{Canvas, Pen};
use crate::colour::Colour;
use crate::format;
use crate::frame::{Frame, NAME, Slot, Strip};
use crate::passing::{Passing, passing, starters};
use crate::sheet::Touchpoint;
use crate::text::Style;
use exits::Leaving;
use loops::Arcs;

/// The ribbon's thickness when everybody is still there, millimetres.
const ALL: f64 = 8.2;
/// From the ribbon's top down to the first line about exits.
const EXITS: f64 = 12.2;
const LOWEST: f64 = 23.0;
const STEP_MIN: f64 = 7.6;

struct Flow {
    /// Of this sheet's columns.
    passing: Vec<Passing>,
    starters: u64,
    /// From a column's left to where the ribbon steps: past the widest count.
    step: f64,
    leaving: Vec<Leaving>,
    arcs: Arcs,
    /// What stands in columns where nobody can be followed.
    untracked: Vec<Vec<String>>,
}

pub(crate) fn lane(frame: &Frame<'_>) -> Box<dyn Lane> {
    let starters = starters(frame.sheet);
    if starters == 0 {
        return Empty {
            name: frame.terms.flow(),
            sentence: frame.terms.empty_flow(),
            height: LOWEST,
            hint: Hint::Dots,
        }
        .lane(frame);
    }
    let all = passing(frame.sheet, frame.columns);
    let here = all[frame.first..frame.first + frame.slots.len()].to_vec();
    let untracked = frame.slots.iter().zip(&here).map(|(slot, passing)| match passing {
        Passing::Untracked => frame.wrap_label(&untracked(frame, slot), Style::BODY, slot.measure()),
        _ => Vec::new(),
    });
    let counts = here.iter().filter_map(|passing| passing.entering());
    let widths = counts.map(|count| Style::STRONG.width(&format::count(count, frame.language())));
    Box::new(Flow {
        starters,
        step: widths.fold(STEP_MIN, |widest, width| widest.max(width + 2.6)),
        leaving: frame.slots.iter().map(|slot| Leaving::of(frame, slot)).collect(),
        arcs: Arcs::of(frame),
        untracked: untracked.collect(),
        passing: here,
    })
}

fn untracked(frame: &Frame<'_>, slot: &Slot<'_>) -> String {
    let audience = |touchpoint: &Touchpoint| touchpoint.audience;
    match (slot.get(), slot.get().and_then(audience)) {
        (None, _) => String::new(),
        (Some(_), None) => frame.terms.untracked().to_owned(),
        (Some(_), Some(times)) => {
            format!("{}×, {}", format::count(times, frame.language()), frame.terms.unnamed())
        }
    }
}

impl Flow {
    /// From the lane's top to the ribbon's.
    fn ribbon_at(&self) -> f64 {
        self.arcs.height() + 2.6
    }

    /// Thickness for so many customers.
    fn thickness(&self, customers: u64) -> f64 {
        ALL * customers as f64 / self.starters as f64
    }
}

impl Lane for Flow {
    fn height(&self) -> Option<f64> {
        let below = self.leaving.iter().map(Leaving::depth).fold(0.0, f64::max);
        let untracked = self.untracked.iter().map(|lines| Style::BODY.drop(lines.len())).fold(0.0, f64::max);
        let depth = (EXITS + below).max(2.4 + untracked).max(ALL);
        Some((self.ribbon_at() + depth + 1.9).max(LOWEST))
    }

    fn rule(&self) -> Option<Colour> {
        Some(Colour::HAIR)
    }

    fn draw(&self, frame: &Frame<'_>, canvas: &mut Canvas, strip: Strip) {
        let last = frame.name(canvas, strip.top + NAME, frame.terms.flow(), false);
        let last = frame.remark(canvas, last + 3.6, frame.terms.ribbon_key(), Style::BODY);
        if self.arcs.left_out > 0 {
            let text = frame.terms.further_loops(self.arcs.left_out);
            frame.remark(canvas, last + Style::BODY.leading, &text, Style::BODY);
        }
        let top = strip.top + self.ribbon_at();
        self.ribbon(frame, canvas, top);
        for (nth, (slot, leaving)) in frame.slots.iter().zip(&self.leaving).enumerate() {
            if let Some(lines) = self.untracked.get(nth) {
                let pen = Pen::second(Style::BODY);
                canvas.columns[nth].write_lines(pen, (slot.text(), top + 2.4), lines);
            }
            if let Passing::Before { entering, leaving: gone } = self.passing[nth] {
                let (full, left) = (self.thickness(entering), self.thickness(entering - gone));
                leaving.draw(frame, canvas, slot, (top, self.step), (full, left));
            } else {
                leaving.draw(frame, canvas, slot, (top, self.step), (0.0, 0.0));
            }
        }
        self.arcs.draw(canvas, top);
    }
}
