//! The ribbon: as thick as customers are many, with exits bending down and loops arching back.

mod exits;
mod loops;
mod ribbon;

use super::Lane;
use super::empty::Empty;
use crate::canvas::{Canvas, Pen};
use crate::colour::Colour;
use crate::columns::Column;
use crate::format;
use crate::frame::{Frame, NAME, Slot, Strip};
use crate::sheet::{Sheet, Touchpoint};
use crate::text::Style;
use exits::Leaving;
use loops::Arcs;

/// The ribbon's thickness when everybody is still there, millimetres.
const ALL: f64 = 8.2;
/// From the ribbon's top down to the first line about exits.
const EXITS: f64 = 12.2;
const LOWEST: f64 = 20.0;

/// What flows into a column.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Passing {
    /// Nobody can be followed here.
    Untracked,
    /// So many enter; so many leave after it.
    Before { entering: u64, leaving: u64 },
    /// After the goal: so many came.
    After { reached: u64 },
}

/// How many flow into every column of the journey. Customers enter where the first can be followed; who exits is gone
/// from the next column; after the goal each column counts who came.
fn passing(sheet: &Sheet, columns: &[Column], starters: u64) -> Vec<Passing> {
    let mut entering = None;
    let mut done = false;
    columns
        .iter()
        .map(|column| {
            let Some(touchpoint) = column.touchpoint.map(|index| &sheet.touchpoints[index]) else {
                return match (entering, done) {
                    (Some(entering), false) => Passing::Before { entering, leaving: 0 },
                    _ => Passing::Untracked,
                };
            };
            if entering.is_none() && touchpoint.reached.is_none() {
                return Passing::Untracked;
            }
            if done {
                let reached = touchpoint.reached.map_or(0, |reached| reached.count);
                return Passing::After { reached };
            }
            let now = entering.unwrap_or(starters);
            let leaving = touchpoint.exit.as_ref().map_or(0, |exit| exit.count).min(now);
            entering = Some(now - leaving);
            done = sheet.goal.as_ref().is_some_and(|goal| goal.touchpoint.as_ref() == Some(&touchpoint.id));
            Passing::Before { entering: now, leaving }
        })
        .collect()
}

struct Flow {
    /// Of this sheet's columns.
    passing: Vec<Passing>,
    starters: u64,
    leaving: Vec<Leaving>,
    arcs: Arcs,
    /// What stands in columns where nobody can be followed.
    untracked: Vec<Vec<String>>,
}

pub(crate) fn lane(frame: &Frame<'_>) -> Box<dyn Lane> {
    let sheet = frame.sheet;
    let most = sheet.touchpoints.iter().filter_map(|touchpoint| touchpoint.reached).map(|reached| reached.count).max();
    let starters = sheet.totals.runs.unwrap_or(0).max(most.unwrap_or(0));
    if most.is_none() || starters == 0 {
        return Box::new(Empty {
            name: frame.terms.flow(),
            sentence: frame.terms.empty_flow(),
            height: Some(LOWEST),
            dotted: true,
        });
    }
    let all = passing(sheet, frame.columns, starters);
    let here = all[frame.first..frame.first + frame.slots.len()].to_vec();
    let untracked = frame.slots.iter().zip(&here).map(|(slot, passing)| match passing {
        Passing::Untracked => frame.wrap(&untracked(frame, slot), Style::BODY, slot.measure()),
        _ => Vec::new(),
    });
    Box::new(Flow {
        starters,
        leaving: frame.slots.iter().map(|slot| Leaving::of(frame, slot)).collect(),
        arcs: Arcs::of(frame),
        untracked: untracked.collect(),
        passing: here,
    })
}

fn untracked(frame: &Frame<'_>, slot: &Slot<'_>) -> String {
    let audience = |touchpoint: &Touchpoint| touchpoint.audience;
    match (slot.get(), slot.get().and_then(audience)) {
        (None, _) => String::new(),
        (Some(_), None) => frame.terms.untracked().to_owned(),
        (Some(_), Some(times)) => {
            format!("{}×, {}", format::count(times, frame.language()), frame.terms.unnamed())
        }
    }
}

impl Flow {
    /// From the lane's top to the ribbon's.
    fn ribbon_at(&self) -> f64 {
        self.arcs.height() + 2.6
    }

    /// Thickness for so many customers.
    fn thickness(&self, customers: u64) -> f64 {
        ALL * customers as f64 / self.starters as f64
    }
}

impl Lane for Flow {
    fn height(&self) -> Option<f64> {
        let below = self.leaving.iter().map(Leaving::depth).fold(0.0, f64::max);
        let untracked = self.untracked.iter().map(|lines| Style::BODY.drop(lines.len())).fold(0.0, f64::max);
        let depth = (EXITS + below).max(2.4 + untracked).max(ALL);
        Some((self.ribbon_at() + depth + 1.9).max(LOWEST))
    }

    fn rule(&self) -> Option<Colour> {
        Some(Colour::HAIR)
    }

    fn draw(&self, frame: &Frame<'_>, canvas: &mut Canvas, strip: Strip) {
        let last = frame.name(canvas, strip.top + NAME, frame.terms.flow(), false);
        let last = frame.remark(canvas, last + 3.6, frame.terms.ribbon_key(), Style::BODY);
        if self.arcs.left_out > 0 {
            let text = frame.terms.further_loops(self.arcs.left_out);
            frame.remark(canvas, last + Style::BODY.leading, &text, Style::BODY);
        }
        let top = strip.top + self.ribbon_at();
        self.ribbon(frame, canvas, top);
        for (nth, (slot, leaving)) in frame.slots.iter().zip(&self.leaving).enumerate() {
            if let Some(lines) = self.untracked.get(nth) {
                let pen = Pen::second(Style::BODY);
                canvas.columns[nth].write_lines(pen, (slot.text(), top + 2.4), lines);
            }
            if let Passing::Before { entering, leaving: gone } = self.passing[nth] {
                let (full, left) = (self.thickness(entering), self.thickness(entering - gone));
                leaving.draw(frame, canvas, slot, top, (full, left));
            } else {
                leaving.draw(frame, canvas, slot, top, (0.0, 0.0));
            }
        }
        self.arcs.draw(canvas, top);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::columns::columns;

    fn sheet() -> Sheet {
        serde_json::from_str(include_str!("../../../tests/sheets/reparatie.json")).expect("the example is a sheet")
    }

    #[test]
    fn who_exits_is_gone_from_the_next_column() {
        let sheet = sheet();
        let passing = passing(&sheet, &columns(&sheet), 1248);
        let entering: Vec<Option<u64>> = passing
            .iter()
            .map(|passing| match passing {
                Passing::Before { entering, .. } => Some(*entering),
                _ => None,
            })
            .collect();
        assert_eq!(entering[..4], [None, None, Some(1248), Some(1161)]);
        assert_eq!(passing[10], Passing::After { reached: 940 });
    }
}
