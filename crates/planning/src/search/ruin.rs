use super::draw::Draw;
use super::solution::{NOBODY, Solution};
use crate::problem::Problem;

/// How many jobs are taken out on average, and how long a string is at most.
const REMOVED_MEAN: f64 = 10.0;
const STRING_MAX: f64 = 10.0;
/// How often a string keeps some stops in its middle, and how likely each one more is to stop that.
const SPLIT: f64 = 0.5;
const SPLIT_ENDS: f64 = 0.01;
/// How many neighbours are known of a job.
const NEIGHBOURS_MAX: usize = 200;

/// Of each job the others, the nearest first.
pub(crate) struct Neighbours(Vec<Vec<u32>>);

impl Neighbours {
    pub(crate) fn of(problem: &Problem) -> Self {
        let Some(legs) = problem.legs.first() else { return Self(vec![Vec::new(); problem.jobs]) };
        let near = |job: usize| {
            let place = problem.tasks[job].place;
            let far = |other: &u32| {
                let there = problem.tasks[*other as usize].place;
                (
                    i64::from(legs.leg(place, there).cost) + i64::from(legs.leg(there, place).cost),
                    *other != job as u32,
                    *other,
                )
            };
            let mut others: Vec<u32> = (0..problem.jobs as u32).collect();
            if others.len() > NEIGHBOURS_MAX {
                others.select_nth_unstable_by_key(NEIGHBOURS_MAX, far);
                others.truncate(NEIGHBOURS_MAX);
            }
            others.sort_unstable_by_key(far);
            others
        };
        Self((0..problem.jobs).map(near).collect())
    }
}

/// Takes strings of stops around one job out of their shifts.
pub(crate) fn ruin(problem: &Problem, now: &mut Solution, neighbours: &Neighbours, draw: &mut Draw) {
    let used = now.shifts.iter().filter(|route| route.jobs > 0).count();
    if used == 0 {
        return;
    }
    let mean = now.assigned() as f64 / used as f64;
    let longest = STRING_MAX.min(mean).max(1.0);
    let strings_max = 4.0 * REMOVED_MEAN / (1.0 + longest) - 1.0;
    let strings = (draw.unit() * strings_max + 1.0) as usize;
    let seed = draw.below(problem.jobs);
    let mut taken = 0;
    for &job in &neighbours.0[seed] {
        if taken == strings {
            return;
        }
        let shift = now.of[job as usize];
        if shift == NOBODY || now.is_changed(shift as usize) {
            continue;
        }
        let shift = shift as usize;
        let stops = &now.shifts[shift].stops;
        let at = stops.iter().position(|stop| *stop == job).expect("the shift has it");
        let count = stops.len();
        let most = longest.min(count as f64);
        let length = (draw.unit() * most + 1.0).min(count as f64) as usize;
        let kept = if length > 1 && length < count && draw.unit() < SPLIT { split(length, count, draw) } else { 0 };
        let whole = length + kept;
        let first_min = (at + 1).saturating_sub(whole);
        let first = first_min + draw.below(at.min(count - whole) - first_min + 1);
        let hole = first + if kept > 0 { draw.below(length) + 1 } else { whole };
        now.take(problem, shift, |stop| (first..first + whole).contains(&stop) && !(hole..hole + kept).contains(&stop));
        taken += 1;
    }
}

/// How many stops in the middle of a string stay.
fn split(length: usize, count: usize, draw: &mut Draw) -> usize {
    let mut kept = 1;
    while length + kept < count && draw.unit() > SPLIT_ENDS {
        kept += 1;
    }
    kept
}
