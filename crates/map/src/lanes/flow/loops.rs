//! Ways back, as arcs above the ribbon.

use words::TouchpointId;

use super::ALL;
use crate::canvas::{Canvas, Layer, Pen};
use crate::colour::Colour;
use crate::display::{Cap, Group, Mark, Outline, Paint, Rect};
use crate::format;
use crate::frame::{BODY, Frame};
use crate::glyphs::sign;
use crate::sheet::Loop;
use crate::text::Style;

/// More than these do not read; the smaller ones are counted in the rail.
const DRAWN: usize = 4;
const LEVEL: f64 = 3.5;

struct Arc {
    from: f64,
    to: f64,
    level: usize,
    text: String,
    /// Middle of the text.
    text_at: f64,
    width: f64,
    mark: Mark,
    label: String,
    /// Whether both ends are on this sheet.
    ends: (bool, bool),
}

/// The loops of one sheet.
pub(super) struct Arcs {
    arcs: Vec<Arc>,
    levels: usize,
    pub(super) left_out: usize,
}

impl Arcs {
    pub(super) fn of(frame: &Frame<'_>) -> Self {
        let mut loops: Vec<&Loop> = frame.sheet.loops.iter().filter(|found| found.count > 0).collect();
        loops.sort_by_key(|found| std::cmp::Reverse(found.count));
        let mut arcs: Vec<Arc> = loops.iter().filter_map(|found| arc(frame, found)).collect();
        let left_out = arcs.len().saturating_sub(DRAWN);
        arcs.truncate(DRAWN);
        arcs.sort_by(|a, b| (a.from - a.to).abs().total_cmp(&(b.from - b.to).abs()));
        let mut levels: Vec<Vec<(f64, f64)>> = Vec::new();
        for arc in &mut arcs {
            let (low, high) = arc.span();
            let free = |level: &Vec<(f64, f64)>| level.iter().all(|(a, b)| high + 3.0 < *a || *b + 3.0 < low);
            arc.level = levels.iter().position(free).unwrap_or(levels.len());
            if arc.level == levels.len() {
                levels.push(Vec::new());
            }
            levels[arc.level].push((low, high));
        }
        Self { levels: levels.len(), arcs, left_out }
    }

    /// What they take above the ribbon.
    pub(super) fn height(&self) -> f64 {
        LEVEL * self.levels as f64
    }

    pub(super) fn draw(&self, canvas: &mut Canvas, top: f64) {
        for (nth, arc) in self.arcs.iter().enumerate() {
            let mut layer = Layer::default();
            // Two arcs never come down on the same spot.
            let aside = 2.0 + 1.4 * nth as f64;
            arc.draw(&mut layer, top, aside);
            canvas.front.group(Group { mark: arc.mark.clone(), label: arc.label.clone(), items: layer.0 });
        }
    }
}

/// A loop with an end on this sheet.
fn arc(frame: &Frame<'_>, found: &Loop) -> Option<Arc> {
    let column = |id: &TouchpointId| {
        frame.touchpoints().find(|(_, _, touchpoint)| touchpoint.id == *id).map(|(_, slot, _)| slot.centre())
    };
    let place = |id: &TouchpointId| frame.sheet.touchpoints.iter().position(|touchpoint| touchpoint.id == *id);
    let (from, to) = (column(&found.from), column(&found.to));
    let back = place(&found.to)? <= place(&found.from)?;
    let (beyond_from, beyond_to) = if back { (frame.right, BODY) } else { (BODY, frame.right) };
    let ends = (from.is_some(), to.is_some());
    if ends == (false, false) {
        return None;
    }
    let (from, to) = (from.unwrap_or(beyond_from), to.unwrap_or(beyond_to));
    let share = format::share(found.share, frame.language());
    let target = frame.sheet.touchpoint(&found.to).map_or("", |touchpoint| touchpoint.title.as_str());
    let full = match (&found.label, ends.1) {
        (Some(label), true) => format!("{label} {share}"),
        (None, true) => format!("{} {share}", frame.terms.again()),
        (_, false) => format!("{share} {} ‘{target}’", frame.terms.back_to()),
    };
    let (low, high) = (from.min(to), from.max(to));
    let fits = |text: &str| Style::STRONG.width(text) + 12.0 <= high - low;
    let text = if fits(&full) { full.clone() } else { share };
    let half = Style::STRONG.width(&text) / 2.0;
    // Where even the share does not fit inside the arc it stands beside it.
    let inside = fits(&text);
    let text_at = if inside {
        (low + high) / 2.0
    } else if high + 9.0 + 2.0 * half < frame.right {
        high + 9.0 + half
    } else {
        low - 5.0 - half
    };
    Some(Arc {
        from,
        to,
        level: 0,
        label: format!("{full}: {}", format::count(found.count, frame.language())),
        text,
        text_at,
        width: (ALL * found.share).clamp(0.5, 1.6),
        mark: Mark::Looped { from: found.from.clone(), to: found.to.clone() },
        ends,
    })
}

impl Arc {
    /// What it takes from left to right, with its text.
    fn span(&self) -> (f64, f64) {
        let half = Style::STRONG.width(&self.text) / 2.0 + 1.0;
        let (low, high) = (self.from.min(self.to), self.from.max(self.to));
        (low.min(self.text_at - half), (high + 8.0).max(self.text_at + half))
    }

    fn draw(&self, layer: &mut Layer, top: f64, aside: f64) {
        let y = top - 3.9 - LEVEL * self.level as f64;
        let own = (self.from - self.to).abs() < 1e-6;
        let from = self.from + if own { 6.0 } else { aside };
        let to = self.to + if own { -2.0 } else { aside };
        let bend = (from - to).abs().min(16.0) / 2.0 * if to < from { -1.0 } else { 1.0 };
        let line = Paint::line(Colour::INK, self.width).cap(Cap::Butt);
        let start = if self.ends.0 { Outline::from(from, top - 0.4) } else { Outline::from(self.from, y) };
        let up = match self.ends.0 {
            true => start.cubic((from, y + 0.3), (from + 0.5 * bend, y), (from + bend, y)),
            false => start,
        };
        let outline = match self.ends.1 {
            true => up.to(to - bend, y).cubic((to - 0.5 * bend, y), (to, y + 0.3), (to, top - 1.5)),
            false => up.to(self.to, y),
        };
        layer.path(outline, line);
        if self.ends.1 {
            sign::arrow_down(layer, (to, top - 0.1), 2.6_f64.max(self.width + 1.4), Colour::INK);
        }
        let width = Style::STRONG.width(&self.text) + 2.4;
        layer.rect(Rect::centred(self.text_at, y, width, 3.2), Paint::fill(Colour::WHITE));
        let pen = Pen::ink(Style::STRONG).middle();
        layer.write(pen, (self.text_at, y + 1.0), self.text.as_str());
    }
}
