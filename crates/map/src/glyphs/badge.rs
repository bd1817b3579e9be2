//! Who performs a touchpoint on our side, and what its experience rests on.

use words::Performer;

use super::icon::outline;
use crate::canvas::Layer;
use crate::colour::Colour;
use crate::display::{Paint, Rect};

const PERSON: &str = "M -0.82 0.95 Q -0.82 0.1 0 0.1 Q 0.82 0.1 0.82 0.95 Z";
const BOLT: &str = "M 0.27 -1.08 L -0.72 0.22 L -0.07 0.22 L -0.27 1.08 L 0.72 -0.25 L 0.07 -0.25 Z";

/// The badge of a performer around a point; a bot with a person behind it has both signs.
pub(crate) fn performer(layer: &mut Layer, at: (f64, f64), performer: Performer) {
    let edge = Paint::line(Colour::INK, 0.2).filled(Colour::WHITE);
    match performer {
        Performer::Human => {
            layer.circle(at, 1.5, edge);
            person(layer, at);
        }
        Performer::Automatic => {
            layer.circle(at, 1.5, edge);
            bolt(layer, at);
        }
        Performer::Bot => {
            layer.rounded(Rect::centred(at.0, at.1, 4.6, 3.0), 1.5, edge);
            person(layer, (at.0 - 1.0, at.1));
            bolt(layer, (at.0 + 1.0, at.1));
        }
    }
}

fn person(layer: &mut Layer, (x, y): (f64, f64)) {
    layer.circle((x, y - 0.46), 0.43, Paint::fill(Colour::INK));
    layer.path(outline(PERSON, |(dx, dy)| (x + dx, y + dy)), Paint::fill(Colour::INK));
}

fn bolt(layer: &mut Layer, (x, y): (f64, f64)) {
    layer.path(outline(BOLT, |(dx, dy)| (x + dx, y + dy)), Paint::fill(Colour::INK));
}

/// What the experience at a touchpoint rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Source {
    /// What staff think: hollow.
    Assumed,
    /// A workshop: half.
    Asked,
    /// Answers: full.
    Measured,
}

/// The dot of a source.
pub(crate) fn source(layer: &mut Layer, (x, y): (f64, f64), radius: f64, source: Source) {
    let stroke = 0.3 * radius.min(1.0);
    layer.circle((x, y), radius, Paint::line(Colour::INK, stroke).filled(Colour::WHITE));
    match source {
        Source::Assumed => {}
        Source::Measured => layer.circle((x, y), radius, Paint::fill(Colour::INK)),
        Source::Asked => {
            // Half a circle by two cubics; 0.5523 is the usual factor for a quarter.
            let k = 0.552_3 * radius;
            let half = crate::display::Outline::from(x, y - radius)
                .cubic((x - k, y - radius), (x - radius, y - k), (x - radius, y))
                .cubic((x - radius, y + k), (x - k, y + radius), (x, y + radius))
                .close();
            layer.path(half, Paint::fill(Colour::INK));
        }
    }
}
