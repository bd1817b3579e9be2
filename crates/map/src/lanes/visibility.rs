//! The line that customers do not see past.

use super::Lane;
use crate::canvas::{Canvas, Pen};
use crate::colour::Colour;
use crate::display::{Cap, Paint};
use crate::frame::{Frame, MARGIN, Strip};
use crate::text::Style;

struct Visibility;

pub(crate) fn lane() -> Box<dyn Lane> {
    Box::new(Visibility)
}

impl Lane for Visibility {
    fn height(&self) -> Option<f64> {
        Some(3.0)
    }

    fn rule(&self) -> Option<Colour> {
        None
    }

    fn parted_from(&self) -> Option<f64> {
        None
    }

    fn draw(&self, frame: &Frame<'_>, canvas: &mut Canvas, strip: Strip) {
        let y = strip.top + 1.7;
        let name = frame.terms.visibility();
        let left = MARGIN + Style::STRONG.width(name) + 2.5;
        let line = Paint::line(Colour::INK, 0.4).dashed(2.4, 1.4).cap(Cap::Butt);
        canvas.lines.line((left, y), (frame.right, y), line);
        canvas.lines.write(Pen::ink(Style::STRONG), (MARGIN, y + 1.0), name);
    }
}
