//! The experience curves: expected, assumed, measured with its margin, desired.

mod axis;
mod chains;
mod hatch;
mod labels;
mod nodes;
mod points;
mod strokes;

use super::Lane;
use crate::canvas::{Canvas, Pen};
use crate::display::Rect;
use crate::frame::{BODY, Frame, Strip};
use crate::place::Placer;
use crate::text::Style;
use chains::Chains;
use nodes::{Node, nodes};

/// White above and below the chart.
const PAD: f64 = 3.1;

/// Where values stand on the sheet.
#[derive(Clone, Copy)]
struct Chart {
    top: f64,
    height: f64,
    /// Its right side.
    right: f64,
}

impl Chart {
    const fn of(strip: Strip, right: f64) -> Self {
        Self { top: strip.top + PAD, height: strip.height - 2.0 * PAD, right }
    }

    /// Millimetres per point; half a point is free above +2 and below −2 together.
    fn unit(self) -> f64 {
        self.height / 4.5
    }

    fn y(self, value: f64) -> f64 {
        self.top + self.height / 2.0 - value.clamp(-2.0, 2.0) * self.unit()
    }

    /// Points along the neutral line, for labels to keep off it a little.
    fn neutral(self) -> impl Iterator<Item = (f64, f64)> {
        let steps = ((self.right - BODY) / 5.0) as u32;
        (0..=steps).map(move |nth| (BODY + 5.0 * f64::from(nth), self.y(0.0)))
    }

    fn rect(self) -> Rect {
        Rect::new(BODY, self.top, self.right - BODY, self.height)
    }
}

struct Emotion {
    nodes: Vec<Node>,
    /// Whether there is anything to draw a curve from.
    known: bool,
}

pub(crate) fn lane(frame: &Frame<'_>) -> Box<dyn Lane> {
    let known = frame.sheet.touchpoints.iter().any(|touchpoint| {
        let experience = &touchpoint.experience;
        let declared = [experience.expected, experience.assumed, experience.asked, experience.desired];
        declared.iter().any(Option::is_some) || experience.measured.is_some_and(|found| found.n > 0)
    });
    Box::new(Emotion { nodes: nodes(frame), known })
}

impl Lane for Emotion {
    fn height(&self) -> Option<f64> {
        None
    }

    fn parted_from(&self) -> Option<f64> {
        self.known.then_some(0.0)
    }

    fn draw(&self, frame: &Frame<'_>, canvas: &mut Canvas, strip: Strip) {
        let chart = Chart::of(strip, frame.right);
        let mut taken = axis::draw(frame, canvas, chart);
        axis::summary(frame, canvas, strip);
        if !self.known {
            let baseline = chart.y(0.0) - 1.6;
            let pen = Pen::second(Style::QUOTE);
            canvas.lines.write(pen, (BODY + 1.4, baseline), frame.terms.empty_experience());
            return;
        }
        let chains = Chains::of(&self.nodes, chart);
        strokes::bands(canvas, &chains);
        hatch::draw(canvas, &chains, &self.nodes, chart);
        let mut curves = strokes::draw(canvas, &chains);
        curves.extend(chart.neutral());
        taken.extend(points::draw(canvas, &self.nodes, chart));
        let mut placer = Placer::new(chart.rect(), curves);
        for rect in taken {
            placer.take(rect);
        }
        labels::draw(frame, canvas, &self.nodes, chart, &mut placer);
    }
}
