use super::draw::Draw;
use super::solution::Solution;
use crate::problem::Problem;
use crate::{Effort, Plan, improve};

/// Puts what is left out back where it costs least, one after the other; what fits nowhere stays out.
///
/// Each position is passed over with the chance `blink`.
pub(crate) fn recreate(problem: &Problem, now: &mut Solution, draw: &mut Draw, blink: f64) {
    let mut jobs = std::mem::take(&mut now.left_out);
    sort(problem, &mut jobs, draw);
    let mut passes = draw.passes(blink);
    let mut skip = || {
        if passes > 0 {
            passes -= 1;
            return false;
        }
        passes = draw.passes(blink);
        true
    };
    jobs.retain(|&job| {
        let Some((shift, position)) = cheapest(problem, now, job, &mut skip) else { return true };
        now.put(problem, shift, position, job);
        false
    });
    now.left_out = jobs;
}

/// Where a job costs least, of all shifts that may do it.
fn cheapest(problem: &Problem, now: &Solution, job: u32, skip: &mut impl FnMut() -> bool) -> Option<(usize, usize)> {
    let mut best: Option<(usize, usize)> = None;
    let mut most = problem.left_out(job);
    // Of empty shifts that are alike one is enough.
    let mut empty: u64 = 0;
    for (shift, route) in now.shifts.iter().enumerate() {
        if !problem.may(shift, job as usize) {
            continue;
        }
        let alike = problem.shifts[shift].alike;
        if route.jobs == 0 && alike < 64 {
            if empty & (1 << alike) != 0 {
                continue;
            }
            empty |= 1 << alike;
        }
        if let Some(spot) = route.cheapest((problem, shift), job, most, &mut *skip) {
            most = spot.extra;
            best = Some((shift, spot.position));
        }
    }
    best
}

/// In one of several orders, each of which finds something that the others do not.
fn sort(problem: &Problem, jobs: &mut [u32], draw: &mut Draw) {
    if jobs.len() < 2 {
        return;
    }
    draw.shuffle(jobs);
    let task = |job: &u32| &problem.tasks[*job as usize];
    let far = |job: &u32| {
        let place = task(job).place;
        problem.legs.first().zip(problem.shifts.first()).map_or(0, |(legs, day)| legs.leg(day.start, place).cost)
    };
    let room = |job: &u32| (task(job).amounts.iter().sum::<i64>(), task(job).service);
    let width = |job: &u32| task(job).spans.iter().map(|span| span.to - span.from).fold(0i64, i64::saturating_add);
    match draw.below(17) {
        0..4 => {}
        4..8 => jobs.sort_by_key(|job| std::cmp::Reverse(room(job))),
        8..10 => jobs.sort_by_key(|job| std::cmp::Reverse(far(job))),
        10 => jobs.sort_by_key(far),
        11..13 => jobs.sort_by_key(width),
        13..15 => jobs.sort_by_key(|job| task(job).spans.first().map(|span| span.from)),
        _ => jobs.sort_by_key(|job| std::cmp::Reverse(task(job).spans.last().map(|span| span.to))),
    }
    // What matters more is looked at first, whatever the order.
    jobs.sort_by_key(|job| std::cmp::Reverse(task(job).priority));
}

/// Puts what is left out where it costs least, as it stands, and changes nothing else.
#[must_use]
pub fn insert(problem: &Problem, plan: &Plan) -> Plan {
    improve(problem, plan, Effort { steps: 0, seed: 0 }, || true)
}
