//! Monotone cubic curves (Fritsch and Carlson 1980, with the weighted harmonic mean of Fritsch and Butland 1984): they
//! pass through every point and never beyond its neighbours.

use crate::display::Outline;

/// A curve through points with rising x.
#[derive(Clone, Debug, PartialEq)]
pub struct Spline {
    points: Vec<(f64, f64)>,
    slopes: Vec<f64>,
}

impl Spline {
    /// Through these points; x must rise strictly.
    pub fn through(points: Vec<(f64, f64)>) -> Self {
        let slopes = slopes(&points);
        Self { points, slopes }
    }

    /// The cubic between point `i` and the next: two controls and the end.
    fn segment(&self, i: usize) -> [(f64, f64); 3] {
        let ((x0, y0), (x1, y1)) = (self.points[i], self.points[i + 1]);
        let third = (x1 - x0) / 3.0;
        [(x0 + third, y0 + self.slopes[i] * third), (x1 - third, y1 - self.slopes[i + 1] * third), (x1, y1)]
    }

    /// The part from point `from` up to point `to`.
    pub fn outline(&self, from: usize, to: usize) -> Outline {
        let start = self.points[from];
        (from..to).fold(Outline::from(start.0, start.1), |outline, i| {
            let [a, b, end] = self.segment(i);
            outline.cubic(a, b, end)
        })
    }

    /// The area between this curve and another through the same x's, over the points `from..=to`.
    pub(crate) fn area(&self, lower: &Self, from: usize, to: usize) -> Outline {
        let corner = lower.points[to];
        let outline = self.outline(from, to).to(corner.0, corner.1);
        let back = (from..to).rev().fold(outline, |outline, i| {
            let [a, b, _] = lower.segment(i);
            outline.cubic(b, a, lower.points[i])
        });
        back.close()
    }

    /// The value at x; `None` outside the points.
    pub(crate) fn at(&self, x: f64) -> Option<f64> {
        let last = self.points.len().checked_sub(1)?;
        if x < self.points[0].0 || x > self.points[last].0 {
            return None;
        }
        let i = (0..last).find(|i| x <= self.points[i + 1].0)?;
        let ((x0, y0), (x1, y1)) = (self.points[i], self.points[i + 1]);
        let h = x1 - x0;
        let t = (x - x0) / h;
        let (t2, t3) = (t * t, t * t * t);
        Some(
            (2.0 * t3 - 3.0 * t2 + 1.0) * y0
                + (t3 - 2.0 * t2 + t) * h * self.slopes[i]
                + (3.0 * t2 - 2.0 * t3) * y1
                + (t3 - t2) * h * self.slopes[i + 1],
        )
    }

    /// Points on the curve, so many per stretch.
    pub(crate) fn samples(&self, per_stretch: usize) -> Vec<(f64, f64)> {
        let stretches = self.points.windows(2);
        let xs = stretches.flat_map(|pair| {
            let (from, to) = (pair[0].0, pair[1].0);
            (0..per_stretch).map(move |nth| from + (to - from) * nth as f64 / per_stretch as f64)
        });
        xs.filter_map(|x| self.at(x).map(|y| (x, y))).chain(self.points.last().copied()).collect()
    }
}

fn slopes(points: &[(f64, f64)]) -> Vec<f64> {
    let steps: Vec<(f64, f64)> = points
        .windows(2)
        .map(|pair| {
            let h = pair[1].0 - pair[0].0;
            (h, (pair[1].1 - pair[0].1) / h)
        })
        .collect();
    let (Some(first), Some(last)) = (steps.first(), steps.last()) else {
        return vec![0.0; points.len()];
    };
    let inner = steps.windows(2).map(|pair| {
        let ((h0, d0), (h1, d1)) = (pair[0], pair[1]);
        if d0 * d1 <= 0.0 {
            return 0.0;
        }
        3.0 * (h0 + h1) / ((2.0 * h1 + h0) / d0 + (h1 + 2.0 * h0) / d1)
    });
    std::iter::once(0.6 * first.1).chain(inner).chain(std::iter::once(0.6 * last.1)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_curve_never_passes_beyond_its_neighbours(
            steps in prop::collection::vec((5.0f64..60.0, -2.0f64..2.0), 2..15)
        ) {
            let mut x = 0.0;
            let points: Vec<_> = steps.iter().map(|(h, y)| { x += h; (x, *y) }).collect();
            let spline = Spline::through(points.clone());
            for pair in points.windows(2) {
                let (low, high) = (pair[0].1.min(pair[1].1), pair[0].1.max(pair[1].1));
                for nth in 0..=20 {
                    let x = pair[0].0 + (pair[1].0 - pair[0].0) * f64::from(nth) / 20.0;
                    let y = spline.at(x.min(pair[1].0)).expect("inside");
                    prop_assert!((low - 1e-9..=high + 1e-9).contains(&y), "{y} outside {low}..{high}");
                }
            }
        }

        #[test]
        fn it_passes_through_its_points(ys in prop::collection::vec(-2.0f64..2.0, 2..15)) {
            let points: Vec<_> = ys.iter().enumerate().map(|(x, y)| (x as f64, *y)).collect();
            let spline = Spline::through(points.clone());
            for (x, y) in points {
                prop_assert!((spline.at(x).expect("inside") - y).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn one_point_is_no_curve() {
        let spline = Spline::through(vec![(1.0, 1.0)]);
        assert_eq!(spline.at(1.0), None);
        assert_eq!(spline.outline(0, 0).0.len(), 1);
    }
}
