//! Placing labels beside points so that they hide neither curves nor each other.

use crate::display::Rect;

/// Vertical sides come first; sideways costs a little.
const SIDES: [(f64, f64); 8] =
    [(0.0, -1.0), (0.0, 1.0), (0.75, -1.0), (-0.75, -1.0), (0.75, 1.0), (-0.75, 1.0), (1.0, 0.0), (-1.0, 0.0)];
const DISTANCES: [f64; 4] = [0.0, 1.6, 3.9, 5.6];
const WRONG_SIDE: f64 = 3.2;
const SIDEWAYS: f64 = 1.5;
const BESIDE: f64 = 2.2;
/// Per millimetre.
const FARTHER: f64 = 0.6;
const OCCUPIED: f64 = 30.0;
const OUTSIDE: f64 = 200.0;
/// White kept around a label, millimetres.
const AIR: f64 = 0.35;

/// A label to place.
#[derive(Clone, Copy)]
pub(crate) struct Wish {
    /// The point it speaks of.
    pub(crate) at: (f64, f64),
    /// Millimetres kept free around the point.
    pub(crate) clear: f64,
    /// Width and height.
    pub(crate) size: (f64, f64),
    /// Above the point, rather than below.
    pub(crate) above: bool,
}

/// What is already taken.
pub(crate) struct Placer {
    bounds: Rect,
    taken: Vec<Rect>,
    curves: Vec<(f64, f64)>,
}

impl Placer {
    pub(crate) fn new(bounds: Rect, curves: Vec<(f64, f64)>) -> Self {
        Self { bounds, taken: Vec::new(), curves }
    }

    /// Keeps a place free.
    pub(crate) fn take(&mut self, rect: Rect) {
        self.taken.push(rect);
    }

    /// The cheapest free place, and takes it; `None` when the lane is full around the point.
    pub(crate) fn place(&mut self, wish: Wish) -> Option<Rect> {
        let near = DISTANCES.iter().flat_map(|distance| {
            SIDES.iter().map(move |side| (beside(wish, *side, *distance), side_cost(wish, *side) + FARTHER * distance))
        });
        let best = self
            .cheapest(near)
            .filter(|(_, cost)| *cost < OCCUPIED)
            .or_else(|| self.cheapest(self.column(wish)).filter(|(_, cost)| *cost < OCCUPIED));
        let rect = best?.0;
        self.take(rect);
        Some(rect)
    }

    fn cheapest(&self, candidates: impl Iterator<Item = (Rect, f64)>) -> Option<(Rect, f64)> {
        candidates.map(|(rect, cost)| (rect, cost + self.cost(rect))).fold(None, |best: Option<(Rect, f64)>, next| {
            match best {
                Some(best) if best.1 <= next.1 => Some(best),
                _ => Some(next),
            }
        })
    }

    /// Anywhere straight above or below the point.
    fn column(&self, wish: Wish) -> impl Iterator<Item = (Rect, f64)> {
        let (bounds, (x, y), (w, h)) = (self.bounds, wish.at, wish.size);
        let steps = ((bounds.h - h).max(0.0) / 0.5) as usize;
        (0..=steps).map(move |nth| {
            let top = bounds.y + 0.5 * nth as f64;
            let rect = Rect::new(x - w / 2.0, top, w, h);
            (rect, (top + h / 2.0 - y).abs() * 0.2)
        })
    }

    /// Like the eight places, a place that hides many samples of a curve may still be the best there is, but never one that
    /// is taken: the samples together stay below the cost of that.
    fn cost(&self, rect: Rect) -> f64 {
        let held = rect.grown(AIR);
        let hidden = self.curves.iter().filter(|point| held.contains(**point)).count() as f64;
        let outside = rect.x < self.bounds.x
            || rect.y < self.bounds.y
            || rect.right() > self.bounds.right()
            || rect.bottom() > self.bounds.bottom();
        let occupied = self.taken.iter().filter(|taken| taken.overlaps(held)).count() as f64;
        hidden.min(15.0) + occupied * OCCUPIED + if outside { OUTSIDE } else { 0.0 }
    }
}

fn beside(wish: Wish, (sx, sy): (f64, f64), distance: f64) -> Rect {
    let (w, h) = wish.size;
    let gap = wish.clear + distance;
    Rect::centred(wish.at.0 + sx * (w / 2.0 + gap), wish.at.1 + sy * (h / 2.0 + gap), w, h)
}

fn side_cost(wish: Wish, (sx, sy): (f64, f64)) -> f64 {
    let wrong = if wish.above { sy > 0.0 } else { sy < 0.0 };
    let sideways = if sx == 0.0 { 0.0 } else { SIDEWAYS };
    sideways + if wrong { WRONG_SIDE } else { 0.0 } + if sy == 0.0 { BESIDE } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish() -> Wish {
        Wish { at: (50.0, 25.0), clear: 3.0, size: (10.0, 3.0), above: true }
    }

    #[test]
    fn it_goes_where_it_wants_when_that_is_free() {
        let mut placer = Placer::new(Rect::new(0.0, 0.0, 100.0, 50.0), Vec::new());
        assert_eq!(placer.place(wish()), Some(Rect::new(45.0, 19.0, 10.0, 3.0)));
    }

    #[test]
    fn it_never_goes_where_another_is() {
        let mut placer = Placer::new(Rect::new(0.0, 0.0, 100.0, 50.0), Vec::new());
        let mut placed: Vec<Rect> = Vec::new();
        while let Some(rect) = placer.place(wish()) {
            assert!(placed.iter().all(|other| !other.overlaps(rect)));
            placed.push(rect);
        }
        assert!(placed.len() > 10, "and finds many places before giving up");
    }

    #[test]
    fn it_avoids_a_curve() {
        let curve = (0..100).map(|x| (f64::from(x), 21.0)).collect();
        let mut placer = Placer::new(Rect::new(0.0, 0.0, 100.0, 50.0), curve);
        let rect = placer.place(wish()).expect("there is room");
        assert!(!rect.contains((50.0, 21.0)), "{rect:?}");
    }
}
