//! The steps, in the customer's words.

use super::Lane;
use super::empty::{Empty, Hint};
use crate::canvas::{Canvas, Pen};
use crate::colour::Colour;
use crate::frame::{Frame, Strip};
use crate::text::Style;

const BASELINE: f64 = 4.2;
const LOWEST: f64 = 13.0;

struct Steps(Vec<Vec<String>>);

pub(crate) fn lane(frame: &Frame<'_>) -> Box<dyn Lane> {
    if frame.sheet.touchpoints.is_empty() {
        return Empty {
            name: frame.terms.step(),
            sentence: frame.terms.empty_steps(),
            height: LOWEST,
            hint: Hint::Nothing,
        }
        .lane(frame);
    }
    let lines = |slot: &crate::frame::Slot<'_>| {
        let title = slot.get().map_or("", |touchpoint| touchpoint.title.as_str());
        frame.wrap(title, Style::STRONG, slot.measure())
    };
    Box::new(Steps(frame.slots.iter().map(lines).collect()))
}

impl Lane for Steps {
    fn height(&self) -> Option<f64> {
        let lines = self.0.iter().map(Vec::len).max().unwrap_or(0);
        Some((BASELINE + Style::STRONG.drop(lines) + 1.9).max(LOWEST))
    }

    fn rule(&self) -> Option<Colour> {
        Some(Colour::HAIR)
    }

    fn draw(&self, frame: &Frame<'_>, canvas: &mut Canvas, strip: Strip) {
        let baseline = strip.top + BASELINE;
        frame.name(canvas, baseline, frame.terms.step(), false);
        for (nth, (slot, lines)) in frame.slots.iter().zip(&self.0).enumerate() {
            canvas.columns[nth].write_lines(Pen::ink(Style::STRONG), (slot.text(), baseline), lines);
        }
    }
}
