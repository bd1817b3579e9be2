//! The ribbon itself: its top is flat, it steps thinner below where customers leave, and is paler after the goal.

use super::Flow;
use crate::canvas::{Canvas, Layer, Pen};
use crate::colour::Colour;
use crate::display::{Group, Mark, Outline, Paint, Rect};
use crate::format;
use crate::frame::Frame;
use crate::passing::Passing;
use crate::text::Style;

/// From the ribbon's top to the baseline of a count that stands in it, and from its lower edge to one that hangs below.
const COUNT: f64 = 3.9;
const BELOW: f64 = 3.1;
/// A count stands in a ribbon that is at least so thick.
const HOLDS: f64 = 4.7;

impl Flow {
    pub(super) fn ribbon(&self, frame: &Frame<'_>, canvas: &mut Canvas, top: f64) {
        let mut run: Vec<(f64, f64, f64, f64)> = Vec::new();
        for (slot, passing) in frame.slots.iter().zip(&self.passing) {
            match *passing {
                Passing::Before { entering, leaving } => {
                    let (full, left) = (self.thickness(entering), self.thickness(entering - leaving));
                    run.push((slot.left, slot.right(), full, left));
                }
                Passing::After { reached, .. } => {
                    let rect = Rect::new(slot.left, top, slot.width, self.thickness(reached));
                    canvas.lines.rect(rect, Paint::fill(Colour::RIBBON_AFTER));
                }
                Passing::Untracked => {}
            }
        }
        canvas.lines.path(stepped(&run, top, self.step), Paint::fill(Colour::RIBBON));
        self.counts(frame, canvas, top);
    }

    fn counts(&self, frame: &Frame<'_>, canvas: &mut Canvas, top: f64) {
        for ((_, slot, touchpoint), passing) in frame.touchpoints().map(|found| (found, self.passing[found.0])) {
            let terms = frame.terms;
            let (count, mark, means) = match passing {
                Passing::Before { entering, .. } => {
                    (entering, Mark::Entering(touchpoint.id.clone()), terms.still_under_way())
                }
                Passing::After { reached, .. } => (reached, Mark::Reached(touchpoint.id.clone()), terms.had_this()),
                Passing::Untracked => continue,
            };
            let text = format::count(count, frame.language());
            let thickness = self.thickness(count);
            let baseline = top + if thickness < HOLDS { (thickness + BELOW).max(COUNT) } else { COUNT };
            let mut layer = Layer::default();
            layer.write(Pen::ink(Style::STRONG), (slot.text(), baseline), text.as_str());
            canvas.front.group(Group { mark, label: format!("{}: {text} {means}", touchpoint.title), items: layer.0 });
        }
    }
}

/// One outline for columns next to each other: left, right, thickness before and after the step.
fn stepped(run: &[(f64, f64, f64, f64)], top: f64, step: f64) -> Outline {
    let (Some(first), Some(last)) = (run.first(), run.last()) else {
        return Outline::default();
    };
    let outline = Outline::from(first.0, top).to(last.1, top);
    let below = run.iter().rev().fold(outline, |outline, (left, right, full, rest)| {
        let step = left + step;
        outline.to(*right, top + rest).to(step, top + rest).to(step, top + full).to(*left, top + full)
    });
    below.close()
}
