//! The curves as strokes, and the margin as a tint.

use super::chains::{Chain, Chains};
use crate::canvas::{Canvas, Layer};
use crate::colour::Colour;
use crate::display::{Cap, Paint};

/// Samples per stretch, for placing labels.
const SAMPLES: usize = 24;
/// Half the length of a mark for a value without neighbours.
const ALONE: f64 = 2.6;

pub(super) fn bands(canvas: &mut Canvas, chains: &Chains) {
    for band in &chains.bands {
        let opacity = if band.on_branch { 0.13 } else { 0.2 };
        let area = band.high.area(&band.low, 0, band.points - 1);
        canvas.lines.path(area, Paint::tint(Colour::MARGIN, opacity));
    }
}

/// Draws all curves, thickest last; gives samples of them.
pub(super) fn draw(canvas: &mut Canvas, chains: &Chains) -> Vec<(f64, f64)> {
    let desired = Paint::line(Colour::US, 0.6).dashed(0.02, 1.5);
    let expected = Paint::line(Colour::EXPECTED, 0.5).dashed(2.2, 1.4).cap(Cap::Butt);
    let estimated = Paint::line(Colour::INK, 0.45);
    let thin = Paint::line(Colour::INK, 0.6);
    let thick = Paint::line(Colour::INK, 1.2);
    let layer = &mut canvas.lines;
    for chain in &chains.desired {
        whole(layer, chain, desired);
    }
    for chain in &chains.expected {
        whole(layer, chain, expected);
    }
    for chain in &chains.estimated {
        layer.path(chain.spline.outline(0, chain.full.len()), estimated);
    }
    for chain in &chains.branches {
        layer.path(chain.spline.outline(0, chain.full.len()), thin);
    }
    for (full, paint) in [(false, thin), (true, thick)] {
        for chain in &chains.measured {
            stretches(layer, chain, full, paint);
        }
    }
    let all = [&chains.desired, &chains.expected, &chains.estimated, &chains.branches, &chains.measured];
    all.into_iter().flatten().flat_map(|chain| chain.spline.samples(SAMPLES)).collect()
}

/// A declared curve; a value without neighbours as a short level mark.
fn whole(layer: &mut Layer, chain: &Chain, paint: Paint) {
    if chain.full.is_empty() {
        for (x, y) in chain.spline.samples(1) {
            layer.line((x - ALONE, y), (x + ALONE, y), paint);
        }
    }
    layer.path(chain.spline.outline(0, chain.full.len()), paint);
}

/// The stretches that rest on enough answers, or those that do not, each run in one stroke.
fn stretches(layer: &mut Layer, chain: &Chain, full: bool, paint: Paint) {
    let mut from = 0;
    while from < chain.full.len() {
        let length = chain.full[from..].iter().take_while(|it| **it == full).count();
        if length > 0 {
            layer.path(chain.spline.outline(from, from + length), paint);
        }
        from += length.max(1);
    }
}
