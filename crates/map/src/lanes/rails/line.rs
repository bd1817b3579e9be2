//! The journey line: along a rail, and from one to the other halfway between two columns.

use crate::display::Outline;
use crate::frame::BODY;

/// Through every stop; from the left edge when the journey began on a sheet before, to this right edge when it goes on.
pub(super) fn journey(stops: &[(f64, f64)], on_from_before: bool, goes_on_to: Option<f64>) -> Outline {
    let (Some(first), Some(last)) = (stops.first(), stops.last()) else {
        return Outline::default();
    };
    let mut outline = match on_from_before {
        true => Outline::from(BODY, first.1).to(first.0, first.1),
        false => Outline::from(first.0, first.1),
    };
    for pair in stops.windows(2) {
        outline = switch(outline, pair[0], pair[1]);
    }
    match goes_on_to {
        Some(right) => outline.to(right, last.1),
        None => outline,
    }
}

/// From one stop to the next: straight on one rail, else a cubic with both controls halfway.
pub(super) fn switch(outline: Outline, from: (f64, f64), to: (f64, f64)) -> Outline {
    if from.1 == to.1 {
        return outline.to(to.0, to.1);
    }
    let middle = (from.0 + to.0) / 2.0;
    outline.cubic((middle, from.1), (middle, to.1), to)
}
