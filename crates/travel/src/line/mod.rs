//! The straight line between two places, stretched to what was driven.
//!
//! Seconds are `a + b·metres + c·√metres`: some time to leave and to find a place, a speed on the road, and a slower one near both ends.
//! Between random addresses of a hilly country that was off by 27 % on average where a single speed was off by 33 %.

mod fit;

use async_trait::async_trait;
use jiff::civil::DateTime;

use crate::way::{Source, Spread};
use crate::{Place, Table, TravelError, TravelTimes, Way, When, limits};

/// Fewer drives than this teach nothing.
pub const LEARNT_MIN: usize = 30;
/// What was driven counts as much as what was thought before when there are so many drives.
const TRUST: f64 = 30.0;
/// Roads are so much longer than a straight line: 300 European cities (doi 10.1177/23998083231168870).
const DETOUR: f64 = 1.343;

/// Seconds by metres in a straight line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Curve {
    /// Seconds whatever the distance.
    pub fixed: f64,
    /// Seconds a metre.
    pub by_metre: f64,
    /// Seconds a square root of a metre.
    pub by_root: f64,
}

impl Curve {
    /// Before anything was driven: three minutes for a kilometre, nine for five, twenty-seven for twenty. A guess for a flat country with
    /// towns.
    pub const FIRST: Self = Self { fixed: 60.0, by_metre: 0.065, by_root: 2.0 };

    /// Seconds for so many metres, never less than nothing.
    #[must_use]
    pub fn seconds(self, metres: f64) -> f64 {
        if metres < 1.0 {
            return 0.0;
        }
        (self.fixed + self.by_metre * metres + self.by_root * metres.sqrt()).max(0.0)
    }
}

/// A way that was driven.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Driven {
    /// In a straight line.
    pub metres: f64,
    /// How long it took.
    pub seconds: f64,
    /// The hour in which it began, 0 to 23.
    pub hour: i8,
}

/// Straight lines, stretched to what was driven.
#[derive(Clone, Debug, PartialEq)]
pub struct StraightLine {
    curve: Curve,
    /// How much longer it takes in each hour of the day.
    by_hour: [f64; 24],
    spread: Spread,
}

impl Default for StraightLine {
    fn default() -> Self {
        Self { curve: Curve::FIRST, by_hour: [1.0; 24], spread: Spread::GUESS }
    }
}

impl StraightLine {
    /// Learns from what was driven; from fewer than [`LEARNT_MIN`] drives nothing.
    ///
    /// The curve is the one of least squared relative error; each hour has the median of its own ratios, drawn to 1 as long as there are
    /// few; the spread is that of what then still differs, and never narrower than an engine's.
    #[must_use]
    pub fn learnt(driven: &[Driven]) -> Self {
        let is_sound = |drive: &&Driven| drive.metres >= 100.0 && (10.0..=6.0 * 3_600.0).contains(&drive.seconds);
        let driven: Vec<Driven> = driven.iter().filter(is_sound).copied().collect();
        if driven.len() < LEARNT_MIN {
            return Self::default();
        }
        let curve = fit::curve(&driven).unwrap_or(Curve::FIRST);
        let ratio = |drive: &Driven| drive.seconds / curve.seconds(drive.metres).max(1.0);
        let by_hour = std::array::from_fn(|hour| {
            let mut own: Vec<f64> = driven.iter().filter(|drive| drive.hour == hour as i8).map(ratio).collect();
            let weight = own.len() as f64 / (own.len() as f64 + TRUST);
            fit::quantile(&mut own, 0.5).map_or(1.0, |median| 1.0 + weight * (median - 1.0))
        });
        let mut line = Self { curve, by_hour, spread: Spread::GUESS };
        let left = |drive: &Driven| drive.seconds / line.seconds(drive.metres, drive.hour).max(1.0);
        let mut left: Vec<f64> = driven.iter().map(left).collect();
        if let (Some(low), Some(high)) = (fit::quantile(&mut left, 0.1), fit::quantile(&mut left, 0.9)) {
            line.spread = Spread { low: low.min(Spread::ENGINE.low), high: high.max(Spread::ENGINE.high) };
        }
        line
    }

    fn seconds(&self, metres: f64, hour: i8) -> f64 {
        let by_hour = usize::try_from(hour).ok().and_then(|hour| self.by_hour.get(hour));
        self.curve.seconds(metres) * by_hour.copied().unwrap_or(1.0)
    }

    /// The way between two places when one leaves then.
    #[must_use]
    pub fn way(&self, from: Place, to: Place, leaving: DateTime) -> Way {
        let metres = from.metres_to(to);
        let seconds = self.seconds(metres, leaving.hour());
        Way { seconds, metres: metres * DETOUR, spread: self.spread, source: Source::Line }
    }
}

#[async_trait]
impl TravelTimes for StraightLine {
    async fn table(&self, from: &[Place], to: &[Place], when: When) -> Result<Table, TravelError> {
        let most = from.len().max(to.len());
        if most > limits::PLACES_MAX {
            return Err(TravelError::TooMany(most));
        }
        let mut table = Table::empty(from.len(), to.len());
        for (row, one) in from.iter().enumerate() {
            for (column, other) in to.iter().enumerate() {
                table.set(row, column, Some(self.way(*one, *other, when.leaving)));
            }
        }
        Ok(table)
    }
}
