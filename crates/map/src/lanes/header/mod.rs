//! What stands above the map: title, persona, state, provenance, legend.

mod info;
mod samples;

use super::Lane;
use super::legend::Legend;
use crate::canvas::{Canvas, Pen};
use crate::colour::Colour;
use crate::display::{Paint, Rect};
use crate::frame::{BODY, Frame, MARGIN, Strip};
use crate::glyphs::face;
use crate::text::Style;
use info::Info;
pub(super) use samples::{Entry, Sample};

const LOWEST: f64 = 22.0;
const TITLE: f64 = 5.6;
const CHIP_SPACING: f64 = 0.12;

struct Header {
    title: Vec<String>,
    persona: Vec<(Vec<String>, Pen)>,
    chips: Vec<(&'static str, bool)>,
    info: Info,
    info_left: f64,
    legend: Legend,
}

pub(crate) fn lane(frame: &Frame<'_>) -> Box<dyn Lane> {
    let header = &frame.sheet.header;
    let (info, legend) = (Info::of(frame), Legend::of(frame));
    let info_left = frame.right - legend.width() - if legend.width() > 0.0 { 9.0 } else { 0.0 } - info.width();
    let room = info_left - BODY - 6.0;
    let mut chips = vec![(frame.terms.state(header.state), true)];
    if header.draft {
        chips.push((frame.terms.draft(), false));
    }
    let chips_width: f64 = chips.iter().map(|(text, _)| chip_width(text) + 1.6).sum();
    Box::new(Header {
        title: frame.wrap(&header.title, Style::TITLE, room - chips_width - 3.0),
        persona: persona(frame, room),
        chips,
        info,
        info_left,
        legend,
    })
}

/// The persona's lines: name, about, quote and goal, each with its pen.
fn persona(frame: &Frame<'_>, room: f64) -> Vec<(Vec<String>, Pen)> {
    let Some(persona) = &frame.sheet.header.persona else {
        return Vec::new();
    };
    let mut lines = vec![(frame.wrap(&persona.name, Style::STRONG, room), Pen::ink(Style::STRONG))];
    if let Some(about) = &persona.about {
        lines.push((frame.wrap(about, Style::PLAIN, room), Pen::second(Style::PLAIN)));
    }
    if let Some(quote) = &persona.quote {
        let quote = frame.terms.quoted(quote);
        lines.push((frame.wrap(&quote, Style::PLAIN, room), Pen::ink(Style::PLAIN)));
    }
    if let Some(goal) = &persona.goal {
        let goal = format!("{}: {goal}", frame.terms.goal());
        lines.push((frame.wrap(&goal, Style::PLAIN, room), Pen::ink(Style::PLAIN)));
    }
    lines
}

fn chip_width(text: &str) -> f64 {
    Style::STRONG.width(text) + CHIP_SPACING * text.chars().count() as f64 + 4.4
}

impl Header {
    /// Baselines of the persona's first line, and of the one after its last.
    fn persona_from(&self) -> f64 {
        TITLE + Style::TITLE.drop(self.title.len()) + 6.0
    }

    /// Name and "about" share a line when both are short.
    fn share_a_line(&self, room: f64) -> bool {
        match self.persona.as_slice() {
            [(name, pen), (about, second), ..] if name.len() == 1 && about.len() == 1 => {
                second.style == Style::PLAIN && pen.style.width(&name[0]) + 3.0 + second.style.width(&about[0]) <= room
            }
            _ => false,
        }
    }

    fn room(&self) -> f64 {
        self.info_left - BODY - 6.0
    }

    fn text_bottom(&self, about_shares: bool) -> f64 {
        let lines: usize = self.persona.iter().map(|(lines, _)| lines.len()).sum();
        let lines = lines - usize::from(about_shares);
        if lines == 0 {
            return TITLE + Style::TITLE.drop(self.title.len()) + 3.0;
        }
        self.persona_from() + 4.0 * (lines - 1) as f64 + 2.0
    }

    fn chips(&self, canvas: &mut Canvas, baseline: f64) {
        let first = self.title.first().map_or(0.0, |line| Style::TITLE.width(line));
        let mut x = BODY + first + 4.5;
        for (text, full) in &self.chips {
            let width = chip_width(text);
            let edge = Paint::line(Colour::INK, 0.25);
            let paint = edge.filled(if *full { Colour::INK } else { Colour::WHITE });
            canvas.lines.rounded(Rect::new(x, baseline - 4.5, width, 5.0), 0.6, paint);
            let colour = if *full { Colour::WHITE } else { Colour::INK };
            let pen = Pen::new(Style::STRONG, colour).spaced(CHIP_SPACING);
            canvas.lines.write(pen, (x + 2.2, baseline - 1.0), *text);
            x += width + 1.6;
        }
    }
}

impl Lane for Header {
    fn height(&self) -> Option<f64> {
        let text = self.text_bottom(self.share_a_line(self.room()));
        Some(text.max(self.info.depth()).max(self.legend.depth()).max(LOWEST))
    }

    fn rule(&self) -> Option<Colour> {
        None
    }

    fn parted_from(&self) -> Option<f64> {
        None
    }

    fn draw(&self, frame: &Frame<'_>, canvas: &mut Canvas, strip: Strip) {
        let top = strip.top;
        if frame.sheet.header.persona.is_some() {
            face::persona(&mut canvas.lines, (MARGIN + 8.5, top + 8.5));
        }
        canvas.lines.write_lines(Pen::ink(Style::TITLE), (BODY, top + TITLE), &self.title);
        self.chips(canvas, top + TITLE);
        let shares = self.share_a_line(self.room());
        let mut baseline = top + self.persona_from();
        for (nth, (lines, pen)) in self.persona.iter().enumerate() {
            if nth == 1 && shares {
                let (name, name_pen) = &self.persona[0];
                let x = BODY + name_pen.style.width(&name[0]) + 3.0;
                canvas.lines.write(*pen, (x, baseline - 4.0), lines[0].as_str());
                continue;
            }
            for line in lines {
                canvas.lines.write(*pen, (BODY, baseline), line.as_str());
                baseline += 4.0;
            }
        }
        self.info.draw(canvas, (self.info_left, top));
        self.legend.draw(canvas, (frame.right, top));
    }
}
