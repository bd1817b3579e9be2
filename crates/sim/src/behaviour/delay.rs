use journey::Span;

/// A log-normal through its 10 %, 50 % and 90 % points, of which the first is above 0 and none is below the one before. Where
/// the two halves differ in width each half has its own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// One in ten is lower.
    pub low: f64,
    /// The median.
    pub median: f64,
    /// One in ten is higher.
    pub high: f64,
}

/// How long something takes, in seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Delay {
    /// Always as long.
    Fixed(i64),
    /// Drawn.
    Drawn(Spread),
}

/// The normal deviate below which nine in ten lie.
const NINETY: f64 = 1.281_551_565_545;

impl Spread {
    /// Three rising values above 0.
    pub(crate) fn new(low: f64, median: f64, high: f64) -> Option<Self> {
        (0.0 < low && low <= median && median <= high && high.is_finite()).then_some(Self { low, median, high })
    }

    /// The value that lies where a normal deviate lies.
    pub fn at(self, deviate: f64) -> f64 {
        let beyond = if deviate < 0.0 { self.median / self.low } else { self.high / self.median };
        self.median * (beyond.ln() * deviate / NINETY).exp()
    }
}

/// Seconds of a span as definitions write it.
pub(crate) fn seconds(text: &str) -> Option<i64> {
    i64::try_from(Span::parse(text)?.seconds_about()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goes_through_its_three_points() {
        let spread = Spread::new(10.0, 40.0, 900.0).unwrap();
        for (deviate, wanted) in [(-NINETY, 10.0), (0.0, 40.0), (NINETY, 900.0)] {
            assert!((spread.at(deviate) - wanted).abs() < 1e-6 * wanted);
        }
        assert_eq!(Spread::new(0.0, 1.0, 2.0), None);
        assert_eq!(Spread::new(3.0, 2.0, 4.0), None);
        assert_eq!((seconds("2h"), seconds("1d"), seconds("soon")), (Some(7200), Some(86_400), None));
    }
}
