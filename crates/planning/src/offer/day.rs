use super::Hindrance;
use crate::leg::Leg;
use crate::problem::{Problem, Task};
use crate::route::{Route, Spot};
use crate::{Job, Plan, Span};

/// One shift of a problem as it is planned, ready to be asked whether something more fits.
#[derive(Debug)]
pub struct OpenDay<'a> {
    problem: &'a Problem,
    shift: usize,
    route: Route,
    skills: &'a [u32],
    /// What a stop is called by whoever made the problem, row by row of its table of legs.
    places: &'a [usize],
}

/// The way to or from a job, for each place of all the days that are asked.
pub type Ways = [Leg];

impl<'a> OpenDay<'a> {
    /// A shift of a plan; nothing when its jobs do not fit any more. `skills` are those of its person, `places` says for each row of the
    /// problem's table which of [`Ways`] it is.
    #[must_use]
    pub fn new(
        problem: &'a Problem,
        plan: &Plan,
        shift: usize,
        skills: &'a [u32],
        places: &'a [usize],
    ) -> Option<Self> {
        Some(Self { problem, shift, route: plan.route(problem, shift)?, skills, places })
    }

    fn way(&self, ways: &Ways, place: u32) -> Leg {
        self.places.get(place as usize).and_then(|at| ways.get(*at)).copied().unwrap_or_default()
    }

    /// What it costs to do the job and nothing else.
    pub(super) fn alone(&self, to: &Ways, from: &Ways) -> i64 {
        let day = &self.problem.shifts[self.shift];
        i64::from(self.way(to, day.start).cost) + i64::from(self.way(from, day.end).cost)
    }

    /// Where the job fits best within the span, or what stands in its way first.
    pub(super) fn cheapest(&self, job: &Job, span: Span, (to, from): (&Ways, &Ways)) -> Result<Spot, Hindrance> {
        let day = &self.problem.shifts[self.shift];
        if day.span.to < span.from || span.to < day.span.from {
            return Err(Hindrance::NobodyWorks);
        }
        let has = |skill: &u32| self.skills.contains(skill);
        let is_kept_by_another = matches!(job.pin, crate::Pin::Person(person) if person != day.person);
        if is_kept_by_another || !job.needs.all_of.iter().all(has) || job.needs.none_of.iter().any(has) {
            return Err(Hindrance::NotSkilled);
        }
        let is_full = |((load, amount), room): ((&i64, &i64), &i64)| load + amount > *room;
        if self.route.load().iter().zip(&job.amounts).zip(&day.room).any(is_full) {
            return Err(Hindrance::NothingLeft);
        }
        if self.route.jobs >= day.jobs_max {
            return Err(Hindrance::Full);
        }
        let task = Task {
            place: u32::MAX,
            is_break: false,
            setup: job.setup,
            service: job.service,
            spans: [span].into(),
            amounts: Box::default(),
            priority: 0,
            pin: job.pin,
            preferred: None,
        };
        let ways = (|place| self.way(to, place), |place| self.way(from, place));
        let stranger = match job.needs.preferred {
            Some(person) if person != day.person => self.problem.left_out / 40,
            _ => 0,
        };
        let at = (self.problem, self.shift);
        let positions = self.route.frozen(self.problem)..=self.route.stops.len();
        let spots = positions.filter_map(|position| self.route.try_job(at, position, &task, ways));
        let spot = spots.min_by_key(|spot| (spot.extra, spot.begins)).ok_or(Hindrance::Full)?;
        Ok(Spot { extra: spot.extra + stranger, ..spot })
    }
}
