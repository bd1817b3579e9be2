//! Days made shorter: strings of stops are taken out of neighbouring days and put back where they cost least, and what came of
//! it is kept when it is better, or now and then when it is not. Slack induction by string removals (Christiaens and Vanden
//! Berghe, Transportation Science 54(2), 2020), here with breaks, skills, pins and several spans.

mod draw;
mod recreate;
mod ruin;
mod solution;

pub use self::recreate::insert;

use self::draw::Draw;
use self::recreate::recreate;
use self::ruin::{Neighbours, ruin};
use self::solution::Solution;
use crate::{Plan, Problem};

/// How long to go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effort {
    /// How often something is taken out and put back. A step with a hundred jobs takes some ten microseconds.
    pub steps: u32,
    /// The same seed finds the same plan.
    pub seed: u64,
}

/// How willing it is to become worse, as a share of what an average leg costs, at first and in the end.
const HEAT: (f64, f64) = (4.0, 0.03);
/// With few steps there is no time to come back from worse.
const STEPS_FOR_FULL_HEAT: f64 = 20_000.0;

/// Makes the plan cheaper, and takes in what is left out where there is room. What stands in it stays within its spans and pins;
/// the result never costs more than the plan, and leaves nothing out that was in it.
///
/// `goes_on` is asked every hundred steps; it is how a caller with a clock ends it sooner.
///
/// A shift whose jobs do not fit (somebody fell ill, or is late) is emptied of what is not pinned, and what was in it counts as
/// left out.
#[must_use]
pub fn improve(problem: &Problem, plan: &Plan, effort: Effort, mut goes_on: impl FnMut() -> bool) -> Plan {
    let mut draw = Draw::new(effort.seed);
    let mut now = Solution::of(problem, plan);
    let neighbours = Neighbours::of(problem);
    let kept = now.assigned();
    recreate(problem, &mut now, &mut draw, 0.0);
    now.forget();
    let mut best = now.routes();
    let mut best_cost = now.cost;
    let legs = (kept.max(problem.jobs().min(50)) + 1) as f64;
    let average = (now.travelled() as f64 / legs).max(1.0);
    let eagerness = (f64::from(effort.steps) / STEPS_FOR_FULL_HEAT).min(1.0);
    let (hot, cold) = (average * HEAT.0 * eagerness.max(0.02), average * HEAT.1);
    let cooling = (cold / hot).min(1.0);
    for step in 0..effort.steps {
        if step % 100 == 99 && !goes_on() {
            break;
        }
        let before = now.cost;
        let least = now.left_out.len();
        ruin(problem, &mut now, &neighbours, &mut draw);
        recreate(problem, &mut now, &mut draw, 0.01);
        let heat = hot * cooling.powf(f64::from(step) / f64::from(effort.steps));
        let worse = heat * -draw.unit().ln();
        if now.left_out.len() > least || now.cost as f64 > before as f64 + worse {
            now.restore();
        } else {
            now.forget();
        }
        if now.cost < best_cost && now.can_be_told(problem) {
            best_cost = now.cost;
            best = now.routes();
        }
    }
    now.plan(problem, &best)
}
