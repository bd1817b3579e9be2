//! The lanes from top to bottom. Each measures itself first, then draws in the strip it is given.

mod backstage;
mod emotion;
mod empty;
mod figures;
mod flow;
mod header;
mod legend;
mod needs;
mod notes;
mod phases;
mod rails;
mod steps;
mod visibility;

use crate::canvas::Canvas;
use crate::colour::Colour;
use crate::frame::{Frame, Strip};
use crate::options::Page;
use crate::sheet::Touchpoint;
use crate::{format, rules};

/// A horizontal strip of the map.
pub(crate) trait Lane {
    /// Millimetres; `None` for the lane that takes what is left.
    fn height(&self) -> Option<f64>;

    /// Draws it.
    fn draw(&self, frame: &Frame<'_>, canvas: &mut Canvas, strip: Strip);

    /// The line under it.
    fn rule(&self) -> Option<Colour> {
        Some(Colour::RULE)
    }

    /// From how far below its top the lines between phases run through it; `None`: not at all.
    fn parted_from(&self) -> Option<f64> {
        Some(0.0)
    }
}

/// The lanes of a sheet, measured.
pub(crate) fn stack(frame: &Frame<'_>) -> Vec<Box<dyn Lane>> {
    let mut lanes = vec![
        phases::lane(frame),
        steps::lane(frame),
        needs::lane(frame),
        rails::lane(frame),
        emotion::lane(frame),
        notes::lane(frame),
        flow::lane(frame),
        figures::lane(frame),
        visibility::lane(),
        backstage::lane(frame),
    ];
    match frame.options.page {
        Page::A3 => lanes.insert(0, header::lane(frame)),
        Page::Screen { .. } if frame.number.0 == frame.number.1 => lanes.push(legend::lane(frame)),
        Page::Screen { .. } => {}
    }
    lanes
}

/// A column in words: title, channels, mark, reach.
pub(crate) fn summary(frame: &Frame<'_>, touchpoint: &Touchpoint) -> String {
    let (terms, language) = (frame.terms, frame.language());
    let channels: Vec<String> = touchpoint
        .channels
        .iter()
        .map(|on| on.label.clone().unwrap_or_else(|| terms.channel_name(&on.channel)))
        .collect();
    let mut parts = vec![touchpoint.title.clone()];
    if !channels.is_empty() {
        parts.push(channels.join(", "));
    }
    if let Some(value) = rules::measured(touchpoint) {
        parts.push(format!("{} {}", terms.mark(), format::mark(value, language)));
    }
    if let Some(reached) = touchpoint.reached {
        parts.push(format!("{} {}", terms.reach(), format::share(reached.share, language)));
    }
    parts.join("; ")
}
