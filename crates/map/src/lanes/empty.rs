//! A lane about which nothing is known yet: its name, what it will look like, and one calm sentence.

use super::Lane;
use crate::canvas::{Canvas, Pen};
use crate::colour::Colour;
use crate::display::Paint;
use crate::frame::{BODY, Density, Frame, MARGIN, NAME, Strip};
use crate::text::Style;

/// What an empty lane shows of what will come.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Hint {
    Nothing,
    /// A dotted line, where customers will flow.
    Dots,
    /// The two rails.
    Rails,
}

pub(super) struct Empty {
    pub(super) name: &'static str,
    pub(super) sentence: &'static str,
    pub(super) height: f64,
    pub(super) hint: Hint,
}

/// What an empty lane takes when room is short.
const LOW: f64 = 9.0;

impl Empty {
    /// As high as it will be once it is filled; lower when room is short.
    pub(super) fn lane(self, frame: &Frame<'_>) -> Box<dyn Lane> {
        let low = frame.density >= Density::LowLanes && self.hint != Hint::Rails;
        let name = Style::STRONG.drop(frame.name_lines(self.name, false).len());
        let height = if low { self.height.min(LOW + name) } else { self.height };
        Box::new(Self { height, ..self })
    }
}

impl Lane for Empty {
    fn height(&self) -> Option<f64> {
        Some(self.height)
    }

    fn parted_from(&self) -> Option<f64> {
        None
    }

    fn draw(&self, frame: &Frame<'_>, canvas: &mut Canvas, strip: Strip) {
        let baseline = strip.top + NAME;
        frame.name(canvas, baseline, self.name, false);
        canvas.lines.write(Pen::second(Style::QUOTE), (BODY + 1.4, baseline), self.sentence);
        match self.hint {
            Hint::Nothing => {}
            Hint::Dots => {
                let y = strip.top + (0.56 * strip.height).max(NAME + 2.4);
                let dots = Paint::line(Colour::RULE, 0.4).dashed(0.02, 2.0);
                canvas.lines.line((BODY, y), (frame.right, y), dots);
            }
            Hint::Rails => {
                let y = super::rails::ONLINE + strip.top;
                for (rail, y) in [(words::Rail::Online, y), (words::Rail::Offline, y + super::rails::BETWEEN)] {
                    let name = frame.terms.rail(rail);
                    canvas.lines.write(Pen::second(Style::PLAIN), (MARGIN, y + 0.95), name);
                    let left = MARGIN + Style::PLAIN.width(name) + 2.5;
                    canvas.ground.line((left, y), (frame.right, y), Paint::line(Colour::HAIR, 0.25));
                }
            }
        }
    }
}
