//! Who leaves, why, and where the goal is reached: below the ribbon.

use super::{ALL, EXITS};
use crate::canvas::{Canvas, Layer, Pen};
use crate::colour::Colour;
use crate::display::{Cap, Group, Mark, Outline, Paint};
use crate::format;
use crate::frame::{Frame, Slot};
use crate::glyphs::sign;
use crate::text::Style;

const LEADING: f64 = 3.1;
/// The room that the flag takes.
const FLAG: f64 = 3.2;

/// The texts below the ribbon in one column.
#[derive(Default)]
pub(super) struct Leaving {
    percent: Option<String>,
    reason: Vec<String>,
    goal: Vec<String>,
    within: Vec<String>,
}

impl Leaving {
    pub(super) fn of(frame: &Frame<'_>, slot: &Slot<'_>) -> Self {
        let Some(touchpoint) = slot.get() else {
            return Self::default();
        };
        let language = frame.language();
        let exit = touchpoint.exit.as_ref().filter(|exit| exit.count > 0);
        let reason = exit.and_then(|exit| exit.reason.as_deref()).unwrap_or("");
        let goal = frame.sheet.goal.as_ref().filter(|goal| goal.touchpoint.as_ref() == Some(&touchpoint.id));
        let goal_text = goal.map(|goal| match goal.share {
            Some(share) => format!("{} {}", frame.terms.goal_reached(), format::share(share, language)),
            None => frame.terms.goal().to_owned(),
        });
        let within = goal
            .and_then(|goal| goal.within_seconds)
            .map(|seconds| frame.terms.within(&format::duration(seconds, language)));
        Self {
            percent: exit.map(|exit| format::share(exit.share, language)),
            reason: frame.wrap(reason, Style::BODY, slot.measure()),
            goal: goal_text.map_or_else(Vec::new, |text| frame.wrap_label(&text, Style::STRONG, slot.measure() - FLAG)),
            within: within.map_or_else(Vec::new, |text| frame.wrap_label(&text, Style::BODY, slot.measure())),
        }
    }

    fn exit_lines(&self) -> usize {
        usize::from(self.percent.is_some()) + self.reason.len()
    }

    /// From the first baseline to the last.
    pub(super) fn depth(&self) -> f64 {
        let lines = self.exit_lines() + self.goal.len() + self.within.len();
        LEADING * lines.saturating_sub(1) as f64 + if self.goal.len() > 1 { 0.4 } else { 0.0 }
    }

    /// Draws the arrow from a ribbon with this top that steps from one thickness to another, and the texts.
    pub(super) fn draw(
        &self,
        frame: &Frame<'_>,
        canvas: &mut Canvas,
        slot: &Slot<'_>,
        (top, step): (f64, f64),
        thickness: (f64, f64),
    ) {
        let Some(touchpoint) = slot.get() else { return };
        let mut baseline = top + EXITS;
        if let Some(percent) = &self.percent {
            let mut layer = Layer::default();
            arrow(&mut layer, (slot.left + step, top), thickness);
            layer.write(Pen::new(Style::STRONG, Colour::BAD_TEXT), (slot.text(), baseline), percent.as_str());
            let reason = (slot.text(), baseline + LEADING);
            layer.write_lines(Pen::ink(Style::BODY), reason, &self.reason);
            canvas.front.group(Group {
                mark: Mark::Exit(touchpoint.id.clone()),
                label: format!("{}: {percent} {}", touchpoint.title, self.reason.join(" ")),
                items: layer.0,
            });
            baseline += LEADING * self.exit_lines() as f64;
        }
        if !self.goal.is_empty() {
            self.goal(frame, canvas, slot, (top, baseline));
        }
    }

    fn goal(&self, frame: &Frame<'_>, canvas: &mut Canvas, slot: &Slot<'_>, (top, baseline): (f64, f64)) {
        let mut layer = Layer::default();
        let line = Paint::line(Colour::INK, 0.35).cap(Cap::Butt);
        layer.line((slot.right(), top - 1.2), (slot.right(), top + ALL + 1.4), line);
        sign::flag(&mut layer, (slot.text(), baseline + 0.1));
        layer.write_lines(Pen::ink(Style::STRONG), (slot.text() + FLAG, baseline), &self.goal);
        let within = baseline + Style::STRONG.drop(self.goal.len()) + LEADING;
        layer.write_lines(Pen::ink(Style::BODY), (slot.text(), within), &self.within);
        let count = frame.sheet.goal.as_ref().and_then(|goal| goal.count);
        let count = count.map_or_else(String::new, |count| format!(", {}", format::count(count, frame.language())));
        canvas.front.group(Group {
            mark: Mark::Goal,
            label: format!("{}{count}", self.goal.join(" ")),
            items: layer.0,
        });
    }
}

/// An arrow that bends down, as thick as customers are many, from the part of the ribbon that ends here.
fn arrow(layer: &mut Layer, (step, top): (f64, f64), (full, rest): (f64, f64)) {
    let width = (full - rest).max(0.4);
    let (y, foot) = (top + full - (full - rest) / 2.0, top + 10.9);
    // Right of the percentage, which ends two millimetres past the narrowest step.
    let x = step + 2.0 + width / 2.0 + 0.8;
    let bend = (0.75 * width).max(3.0).min(foot - y);
    let outline = Outline::from(step - 0.3, y)
        .to(x - bend, y)
        .cubic((x - 0.4 * bend, y), (x, y + 0.4 * bend), (x, y + bend))
        .to(x, foot + 0.2);
    layer.path(outline, Paint::line(Colour::BAD, width).cap(Cap::Butt));
    let half = width / 2.0 + 0.55;
    let head = Outline::from(x - half, foot).to(x + half, foot).to(x, foot + 1.4);
    layer.path(head.close(), Paint::fill(Colour::BAD));
}
