//! Open complaints at a token: their number, led by a mark when one of them is late.

use crate::canvas::{Canvas, Layer, Pen};
use crate::colour::Colour;
use crate::display::{Group, Mark, Paint, Rect};
use crate::frame::Frame;
use crate::glyphs::token;
use crate::sheet::Touchpoint;
use crate::text::Style;

/// The badge, at the left lower corner of the token.
pub(super) fn badge(frame: &Frame<'_>, canvas: &mut Canvas, (x, y): (f64, f64), touchpoint: &Touchpoint) {
    let Some(complaints) = touchpoint.complaints.filter(|complaints| complaints.open > 0) else { return };
    let is_late = complaints.overdue > 0;
    let text = if is_late { format!("{}!", complaints.open) } else { complaints.open.to_string() };
    let scale = token::scale(touchpoint.attention);
    let width = (Style::BODY_STRONG.width(&text) + 1.8).max(3.4);
    let right = x - 5.0 * scale + 1.1;
    let pill = Rect::new(right - width, y + 3.4 * scale - 1.5, width, 3.4);
    let (paint, ink) = match is_late {
        true => (Paint::line(Colour::WHITE, 0.4).filled(Colour::BAD_TEXT), Colour::WHITE),
        false => (Paint::line(Colour::BAD_TEXT, 0.4).filled(Colour::WHITE), Colour::BAD_TEXT),
    };
    let mut layer = Layer::default();
    layer.rounded(pill, 0.8, paint);
    layer.write(Pen::new(Style::BODY_STRONG, ink).middle(), (right - width / 2.0, pill.y + 2.6), text);
    canvas.front.group(Group {
        mark: Mark::Complaints(touchpoint.id.clone()),
        label: format!("{}: {}", touchpoint.title, frame.terms.complaints(complaints)),
        items: layer.0,
    });
}
