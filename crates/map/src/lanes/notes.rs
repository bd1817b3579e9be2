//! The numbered pains and peaks, with what is said of them.

use super::Lane;
use super::empty::{Empty, Hint};
use crate::canvas::{Canvas, Pen};
use crate::format;
use crate::frame::{Frame, NAME, Slot, Strip};
use crate::glyphs::sign;
use crate::rules::{Finding, Found, estimated, measured};
use crate::text::Style;

const LOWEST: f64 = 22.0;
const FIRST_LINE: f64 = 4.0;

struct Note {
    column: usize,
    found: Found,
    lines: Vec<String>,
}

struct Notes {
    notes: Vec<Note>,
    /// What the rail says under the lane's name.
    remarks: Vec<&'static str>,
    rail: f64,
}

pub(crate) fn lane(frame: &Frame<'_>) -> Box<dyn Lane> {
    let terms = frame.terms;
    if frame.findings.is_empty() {
        return Empty { name: terms.findings(), sentence: terms.empty_findings(), height: LOWEST, hint: Hint::Nothing }
            .lane(frame);
    }
    let notes = frame.slots.iter().enumerate().filter_map(|(column, slot)| {
        let found = frame.finding(slot)?;
        Some(Note { column, found, lines: frame.wrap(&text(frame, slot)?, Style::BODY, slot.measure()) })
    });
    let is = |finding| frame.findings.iter().any(|found| found.finding == finding);
    let remarks = if frame.findings.iter().all(|found| !found.measured) {
        vec![terms.estimates()]
    } else {
        let rules = [(Finding::Pain, terms.pain_rule()), (Finding::Peak, terms.peak_rule())];
        rules.into_iter().filter(|(finding, _)| is(*finding)).map(|(_, rule)| rule).collect()
    };
    let rail_lines: usize = remarks.iter().map(|remark| frame.wrap_label(remark, Style::BODY, 33.0).len()).sum();
    let name = Style::STRONG.drop(frame.name_lines(terms.findings(), false).len());
    Box::new(Notes {
        notes: notes.collect(),
        remarks,
        rail: NAME + name + 0.9 + Style::BODY.leading * rail_lines as f64 + 1.9,
    })
}

/// What is said of it; failing that, the mark beside what was expected.
fn text(frame: &Frame<'_>, slot: &Slot<'_>) -> Option<String> {
    let touchpoint = slot.get()?;
    if let Some(note) = &touchpoint.note {
        return Some(note.clone());
    }
    let value = measured(touchpoint).or_else(|| estimated(touchpoint))?;
    let mark = format::mark(value, frame.language());
    let expected = touchpoint.experience.expected;
    let expected = expected.map(|expected| format::mark(expected.value(), frame.language()));
    Some(frame.terms.mark_beside_expected(&mark, expected.as_deref()))
}

impl Lane for Notes {
    fn height(&self) -> Option<f64> {
        let lines = self.notes.iter().map(|note| note.lines.len()).max().unwrap_or(0);
        let deepest = NAME + FIRST_LINE + Style::BODY.drop(lines) + 1.9;
        Some(deepest.max(self.rail).max(LOWEST))
    }

    fn draw(&self, frame: &Frame<'_>, canvas: &mut Canvas, strip: Strip) {
        let baseline = strip.top + NAME;
        let mut last = frame.name(canvas, baseline, frame.terms.findings(), false) + 0.9;
        for remark in &self.remarks {
            last = frame.remark(canvas, last + Style::BODY.leading, remark, Style::BODY);
        }
        for note in &self.notes {
            let (slot, layer) = (frame.slots[note.column], &mut canvas.columns[note.column]);
            sign::finding(layer, (slot.text() - 0.1, baseline + 0.1), 2.6, note.found);
            let pen = Pen::new(Style::MARK, sign::finding_text(note.found));
            layer.write(pen, (slot.text() + 3.3, baseline), note.found.number.to_string());
            let first = (slot.text(), baseline + FIRST_LINE);
            layer.write_lines(Pen::ink(Style::BODY), first, &note.lines);
        }
    }
}
