//! The scale at the left, marks at the right, and the two summary marks in the rail.

use super::Chart;
use crate::canvas::{Canvas, Pen};
use crate::colour::Colour;
use crate::display::{Anchor, Cap, Paint, Rect, Text};
use crate::format;
use crate::frame::{BODY, Frame, MARGIN, NAME, Strip};
use crate::glyphs::sign;
use crate::rules;
use crate::text::Style;

/// Tints, lines and ticks; gives the places that its texts take inside the chart.
pub(super) fn draw(frame: &Frame<'_>, canvas: &mut Canvas, chart: Chart) -> Vec<Rect> {
    let rect = chart.rect();
    let (top, bottom) = (Rect::new(rect.x, rect.y, rect.w, rect.h / 2.0), rect.y + rect.h / 2.0);
    canvas.ground.rect(top, Paint::tint(Colour::GOOD, 0.045));
    canvas.ground.rect(Rect::new(rect.x, bottom, rect.w, rect.h / 2.0), Paint::tint(Colour::BAD, 0.04));
    let mut taken = Vec::new();
    for value in [-2, -1, 0, 1, 2] {
        let y = chart.y(f64::from(value));
        let line = match value {
            0 => Paint::line(Colour::INK, 0.28).cap(Cap::Butt),
            _ => Paint::line(Colour::RULE, 0.1).dashed(0.3, 1.1).cap(Cap::Butt),
        };
        canvas.ground.line((BODY, y), (frame.right, y), line);
        let sign = match value {
            0 => "",
            value if value < 0 => "−",
            _ => "+",
        };
        frame.row_name(canvas, y + 0.9, &format!("{sign}{}", i32::abs(value)));
        let mark = match value {
            2 => frame.terms.mark_axis().to_owned(),
            value => (6 + 2 * value).to_string(),
        };
        let tick = tick(mark, (frame.right - 0.6, y - 0.7));
        taken.push(tick.bounds());
        canvas.lines.0.push(crate::display::Item::Text(tick));
    }
    taken
}

fn tick(content: String, (x, y): (f64, f64)) -> Text {
    Text {
        x,
        y,
        anchor: Anchor::End,
        face: Style::BODY.face,
        size: Style::BODY.size,
        spacing: 0.0,
        colour: Colour::SECOND,
        halo: false,
        content,
    }
}

/// The name of the lane, the mean and the peak-end mark.
pub(super) fn summary(frame: &Frame<'_>, canvas: &mut Canvas, strip: Strip) {
    let baseline = frame.name(canvas, strip.top + NAME + 0.4, frame.terms.experience(), false);
    let values: Vec<f64> = frame.sheet.touchpoints.iter().filter_map(rules::measured).collect();
    let (Some(mean), Some(peak_end)) = (rules::mean(&values), rules::peak_end(&values)) else {
        frame.remark(canvas, baseline + 3.4, frame.terms.no_mark(), Style::BODY);
        return;
    };
    let mut y = baseline + 7.2;
    for (value, text) in [(mean, frame.terms.mean_mark()), (peak_end, frame.terms.peak_end())] {
        let mark = format::mark(value, frame.language());
        canvas.lines.write(Pen::ink(Style::PHASE), (MARGIN, y), mark);
        canvas.lines.write(Pen::second(Style::BODY), (MARGIN, y + 3.4), text);
        y += 10.4;
    }
    let y = y - 0.6;
    sign::flag(&mut canvas.lines, (MARGIN + 0.3, y));
    canvas.lines.write(Pen::second(Style::BODY), (MARGIN + 3.6, y), frame.terms.last_mark());
}
