//! From a sheet to display lists: divides columns over sheets, stacks the lanes, and gives the curves what is left.

use crate::canvas::{Canvas, Layer, Pen};
use crate::colour::Colour;
use crate::columns::{Column, MAX_PER_SHEET, columns, divide};
use crate::display::{DisplayList, Group, Item, Mark, Paint, Rect};
use crate::frame::{BODY, Density, Frame, MARGIN, PAGE, Slot, Strip};
use crate::lanes::{Lane, stack, summary};
use crate::options::{Options, Page};
use crate::rules::{Found, branches, findings};
use crate::sheet::Sheet;
use crate::terms::Terms;
use crate::text::Style;

/// From the foot of a print sheet to the baseline of what stands there.
const FOOT: f64 = 6.2;
/// The experience lane is never lower.
const CURVES_MIN: f64 = 46.0;
/// Below this, lanes about which nothing is known give way to it.
const CURVES_EASY: f64 = 58.0;
/// With fewer columns than this another sheet would not help; the sheet grows instead.
const FEWEST_PER_SHEET: usize = 4;

/// A column of a screen, and the curves there.
const SCREEN_COLUMN: f64 = 21.0;
const SCREEN_CURVES: f64 = 60.0;
/// The part of a screen's columns that a sheet takes the width of at least.
const SCREEN_FILLED: f64 = 0.7;

/// Lays a journey out: one display list per sheet, of A3 landscape, in millimetres. Only a sheet with very long texts in
/// very few columns is higher than A3.
pub fn draw(sheet: &Sheet, options: &Options) -> Vec<DisplayList> {
    let columns = columns(sheet);
    let (findings, branches) = (findings(sheet), branches(sheet));
    let most = match options.page {
        Page::A3 => MAX_PER_SHEET,
        Page::Screen { columns } => columns.clamp(3, MAX_PER_SHEET),
    };
    let mut sheets = columns.len().div_ceil(most);
    loop {
        let parts = divide(&columns, sheets, most);
        let may_grow = columns.len() / (sheets + 1) < FEWEST_PER_SHEET;
        for density in Density::ALL {
            let journey =
                Journey { sheet, options, columns: &columns, findings: &findings, branches: &branches, density };
            let lanes: Vec<_> = (0..parts.len())
                .map(|nth| {
                    let frame = journey.frame(&parts, nth);
                    let lanes = stack(&frame);
                    (frame, lanes)
                })
                .collect();
            let enough = if density == Density::Calm { CURVES_EASY } else { CURVES_MIN };
            // A page of the screen is as high as it must be.
            let fits = options.page != Page::A3 || lanes.iter().all(|(_, lanes)| left_over(lanes) >= enough);
            if fits || (may_grow && density == Density::LAST) {
                return lanes.iter().map(|(frame, lanes)| list(frame, lanes)).collect();
            }
        }
        sheets += 1;
    }
}

struct Journey<'a> {
    sheet: &'a Sheet,
    options: &'a Options,
    columns: &'a [Column],
    findings: &'a [Found],
    branches: &'a [bool],
    density: Density,
}

impl<'a> Journey<'a> {
    fn frame(&self, parts: &[std::ops::Range<usize>], nth: usize) -> Frame<'a> {
        let part = parts[nth].clone();
        let right = match self.options.page {
            Page::A3 => PAGE.0 - MARGIN,
            // Every sheet is as wide as the widest, so that all have letters of one size; a few columns become wide rather
            // than their letters large.
            Page::Screen { columns } => {
                let widest = parts.iter().map(|part| part.len()).max().unwrap_or(1) as f64;
                BODY + SCREEN_COLUMN * widest.max(SCREEN_FILLED * columns as f64)
            }
        };
        let width = (right - BODY) / part.len() as f64;
        let slot = |(place, column): (usize, &Column)| Slot {
            phase: column.phase,
            touchpoint: column.touchpoint.map(|index| (index, &self.sheet.touchpoints[index])),
            left: BODY + width * place as f64,
            width,
        };
        Frame {
            sheet: self.sheet,
            options: self.options,
            terms: Terms(self.sheet.language),
            right,
            slots: self.columns[part.clone()].iter().enumerate().map(slot).collect(),
            findings: self.findings,
            branches: self.branches,
            columns: self.columns,
            first: part.start,
            number: (nth + 1, parts.len()),
            density: self.density,
        }
    }
}

/// What is left for the one lane that takes what is left.
fn left_over(lanes: &[Box<dyn Lane>]) -> f64 {
    let taken: f64 = lanes.iter().filter_map(|lane| lane.height()).sum();
    PAGE.1 - 2.0 * MARGIN - taken
}

fn list(frame: &Frame<'_>, lanes: &[Box<dyn Lane>]) -> DisplayList {
    let on_paper = frame.options.page == Page::A3;
    let curves = if on_paper { left_over(lanes).max(CURVES_MIN) } else { SCREEN_CURVES };
    let mut canvas = Canvas::new(frame.slots.len());
    let mut top = MARGIN;
    let mut parted: Vec<Strip> = Vec::new();
    let mut body_top = None;
    for lane in lanes {
        let strip = Strip { top, height: lane.height().unwrap_or(curves) };
        lane.draw(frame, &mut canvas, strip);
        if let Some(from) = lane.parted_from() {
            body_top.get_or_insert(strip.top + from);
            parted.push(Strip { top: strip.top + from, height: strip.height - from });
        }
        if let Some(colour) = lane.rule() {
            let y = strip.bottom();
            canvas.ground.line((MARGIN, y), (frame.right, y), Paint::line(colour, 0.14));
        }
        top = strip.bottom();
    }
    phase_lines(frame, &mut canvas, &parted);
    let height = if on_paper { (top + MARGIN).max(PAGE.1) } else { top + MARGIN };
    if on_paper {
        foot(frame, &mut canvas, height);
    }
    let body_top = body_top.unwrap_or(MARGIN);
    let body = Strip { top: body_top, height: parted.last().map_or(top, |strip| strip.bottom()) - body_top };
    DisplayList {
        width: frame.right + MARGIN,
        height,
        title: frame.sheet.header.title.clone(),
        description: frame.terms.description(frame.sheet.phases.len(), frame.sheet.touchpoints.len()),
        language: frame.language(),
        items: items(frame, canvas, body),
    }
}

/// In the white at the foot of a print sheet: by what exactly this version is known again.
fn foot(frame: &Frame<'_>, canvas: &mut Canvas, height: f64) {
    if let Some(hash) = &frame.sheet.header.hash {
        let text = format!("{} {hash}", frame.terms.mark_of_version());
        canvas.lines.write(Pen::second(Style::BODY).end(), (frame.right, height - FOOT), text);
    }
}

/// The strong lines between phases, through every lane that has columns.
fn phase_lines(frame: &Frame<'_>, canvas: &mut Canvas, parted: &[Strip]) {
    let edges = frame.slots.windows(2).filter(|pair| pair[0].phase != pair[1].phase);
    for x in edges.map(|pair| pair[1].left) {
        let mut runs: Vec<Strip> = Vec::new();
        for strip in parted {
            match runs.last_mut() {
                Some(run) if (run.bottom() - strip.top).abs() < 1e-6 => run.height += strip.height,
                _ => runs.push(*strip),
            }
        }
        // A stub between two lanes that are not parted says nothing.
        for run in runs.into_iter().filter(|run| run.height > 10.0) {
            let line = Paint::line(Colour::BOUNDARY, 0.22);
            canvas.ground.line((x, run.top), (x, run.bottom()), line);
        }
    }
}

/// The layers in order, each column as one group.
fn items(frame: &Frame<'_>, canvas: Canvas, body: Strip) -> Vec<Item> {
    let mut all = Layer::default();
    for slot in &frame.slots {
        let selected = slot.get().map(|touchpoint| &touchpoint.id) == frame.options.selected.as_ref();
        if slot.get().is_some() && selected {
            select(&mut all, slot, body);
        }
    }
    all.0.extend(canvas.ground.0);
    all.0.extend(canvas.lines.0);
    for (slot, layer) in frame.slots.iter().zip(canvas.columns) {
        match slot.get() {
            None => all.0.extend(layer.0),
            Some(touchpoint) => {
                let area = Item::Area(Rect::new(slot.left, body.top, slot.width, body.height));
                all.group(Group {
                    mark: Mark::Touchpoint(touchpoint.id.clone()),
                    label: summary(frame, touchpoint),
                    items: std::iter::once(area).chain(layer.0).collect(),
                });
            }
        }
    }
    all.0.extend(canvas.front.0);
    all.0
}

/// The selected column: a tint between two lines.
fn select(layer: &mut Layer, slot: &Slot<'_>, body: Strip) {
    let rect = Rect::new(slot.left, body.top, slot.width, body.height);
    layer.rect(rect, Paint::tint(Colour::US, 0.06));
    for x in [slot.left, slot.right()] {
        layer.line((x, body.top), (x, body.bottom()), Paint::line(Colour::US, 0.35));
    }
}
