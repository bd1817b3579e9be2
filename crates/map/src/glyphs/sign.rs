//! Triangles, flags and diamonds.

use crate::canvas::Layer;
use crate::colour::Colour;
use crate::display::{Outline, Paint};
use crate::rules::{Finding, Found};

/// The colour of a pain's or a peak's text.
pub(crate) const fn finding_text(found: Found) -> Colour {
    match (found.measured, found.finding) {
        (false, _) => Colour::INK,
        (true, Finding::Pain) => Colour::BAD_TEXT,
        (true, Finding::Peak) => Colour::GOOD_TEXT,
    }
}

/// The triangle of a pain (down) or a peak (up), its left lower corner on a baseline; open where it rests on an estimate.
/// `size` is its width.
pub(crate) fn finding(layer: &mut Layer, (x, y): (f64, f64), size: f64, found: Found) {
    let high = 0.87 * size;
    let outline = match found.finding {
        Finding::Pain => Outline::from(x, y - high).to(x + size, y - high).to(x + size / 2.0, y),
        Finding::Peak => Outline::from(x, y).to(x + size, y).to(x + size / 2.0, y - high),
    };
    let paint = match (found.measured, found.finding) {
        (true, Finding::Pain) => Paint::fill(Colour::BAD),
        (true, Finding::Peak) => Paint::fill(Colour::GOOD_TEXT),
        (false, _) => Paint::line(Colour::INK, 0.25).filled(Colour::WHITE),
    };
    layer.path(outline.close(), paint);
}

/// A flag, its pole standing on a baseline; 2.2 wide, 2.8 high.
pub(crate) fn flag(layer: &mut Layer, (x, y): (f64, f64)) {
    let pole = Paint::line(Colour::INK, 0.3);
    layer.line((x + 0.2, y - 2.6), (x + 0.2, y + 0.2), pole);
    let cloth = Outline::from(x + 0.2, y - 2.6).to(x + 2.2, y - 1.95).to(x + 0.2, y - 1.3);
    layer.path(cloth.close(), Paint::fill(Colour::INK));
}

/// A moment of truth, around a point.
pub(crate) fn diamond(layer: &mut Layer, (x, y): (f64, f64)) {
    const R: f64 = 1.45;
    let outline = Outline::from(x, y - R).to(x + R, y).to(x, y + R).to(x - R, y);
    layer.path(outline.close(), Paint::line(Colour::WHITE, 0.35).filled(Colour::INK));
}

/// An arrow head that points down, its tip on a point.
pub(crate) fn arrow_down(layer: &mut Layer, (x, y): (f64, f64), size: f64, colour: Colour) {
    let head = Outline::from(x - size / 2.0, y - 0.9 * size).to(x + size / 2.0, y - 0.9 * size).to(x, y);
    layer.path(head.close(), Paint::fill(colour));
}
