//! The token of a touchpoint: shape says the category, ring who starts it, size how it treats attention.

use words::{Attention, Category, Reach, Starter};

use super::channel::icon;
use super::{badge, sign};
use crate::canvas::Layer;
use crate::colour::Colour;
use crate::display::{Outline, Paint};
use crate::glyphs::badge::Source;
use crate::sheet::Touchpoint;

/// How large a token is, as a factor of 8 mm: spare 6.4, grab 10.
pub(crate) const fn scale(attention: Option<Attention>) -> f64 {
    match attention {
        Some(Attention::Spare) => 0.8,
        Some(Attention::Grab) => 1.25,
        None => 1.0,
    }
}

/// The colour of the ring: another system's is grey.
pub(crate) fn ring(touchpoint: &Touchpoint) -> Colour {
    match (&touchpoint.sent_by, touchpoint.from) {
        (Some(_), _) => Colour::BOUNDARY,
        (None, Starter::Customer) => Colour::CUSTOMER,
        (None, Starter::Us) => Colour::US,
    }
}

/// Draws the token around a point, with badge, diamond and source.
pub(crate) fn draw(layer: &mut Layer, at: (f64, f64), touchpoint: &Touchpoint, source: Option<Source>) {
    let scale = scale(touchpoint.attention);
    let mut stroke = if touchpoint.sent_by.is_some() { 0.45 } else { 0.85 };
    if scale < 1.0 {
        stroke *= 0.95;
    }
    let mut paint = Paint::line(ring(touchpoint), stroke).filled(Colour::WHITE);
    if touchpoint.reach == Reach::Indirect {
        paint = paint.dashed(1.5, 1.1).cap(crate::display::Cap::Butt);
    }
    let halo = Paint::line(Colour::WHITE, stroke + 1.5).filled(Colour::WHITE);
    let outlines = outlines(touchpoint.category, at, scale);
    for outline in &outlines.closed {
        layer.path(outline.clone(), halo);
    }
    for outline in outlines.closed {
        layer.path(outline, paint);
    }
    if let Some(flap) = outlines.flap {
        layer.path(flap, Paint::line(ring(touchpoint), 0.55 * stroke));
    }
    let ink = if touchpoint.sent_by.is_some() { Colour::SECOND } else { Colour::INK };
    if let Some(first) = touchpoint.channels.first() {
        let (dx, dy, size) = outlines.sign;
        icon(&first.channel).draw(layer, (at.0 + dx * scale, at.1 + dy * scale), size * scale, ink);
    }
    if let Some(performer) = touchpoint.by {
        badge::performer(layer, (at.0 + 5.0 * scale + 0.3, at.1 + 3.25 * scale + 0.2), performer);
    }
    if touchpoint.moment_of_truth {
        sign::diamond(layer, (at.0 - 5.0 * scale - 0.2, at.1 - 3.9 * scale));
    }
    if let Some(source) = source {
        badge::source(layer, (at.0, at.1 + bottom(touchpoint.category) * scale + 1.75), 0.85, source);
    }
}

/// From the middle down to the lowest point, at scale 1.
const fn bottom(category: Category) -> f64 {
    match category {
        Category::Message => 4.1,
        Category::Interaction => 4.7,
        Category::Product | Category::Setting => 4.1,
    }
}

/// The outlines of a category, back to front, with the place and size of the channel's sign.
pub(crate) struct Outlines {
    pub(crate) closed: Vec<Outline>,
    pub(crate) flap: Option<Outline>,
    pub(crate) sign: (f64, f64, f64),
}

/// The shape of a category around a point.
pub(crate) fn outlines(category: Category, (x, y): (f64, f64), scale: f64) -> Outlines {
    let place = |(dx, dy): (f64, f64)| (x + dx * scale, y + dy * scale);
    let polygon = |points: &[(f64, f64)]| {
        let first = place(points[0]);
        let rest = points[1..].iter().map(|point| place(*point));
        rest.fold(Outline::from(first.0, first.1), |outline, (x, y)| outline.to(x, y)).close()
    };
    match category {
        Category::Message => {
            let (left, middle, right) = (place((-4.6, -3.6)), place((0.0, -1.1)), place((4.6, -3.6)));
            Outlines {
                closed: vec![polygon(&[(-4.6, -3.6), (4.6, -3.6), (4.6, 3.6), (-4.6, 3.6)])],
                flap: Some(Outline::from(left.0, left.1).to(middle.0, middle.1).to(right.0, right.1)),
                sign: (0.0, 1.15, 3.2),
            }
        }
        Category::Interaction => Outlines {
            closed: vec![
                bubble((x, y), scale, (-2.2, -4.3, 4.8, 1.4), false),
                bubble((x, y), scale, (-4.6, -2.9, 2.9, 3.2), true),
            ],
            flap: None,
            sign: (-0.85, 0.15, 3.5),
        },
        Category::Product => Outlines {
            closed: vec![polygon(&[(-3.9, -3.9), (3.9, -3.9), (3.9, 3.9), (-3.9, 3.9)])],
            flap: None,
            sign: (0.0, 0.0, 4.2),
        },
        Category::Setting => Outlines {
            closed: vec![polygon(&[(-5.0, 0.0), (-2.5, -3.9), (2.5, -3.9), (5.0, 0.0), (2.5, 3.9), (-2.5, 3.9)])],
            flap: None,
            sign: (0.0, 0.0, 4.0),
        },
    }
}

/// A speech bubble between left, top, right and bottom; with a tail at its left foot.
fn bubble((x, y): (f64, f64), scale: f64, (l, t, r, b): (f64, f64, f64, f64), tail: bool) -> Outline {
    const R: f64 = 1.5;
    let p = |dx: f64, dy: f64| (x + dx * scale, y + dy * scale);
    let (start, top) = (p(l + R, t), p(r - R, t));
    let corner = |outline: Outline, by: (f64, f64), to: (f64, f64)| outline.quad(by.0, by.1, to.0, to.1);
    let outline = Outline::from(start.0, start.1).to(top.0, top.1);
    let outline = corner(outline, p(r, t), p(r, t + R));
    let side = p(r, b - R);
    let outline = corner(outline.to(side.0, side.1), p(r, b), p(r - R, b));
    let outline = if tail {
        let (foot, tip, back) = (p(l + 3.2, b), p(l + 1.5, b + 1.6), p(l + 1.5, b));
        outline.to(foot.0, foot.1).to(tip.0, tip.1).to(back.0, back.1)
    } else {
        let foot = p(l + R, b);
        outline.to(foot.0, foot.1)
    };
    let outline = corner(outline, p(l, b), p(l, b - R));
    let side = p(l, t + R);
    corner(outline.to(side.0, side.1), p(l, t), start).close()
}
