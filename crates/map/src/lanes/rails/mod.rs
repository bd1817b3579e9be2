//! Two rails, online and offline; one journey line that switches between them; a token per touchpoint.

mod also;
mod complaints;
mod line;
mod path;

use words::{Attention, Rail};

use super::Lane;
use super::empty::{Empty, Hint};
use crate::canvas::{Canvas, Pen};
use crate::colour::Colour;
use crate::display::Paint;
use crate::frame::{Frame, MARGIN, NAME, Slot, Strip};
use crate::glyphs::badge::Source;
use crate::glyphs::token;
use crate::rules;
use crate::sheet::Touchpoint;
use crate::text::Style;
use also::Also;

const LOWEST: f64 = 43.0;
pub(super) const ONLINE: f64 = 13.2;
pub(super) const BETWEEN: f64 = 17.1;
/// From the rail up to the last line of a channel's name, and down to the first.
const ABOVE: f64 = 7.2;
const BELOW: f64 = 10.0;

struct Stop {
    rail: Rail,
    /// The names of the channels on that rail.
    names: Vec<String>,
    /// The channels on the other rail.
    also: Option<Also>,
}

struct Rails {
    /// Per column; `None` in an empty phase.
    stops: Vec<Option<Stop>>,
    /// Lines of names above the upper and below the lower rail, beyond the first.
    extra: (f64, f64),
}

/// What the experience at a touchpoint rests on.
pub(super) fn source(touchpoint: &Touchpoint) -> Option<Source> {
    let experience = &touchpoint.experience;
    let shown = experience.measured.is_some() && rules::estimated(touchpoint).is_none();
    if shown && experience.measured.is_some_and(|found| found.n >= words::Evidence::SHOWN) {
        return Some(Source::Measured);
    }
    let estimate = experience.asked.map(|_| Source::Asked);
    estimate.or_else(|| experience.assumed.map(|_| Source::Assumed))
}

pub(crate) fn lane(frame: &Frame<'_>) -> Box<dyn Lane> {
    if frame.sheet.touchpoints.iter().all(|touchpoint| touchpoint.channels.is_empty()) {
        return Empty {
            name: frame.terms.channel(),
            sentence: frame.terms.empty_channels(),
            height: LOWEST,
            hint: Hint::Rails,
        }
        .lane(frame);
    }
    let mut before = frame.sheet.touchpoints.iter().find_map(Touchpoint::rail).unwrap_or(Rail::Online);
    let stops: Vec<Option<Stop>> = frame
        .slots
        .iter()
        .map(|slot| {
            let touchpoint = slot.get()?;
            let rail = touchpoint.rail().unwrap_or(before);
            before = rail;
            Some(stop(frame, slot, touchpoint, rail))
        })
        .collect();
    let extra = |rail: Rail| {
        let lines = stops.iter().flatten().map(|stop| {
            let also = stop.also.as_ref().map_or(0, |also| also.names.len());
            if stop.rail == rail { stop.names.len() } else { also }
        });
        Style::BODY.drop(lines.max().unwrap_or(0))
    };
    let extra = (extra(Rail::Online), extra(Rail::Offline));
    Box::new(Rails { stops, extra })
}

fn stop(frame: &Frame<'_>, slot: &Slot<'_>, touchpoint: &Touchpoint, rail: Rail) -> Stop {
    let names = |on: Rail| {
        let mut names: Vec<String> = touchpoint
            .channels
            .iter()
            .filter(|channel| channel.rail == on)
            .map(|channel| channel.label.clone().unwrap_or_else(|| frame.terms.channel_name(&channel.channel)))
            .collect();
        names.dedup();
        frame.wrap(&names.join(", "), Style::BODY, (slot.width - 1.6).min(40.0))
    };
    let other = touchpoint.channels.iter().find(|channel| channel.rail != rail);
    Stop {
        rail,
        names: names(rail),
        also: other.map(|other| Also { channel: other.channel.clone(), rail: other.rail, names: names(other.rail) }),
    }
}

/// The heights of the two rails on the sheet.
#[derive(Clone, Copy)]
struct Heights {
    online: f64,
    offline: f64,
}

impl Heights {
    const fn of(self, rail: Rail) -> f64 {
        match rail {
            Rail::Online => self.online,
            Rail::Offline => self.offline,
        }
    }
}

impl Lane for Rails {
    fn height(&self) -> Option<f64> {
        Some(LOWEST + self.extra.0 + self.extra.1)
    }

    fn draw(&self, frame: &Frame<'_>, canvas: &mut Canvas, strip: Strip) {
        let online = strip.top + ONLINE + self.extra.0;
        let heights = Heights { online, offline: online + BETWEEN };
        frame.name(canvas, strip.top + NAME, frame.terms.channel(), false);
        for rail in [Rail::Online, Rail::Offline] {
            let y = heights.of(rail);
            let name = frame.terms.rail(rail);
            canvas.lines.write(Pen::second(Style::PLAIN), (MARGIN, y + 0.95), name);
            let left = MARGIN + Style::PLAIN.width(name) + 2.5;
            canvas.ground.line((left, y), (frame.right, y), Paint::line(Colour::HAIR, 0.25));
        }
        let stops: Vec<(f64, f64)> = self.points(frame, heights);
        let (on_from_before, goes_on) = (frame.number.0 > 1, frame.number.0 < frame.number.1);
        let line = line::journey(&stops, on_from_before, goes_on.then_some(frame.right));
        canvas.lines.path(line, Paint::line(Colour::SLATE, 1.5));
        path::draw(frame, canvas, heights, |column| self.point(frame, column, heights));
        for (column, slot, touchpoint) in frame.touchpoints() {
            let Some(stop) = &self.stops[column] else { continue };
            let layer = &mut canvas.columns[column];
            if let Some(also) = &stop.also {
                also.draw(layer, (slot.centre(), heights.of(also.rail)));
            }
            let at = (slot.centre(), heights.of(stop.rail));
            token::draw(layer, at, touchpoint, source(touchpoint));
            let pen = Pen::second(Style::BODY).middle();
            layer.write_lines(pen, (at.0, names_from(stop, touchpoint, at.1)), &stop.names);
            path::number(frame, layer, at, touchpoint);
            complaints::badge(frame, canvas, at, touchpoint);
        }
    }
}

/// The baseline of the first line of a stop's names: outward, so that the line never meets them.
fn names_from(stop: &Stop, touchpoint: &Touchpoint, rail: f64) -> f64 {
    let more = if touchpoint.attention == Some(Attention::Grab) { 1.25 } else { 0.0 };
    match stop.rail {
        Rail::Online => rail - ABOVE - more - Style::BODY.drop(stop.names.len()),
        Rail::Offline => rail + BELOW + more,
    }
}

impl Rails {
    fn point(&self, frame: &Frame<'_>, column: usize, heights: Heights) -> Option<(f64, f64)> {
        let stop = self.stops.get(column)?.as_ref()?;
        Some((frame.slots[column].centre(), heights.of(stop.rail)))
    }

    fn points(&self, frame: &Frame<'_>, heights: Heights) -> Vec<(f64, f64)> {
        (0..self.stops.len()).filter_map(|column| self.point(frame, column, heights)).collect()
    }
}
