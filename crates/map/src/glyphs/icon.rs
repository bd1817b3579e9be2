//! Small signs of lines, rings and dots, in a square of 20 units around their middle.

use crate::canvas::Layer;
use crate::colour::Colour;
use crate::display::{Outline, Paint, Segment};

/// A sign.
pub(crate) struct Icon {
    /// Stroked: `M x y`, `L x y`, `Q cx cy x y`, `C ax ay bx by x y`, `Z`, parted by spaces.
    pub(crate) strokes: &'static str,
    /// Filled, in the same words.
    pub(crate) fills: &'static str,
    /// Stroked circles: x, y, radius.
    pub(crate) rings: &'static [(f64, f64, f64)],
    /// Filled circles.
    pub(crate) dots: &'static [(f64, f64, f64)],
}

impl Icon {
    pub(crate) const EMPTY: Self = Self { strokes: "", fills: "", rings: &[], dots: &[] };

    /// Draws it `size` mm high around a point.
    pub(crate) fn draw(&self, layer: &mut Layer, (x, y): (f64, f64), size: f64, colour: Colour) {
        let scale = size / 20.0;
        let stroke = Paint::line(colour, (0.094 * size).clamp(0.22, 0.4));
        let place = |(dx, dy): (f64, f64)| (x + dx * scale, y + dy * scale);
        layer.path(outline(self.strokes, place), stroke);
        layer.path(outline(self.fills, place), Paint::fill(colour));
        for (dx, dy, radius) in self.rings {
            layer.circle(place((*dx, *dy)), radius * scale, stroke);
        }
        for (dx, dy, radius) in self.dots {
            layer.circle(place((*dx, *dy)), radius * scale, Paint::fill(colour));
        }
    }
}

/// Reads an outline and puts every point in its place. What cannot be read is left out; a test reads them all.
pub(crate) fn outline(words: &str, place: impl Fn((f64, f64)) -> (f64, f64)) -> Outline {
    let mut words = words.split_whitespace();
    let mut segments = Vec::new();
    while let Some(verb) = words.next() {
        let mut point = || {
            let x = words.next()?.parse().ok()?;
            let y = words.next()?.parse().ok()?;
            Some(place((x, y)))
        };
        let segment = match verb {
            "M" => point().map(|(x, y)| Segment::Move(x, y)),
            "L" => point().map(|(x, y)| Segment::Line(x, y)),
            "Q" => point().zip(point()).map(|(c, e)| Segment::Quad(c.0, c.1, e.0, e.1)),
            "C" => point().zip(point()).zip(point()).map(|((a, b), e)| Segment::Cubic(a.0, a.1, b.0, b.1, e.0, e.1)),
            "Z" => Some(Segment::Close),
            _ => None,
        };
        segments.extend(segment);
    }
    Outline(segments)
}
