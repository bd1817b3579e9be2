//! The legend: only what occurs on this journey.

use words::{Attention, Category, Evidence, Performer, Reach, ShowAs, Starter};

use super::Lane;
use super::header::{Entry, Sample};
use crate::canvas::{Canvas, Pen};
use crate::colour::Colour;
use crate::frame::{BODY, Frame, Strip};
use crate::glyphs::badge::Source;
use crate::passing::{Passing, passing, starters};
use crate::rules;
use crate::sheet::Touchpoint;
use crate::text::Style;

const PITCH: f64 = 4.1;
/// With six entries below each other.
const CLOSER: f64 = 3.5;
const FIRST: f64 = 3.5;
/// Entries below each other.
const DEEPEST: usize = 6;
/// Width of a sample, and between columns.
const SAMPLE: f64 = 7.4;
const BETWEEN: f64 = 5.0;

/// Columns of entries, right-aligned on the sheet.
pub(super) struct Legend {
    columns: Vec<Vec<Entry>>,
    rows: usize,
    pitch: f64,
}

impl Legend {
    pub(super) fn of(frame: &Frame<'_>) -> Self {
        let mut columns: Vec<Vec<Entry>> = Vec::new();
        for mut group in [shapes(frame), rings(frame), people(frame), lines(frame), counts(frame)] {
            let parts = group.len().div_ceil(DEEPEST).max(1);
            let each = group.len().div_ceil(parts).max(1);
            while !group.is_empty() {
                let rest = group.split_off(each.min(group.len()));
                columns.push(std::mem::replace(&mut group, rest));
            }
        }
        let rows = columns.iter().map(Vec::len).max().unwrap_or(0);
        let pitch = if rows == DEEPEST { CLOSER } else { PITCH };
        Self { columns, rows, pitch }
    }

    pub(super) fn width(&self) -> f64 {
        let columns: f64 = self.columns.iter().map(|column| width(column)).sum();
        columns + BETWEEN * self.columns.len().saturating_sub(1) as f64
    }

    pub(super) fn depth(&self) -> f64 {
        FIRST + self.pitch * self.rows.saturating_sub(1) as f64 + 1.0
    }

    pub(super) fn draw(&self, canvas: &mut Canvas, (right, top): (f64, f64)) {
        let mut x = right - self.width();
        for column in &self.columns {
            for (nth, entry) in column.iter().enumerate() {
                let baseline = top + FIRST + self.pitch * nth as f64;
                write(canvas, entry, (x, baseline));
            }
            x += width(column) + BETWEEN;
        }
    }
}

fn write(canvas: &mut Canvas, entry: &Entry, (x, baseline): (f64, f64)) {
    entry.sample.draw(&mut canvas.lines, (x + 3.2, baseline - 0.9));
    canvas.lines.write(Pen::second(Style::BODY), (x + SAMPLE, baseline), entry.text.as_str());
}

fn width(column: &[Entry]) -> f64 {
    column.iter().map(taken).fold(SAMPLE, f64::max)
}

/// What an entry takes from left to right.
fn taken(entry: &Entry) -> f64 {
    SAMPLE + Style::BODY.width(&entry.text)
}

/// The legend as a lane of its own, its entries beside each other: below a map on the screen.
struct Below {
    rows: Vec<Vec<Entry>>,
}

pub(super) fn lane(frame: &Frame<'_>) -> Box<dyn Lane> {
    let mut rows: Vec<Vec<Entry>> = Vec::new();
    let mut x = f64::INFINITY;
    for entry in [shapes(frame), rings(frame), people(frame), lines(frame), counts(frame)].into_iter().flatten() {
        if x + taken(&entry) > frame.right {
            rows.push(Vec::new());
            x = BODY;
        }
        x += taken(&entry) + BETWEEN;
        if let Some(row) = rows.last_mut() {
            row.push(entry);
        }
    }
    Box::new(Below { rows })
}

impl Lane for Below {
    fn height(&self) -> Option<f64> {
        Some(if self.rows.is_empty() { 0.0 } else { PITCH * self.rows.len() as f64 + 3.0 })
    }

    fn rule(&self) -> Option<Colour> {
        None
    }

    fn parted_from(&self) -> Option<f64> {
        None
    }

    fn draw(&self, _: &Frame<'_>, canvas: &mut Canvas, strip: Strip) {
        for (nth, row) in self.rows.iter().enumerate() {
            let baseline = strip.top + 5.0 + PITCH * nth as f64;
            let mut x = BODY;
            for entry in row {
                write(canvas, entry, (x, baseline));
                x += taken(entry) + BETWEEN;
            }
        }
    }
}

fn any(frame: &Frame<'_>, test: impl Fn(&Touchpoint) -> bool) -> bool {
    frame.sheet.touchpoints.iter().any(test)
}

fn shapes(frame: &Frame<'_>) -> Vec<Entry> {
    let categories = Category::ALL.iter().filter(|category| any(frame, |touchpoint| touchpoint.category == **category));
    categories
        .map(|category| Entry { sample: Sample::Category(*category), text: frame.terms.category(*category).to_owned() })
        .collect()
}

fn rings(frame: &Frame<'_>) -> Vec<Entry> {
    let terms = frame.terms;
    let starts = |starter| any(frame, |touchpoint| touchpoint.from == starter && touchpoint.sent_by.is_none());
    let treats = |attention| any(frame, |touchpoint| touchpoint.attention == Some(attention));
    let (customer, us) = (Starter::Customer, Starter::Us);
    let entries = [
        (starts(customer), Sample::Starter(customer), terms.starter(customer)),
        (starts(us), Sample::Starter(us), terms.starter(us)),
        (any(frame, |touchpoint| touchpoint.sent_by.is_some()), Sample::OtherSystem, terms.other_system()),
        (any(frame, |touchpoint| touchpoint.reach == Reach::Indirect), Sample::Indirect, terms.indirect()),
        (any(frame, |touchpoint| touchpoint.moment_of_truth), Sample::MomentOfTruth, terms.moment_of_truth()),
        (treats(Attention::Spare) || treats(Attention::Grab), Sample::Attention, terms.attention()),
    ];
    chosen(entries)
}

fn people(frame: &Frame<'_>) -> Vec<Entry> {
    let terms = frame.terms;
    let by = |performer| any(frame, |touchpoint| touchpoint.by == Some(performer));
    let from = |source| any(frame, |touchpoint| super::rails::source(touchpoint) == Some(source));
    let (human, automatic, bot) = (Performer::Human, Performer::Automatic, Performer::Bot);
    let entries = [
        (by(human), Sample::Performer(human), terms.performer(human)),
        (by(automatic), Sample::Performer(automatic), terms.performer(automatic)),
        (by(bot), Sample::Performer(bot), terms.performer(bot)),
        (from(Source::Measured), Sample::Source(Source::Measured), terms.measured()),
        (from(Source::Asked), Sample::Source(Source::Asked), terms.asked()),
        (from(Source::Assumed), Sample::Source(Source::Assumed), terms.assumed()),
    ];
    chosen(entries)
}

fn lines(frame: &Frame<'_>) -> Vec<Entry> {
    let terms = frame.terms;
    let few = |touchpoint: &Touchpoint| {
        touchpoint.experience.measured.is_some_and(|found| Evidence(found.n).show_as() == ShowAs::Few)
    };
    let gap = |touchpoint: &Touchpoint| {
        let expected = touchpoint.experience.expected.map(|expected| expected.value());
        rules::measured(touchpoint).zip(expected).is_some_and(|(value, expected)| expected - value >= rules::PAIN_GAP)
    };
    let measured = any(frame, |touchpoint| rules::measured(touchpoint).is_some());
    let estimated = any(frame, |touchpoint| rules::estimated(touchpoint).is_some());
    let mut off = frame.sheet.touchpoints.iter().zip(frame.branches);
    let branch = off.any(|(touchpoint, off)| *off && rules::measured(touchpoint).is_some());
    let margin = any(frame, |touchpoint| touchpoint.experience.measured.is_some_and(|found| found.interval.is_some()));
    let measured_name = if margin { terms.measured_margin() } else { terms.measured() };
    let entries = [
        (measured, Sample::Measured, measured_name),
        (measured && branch, Sample::Branch, terms.branch()),
        (estimated, Sample::Estimated, terms.assumed()),
        (any(frame, |touchpoint| touchpoint.experience.expected.is_some()), Sample::Expected, terms.expected()),
        (any(frame, |touchpoint| touchpoint.experience.desired.is_some()), Sample::Desired, terms.desired()),
        (any(frame, few), Sample::Few, terms.few_answers()),
        (any(frame, gap), Sample::Gap, terms.gap()),
        (!frame.options.path.is_empty(), Sample::Path, terms.path()),
    ];
    chosen(entries)
}

/// The three counts of customers that stand on a map.
fn counts(frame: &Frame<'_>) -> Vec<Entry> {
    let terms = frame.terms;
    let passing = passing(frame.sheet, frame.columns);
    let before = passing.iter().any(|passing| matches!(passing, Passing::Before { .. }));
    let after = passing.iter().any(|passing| matches!(passing, Passing::After { .. }));
    let flows = starters(frame.sheet) > 0;
    let entries = [
        (flows && before, Sample::UnderWay, terms.under_way_key()),
        (flows && after, Sample::AfterGoal, terms.after_goal_key()),
        (any(frame, |touchpoint| touchpoint.reached.is_some()), Sample::Reach, terms.reach_key()),
    ];
    chosen(entries)
}

fn chosen<const N: usize>(entries: [(bool, Sample, &'static str); N]) -> Vec<Entry> {
    entries
        .into_iter()
        .filter(|(occurs, ..)| *occurs)
        .map(|(_, sample, text)| Entry { sample, text: text.to_owned() })
        .collect()
}
