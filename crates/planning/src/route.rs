//! What one shift does, with the two times that make trying an insertion cheap: when each stop is left at the earliest, and
//! when it must be left at the latest for all that follows to fit.

use crate::Leg;
use crate::problem::Problem;
use crate::span::last_until;

/// A shift's stops in order, breaks among them. Always feasible.
#[derive(Debug, Default)]
pub(crate) struct Route {
    pub(crate) stops: Vec<u32>,
    /// When each stop begins at the earliest.
    pub(crate) begins: Vec<i64>,
    /// When each stop is left at the earliest.
    pub(crate) leaves: Vec<i64>,
    /// When each stop must be left at the latest.
    leave_by: Vec<i64>,
    /// Where one stands at each stop: a break is taken where one is.
    at: Vec<u32>,
    /// What the jobs take of each kind.
    load: Vec<i64>,
    pub(crate) jobs: usize,
    pub(crate) travel: i64,
    /// Legs, the shift's fixed cost, and what strangers cost.
    pub(crate) cost: i64,
}

/// Where something fits, and what it costs more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Spot {
    pub(crate) position: usize,
    pub(crate) extra: i64,
    pub(crate) begins: i64,
}

impl Clone for Route {
    fn clone(&self) -> Self {
        let mut route = Self::default();
        route.clone_from(self);
        route
    }

    // Its memory is used again: the search saves and restores routes all the time.
    fn clone_from(&mut self, other: &Self) {
        self.stops.clone_from(&other.stops);
        self.begins.clone_from(&other.begins);
        self.leaves.clone_from(&other.leaves);
        self.leave_by.clone_from(&other.leave_by);
        self.at.clone_from(&other.at);
        self.load.clone_from(&other.load);
        (self.jobs, self.travel, self.cost) = (other.jobs, other.travel, other.cost);
    }
}

impl Route {
    /// Of stops that have not been looked at: [`Route::renew`] does.
    pub(crate) fn of(stops: Vec<u32>) -> Self {
        Self { stops, ..Self::default() }
    }

    /// Computes everything of its stops anew.
    ///
    /// False when they do not fit; then nothing of it may be used but its stops.
    pub(crate) fn renew(&mut self, problem: &Problem, shift: usize) -> bool {
        let (day, legs) = (&problem.shifts[shift], problem.legs_of(shift));
        let count = self.stops.len();
        for list in [&mut self.begins, &mut self.leaves, &mut self.leave_by] {
            list.clear();
        }
        self.at.clear();
        self.load.clear();
        self.load.resize(day.room.len(), 0);
        (self.jobs, self.travel, self.cost) = (0, 0, 0);
        let (mut place, mut moment) = (day.start, day.span.from);
        for &stop in &self.stops {
            let task = &problem.tasks[stop as usize];
            let mut action = task.service;
            if !task.is_break {
                let leg = legs.leg(place, task.place);
                moment += i64::from(leg.seconds);
                self.travel += i64::from(leg.seconds);
                self.cost += i64::from(leg.cost) + problem.stranger(shift, stop);
                action += if place == task.place { 0 } else { task.setup };
                place = task.place;
                self.jobs += 1;
                self.load.iter_mut().zip(&task.amounts).for_each(|(load, amount)| *load += amount);
            }
            let Some(begins) = task.first_from(moment) else { return false };
            moment = begins + action;
            self.begins.push(begins);
            self.leaves.push(moment);
            self.at.push(place);
        }
        if self.jobs > 0 {
            let home = legs.leg(place, day.end);
            moment += i64::from(home.seconds);
            self.travel += i64::from(home.seconds);
            self.cost += i64::from(home.cost) + day.fixed_cost;
        }
        let is_full = self.load.iter().zip(&day.room).any(|(load, room)| load > room);
        if moment > day.span.to || is_full || self.jobs > day.jobs_max || self.travel > day.travel_max {
            return false;
        }
        self.leave_by.resize(count, 0);
        let mut bound =
            if self.jobs > 0 { day.span.to - i64::from(legs.leg(place, day.end).seconds) } else { day.span.to };
        for at in (0..count).rev() {
            self.leave_by[at] = bound;
            let task = &problem.tasks[self.stops[at] as usize];
            let action = self.leaves[at] - self.begins[at];
            let Some(latest) = last_until(&task.spans, bound - action) else { return false };
            let before = if at == 0 { day.start } else { self.at[at - 1] };
            bound = latest - if task.is_break { 0 } else { i64::from(legs.leg(before, task.place).seconds) };
        }
        true
    }

    /// Whether `task` would fit by what it takes along and how many jobs there are, wherever it goes.
    pub(crate) fn has_room(&self, problem: &Problem, shift: usize, task: u32) -> bool {
        let (day, task) = (&problem.shifts[shift], &problem.tasks[task as usize]);
        let mut kinds = self.load.iter().zip(&task.amounts).zip(&day.room);
        self.jobs < day.jobs_max && kinds.all(|((load, amount), room)| load + amount <= *room)
    }

    /// What its jobs take along of each kind.
    pub(crate) fn load(&self) -> &[i64] {
        &self.load
    }

    /// How many stops at its begin nothing may come before.
    pub(crate) fn frozen(&self, problem: &Problem) -> usize {
        let is_frozen = |stop: &u32| problem.tasks[*stop as usize].pin == crate::Pin::Frozen;
        self.stops.iter().rposition(is_frozen).map_or(0, |last| last + 1)
    }

    /// Where one stands, and from when, as one goes to `position`.
    fn before(&self, problem: &Problem, shift: usize, position: usize) -> (u32, i64) {
        match position.checked_sub(1) {
            None => (problem.shifts[shift].start, problem.shifts[shift].span.from),
            Some(last) => (self.at[last], self.leaves[last]),
        }
    }

    /// What inserting a job at `position` costs more and when it would begin; nothing when it does not fit there.
    ///
    /// `to` and `from` are the ways from any place to the job and back, so that a job can be tried that is in no table.
    #[inline]
    pub(crate) fn try_job(
        &self,
        (problem, shift): (&Problem, usize),
        position: usize,
        job: &crate::problem::Task,
        (to, from): (impl Fn(u32) -> Leg, impl Fn(u32) -> Leg),
    ) -> Option<Spot> {
        let (day, legs) = (&problem.shifts[shift], problem.legs_of(shift));
        let (before, left) = self.before(problem, shift, position);
        let there = to(before);
        let begins = job.first_from(left + i64::from(there.seconds))?;
        let mut moment = begins + job.service + if before == job.place { 0 } else { job.setup };
        let mut next = position;
        while let Some(pause) =
            self.stops.get(next).map(|stop| &problem.tasks[*stop as usize]).filter(|task| task.is_break)
        {
            moment = pause.first_from(moment)? + pause.service;
            next += 1;
        }
        let (onward, replaced, in_time) = match self.stops.get(next) {
            None => {
                let onward = from(day.end);
                (
                    onward,
                    if self.jobs > 0 { legs.leg(before, day.end) } else { Leg::default() },
                    moment + i64::from(onward.seconds) <= day.span.to,
                )
            }
            Some(&stop) => {
                let task = &problem.tasks[stop as usize];
                let onward = from(task.place);
                let setup = if task.place == job.place { 0 } else { task.setup };
                let leaves = task.first_from(moment + i64::from(onward.seconds))? + task.service + setup;
                (onward, legs.leg(before, task.place), leaves <= self.leave_by[next])
            }
        };
        let longer = i64::from(there.seconds) + i64::from(onward.seconds) - i64::from(replaced.seconds);
        if !in_time || self.travel + longer > day.travel_max {
            return None;
        }
        let begun = if self.jobs == 0 { day.fixed_cost } else { 0 };
        let extra = i64::from(there.cost) + i64::from(onward.cost) - i64::from(replaced.cost) + begun;
        Some(Spot { position, extra, begins })
    }

    /// Whether a break fits at `position`, and when it would begin.
    pub(crate) fn try_break(&self, problem: &Problem, shift: usize, position: usize, task: u32) -> Option<Spot> {
        let (day, legs, pause) = (&problem.shifts[shift], problem.legs_of(shift), &problem.tasks[task as usize]);
        let (place, left) = self.before(problem, shift, position);
        let begins = pause.first_from(left)?;
        let mut moment = begins + pause.service;
        let mut next = position;
        while let Some(other) =
            self.stops.get(next).map(|stop| &problem.tasks[*stop as usize]).filter(|task| task.is_break)
        {
            moment = other.first_from(moment)? + other.service;
            next += 1;
        }
        let in_time = match self.stops.get(next) {
            None if self.jobs == 0 => moment <= day.span.to,
            None => moment + i64::from(legs.leg(place, day.end).seconds) <= day.span.to,
            Some(&stop) => {
                let task = &problem.tasks[stop as usize];
                let setup = if task.place == place { 0 } else { task.setup };
                let begins = task.first_from(moment + i64::from(legs.leg(place, task.place).seconds))?;
                begins + task.service + setup <= self.leave_by[next]
            }
        };
        in_time.then_some(Spot { position, extra: 0, begins })
    }

    /// Where `task` of the table of legs costs least, leaving out positions as `skip` says; `most` is what it may cost.
    pub(crate) fn cheapest(
        &self,
        (problem, shift): (&Problem, usize),
        job: u32,
        most: i64,
        mut skip: impl FnMut() -> bool,
    ) -> Option<Spot> {
        if !self.has_room(problem, shift, job) {
            return None;
        }
        let (task, legs) = (&problem.tasks[job as usize], problem.legs_of(shift));
        let ways = (|place| legs.leg(place, task.place), |place| legs.leg(task.place, place));
        let stranger = problem.stranger(shift, job);
        let until = task.spans.last().map_or(i64::MAX, |span| span.to);
        let from = task.spans.first().map_or(i64::MIN, |span| span.from);
        let mut best: Option<Spot> = None;
        for position in self.frozen(problem)..=self.stops.len() {
            if position > 0 && self.leaves[position - 1] > until {
                break;
            }
            // What follows must be left before this could even begin.
            if position < self.stops.len() && self.leave_by[position] < from || skip() {
                continue;
            }
            let Some(spot) = self.try_job((problem, shift), position, task, ways) else { continue };
            let spot = Spot { extra: spot.extra + stranger, ..spot };
            if spot.extra < best.map_or(most, |best| best.extra) {
                best = Some(spot);
            }
        }
        best
    }

    /// Puts all breaks that are not there where they can begin earliest. False when one fits nowhere.
    pub(crate) fn take_breaks(&mut self, problem: &Problem, shift: usize) -> bool {
        for pause in problem.shifts[shift].breaks.clone() {
            if self.stops.contains(&pause) {
                continue;
            }
            let spots = (0..=self.stops.len()).filter_map(|at| self.try_break(problem, shift, at, pause));
            let Some(spot) = spots.min_by_key(|spot| spot.begins) else { return false };
            self.stops.insert(spot.position, pause);
            if !self.renew(problem, shift) {
                return false;
            }
        }
        true
    }
}
