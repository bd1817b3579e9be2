//! What the customer wants to know, and one quote in italics.

use super::Lane;
use super::empty::{Empty, Hint};
use crate::canvas::{Canvas, Pen};
use crate::frame::{Density, Frame, NAME, Strip};
use crate::text::Style;

const BASELINE: f64 = 4.4;
const LOWEST: f64 = 22.0;
/// Between the need and the quote, beyond the leading.
const BEFORE_QUOTE: f64 = 1.1;

#[derive(Default)]
struct Cell {
    need: Vec<String>,
    quote: Vec<String>,
}

impl Cell {
    fn quote_at(&self) -> f64 {
        match self.need.len() {
            0 => 0.0,
            lines => Style::BODY.leading * lines as f64 + BEFORE_QUOTE,
        }
    }

    fn depth(&self) -> f64 {
        match self.quote.len() {
            0 => Style::BODY.drop(self.need.len()),
            lines => self.quote_at() + Style::QUOTE.drop(lines),
        }
    }
}

struct Needs(Vec<Cell>);

pub(crate) fn lane(frame: &Frame<'_>) -> Box<dyn Lane> {
    let all = &frame.sheet.touchpoints;
    if all.iter().all(|touchpoint| touchpoint.need.is_none() && touchpoint.quote.is_none()) {
        return Empty {
            name: frame.terms.need(),
            sentence: frame.terms.empty_needs(),
            height: LOWEST,
            hint: Hint::Nothing,
        }
        .lane(frame);
    }
    let mut quoted_before = false;
    let cells = frame.slots.iter().map(|slot| {
        let Some(touchpoint) = slot.get() else {
            quoted_before = false;
            return Cell::default();
        };
        let need = touchpoint.need.as_deref().unwrap_or("");
        let quote = touchpoint.quote.as_deref().filter(|_| !(frame.density >= Density::FewQuotes && quoted_before));
        quoted_before = quote.is_some();
        let quote = quote.map_or_else(String::new, |quote| frame.terms.quoted(quote));
        Cell {
            need: frame.wrap(need, Style::BODY, slot.measure()),
            quote: frame.wrap(&quote, Style::QUOTE, slot.measure()),
        }
    });
    Box::new(Needs(cells.collect()))
}

impl Lane for Needs {
    fn height(&self) -> Option<f64> {
        let deepest = self.0.iter().map(Cell::depth).fold(0.0, f64::max);
        Some((BASELINE + deepest + 1.9).max(LOWEST))
    }

    fn draw(&self, frame: &Frame<'_>, canvas: &mut Canvas, strip: Strip) {
        let last = frame.name(canvas, strip.top + NAME, frame.terms.need(), false);
        if self.0.iter().any(|cell| !cell.quote.is_empty()) {
            frame.remark(canvas, last + 3.4, frame.terms.what_customers_say(), Style::QUOTE);
        }
        let baseline = strip.top + BASELINE;
        for (nth, (slot, cell)) in frame.slots.iter().zip(&self.0).enumerate() {
            let layer = &mut canvas.columns[nth];
            layer.write_lines(Pen::ink(Style::BODY), (slot.text(), baseline), &cell.need);
            let quote = (slot.text(), baseline + cell.quote_at());
            layer.write_lines(Pen::second(Style::QUOTE), quote, &cell.quote);
        }
    }
}
