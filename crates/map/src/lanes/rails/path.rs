//! One customer's path on the rails: a line from visit to visit, and at each token the numbers of the visits.

use words::TouchpointId;

use super::{Heights, line};
use crate::canvas::{Canvas, Layer, Pen};
use crate::colour::Colour;
use crate::display::{Outline, Paint, Rect};
use crate::frame::Frame;
use crate::glyphs::token;
use crate::sheet::Touchpoint;
use crate::text::Style;

/// Visits written at one token; the rest is counted.
const WRITTEN: usize = 3;

/// Draws the line between visits that stand on this sheet.
pub(super) fn draw(
    frame: &Frame<'_>,
    canvas: &mut Canvas,
    heights: Heights,
    point: impl Fn(usize) -> Option<(f64, f64)>,
) {
    let column = |id: &TouchpointId| {
        frame.touchpoints().find(|(_, _, touchpoint)| touchpoint.id == *id).map(|(column, ..)| column)
    };
    let visits: Vec<Option<usize>> = frame.options.path.iter().map(column).collect();
    for pair in visits.windows(2) {
        let (Some(a), Some(b)) = (pair[0], pair[1]) else { continue };
        let (Some(from), Some(to)) = (point(a), point(b)) else { continue };
        let outline = if b == a + 1 {
            line::switch(Outline::from(from.0, from.1), from, to)
        } else {
            around(from, to, b < a, heights)
        };
        canvas.lines.path(outline.clone(), Paint::line(Colour::WHITE, 1.3));
        canvas.lines.path(outline, Paint::line(Colour::PATH, 0.8));
    }
}

/// Past other tokens: between the rails, a little higher on the way back so that there and back stay apart.
fn around(from: (f64, f64), to: (f64, f64), back: bool, heights: Heights) -> Outline {
    let middle = (heights.online + heights.offline) / 2.0 + if back { -1.2 } else { 1.2 };
    let turn = if to.0 < from.0 { -9.0 } else { 9.0 };
    let (leave, arrive) = ((from.0 + turn, middle), (to.0 - turn, middle));
    Outline::from(from.0, from.1)
        .cubic((from.0 + turn * 0.6, from.1), (from.0 + turn * 0.4, middle), leave)
        .to(arrive.0, arrive.1)
        .cubic((to.0 - turn * 0.4, middle), (to.0 - turn * 0.6, to.1), to)
}

/// The numbers of a touchpoint's visits, at the right upper corner of its token.
pub(super) fn number(frame: &Frame<'_>, layer: &mut Layer, (x, y): (f64, f64), touchpoint: &Touchpoint) {
    let path = frame.options.path.iter().enumerate();
    let visits: Vec<String> =
        path.filter(|(_, id)| **id == touchpoint.id).map(|(nth, _)| (nth + 1).to_string()).collect();
    if visits.is_empty() {
        return;
    }
    let text = if visits.len() > WRITTEN { format!("{}×", visits.len()) } else { visits.join("·") };
    let scale = token::scale(touchpoint.attention);
    let width = (Style::BODY_STRONG.width(&text) + 1.8).max(3.4);
    let centre = (x + 5.0 * scale + 0.6, y - 3.4 * scale);
    let left = centre.0 - 1.7;
    let pill = Rect::new(left, centre.1 - 1.7, width, 3.4);
    layer.rounded(pill, 1.7, Paint::line(Colour::WHITE, 0.4).filled(Colour::PATH));
    let pen = Pen::new(Style::BODY_STRONG, Colour::WHITE).middle();
    layer.write(pen, (left + width / 2.0, centre.1 + 0.9), text);
}
