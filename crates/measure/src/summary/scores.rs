use words::Rail;

use super::tally::Tally;
use crate::{Columns, columns::RunSlice};

/// A mark of 9, and of 5, as an experience.
const HIGH: f64 = 1.5;
const LOW: f64 = -0.5;

/// The scores of one run; used again for the next.
#[derive(Default)]
pub(super) struct RunScores {
    /// (touchpoint, rail, score), in order of time.
    scores: Vec<(u16, Option<Rail>, f64)>,
}

impl RunScores {
    /// Takes the scores of a run.
    pub(super) fn read(&mut self, columns: &Columns, run: &RunSlice<'_>, rail: impl Fn(u32) -> Option<Rail>) {
        let (rows, scores) = columns.scores.within(run.rows());
        for (row, score) in rows.iter().zip(scores) {
            self.scores.push((columns.codes[*row as usize], rail(*row), f64::from(*score)));
        }
    }

    /// Counts them and forgets them.
    pub(super) fn count_in(&mut self, tally: &mut Tally) {
        if self.scores.is_empty() {
            return;
        }
        self.of_the_run(tally);
        // Stable: within a touchpoint they stay in order of time.
        self.scores.sort_by_key(|(code, _, _)| *code);
        for same in self.scores.chunk_by(|a, b| a.0 == b.0) {
            let touchpoint = &mut tally.touchpoints[usize::from(same[0].0)];
            let values = || same.iter().map(|(_, _, score)| *score);
            touchpoint.experience.mean.add(same.len() as u64, values().sum());
            touchpoint.experience.high += values().filter(|score| *score >= HIGH).count() as u64;
            touchpoint.experience.low += values().filter(|score| *score <= LOW).count() as u64;
            for rail in [Rail::Online, Rail::Offline] {
                let on = || same.iter().filter(|(_, other, _)| *other == Some(rail));
                let sum = on().map(|(_, _, score)| *score).sum();
                touchpoint.rails[rail as usize].mean.add(on().count() as u64, sum);
            }
        }
        self.scores.clear();
    }

    /// The run's mean, and the mean of its extreme (of equals the last) and its last score.
    fn of_the_run(&self, tally: &mut Tally) {
        let values = || self.scores.iter().map(|(_, _, score)| *score);
        let extreme = values().fold(0.0_f64, |peak, score| if score.abs() >= peak.abs() { score } else { peak });
        let last = values().next_back().unwrap_or(extreme);
        tally.run_mean.add(1, values().sum::<f64>() / self.scores.len() as f64);
        tally.run_peak_end.add(1, f64::midpoint(extreme, last));
    }
}
