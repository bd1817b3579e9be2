//! Vertical hatching where customers expected clearly more than they got.

use super::Chart;
use super::chains::Chains;
use super::nodes::Node;
use crate::canvas::Canvas;
use crate::colour::Colour;
use crate::display::Paint;
use crate::rules::PAIN_GAP;

const EVERY: f64 = 0.95;
/// Of the column's width to either side.
const REACH: f64 = 0.46;
/// Only where the curves part so far.
const PARTED: f64 = 0.45;
/// A point without a curve is hatched so far to either side.
const ALONE: f64 = 3.0;

pub(super) fn draw(canvas: &mut Canvas, chains: &Chains, nodes: &[Node], chart: Chart) {
    for node in nodes {
        let (Some(expected), Some(shown)) = (node.expected, node.shown.filter(|shown| shown.full)) else {
            continue;
        };
        if expected - shown.value < PAIN_GAP - 1e-9 {
            continue;
        }
        let above = chains.expected.iter().find(|chain| chain.columns.contains(&node.column));
        let below = chains.through(node.column);
        let alone = |x: f64, value| ((x - node.x).abs() <= ALONE).then(|| chart.y(value));
        let steps = (REACH * node.width / EVERY) as i32;
        for nth in -steps..=steps {
            let x = node.x + EVERY * f64::from(nth);
            let high = above.and_then(|chain| chain.spline.at(x)).or_else(|| alone(x, expected));
            let low = below.and_then(|chain| chain.spline.at(x)).or_else(|| alone(x, shown.value));
            if let (Some(high), Some(low)) = (high, low)
                && low - high >= PARTED * chart.unit()
            {
                canvas.lines.line((x, high), (x, low), Paint::line(Colour::BAD, 0.16));
            }
        }
    }
}
