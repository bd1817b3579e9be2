//! Reach, mark and median time per touchpoint. What is not known is a grey dash.

use words::{Evidence, ShowAs};

use super::Lane;
use super::empty::{Empty, Hint};
use crate::canvas::{Canvas, Layer, Pen};
use crate::colour::Colour;
use crate::display::{Cap, Group, Mark, Paint};
use crate::format;
use crate::frame::{Frame, Slot, Strip};
use crate::sheet::{Measurement, Touchpoint};
use crate::text::Style;

const BASELINE: f64 = 3.6;
const PITCH: f64 = 3.85;
/// Between the figure and its grey second value.
const GAP: f64 = 1.2;

/// A figure, with second values from full to short; the first that fits is drawn.
struct Cell {
    first: Option<(String, Style)>,
    second: Vec<String>,
}

impl Cell {
    const NONE: Self = Self { first: None, second: Vec::new() };

    fn strong(text: String, second: Vec<String>) -> Self {
        Self { first: Some((text, Style::STRONG)), second }
    }

    /// Whatever is second stays within the measure of the column, off the line beside it.
    fn draw(&self, layer: &mut Layer, slot: &Slot<'_>, baseline: f64) {
        let mut x = slot.text();
        match &self.first {
            Some((text, style)) => {
                layer.write(Pen::ink(*style), (x, baseline), text.as_str());
                x += style.width(text) + GAP;
            }
            None => {
                let dash = Paint::line(Colour::BOUNDARY, 0.25).cap(Cap::Butt);
                layer.line((x, baseline - 0.8), (x + 2.0, baseline - 0.8), dash);
                x += 2.0 + GAP;
            }
        }
        let room = slot.text() + slot.measure() - x;
        if let Some(text) = self.second.iter().find(|text| Style::BODY.width(text) <= room) {
            layer.write(Pen::second(Style::BODY), (x, baseline), text.as_str());
        }
    }
}

struct Figures;

pub(crate) fn lane(frame: &Frame<'_>) -> Box<dyn Lane> {
    let any = frame.sheet.touchpoints.iter().any(|touchpoint| {
        touchpoint.reached.is_some() || touchpoint.audience.is_some() || touchpoint.experience.measured.is_some()
    });
    if any {
        return Box::new(Figures);
    }
    Empty { name: frame.terms.figures(), sentence: frame.terms.empty_figures(), height: 13.2, hint: Hint::Nothing }
        .lane(frame)
}

impl Lane for Figures {
    fn height(&self) -> Option<f64> {
        Some(BASELINE + 2.0 * PITCH + 1.9)
    }

    fn rule(&self) -> Option<Colour> {
        None
    }

    fn draw(&self, frame: &Frame<'_>, canvas: &mut Canvas, strip: Strip) {
        let terms = frame.terms;
        let rows = [BASELINE, BASELINE + PITCH, BASELINE + 2.0 * PITCH].map(|row| strip.top + row);
        frame.name(canvas, rows[0], terms.figures(), true);
        for (row, name) in rows.iter().zip([terms.reach(), terms.mark(), terms.median_time()]) {
            frame.row_name(canvas, *row, name);
        }
        let entry = frame.sheet.touchpoints.iter().find(|touchpoint| touchpoint.reached.is_some());
        let entry = entry.map(|touchpoint| &touchpoint.id);
        for (nth, slot, touchpoint) in frame.touchpoints() {
            let mut counted = Layer::default();
            reach(frame, touchpoint).draw(&mut counted, &slot, rows[0]);
            match touchpoint.reached {
                Some(_) => canvas.front.group(Group {
                    mark: Mark::Reached(touchpoint.id.clone()),
                    label: reach_in_words(frame, touchpoint),
                    items: counted.0,
                }),
                None => canvas.columns[nth].0.extend(counted.0),
            }
            let layer = &mut canvas.columns[nth];
            mark(frame, touchpoint).draw(layer, &slot, rows[1]);
            wait(frame, touchpoint, entry == Some(&touchpoint.id)).draw(layer, &slot, rows[2]);
        }
    }
}

fn reach(frame: &Frame<'_>, touchpoint: &Touchpoint) -> Cell {
    let language = frame.language();
    match (touchpoint.reached, touchpoint.audience) {
        (Some(reached), _) => {
            Cell::strong(format::share(reached.share, language), vec![format::count(reached.count, language)])
        }
        (None, Some(times)) => {
            Cell::strong(format::count(times, language), vec![frame.terms.anonymous_times().to_owned()])
        }
        (None, None) => Cell::NONE,
    }
}

fn reach_in_words(frame: &Frame<'_>, touchpoint: &Touchpoint) -> String {
    let Some(reached) = touchpoint.reached else {
        return String::new();
    };
    let language = frame.language();
    let (share, count) = (format::share(reached.share, language), format::count(reached.count, language));
    format!("{}: {} {share}, {count} {}", touchpoint.title, frame.terms.reach(), frame.terms.had_this())
}

fn mark(frame: &Frame<'_>, touchpoint: &Touchpoint) -> Cell {
    let Some(measurement) = touchpoint.experience.measured else {
        return Cell::NONE;
    };
    let language = frame.language();
    let n = format!("n\u{a0}{}", format::count(measurement.n, language));
    let mark = format::mark(measurement.mean.value(), language);
    match Evidence(measurement.n).show_as() {
        ShowAs::Hidden { needed } => {
            Cell { first: None, second: vec![format!("{n}, {}", frame.terms.needed(needed)), n] }
        }
        ShowAs::Few => Cell {
            first: Some((mark, Style::PLAIN)),
            second: vec![format!("{n}, {}", frame.terms.needed(Evidence::FULL - measurement.n)), n],
        },
        ShowAs::Full => Cell::strong(mark, margins(measurement, n, frame)),
    }
}

/// The margin with n, close together where the column is narrow, n alone where it is narrower still.
fn margins(measurement: Measurement, n: String, frame: &Frame<'_>) -> Vec<String> {
    let Some((low, high)) = measurement.interval else {
        return vec![n];
    };
    // Half the interval, from −2..+2 to marks.
    let half = format::decimal(high - low, frame.language());
    vec![format!("±\u{a0}{half}, {n}"), format!("±{half} {n}"), n]
}

fn wait(frame: &Frame<'_>, touchpoint: &Touchpoint, is_entry: bool) -> Cell {
    let text = match touchpoint.wait_seconds_median {
        Some(seconds) => format::duration(seconds, frame.language()),
        None if is_entry => frame.terms.start().to_owned(),
        None => return Cell::NONE,
    };
    Cell { first: Some((text, Style::BODY)), second: Vec::new() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::display::Item;

    proptest! {
        #[test]
        fn a_second_value_keeps_off_the_line_beside_its_column(
            width in 19.0f64..90.0, mark in "[1-9],[0-9]", half in "[0-2],[0-9]", n in 5u64..2_000_000,
        ) {
            let slot = Slot { phase: 0, touchpoint: None, left: 46.0, width };
            let n = format!("n\u{a0}{}", format::count(n, words::Language::Nl));
            let cell = Cell::strong(mark, vec![format!("±\u{a0}{half}, {n}"), format!("±{half} {n}"), n]);
            let mut layer = Layer::default();
            cell.draw(&mut layer, &slot, 10.0);
            for item in layer.0 {
                if let Item::Text(text) = item {
                    prop_assert!(text.bounds().right() <= slot.right() - 1.3, "‘{}’", text.content);
                }
            }
        }
    }
}
