//! The face at a measured point, and the persona's.

use super::icon::outline;
use crate::canvas::Layer;
use crate::colour::Colour;
use crate::display::{Outline, Paint};

/// Half the width of a face, millimetres.
pub(crate) const RADIUS: f64 = 2.5;

/// Vermilion for a pain, whatever its level, and from −0.5; green from +0.5, grey between.
pub(crate) const fn colour(value: f64, is_pain: bool) -> Colour {
    if is_pain {
        Colour::BAD
    } else if value >= 0.5 {
        Colour::GOOD
    } else if value <= -0.5 {
        Colour::BAD
    } else {
        Colour::NEUTRAL
    }
}

/// The face of a value; hollow with few answers. In a pain nobody smiles: what was expected was better.
pub(crate) fn draw(layer: &mut Layer, (x, y): (f64, f64), value: f64, hollow: bool, is_pain: bool) {
    let colour = colour(value, is_pain);
    let value = if is_pain { value.min(0.0) } else { value };
    layer.circle((x, y), RADIUS + 0.5, Paint::fill(Colour::WHITE));
    let lines = if hollow {
        layer.circle((x, y), RADIUS, Paint::line(colour, 0.55).filled(Colour::WHITE));
        colour
    } else {
        layer.circle((x, y), RADIUS, Paint::fill(colour));
        Colour::WHITE
    };
    for side in [-0.85, 0.85] {
        layer.circle((x + side, y - 0.6), 0.33, Paint::fill(lines));
    }
    let corner = y + 0.92 - 0.24 * value;
    let mouth = Outline::from(x - 1.12, corner).quad(x, y + 0.92 + 0.8 * value, x + 1.12, corner);
    layer.path(mouth, Paint::line(lines, 0.34));
}

const HAIR: &str =
    "M -4.7 0.6 C -6.4 -8.6 6.4 -8.6 4.7 0.6 C 4.3 -2.4 2.6 -3.4 0.9 -4.3 C -0.5 -2.9 -3.6 -2.4 -4.7 0.6 Z";
const CHIN: &str = "M -4.1 -0.6 C -4.4 7.2 4.4 7.2 4.1 -0.6";
const SMILE: &str = "M -1.6 2.6 Q 0 3.9 1.6 2.6";
const SHOULDERS: &str = "M -6.0 6.4 Q -4.6 5.2 -2.3 4.7 M 6.0 6.4 Q 4.6 5.2 2.3 4.7";

/// The persona, in a circle of radius 8.
pub(crate) fn persona(layer: &mut Layer, (x, y): (f64, f64)) {
    let place = |(dx, dy): (f64, f64)| (x + dx, y + dy - 0.6);
    let line = Paint::line(Colour::INK, 0.35);
    layer.circle((x, y), 8.0, line.filled(Colour::WHITE));
    for part in [CHIN, SMILE, SHOULDERS] {
        layer.path(outline(part, place), line);
    }
    layer.path(outline(HAIR, place), Paint::fill(Colour::INK));
    for side in [-1.6, 1.6] {
        layer.circle(place((side, 0.5)), 0.42, Paint::fill(Colour::INK));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pain_has_the_colour_of_pain_whatever_its_level() {
        assert_eq!(colour(0.8, true), Colour::BAD, "a 7,6 where a 10 was expected");
        assert_eq!(
            [colour(0.8, false), colour(0.0, false), colour(-0.5, false)],
            [Colour::GOOD, Colour::NEUTRAL, Colour::BAD]
        );
    }
}
