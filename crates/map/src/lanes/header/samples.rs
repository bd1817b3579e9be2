//! One sample per sign of the legend, drawn around a point.

use words::{Category, Performer, Starter};

use crate::canvas::{Layer, Pen};
use crate::colour::Colour;
use crate::display::{Cap, Paint, Rect};
use crate::glyphs::badge::{self, Source};
use crate::glyphs::{sign, token};
use crate::text::Style;

/// A sign that the legend explains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sample {
    Category(Category),
    Starter(Starter),
    OtherSystem,
    Indirect,
    MomentOfTruth,
    Attention,
    Performer(Performer),
    Source(Source),
    Measured,
    Estimated,
    Branch,
    Expected,
    Desired,
    Few,
    Gap,
    Path,
    UnderWay,
    AfterGoal,
    Reach,
}

/// A sample with what it means.
pub(crate) struct Entry {
    pub(crate) sample: Sample,
    pub(crate) text: String,
}

impl Sample {
    /// Draws it around a point; within 7 mm of width and 3.4 of height.
    pub(crate) fn draw(self, layer: &mut Layer, at: (f64, f64)) {
        let (x, y) = at;
        let ring = |colour, width| Paint::line(colour, width).cap(Cap::Butt);
        match self {
            Self::Category(category) => {
                let paint = Paint::line(Colour::BOUNDARY, 0.43).filled(Colour::WHITE);
                let outlines = token::outlines(category, at, 0.42);
                for outline in outlines.closed.into_iter().chain(outlines.flap) {
                    layer.path(outline, paint);
                }
            }
            Self::Starter(Starter::Customer) => layer.circle(at, 1.35, ring(Colour::CUSTOMER, 0.75)),
            Self::Starter(Starter::Us) => layer.circle(at, 1.35, ring(Colour::US, 0.75)),
            Self::OtherSystem => layer.circle(at, 1.35, ring(Colour::BOUNDARY, 0.4)),
            Self::Indirect => layer.circle(at, 1.35, ring(Colour::SECOND, 0.75).dashed(1.0, 0.7)),
            Self::MomentOfTruth => sign::diamond(layer, at),
            Self::Attention => {
                layer.circle((x - 1.4, y), 0.95, ring(Colour::BOUNDARY, 0.4));
                layer.circle((x + 1.5, y), 1.55, ring(Colour::BOUNDARY, 0.4));
            }
            Self::Performer(performer) => badge::performer(layer, at, performer),
            Self::Source(source) => badge::source(layer, at, 0.85, source),
            _ => self.draw_line((x, y), layer),
        }
    }

    fn draw_line(self, (x, y): (f64, f64), layer: &mut Layer) {
        let (left, right) = ((x - 3.0, y), (x + 3.0, y));
        match self {
            Self::Measured => {
                layer.rect(Rect::centred(x, y, 6.0, 2.6), Paint::tint(Colour::MARGIN, 0.2));
                layer.line(left, right, Paint::line(Colour::INK, 1.2).cap(Cap::Butt));
            }
            Self::Estimated => {
                layer.line(left, right, Paint::line(Colour::INK, 0.45));
                badge::source(layer, (x, y), 1.05, Source::Assumed);
            }
            Self::Branch => layer.line(left, right, Paint::line(Colour::INK, 0.6)),
            Self::Expected => {
                layer.line(left, right, Paint::line(Colour::EXPECTED, 0.5).dashed(2.2, 1.4).cap(Cap::Butt))
            }
            Self::Desired => layer.line(left, right, Paint::line(Colour::US, 0.6).dashed(0.02, 1.5)),
            Self::Few => layer.circle((x, y), 1.3, Paint::line(Colour::NEUTRAL, 0.55).filled(Colour::WHITE)),
            Self::Gap => {
                for nth in 0..5 {
                    let x = x - 1.9 + 0.95 * f64::from(nth);
                    layer.line((x, y - 1.4), (x, y + 1.4), Paint::line(Colour::BAD, 0.16));
                }
            }
            Self::Path => layer.line(left, right, Paint::line(Colour::PATH, 0.8)),
            Self::UnderWay => layer.rect(Rect::centred(x, y, 6.0, 2.6), Paint::fill(Colour::RIBBON)),
            Self::AfterGoal => layer.rect(Rect::centred(x, y, 6.0, 2.6), Paint::fill(Colour::RIBBON_AFTER)),
            Self::Reach => layer.write(Pen::ink(Style::STRONG).middle(), (x, y + 0.9), "%"),
            _ => {}
        }
    }
}
