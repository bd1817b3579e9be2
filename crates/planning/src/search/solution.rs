use crate::problem::Problem;
use crate::route::Route;
use crate::{Pin, Plan};

/// No shift has it.
pub(crate) const NOBODY: u32 = u32::MAX;

/// A plan in the form that is quick to change, with what was changed since it was last kept.
pub(crate) struct Solution {
    pub(crate) shifts: Vec<Route>,
    /// Which shift does a job.
    pub(crate) of: Vec<u32>,
    /// Jobs that nobody does, in no order.
    pub(crate) left_out: Vec<u32>,
    pub(crate) cost: i64,
    changed: Vec<(usize, Route)>,
    spare: Vec<Route>,
    was_left_out: Vec<u32>,
    was_cost: i64,
}

impl Solution {
    /// Of a plan. A shift that does not fit keeps what is pinned to its order, as far as that fits.
    pub(crate) fn of(problem: &Problem, plan: &Plan) -> Self {
        let mut of = vec![NOBODY; problem.jobs];
        let fit = |shift: usize| plan.route(problem, shift).unwrap_or_else(|| pinned(problem, plan, shift));
        let shifts: Vec<Route> = (0..problem.shifts()).map(fit).collect();
        for (shift, route) in shifts.iter().enumerate() {
            for &stop in route.stops.iter().filter(|stop| (**stop as usize) < problem.jobs) {
                of[stop as usize] = shift as u32;
            }
        }
        let left_out: Vec<u32> = (0..problem.jobs as u32).filter(|job| of[*job as usize] == NOBODY).collect();
        let cost = shifts.iter().map(|route| route.cost).sum::<i64>()
            + left_out.iter().map(|job| problem.left_out(*job)).sum::<i64>();
        Self {
            shifts,
            of,
            was_left_out: left_out.clone(),
            left_out,
            cost,
            was_cost: cost,
            changed: Vec::new(),
            spare: Vec::new(),
        }
    }

    /// How many jobs are done.
    pub(crate) fn assigned(&self) -> usize {
        self.of.len() - self.left_out.len()
    }

    /// What the legs cost together.
    pub(crate) fn travelled(&self) -> i64 {
        self.shifts.iter().map(|route| route.cost).sum()
    }

    /// Remembers a shift as it is, before it is changed.
    fn remember(&mut self, shift: usize) {
        if self.changed.iter().all(|(at, _)| *at != shift) {
            let mut route = self.spare.pop().unwrap_or_default();
            route.clone_from(&self.shifts[shift]);
            self.changed.push((shift, route));
        }
    }

    /// Whether the shift was changed since the plan was last kept.
    pub(crate) fn is_changed(&self, shift: usize) -> bool {
        self.changed.iter().any(|(at, _)| *at == shift)
    }

    /// Puts a job into a shift. It has been tried that it fits.
    pub(crate) fn put(&mut self, problem: &Problem, shift: usize, position: usize, job: u32) {
        self.remember(shift);
        let route = &mut self.shifts[shift];
        let before = route.cost;
        route.stops.insert(position, job);
        let fits = route.renew(problem, shift);
        debug_assert!(fits, "it was tried");
        self.cost += route.cost - before - problem.left_out(job);
        self.of[job as usize] = shift as u32;
    }

    /// Takes stops from a shift; what is left fits as well.
    ///
    /// Where ways are shorter by way of somebody that need not be so. Then nothing is taken.
    pub(crate) fn take(&mut self, problem: &Problem, shift: usize, mut goes: impl FnMut(usize) -> bool) {
        self.remember(shift);
        let route = &mut self.shifts[shift];
        let before = route.cost;
        let taken = self.left_out.len();
        let mut at = 0;
        let left_out = &mut self.left_out;
        route.stops.retain(|stop| {
            let task = &problem.tasks[*stop as usize];
            let stays = task.is_break || matches!(task.pin, Pin::Order | Pin::Frozen) || !goes(at);
            at += 1;
            if !stays {
                left_out.push(*stop);
            }
            stays
        });
        if !route.renew(problem, shift) {
            let (_, kept) = self.changed.iter().find(|(at, _)| *at == shift).expect("it was remembered");
            // Earlier removals from this shift are undone with it: each shift is taken from once.
            route.clone_from(kept);
            self.left_out.truncate(taken);
            return;
        }
        self.cost += route.cost - before;
        for &job in &self.left_out[taken..] {
            self.of[job as usize] = NOBODY;
            self.cost += problem.left_out(job);
        }
    }

    /// Everything as it was when it was last kept.
    pub(crate) fn restore(&mut self) {
        for (shift, mut route) in self.changed.drain(..) {
            std::mem::swap(&mut self.shifts[shift], &mut route);
            self.spare.push(route);
            for &stop in &self.shifts[shift].stops {
                if let Some(of) = self.of.get_mut(stop as usize) {
                    *of = shift as u32;
                }
            }
        }
        self.left_out.clone_from(&self.was_left_out);
        for &job in &self.left_out {
            self.of[job as usize] = NOBODY;
        }
        self.cost = self.was_cost;
    }

    /// Keeps it as it is.
    pub(crate) fn forget(&mut self) {
        self.spare.extend(self.changed.drain(..).map(|(_, route)| route));
        self.was_left_out.clone_from(&self.left_out);
        self.was_cost = self.cost;
    }

    /// Whether a plan, which does not say where breaks are, would find a place for them again. One break always does.
    pub(crate) fn can_be_told(&self, problem: &Problem) -> bool {
        let mut several =
            problem.shifts.iter().zip(&self.shifts).enumerate().filter(|(_, (day, _))| day.breaks.len() > 1);
        several.all(|(shift, (_, route))| {
            let jobs = route.stops.iter().copied().filter(|stop| (*stop as usize) < problem.jobs).collect();
            let mut told = Route::of(jobs);
            told.renew(problem, shift) && told.take_breaks(problem, shift)
        })
    }

    /// The stops of all shifts.
    pub(crate) fn routes(&self) -> Vec<Vec<u32>> {
        self.shifts.iter().map(|route| route.stops.clone()).collect()
    }

    /// The plan with these stops.
    pub(crate) fn plan(&self, problem: &Problem, routes: &[Vec<u32>]) -> Plan {
        let jobs =
            |stops: &Vec<u32>| stops.iter().map(|stop| *stop as usize).filter(|stop| *stop < problem.jobs).collect();
        let shifts: Vec<Vec<usize>> = routes.iter().map(jobs).collect();
        let mut is_done = vec![false; problem.jobs];
        shifts.iter().flatten().for_each(|job| is_done[*job] = true);
        Plan { shifts, left_out: (0..problem.jobs).filter(|job| !is_done[*job]).collect() }
    }
}

/// What remains of a shift that does not fit: what is pinned to its order, as far as that fits.
fn pinned(problem: &Problem, plan: &Plan, shift: usize) -> Route {
    let mut route = Route::default();
    let mut sound = route.renew(problem, shift);
    debug_assert!(sound, "an empty shift fits");
    for &job in plan.shifts.get(shift).into_iter().flatten() {
        if matches!(problem.tasks[job].pin, Pin::Order | Pin::Frozen) && problem.may(shift, job) {
            route.stops.push(job as u32);
            sound = route.renew(problem, shift);
            if !sound {
                route.stops.pop();
                route.renew(problem, shift);
            }
        }
    }
    // A break that fits nowhere any more is not worth an unkept promise.
    let without = route.stops.clone();
    if !route.take_breaks(problem, shift) {
        route.stops = without;
        route.renew(problem, shift);
    }
    route
}
