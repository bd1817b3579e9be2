use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use serde::{Deserialize, Serialize};
use words::digest;

use crate::behaviour::{Delay, Spread};

/// Random draws of one customer: ChaCha (8 rounds) from a digest of names, so that everybody's draws are apart from
/// everybody else's whatever the order of asking. Kept as names and a place in the stream.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(into = "Kept", from = "Kept")]
pub struct Draws {
    seed: [u8; 32],
    rng: ChaCha8Rng,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    seed: [u8; 32],
    drawn: u64,
}

impl From<Draws> for Kept {
    fn from(draws: Draws) -> Self {
        Self { seed: draws.seed, drawn: u64::try_from(draws.rng.get_word_pos()).unwrap_or_default() }
    }
}

impl From<Kept> for Draws {
    fn from(kept: Kept) -> Self {
        let mut rng = ChaCha8Rng::from_seed(kept.seed);
        rng.set_word_pos(u128::from(kept.drawn));
        Self { seed: kept.seed, rng }
    }
}

/// Deviates beyond this are cut off: one in a thousand.
const DEVIATE_MAX: f64 = 3.2;

impl Draws {
    /// The draws of these names: always the same.
    pub fn of(names: &[&str]) -> Self {
        let seed = digest(names);
        Self { seed, rng: ChaCha8Rng::from_seed(seed) }
    }

    /// 0 (inclusive) to 1 (exclusive), evenly.
    pub fn unit(&mut self) -> f64 {
        (self.rng.next_u64() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Whether something of this chance happens.
    pub fn happens(&mut self, chance: f64) -> bool {
        self.unit() < chance
    }

    /// One of so many, from 0; `count` is above 0.
    pub fn below(&mut self, count: usize) -> usize {
        ((self.unit() * count as f64) as usize).min(count.saturating_sub(1))
    }

    /// A standard normal deviate (Box and Muller), cut off at the ends.
    pub fn deviate(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.unit()).ln()).sqrt();
        let angle = std::f64::consts::TAU * self.unit();
        (radius * angle.cos()).clamp(-DEVIATE_MAX, DEVIATE_MAX)
    }

    /// A draw of a spread.
    pub fn spread(&mut self, spread: Spread) -> f64 {
        spread.at(self.deviate())
    }

    /// Seconds.
    pub fn delay(&mut self, delay: Delay) -> i64 {
        match delay {
            Delay::Fixed(seconds) => seconds,
            Delay::Drawn(spread) => self.spread(spread).round() as i64,
        }
    }

    /// One of these by their chances; where the chances are less than 1 together the rest goes to the last.
    pub fn choose<'a, T>(&mut self, choice: &'a [(T, f64)]) -> Option<&'a T> {
        let mut left = self.unit();
        for (value, chance) in choice {
            if left < *chance {
                return Some(value);
            }
            left -= chance;
        }
        choice.last().map(|(value, _)| value)
    }

    /// How many happen of what happens so often on average (Poisson; Knuth's product in pieces, for any mean).
    pub fn count(&mut self, mean: f64) -> u32 {
        let (mut left, mut count) = (mean, 0);
        while left > 0.0 {
            let piece = left.min(16.0);
            left -= piece;
            let floor = (-piece).exp();
            let mut product = self.unit();
            while product > floor {
                count += 1;
                product *= self.unit();
            }
        }
        count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_names_draw_the_same_and_go_on_where_they_were() {
        let mut draws = Draws::of(&["7", "1"]);
        let first: Vec<f64> = (0..100).map(|_| draws.unit()).collect();
        assert_ne!(first[0], Draws::of(&["7", "2"]).unit());
        let mut again = Draws::of(&["7", "1"]);
        for wanted in &first[..41] {
            assert_eq!(again.unit(), *wanted);
        }
        let kept = serde_json::to_vec(&again).unwrap();
        let mut restored: Draws = serde_json::from_slice(&kept).unwrap();
        assert_eq!(restored.unit(), first[41]);
    }

    #[test]
    fn draws_lie_as_they_should() {
        let mut draws = Draws::of(&["shape"]);
        let many = 20_000;
        let spread = Spread::new(10.0, 40.0, 900.0).unwrap();
        let drawn: Vec<f64> = (0..many).map(|_| draws.spread(spread)).collect();
        let share = |limit: f64| drawn.iter().filter(|value| **value < limit).count() as f64 / many as f64;
        for (limit, wanted) in [(10.0, 0.1), (40.0, 0.5), (900.0, 0.9)] {
            assert!((share(limit) - wanted).abs() < 0.01, "{} below {limit}", share(limit));
        }
        let mean = (0..2_000).map(|_| f64::from(draws.count(37.5))).sum::<f64>() / 2_000.0;
        assert!((mean - 37.5).abs() < 0.5, "{mean}");
        let choice = [("a", 0.7), ("b", 0.3)];
        let a = (0..many).filter(|_| draws.choose(&choice) == Some(&"a")).count() as f64 / many as f64;
        assert!((a - 0.7).abs() < 0.015, "{a}");
    }
}
