use map::{Outline, Segment, Sheet, Spline, path_data};
use serde::Serialize;

use super::{Tone, points};

/// Height of one row of the list beside it, in units of the picture.
const ROW: f64 = 100.0;
/// Half the width.
const HALF: f64 = 52.0;
/// Width of one step of experience.
const STEP: f64 = 22.0;

/// The measured curve turned downwards, for a list on a phone: good is right of the middle.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Side {
    /// Half the width.
    pub half: f64,
    /// The height: one row per touchpoint.
    pub height: f64,
    /// Parts of the curve, each the `d` of a path; it breaks where nothing was measured.
    pub lines: Vec<String>,
    /// Every point.
    pub dots: Vec<(f64, f64, Tone)>,
}

/// The curve of a sheet.
pub fn side(sheet: &Sheet) -> Side {
    let points = points(sheet);
    let place = |at: usize, value: f64| (ROW * at as f64 + ROW / 2.0, HALF + value * STEP);
    let on_line: Vec<_> = points.iter().filter(|point| point.on_line).collect();
    let branches = map::rules::branches(sheet);
    // A moment that few customers had is passed; one that was not measured breaks the line.
    let gap = |from: usize, to: usize| (from + 1..to).any(|at| !branches[at]);
    let lines = on_line.chunk_by(|a, b| !gap(a.at, b.at)).filter(|part| part.len() > 1).map(|part| {
        let spline = Spline::through(part.iter().map(|point| place(point.at, point.value)).collect());
        path_data(&turned(&spline.outline(0, part.len() - 1)))
    });
    Side {
        half: HALF,
        height: ROW * sheet.touchpoints.len() as f64,
        lines: lines.collect(),
        dots: points
            .iter()
            .map(|point| {
                let (y, x) = place(point.at, point.value);
                ((x * 10.0).round() / 10.0, y, point.tone)
            })
            .collect(),
    }
}

/// With x and y changed places.
fn turned(outline: &Outline) -> Outline {
    let turn = |segment: &Segment| match *segment {
        Segment::Move(x, y) => Segment::Move(y, x),
        Segment::Line(x, y) => Segment::Line(y, x),
        Segment::Quad(a, b, x, y) => Segment::Quad(b, a, y, x),
        Segment::Cubic(a, b, c, d, x, y) => Segment::Cubic(b, a, d, c, y, x),
        Segment::Close => Segment::Close,
    };
    Outline(outline.0.iter().map(turn).collect())
}
