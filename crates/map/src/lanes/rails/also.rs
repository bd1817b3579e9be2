//! The same moment by a channel on the other rail: a small sign there, without a token.

use words::{Channel, Rail};

use crate::canvas::{Layer, Pen};
use crate::colour::Colour;
use crate::display::Paint;
use crate::glyphs::channel::icon;
use crate::text::Style;

const RADIUS: f64 = 2.1;

pub(super) struct Also {
    pub(super) channel: Channel,
    pub(super) rail: Rail,
    pub(super) names: Vec<String>,
}

impl Also {
    pub(super) fn draw(&self, layer: &mut Layer, at: (f64, f64)) {
        layer.circle(at, RADIUS + 0.6, Paint::fill(Colour::WHITE));
        layer.circle(at, RADIUS, Paint::line(Colour::BOUNDARY, 0.3).filled(Colour::WHITE));
        icon(&self.channel).draw(layer, at, 2.3, Colour::SECOND);
        let first = match self.rail {
            Rail::Online => at.1 - RADIUS - 1.6 - Style::BODY.drop(self.names.len()),
            Rail::Offline => at.1 + RADIUS + 3.2,
        };
        let pen = Pen::second(Style::BODY).middle();
        layer.write_lines(pen, (at.0, first), &self.names);
    }
}
