use map::{Sheet, Spline, path_data};
use serde::Serialize;

use super::{Point, Tone, points};

const WIDTH: f64 = 208.0;
const HEIGHT: f64 = 48.0;
/// Room at the sides for a dot.
const SIDE: f64 = 6.0;
/// Height of one step of experience.
const STEP: f64 = 10.0;

/// A measured curve at the size of a line of text.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Spark {
    /// Width and height of the picture.
    pub size: (f64, f64),
    /// Of the neutral line.
    pub zero: f64,
    /// The curve, as the `d` of a path.
    pub line: String,
    /// The worst pain, and the highest point when it is good.
    pub dots: Vec<(f64, f64, Tone)>,
}

/// The curve through every point with ten answers or more, from the first to the last; none with fewer than two. At this
/// size a moment that few customers had is a dip like any other.
pub fn spark(sheet: &Sheet) -> Option<Spark> {
    let on_line: Vec<Point> = points(sheet).into_iter().filter(|point| point.tone != Tone::Hollow).collect();
    let (first, last) = (on_line.first()?.at, on_line.last()?.at);
    if first == last {
        return None;
    }
    let zero = HEIGHT / 2.0;
    let place = |point: &Point| {
        let along = (point.at - first) as f64 / (last - first) as f64;
        (SIDE + along * (WIDTH - 2.0 * SIDE), zero - point.value * STEP)
    };
    let spline = Spline::through(on_line.iter().map(place).collect());
    // The worst pain need not be the lowest point: it may lie far below what was expected.
    let pains = on_line.iter().filter(|point| point.tone == Tone::Bad);
    let worst = pains.min_by(|a, b| a.value.total_cmp(&b.value));
    // Of equals the first, as for a peak.
    let highest = on_line.iter().rev().max_by(|a, b| a.value.total_cmp(&b.value));
    let worth = [worst, highest.filter(|point| point.tone == Tone::Good)];
    Some(Spark {
        size: (WIDTH, HEIGHT),
        zero,
        line: path_data(&spline.outline(0, on_line.len() - 1)),
        dots: worth
            .into_iter()
            .flatten()
            .map(|point| {
                let (x, y) = place(point);
                (rounded(x), rounded(y), point.tone)
            })
            .collect(),
    })
}

fn rounded(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}
