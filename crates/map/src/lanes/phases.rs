//! Brackets before, during and after; under them the phases.

use words::Band;

use super::Lane;
use crate::canvas::{Canvas, Pen};
use crate::colour::Colour;
use crate::display::{Cap, Outline, Paint, Rect};
use crate::frame::{Frame, MARGIN, Strip};
use crate::text::Style;

/// From the lane's top to the block, and what the block leaves below it.
const BLOCK: f64 = 5.4;
const BELOW: f64 = 2.0;

struct Block {
    left: f64,
    right: f64,
    band: Option<Band>,
    lines: Vec<String>,
}

struct Phases {
    blocks: Vec<Block>,
    block_height: f64,
}

pub(crate) fn lane(frame: &Frame<'_>) -> Box<dyn Lane> {
    let runs = frame.slots.chunk_by(|a, b| a.phase == b.phase);
    let blocks: Vec<Block> = runs
        .map(|run| {
            let (first, last) = (run[0], run[run.len() - 1]);
            let phase = frame.sheet.phases.get(first.phase);
            let width = last.right() - first.left - 2.8;
            let title = phase.map_or("", |phase| phase.title.as_str());
            Block {
                left: first.left,
                right: last.right(),
                band: phase.map(|phase| phase.band),
                lines: frame.wrap(title, Style::PHASE, width),
            }
        })
        .collect();
    let lines = blocks.iter().map(|block| block.lines.len()).max().unwrap_or(1);
    Box::new(Phases { blocks, block_height: 6.6 + Style::PHASE.drop(lines) })
}

impl Lane for Phases {
    fn height(&self) -> Option<f64> {
        Some(BLOCK + self.block_height + BELOW)
    }

    fn rule(&self) -> Option<Colour> {
        None
    }

    fn parted_from(&self) -> Option<f64> {
        Some(BLOCK)
    }

    fn draw(&self, frame: &Frame<'_>, canvas: &mut Canvas, strip: Strip) {
        self.brackets(frame, canvas, strip.top + 2.6);
        let top = strip.top + BLOCK;
        let name = Pen::ink(Style::STRONG);
        canvas.lines.write(name, (MARGIN, top + 4.3), frame.terms.phase());
        let last = self.blocks.len().saturating_sub(1);
        for (nth, block) in self.blocks.iter().enumerate() {
            let left = block.left + if nth > 0 { 0.5 } else { 0.0 };
            let right = block.right - if nth < last { 0.5 } else { 0.0 };
            let rect = Rect::new(left, top, right - left, self.block_height);
            canvas.lines.rect(rect, Paint::fill(Colour::SLATE));
            let pen = Pen::new(Style::PHASE, Colour::WHITE);
            canvas.lines.write_lines(pen, (block.left + 1.4, top + 4.65), &block.lines);
        }
    }
}

impl Phases {
    fn brackets(&self, frame: &Frame<'_>, canvas: &mut Canvas, y: f64) {
        let line = Paint::line(Colour::SLATE, 0.25).cap(Cap::Butt);
        for run in self.blocks.chunk_by(|a, b| a.band == b.band) {
            let Some(band) = run[0].band else { continue };
            let (left, right) = (run[0].left + 0.1, run[run.len() - 1].right - 0.6);
            let name = frame.terms.band(band);
            let (middle, half) = ((left + right) / 2.0, Style::PLAIN.width(name) / 2.0 + 2.0);
            canvas.lines.path(Outline::from(left, y + 1.6).to(left, y).to(middle - half, y), line);
            canvas.lines.path(Outline::from(middle + half, y).to(right, y).to(right, y + 1.6), line);
            let pen = Pen::new(Style::PLAIN, Colour::SLATE).middle();
            canvas.lines.write(pen, (middle, y + 1.0), name);
        }
    }
}
