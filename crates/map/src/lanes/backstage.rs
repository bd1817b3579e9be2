//! Who and what works behind the scenes. Only rows that occur.

use super::Lane;
use super::empty::{Empty, Hint};
use crate::canvas::{Canvas, Pen};
use crate::frame::{Frame, Strip};
use crate::sheet::Touchpoint;
use crate::text::Style;

const BASELINE: f64 = 4.2;
/// Between rows, beyond the leading.
const BETWEEN: f64 = 1.85;

struct Row {
    name: &'static str,
    strong: bool,
    cells: Vec<Vec<String>>,
}

impl Row {
    fn height(&self) -> f64 {
        let lines = self.cells.iter().map(Vec::len).max().unwrap_or(1).max(1);
        Style::BODY.leading * lines as f64 + BETWEEN
    }
}

struct Backstage {
    rows: Vec<Row>,
    /// So high that the lane's name fits.
    name_drop: f64,
}

type Field = fn(&Touchpoint) -> Option<&str>;

pub(crate) fn lane(frame: &Frame<'_>) -> Box<dyn Lane> {
    let terms = frame.terms;
    let fields: [(&'static str, bool, Field); 4] = [
        (terms.who(), true, |touchpoint| touchpoint.backstage.team.as_deref()),
        (terms.system(), false, |touchpoint| touchpoint.backstage.system.as_deref()),
        (terms.when(), false, |touchpoint| touchpoint.backstage.when.as_deref()),
        (terms.norm(), true, |touchpoint| touchpoint.backstage.norm.as_deref()),
    ];
    let rows: Vec<Row> = fields
        .into_iter()
        .filter(|(_, _, field)| frame.sheet.touchpoints.iter().any(|touchpoint| field(touchpoint).is_some()))
        .map(|(name, strong, field)| Row {
            name,
            strong,
            cells: frame
                .slots
                .iter()
                .map(|slot| frame.wrap_short(slot.get().and_then(field).unwrap_or(""), Style::BODY, slot.measure()))
                .collect(),
        })
        .collect();
    if rows.is_empty() {
        return Empty { name: terms.backstage(), sentence: terms.empty_backstage(), height: 22.0, hint: Hint::Nothing }
            .lane(frame);
    }
    let name_drop = Style::STRONG.drop(frame.name_lines(terms.backstage(), true).len());
    Box::new(Backstage { rows, name_drop })
}

impl Lane for Backstage {
    fn height(&self) -> Option<f64> {
        let rows: f64 = self.rows.iter().map(Row::height).sum();
        Some(BASELINE + (rows - 3.0).max(self.name_drop + 1.9))
    }

    fn draw(&self, frame: &Frame<'_>, canvas: &mut Canvas, strip: Strip) {
        let mut baseline = strip.top + BASELINE;
        frame.name(canvas, baseline, frame.terms.backstage(), true);
        for row in &self.rows {
            frame.row_name(canvas, baseline, row.name);
            let pen = if row.strong { Pen::ink(Style::BODY) } else { Pen::second(Style::BODY) };
            for (nth, (slot, lines)) in frame.slots.iter().zip(&row.cells).enumerate() {
                canvas.columns[nth].write_lines(pen, (slot.text(), baseline), lines);
            }
            baseline += row.height();
        }
    }
}
