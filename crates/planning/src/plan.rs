use crate::problem::Problem;
use crate::route::Route;

/// Who does what, in which order: for each shift its jobs by their position in the problem.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The jobs of each shift, in the order in which they are done.
    pub shifts: Vec<Vec<usize>>,
    /// What nobody does.
    pub left_out: Vec<usize>,
}

/// One stop of a shift as it would go if everything took as long as it is thought to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visit {
    /// Which job; none for a break.
    pub job: Option<usize>,
    /// When one is there, or when the break could begin.
    pub arrives: i64,
    /// When the setup or the work begins, after waiting.
    pub begins: i64,
    /// When it is done.
    pub leaves: i64,
}

impl Plan {
    /// Nobody does anything yet.
    #[must_use]
    pub fn empty(problem: &Problem) -> Self {
        Self { shifts: vec![Vec::new(); problem.shifts()], left_out: (0..problem.jobs()).collect() }
    }

    /// How the shift goes, breaks among its stops; nothing when its jobs do not fit in this order.
    #[must_use]
    pub fn visits(&self, problem: &Problem, shift: usize) -> Option<Vec<Visit>> {
        let route = self.route(problem, shift)?;
        let (day, legs) = (&problem.shifts[shift], problem.legs_of(shift));
        let (mut place, mut moment) = (day.start, day.span.from);
        let visit = |(at, &stop): (usize, &u32)| {
            let task = &problem.tasks[stop as usize];
            let way = if task.is_break { 0 } else { i64::from(legs.leg(place, task.place).seconds) };
            let visit = Visit {
                job: (!task.is_break).then_some(stop as usize),
                arrives: moment + way,
                begins: route.begins[at],
                leaves: route.leaves[at],
            };
            place = if task.is_break { place } else { task.place };
            moment = visit.leaves;
            visit
        };
        Some(route.stops.iter().enumerate().map(visit).collect())
    }

    /// Seconds of travel of the shift, the way home included; nothing when its jobs do not fit.
    #[must_use]
    pub fn travel(&self, problem: &Problem, shift: usize) -> Option<i64> {
        self.route(problem, shift).map(|route| route.travel)
    }

    /// What the whole costs, with what is left out; nothing when a shift does not fit.
    #[must_use]
    pub fn cost(&self, problem: &Problem) -> Option<i64> {
        let mut cost = self.left_out.iter().map(|job| problem.left_out(*job as u32)).sum();
        for shift in 0..self.shifts.len() {
            cost += self.route(problem, shift)?.cost;
        }
        Some(cost)
    }

    /// The shift's route with its breaks, if its jobs may be done by it and fit in this order.
    pub(crate) fn route(&self, problem: &Problem, shift: usize) -> Option<Route> {
        let jobs = self.shifts.get(shift)?;
        if !jobs.iter().all(|job| problem.may(shift, *job)) {
            return None;
        }
        let mut route = Route::of(jobs.iter().map(|job| *job as u32).collect());
        (route.renew(problem, shift) && route.take_breaks(problem, shift)).then_some(route)
    }
}
