//! Estimates with their 95 % interval.

use words::{Evidence, Figure, Window};

/// The 97.5th percentile of the standard normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// The 97.5th percentile of Student's t for 1 to 30 degrees of freedom.
const T: [f64; 30] = [
    12.706_205, 4.302_653, 3.182_446, 2.776_445, 2.570_582, 2.446_912, 2.364_624, 2.306_004, 2.262_157, 2.228_139,
    2.200_985, 2.178_813, 2.160_369, 2.144_787, 2.131_450, 2.119_905, 2.109_816, 2.100_922, 2.093_024, 2.085_963,
    2.079_614, 2.073_873, 2.068_658, 2.063_899, 2.059_539, 2.055_529, 2.051_831, 2.048_407, 2.045_230, 2.042_272,
];

/// Student's t, 97.5th percentile; beyond the table by its expansion in 1/df (Abramowitz & Stegun 26.7.5).
fn t_quantile(degrees: u64) -> f64 {
    if let Some(value) = usize::try_from(degrees).ok().and_then(|df| T.get(df.checked_sub(1)?)) {
        return *value;
    }
    let df = degrees.max(1) as f64;
    Z + (Z.powi(3) + Z) / (4.0 * df) + (5.0 * Z.powi(5) + 16.0 * Z.powi(3) + 3.0 * Z) / (96.0 * df * df)
}

/// The interval of Wilson (1927) around a share.
fn wilson(part: u64, whole: u64) -> Option<(f64, f64)> {
    if whole == 0 {
        return None;
    }
    let (n, p) = (whole as f64, part as f64 / whole as f64);
    let scale = 1.0 + Z * Z / n;
    let centre = (p + Z * Z / (2.0 * n)) / scale;
    let half = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt() / scale;
    Some(((centre - half).clamp(0.0, p), (centre + half).clamp(p, 1.0)))
}

/// `part` of `whole` as a share 0..1 with Wilson's interval.
pub(crate) fn share(part: u64, whole: u64, definition: &'static str, window: Window) -> Figure {
    Figure {
        value: (whole > 0).then(|| part as f64 / whole as f64),
        n: whole,
        interval: wilson(part, whole),
        definition,
        window,
    }
}

/// A count: value and n are the same, and there is nothing to estimate.
pub(crate) fn count(n: u64, definition: &'static str, window: Window) -> Figure {
    Figure { value: Some(n as f64), n, interval: None, definition, window }
}

/// The small-cell rule: what rests on fewer than five answers is not told.
pub(crate) fn shielded(figure: Figure) -> Figure {
    if figure.n >= Evidence::SHOWN {
        return figure;
    }
    Figure { value: None, interval: None, ..figure }
}

/// Answers to whether one would recommend us.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Recommendations {
    n: u64,
    /// 9 or 10.
    promoters: u64,
    /// 0..=6.
    detractors: u64,
}

impl Recommendations {
    pub(crate) fn add(&mut self, answer: u8) {
        self.n += 1;
        self.promoters += u64::from(answer >= 9);
        self.detractors += u64::from(answer <= 6);
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        self.n += other.n;
        self.promoters += other.promoters;
        self.detractors += other.detractors;
    }

    /// Percent of promoters minus percent of detractors, −100..+100, with the adjusted Wald interval of Rocks (2016);
    /// hidden under five answers.
    pub(crate) fn figure(&self, definition: &'static str, window: Window) -> Figure {
        let (n, promoters, detractors) = (self.n as f64, self.promoters as f64, self.detractors as f64);
        let value = (self.n > 0).then(|| 100.0 * (promoters - detractors) / n);
        let interval = value.map(|value| {
            let (p, d) = ((promoters + 0.75) / (n + 3.0), (detractors + 0.75) / (n + 3.0));
            let half = 100.0 * Z * ((p + d - (p - d) * (p - d)) / (n + 3.0)).sqrt();
            let centre = 100.0 * (p - d);
            ((centre - half).max(-100.0).min(value), (centre + half).min(100.0).max(value))
        });
        shielded(Figure { value, n: self.n, interval, definition, window })
    }
}

/// Sums over clusters (runs) for a mean whose interval allows for one customer answering more than once.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct ClusterMean {
    pub(crate) n: u64,
    pub(crate) clusters: u64,
    sum: f64,
    sum_squares: f64,
    sum_cross: f64,
    sizes_squared: f64,
}

impl ClusterMean {
    /// One cluster of `n` values with this sum.
    pub(crate) fn add(&mut self, n: u64, sum: f64) {
        if n == 0 {
            return;
        }
        let size = n as f64;
        self.n += n;
        self.clusters += 1;
        self.sum += sum;
        self.sum_squares += sum * sum;
        self.sum_cross += sum * size;
        self.sizes_squared += size * size;
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        self.n += other.n;
        self.clusters += other.clusters;
        self.sum += other.sum;
        self.sum_squares += other.sum_squares;
        self.sum_cross += other.sum_cross;
        self.sizes_squared += other.sizes_squared;
    }

    pub(crate) fn mean(&self) -> Option<f64> {
        (self.n > 0).then(|| self.sum / self.n as f64)
    }

    /// The squared standard error: linearised for clusters, `G/(G−1) · Σ(sum_g − n_g·mean)² / n²`.
    pub(crate) fn error_squared(&self) -> Option<f64> {
        let mean = self.mean().filter(|_| self.clusters > 1)?;
        let spread = self.sum_squares - 2.0 * mean * self.sum_cross + mean * mean * self.sizes_squared;
        let (g, n) = (self.clusters as f64, self.n as f64);
        Some((g / (g - 1.0) * spread / (n * n)).max(0.0))
    }

    /// The mean of experiences, −2..+2, with a t interval on clusters − 1 degrees of freedom; hidden under five answers.
    pub(crate) fn figure(&self, definition: &'static str, window: Window) -> Figure {
        self.spanning(2.0, definition, window)
    }

    /// The same of numbers between −`most` and +`most`.
    pub(crate) fn spanning(&self, most: f64, definition: &'static str, window: Window) -> Figure {
        let interval = self.mean().zip(self.error_squared()).map(|(mean, squared)| {
            let half = t_quantile(self.clusters - 1) * squared.sqrt();
            ((mean - half).max(-most), (mean + half).min(most))
        });
        shielded(Figure { value: self.mean(), n: self.n, interval, definition, window })
    }
}

/// A normal interval around an experience of known error, kept within the scale.
pub(crate) fn normal_interval(mean: f64, error_squared: f64) -> (f64, f64) {
    let half = Z * error_squared.sqrt();
    ((mean - half).max(-2.0), (mean + half).min(2.0))
}

/// The ranks (from 0) between which the median lies with 95 % confidence, without any assumption about the distribution;
/// `None` under six values. Normal approximation of the binomial, rounded outwards.
pub(crate) fn median_ranks(n: usize) -> Option<(usize, usize)> {
    if n < 6 {
        return None;
    }
    let (middle, half) = (n as f64 / 2.0, Z * (n as f64).sqrt() / 2.0);
    let low = (middle - half).floor().max(1.0) as usize - 1;
    let high = ((middle + half).ceil() as usize + 1).min(n) - 1;
    Some((low, high))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;

    fn window() -> Window {
        Window { from: Timestamp::MIN, until: Timestamp::MAX }
    }

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() < 5e-4
    }

    #[test]
    fn wilson_gives_the_published_intervals() {
        let (low, high) = wilson(18, 20).unwrap();
        assert!(close(low, 0.699) && close(high, 0.972), "{low} {high}");
        let (low, high) = wilson(180, 200).unwrap();
        assert!(close(low, 0.851) && close(high, 0.934), "{low} {high}");
        assert_eq!(wilson(0, 0), None);
        assert_eq!(wilson(0, 10).unwrap().0, 0.0);
    }

    #[test]
    fn nps_gives_the_published_interval() {
        let of = |promoters, detractors, n| Recommendations { n, promoters, detractors }.figure("nps", window());
        let (low, high) = of(25, 10, 50).interval.unwrap();
        assert_eq!(of(25, 10, 50).value, Some(30.0));
        assert!((low - 7.3).abs() < 0.05 && (high - 49.3).abs() < 0.05, "{low} {high}");
        let (low, high) = of(250, 100, 500).interval.unwrap();
        assert!((low - 23.0).abs() < 0.05 && (high - 36.6).abs() < 0.05, "{low} {high}");
        let (low, high) = of(20, 0, 20).interval.unwrap();
        assert!(low < 100.0 && high == 100.0, "nobody is beyond the scale: {low} {high}");
        assert_eq!(of(4, 0, 4), Figure { value: None, interval: None, ..of(4, 0, 4) });
    }

    #[test]
    fn a_mean_of_single_answers_has_the_textbook_interval() {
        let mut mean = ClusterMean::default();
        for value in [0.0, 1.0, 1.0, 2.0, 0.5] {
            mean.add(1, value);
        }
        let figure = mean.figure("experience.mean", window());
        // mean 0.9, standard deviation 0.741620, t(4) 2.776445
        let (low, high) = figure.interval.unwrap();
        assert!(close(figure.value.unwrap(), 0.9));
        assert!(close(low, 0.9 - 0.920_842) && close(high, 0.9 + 0.920_842), "{low} {high}");
    }

    #[test]
    fn ten_answers_of_one_customer_are_worth_one() {
        let (mut apart, mut together) = (ClusterMean::default(), ClusterMean::default());
        for sign in [-1.0, 1.0, 1.0, -1.0] {
            (0..10).for_each(|_| apart.add(1, sign));
            together.add(10, 10.0 * sign);
        }
        assert_eq!(apart.mean(), together.mean());
        assert!(together.error_squared().unwrap() > 9.0 * apart.error_squared().unwrap());
    }

    #[test]
    fn four_answers_are_not_told_but_counted() {
        let mut mean = ClusterMean::default();
        (0..4).for_each(|_| mean.add(1, 1.0));
        let figure = mean.figure("experience.mean", window());
        assert_eq!((figure.value, figure.interval, figure.n), (None, None, 4));
    }

    #[test]
    fn t_goes_on_smoothly_after_the_table() {
        assert!(close(t_quantile(31), 2.039_513) && close(t_quantile(100), 1.983_972));
        assert!(close(t_quantile(1_000_000), Z));
    }

    #[test]
    fn the_median_of_six_lies_between_the_first_and_the_last() {
        assert_eq!(median_ranks(5), None);
        assert_eq!(median_ranks(6), Some((0, 5)));
        let (low, high) = median_ranks(100).unwrap();
        // binomial: ranks 40 and 61, counted from 1
        assert_eq!((low + 1, high + 1), (40, 61));
    }
}
