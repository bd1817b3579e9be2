//! Marks, numbers of pains and peaks, and words where something is missing, placed so that they hide nothing.

use super::Chart;
use super::nodes::Node;
use crate::canvas::{Canvas, Layer, Pen};
use crate::colour::Colour;
use crate::display::Rect;
use crate::format;
use crate::frame::Frame;
use crate::glyphs::{face, sign};
use crate::place::{Placer, Wish};
use crate::text::Style;

/// From the top of a label to its baseline, and its height, per millimetre of type.
const ASCENT: f64 = 0.76;
const HEIGHT: f64 = 0.97;
const TRIANGLE: f64 = 2.3;
const FLAG: f64 = 3.1;

pub(super) fn draw(frame: &Frame<'_>, canvas: &mut Canvas, nodes: &[Node], chart: Chart, placer: &mut Placer) {
    let mut marked: Vec<&Node> = nodes.iter().filter(|node| node.shown.is_some() || node.found.is_some()).collect();
    marked.sort_by(|a, b| value(b).abs().total_cmp(&value(a).abs()).then(a.column.cmp(&b.column)));
    for node in marked {
        mark(frame, &mut canvas.columns[node.column], node, chart, placer);
    }
    let measured = nodes.iter().filter(|node| node.shown.is_some()).count();
    for node in nodes {
        // Where most is still unmeasured the gaps speak for themselves.
        let say_gap = 2 * measured >= nodes.len();
        if let Some(lines) = words(frame, node, say_gap) {
            remark(&mut canvas.columns[node.column], node, &lines, chart, placer);
        }
    }
}

fn value(node: &Node) -> f64 {
    let shown = node.shown.map(|shown| shown.value);
    shown.or(node.estimate.map(|(value, _)| value)).or(node.expected).unwrap_or(0.0)
}

/// The parts of a label, from left to right.
struct Label {
    found: Option<(crate::rules::Found, String)>,
    flag: bool,
    mark: Option<(String, Style, Colour)>,
}

impl Label {
    fn of(frame: &Frame<'_>, node: &Node) -> Self {
        let (full, few) = ((Style::MARK, Colour::INK), (Style::MARK_FEW, Colour::SECOND));
        Self {
            found: node.found.map(|found| (found, found.number.to_string())),
            flag: node.is_last,
            mark: node.shown.map(|shown| {
                let (style, colour) = if shown.full { full } else { few };
                (format::mark(shown.value, frame.language()), style, colour)
            }),
        }
    }

    fn width(&self) -> f64 {
        let found = self.found.as_ref().map_or(0.0, |(_, number)| TRIANGLE + 0.45 + Style::MARK.width(number));
        let flag = if self.flag { FLAG } else { 0.0 };
        let mark = self.mark.as_ref().map_or(0.0, |(text, style, _)| style.width(text));
        let parts = [found, flag, mark].iter().filter(|part| **part > 0.0).count();
        found + flag + mark + self.gap() * parts.saturating_sub(1) as f64
    }

    fn gap(&self) -> f64 {
        if self.found.is_some() { 1.3 } else { 0.0 }
    }

    fn draw(&self, layer: &mut Layer, rect: Rect) {
        let baseline = rect.y + ASCENT * Style::MARK.size;
        let mut x = rect.x;
        if let Some((found, number)) = &self.found {
            sign::finding(layer, (x, baseline - 0.1), TRIANGLE, *found);
            x += TRIANGLE + 0.45;
            let pen = Pen::new(Style::MARK, sign::finding_text(*found)).halo();
            layer.write(pen, (x, baseline), number.as_str());
            x += Style::MARK.width(number) + self.gap();
        }
        if self.flag {
            sign::flag(layer, (x, baseline + 0.1));
            x += FLAG + self.gap();
        }
        if let Some((text, style, colour)) = &self.mark {
            layer.write(Pen::new(*style, *colour).halo(), (x, baseline), text.as_str());
        }
    }
}

fn mark(frame: &Frame<'_>, layer: &mut Layer, node: &Node, chart: Chart, placer: &mut Placer) {
    let label = Label::of(frame, node);
    let value = value(node);
    let pain = node.found.is_some_and(|found| found.finding == crate::rules::Finding::Pain);
    let clear = if node.shown.is_some() { face::RADIUS + 0.75 } else { 1.6 };
    let wish = Wish {
        at: (node.x, chart.y(value)),
        clear,
        size: (label.width(), HEIGHT * Style::MARK.size),
        above: !(pain || value < 0.0),
    };
    if let Some(rect) = placer.place(wish) {
        label.draw(layer, rect);
    }
}

/// What to say at a point: how many come, or that nothing is known.
fn words(frame: &Frame<'_>, node: &Node, say_gap: bool) -> Option<Vec<String>> {
    let terms = frame.terms;
    let text = match (node.shown, node.branch, node.needed) {
        (Some(_), Some(share), _) => terms.of_customers(&format::share(share, frame.language())),
        (Some(_), None, _) => return None,
        (None, _, Some(needed)) => format!("{}: {}", terms.not_measured(), terms.answers_needed(needed)),
        (None, _, None) if say_gap => terms.not_measured().to_owned(),
        (None, _, None) => return None,
    };
    Some(frame.wrap_label(&text, Style::QUOTE, (node.width - 1.0).min(30.0)))
}

fn remark(layer: &mut Layer, node: &Node, lines: &[String], chart: Chart, placer: &mut Placer) {
    let style = Style::QUOTE;
    let width = lines.iter().map(|line| style.width(line)).fold(0.0, f64::max);
    let value = value(node);
    let wish = Wish {
        at: (node.x, chart.y(value)),
        clear: if node.shown.is_some() { face::RADIUS + 0.9 } else { 1.7 },
        size: (width, style.drop(lines.len()) + HEIGHT * style.size),
        above: node.shown.is_some() && value > 0.0,
    };
    if let Some(rect) = placer.place(wish) {
        let pen = Pen::second(style).middle().halo();
        let first = (rect.x + rect.w / 2.0, rect.y + ASCENT * style.size);
        layer.write_lines(pen, first, lines);
    }
}
