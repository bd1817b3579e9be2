//! A lane about which nothing is known yet: its name and one calm sentence.

use super::Lane;
use crate::canvas::{Canvas, Pen};
use crate::colour::Colour;
use crate::display::Paint;
use crate::frame::{BODY, Frame, NAME, RIGHT, Strip};
use crate::text::Style;

pub(crate) struct Empty {
    pub(crate) name: &'static str,
    pub(crate) sentence: &'static str,
    /// Millimetres; `None` for the lane that takes what is left.
    pub(crate) height: Option<f64>,
    /// A dotted line, where something will flow.
    pub(crate) dotted: bool,
}

impl Lane for Empty {
    fn height(&self) -> Option<f64> {
        self.height
    }

    fn parted_from(&self) -> Option<f64> {
        None
    }

    fn draw(&self, frame: &Frame<'_>, canvas: &mut Canvas, strip: Strip) {
        let baseline = strip.top + NAME;
        frame.name(canvas, baseline, self.name, false);
        canvas.lines.write(Pen::second(Style::QUOTE), (BODY + 1.4, baseline), self.sentence);
        if self.dotted {
            let y = strip.top + strip.height / 2.0;
            let dots = Paint::line(Colour::RULE, 0.4).dashed(0.02, 2.0);
            canvas.lines.line((BODY, y), (RIGHT, y), dots);
        }
    }
}
