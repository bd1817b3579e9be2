//! Faces at measured points, dots at estimates.

use super::Chart;
use super::nodes::Node;
use crate::canvas::Canvas;
use crate::display::Rect;
use crate::glyphs::{badge, face};

const DOT: f64 = 1.05;

/// Draws them in their columns; gives the places they take.
pub(super) fn draw(canvas: &mut Canvas, nodes: &[Node], chart: Chart) -> Vec<Rect> {
    let mut taken = Vec::new();
    for node in nodes {
        let layer = &mut canvas.columns[node.column];
        if let Some(shown) = node.shown {
            let at = (node.x, chart.y(shown.value));
            face::draw(layer, at, shown.value, !shown.full, node.is_pain());
            taken.push(Rect::centred(at.0, at.1, 2.0 * face::RADIUS, 2.0 * face::RADIUS));
        } else if let Some((value, source)) = node.estimate {
            let at = (node.x, chart.y(value));
            badge::source(layer, at, DOT, source);
            taken.push(Rect::centred(at.0, at.1, 2.0 * DOT, 2.0 * DOT));
        }
    }
    taken
}
